"""What a contact may look like: one set of rules for page, import and API."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid
from customers.companies import options, regions
from customers.contacts import rules, waylists
from customers.contacts.models import Contact, Rule

# What a person may set; everything else on the row is kept by verbs.
FIELDS = (
    "name",
    "company",
    "position",
    "department",
    "decision_role",
    "gender",
    "birthday",
    "region",
    "source",
    "interests",
    "tags",
    "notes",
    "has_left",
    "external_id",
)
# What many people may have alike; by the others they are told apart. Tags are added one by one, with a verb of their own.
COMMON = ("position", "department", "decision_role", "gender", "region", "source", "has_left")


def clean(values, *, contact=None, by=None):
    """The values in their stored form, or one refusal that names every problem; only the given fields are looked at.

    `points` is the whole list of ways to reach the person: `{"kind", "value", "label", "is_primary"}`. `mobile`, `phone`,
    `email`, `wechat` and `qq` are short for the main one of their kind and leave the others alone. Both come back as
    `points`, a list of unsaved ContactPoints; ways which the actor `by` may not take away stay in it.
    """
    unknown = set(values) - {*FIELDS, *waylists.SHORT, "points"}
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    ways = {name: value for name, value in values.items() if name not in FIELDS}
    values, problems = tidy({name: value for name, value in values.items() if name in FIELDS}), Problems()
    if contact is None or "name" in values:
        problems.required(values, "name")
    _required_by_rule(values, contact, problems)
    _clean_lists(values, problems)
    problems.length(values, Contact)
    problems.choices(values, Contact)
    _clean_birthday(values, problems)
    _clean_ways(values, ways, contact, by, problems)
    problems.check()
    return values


def _required_by_rule(values, contact, problems):
    """What the rules ask of a new contact may not be emptied later."""
    for code in (Rule.Code.COMPANY, Rule.Code.POSITION):
        asked = contact is None or (code in values and getattr(contact, code))
        if asked and rules.is_on(code):
            problems.required(values, code.value)


def _clean_ways(values, ways, contact, by, problems):
    if contact is not None and not ways:
        return
    points = waylists.wanted(ways, contact, by, problems)
    had_some = contact is None or contact.points.exists()
    tried = any(name.partition(".")[0] in ways for name in problems.errors)
    if not points and not tried and had_some and rules.is_on(Rule.Code.WAY):
        field = "points" if ways.keys() == {"points"} else "mobile"
        problems.add(field, _("At least one way to reach the person is required: a phone number, an e-mail address or WeChat."))
    values["points"] = points


def _clean_lists(values, problems):
    if values.get("source"):
        code = options.code_of("source", values["source"])
        if code is None:
            problems.add("source", _("“%(value)s” is not one of the choices.") % {"value": values["source"]})
        values["source"] = code or ""
    if values.get("region"):
        code = regions.code_of(str(values["region"]))
        if code is None:
            problems.add("region", regions.unknown(values["region"]))
        values["region"] = code or ""
    for field in ("tags", "interests"):
        if any(len(text) > 40 for text in values.get(field) or ()):
            problems.add(field, _("At most 40 characters each."))


def _clean_birthday(values, problems):
    birthday = values.get("birthday")
    if birthday and not date(1900, 1, 1) <= birthday <= clock.today():
        problems.add("birthday", _("A day in the past, such as 1988-05-20."))
