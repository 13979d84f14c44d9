"""Refusals of the verbs a conversion calls, told in the words of the conversion's own input."""

from contextlib import contextmanager

from crm.core.errors import Refusal


@contextmanager
def told_as(part):
    """Fields of a refusal become fields of a part: `position` of the contact becomes `contact.position`."""
    try:
        yield
    except Refusal as refusal:
        if refusal.field:
            refusal.field = f"{part}.{refusal.field}"
        if getattr(refusal, "errors", None):
            refusal.errors = {f"{part}.{field}": sentences for field, sentences in refusal.errors.items()}
        raise
