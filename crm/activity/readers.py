"""Who reads the spine: notifications, summaries and whatever else reacts to what happened.

A reader takes a list of activities in the order of their ids. It may get the same one twice (at least
once is what the outbox promises), so it must not mind. It runs in the dispatcher's transaction.
"""

from crm.core.registry import Registry

readers: Registry = Registry("reader")


def reader(name):
    """Register a function of a list of Activity rows as a reader of the spine."""
    return readers.named(name)
