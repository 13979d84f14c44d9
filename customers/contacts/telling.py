"""The words for the events of contacts on timelines."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.activity.wording import describer
from customers.companies.models import Company
from customers.contacts import events
from customers.contacts.models import ContactPoint


@describer(events.CREATED, icon="user-plus", changes=False)
def created(activity, facts):
    """Somebody new is known."""
    return _("Contact added") if facts.is_own else _("Contact %(name)s added") % {"name": _name(facts)}


@describer(events.UPDATED, icon="pencil")
def updated(activity, facts):
    """Facts, or ways to reach the person, changed."""
    title = _("Contact changed") if facts.is_own else _("Contact %(name)s changed") % {"name": _name(facts)}
    return title, " ".join(_points_in_words(activity.data))


@describer(events.MOVED, icon="building", changes=False, refs={"from": Company, "to": Company})
def moved(activity, facts):
    """The person works somewhere else."""
    before, now = facts.name("from"), facts.name("to")
    who = "" if facts.is_own else _name(facts)
    return (_("%(name)s changed company") % {"name": who} if who else _("Changed company")), f"{before} → {now}"


@describer(events.ASSIGNED, icon="user-share", changes=False, people=("from", "to"))
def assigned(activity, facts):
    """The contact belongs to somebody else now."""
    words = {"name": _name(facts), "before": facts.name("from"), "now": facts.name("to")}
    title = _("Handed over: %(before)s → %(now)s") if facts.is_own else _("Contact %(name)s handed over: %(before)s → %(now)s")
    return title % words, activity.data.get("reason", "")


@describer(events.DELETED, icon="trash", changes=False)
def deleted(activity, facts):
    """The contact lies in the bin."""
    return _("Contact put into the bin") if facts.is_own else _("Contact %(name)s put into the bin") % {"name": _name(facts)}


@describer(events.RESTORED, icon="arrow-back-up", changes=False)
def restored(activity, facts):
    """The contact is back."""
    return _("Contact taken out of the bin") if facts.is_own else _("Contact %(name)s taken out of the bin") % {"name": _name(facts)}


@describer(events.POINT_VERIFIED, icon="circle-check", changes=False)
def verified(activity, facts):
    """A number or address was tried and works."""
    words = {"kind": _kind(activity.data["kind"]), "name": _name(facts)}
    title = _("%(kind)s verified") if facts.is_own else _("%(name)s: %(kind)s verified")
    return title % words, activity.data["value"]


@describer(events.POINT_INVALID, icon="circle-x", tone="warn", changes=False)
def invalid(activity, facts):
    """A number or address was tried and does not work."""
    words = {"kind": _kind(activity.data["kind"]), "name": _name(facts)}
    title = _("%(kind)s marked as invalid") if facts.is_own else _("%(name)s: %(kind)s marked as invalid")
    return title % words, activity.data["value"]


def _points_in_words(data):
    sentences = {"added": _("Added: %(ways)s."), "removed": _("Removed: %(ways)s."), "altered": _("Changed: %(ways)s.")}
    for name, sentence in sentences.items():
        if data.get(name):
            ways = [f"{_kind(point['kind'])} {point['value']}" for point in data[name]]
            yield sentence % {"ways": pgettext("between listed things", ", ").join(ways)}


def _kind(code):
    return str(dict(ContactPoint.Kind.choices).get(code, code))


def _name(facts):
    return facts.activity.data.get("name", "—")
