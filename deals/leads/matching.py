"""Whether we know somebody already: equal phone or equal core of the company's name, over contacts, companies and leads."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.phones import parse
from crm.core.text import company_core
from customers.companies.models import Company
from customers.contacts.models import Contact
from deals.leads.models import Lead

MOST = 5
SAME_PHONE, SAME_NAME = _("Same phone number"), _("Same company name")


@dataclass(frozen=True)
class Match:
    """A record that may be the same. Out of the reader's reach it has no id and no name, only who looks after it."""

    noun: str
    pk: int | None
    name: str
    holder: str
    reason: object


def possible_matches(values, *, by, besides=None):
    """The records that `values` (name, mobile) may already be; `besides` is the lead that is being looked at.

    What lies outside the reach of `by` is told only to those with the right for it, and only in masked facts.
    """
    known = {}
    for rows, reason in _questions(_phone(values.get("mobile")), company_core(values.get("name") or ""), besides):
        # Sorted here: asked to sort by key, the database would walk the whole table along it.
        for row in sorted(_with_holder(rows)[:MOST], key=lambda row: row.pk):
            known.setdefault((row.noun, row.pk), (row, reason))
    visible = _visible([row for row, _reason in known.values()], by)
    told = [_match(row, reason, key in visible) for key, (row, reason) in known.items()]
    return told if by.may("leads.duplicates") else [match for match in told if match.pk]


def _questions(phone, key, besides):
    # A converted lead is known as the company and the person that it became.
    leads = Lead.objects.live().exclude(state=Lead.State.CONVERTED).exclude(pk=besides.pk if besides else None)
    if phone:
        yield Contact.objects.live().filter(points__norm=phone), SAME_PHONE
        yield Company.objects.live().filter(points__norm=phone), SAME_PHONE
        yield leads.filter(mobile=phone), SAME_PHONE
    if len(key) > 1:
        yield Company.objects.live().filter(name_key=key), SAME_NAME
        yield leads.filter(name_key=key), SAME_NAME


def _with_holder(rows):
    holders = ["owner", "team", *(["pool"] if hasattr(rows.model, "pool_id") else [])]
    return rows.select_related(*holders).order_by()


def _visible(rows, by):
    """Which of the rows the person may see, as pairs of noun and id."""
    found = set()
    for model in {type(row) for row in rows}:
        ids = [row.pk for row in rows if type(row) is model]
        found |= {(model.noun, pk) for pk in model.objects.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True)}
    return found


def _match(row, reason, is_visible):
    pool = getattr(row, "pool", None)
    if is_visible:
        return Match(row.noun, row.pk, str(row), str(row.owner or pool or ""), reason)
    return Match(row.noun, None, "", str(row.team or pool or ""), reason)


def _phone(raw):
    try:
        return parse(raw).e164 if raw else ""
    except Invalid:
        return ""
