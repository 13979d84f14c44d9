"""Other records on a page: their words, their addresses only for those who may open them, and which one an address names."""

from dataclasses import dataclass

from crm.core.successors import successor_of


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


def named_in_query(request, model, key):
    """The record whose id the address names (`?company=12`), or which that one was merged into, if this person may see it."""
    text = request.GET.get(key, "")
    if not text.isdecimal() or len(text) > 18:
        return None
    rows = model.objects.visible_to(request.user)
    found = rows.filter(pk=int(text)).first()
    if found is None and (successor := successor_of(model, text)):
        found = rows.filter(pk=successor).first()
    return found
