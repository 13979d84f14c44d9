"""The page of one person: facts, ways to reach, and what higher floors add to its head."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.core.registry import Registry
from crm.web import formats
from customers.companies import options, regions
from customers.companies.models import Company
from customers.companies.page import Action, Fact, marks_of
from customers.contacts import completeness
from customers.contacts.models import Contact
from customers.contacts.ways import ways_of

# The field of the form behind a way to reach the person.
FORM = {"phone": "mobile"}
# Things to do from the head of the page; they open with `?contact=<id>` and, where there is one, `&company=<id>`.
actions: Registry[Action] = Registry("contact action")


def of(contact, actor):
    """What the page shows of the person."""
    points = list(contact.points.select_related("verified_by"))
    seen = contact.company_id and Company.objects.visible_to(actor).filter(pk=contact.company_id).exists()
    ways = ways_of(points, actor)
    return {
        "ways": ways,
        "call_url": next((way.url for way in ways if way.url.startswith("tel:")), ""),
        "details": details_of(contact, marks_of(contact, actor)),
        "missing": [{"name": FORM.get(name, name), "label": _words(name), "points": gain} for name, gain in completeness.explained(contact, points)],
        "company_url": f"/customers/companies/{contact.company_id}/" if seen else "",
    }


def actions_of(contact, actor):
    """What this person may do from the head of the page."""
    query = f"contact={contact.pk}" + (f"&company={contact.company_id}" if contact.company_id else "")
    allowed = sorted((a for a in actions if actor.may(a.right)), key=lambda action: action.position)
    return [action.shown(query) for action in allowed]


def details_of(contact, said):
    """The facts of the left column; `said` tells of fields where their value comes from."""
    rows = [
        ("department", contact.department),
        ("decision_role", contact.get_decision_role_display()),
        ("gender", contact.get_gender_display()),
        ("birthday", formats.day(contact.birthday) if contact.birthday else ""),
        ("region", regions.words(contact.region)),
        ("source", options.labels("source").get(contact.source, "")),
        ("interests", "、".join(contact.interests)),
        ("last_contact_at", formats.ago(contact.last_contact_at) if contact.last_contact_at else ""),
    ]
    found = [Fact(capfirst(Contact._meta.get_field(name).verbose_name), text, note=said.get(name, "")) for name, text in rows]
    return [*found, Fact(_("Created"), formats.day(contact.created_at))]


def _words(name):
    known = {"phone": _("phone number"), "email": _("e-mail"), "wechat": _("WeChat")}
    return known.get(name) or Contact._meta.get_field(name).verbose_name
