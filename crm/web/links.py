"""Another record on a page: its words, and its address only for those who may open it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """The words of a record, and where it opens; without an address for those who may not."""

    text: str
    url: str = ""


def link_to(actor, record, url, text=""):
    """A link to the record when this person may see it, else its words alone; None for no record."""
    if record is None:
        return None
    seen = type(record).objects.visible_to(actor).filter(pk=record.pk).exists()
    return Link(text or str(record), url if seen else "")
