"""The offer to take an act back: what can be taken back is known higher up, which registers itself here."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from crm.core.registry import Registry

# Each is asked with the records, by whom and since which moment, and answers with the mark of a message ("undo:/…/") or "".
offers: Registry[Callable[..., str]] = Registry("offer to take back")


def mark(records, *, by, since) -> str:
    """The mark for the message about what a person has just done to these records; nothing where it stays done."""
    return next(filter(None, (offer(records, by=by, since=since) for offer in offers)), "")


def toast(records, *, by, since, text="") -> dict:
    """The same as the header of an answer that changes a part of the page; empty where there is nothing to take back."""
    undo = mark(records, by=by, since=since)
    return {"km:toast": {"text": str(text or _("Saved")), "undo": undo.removeprefix("undo:")}} if undo else {}
