"""Companies by what names them for certain: the credit code, or the name in full. Other likeness is the business of `matching`."""

from django.utils.translation import gettext_lazy as _

from customers.companies.models import Company
from customers.matching.firmnames import name_key

SENTENCES = {
    "credit_code": _("A company with this credit code exists already. %(holder)s looks after it."),
    "name": _("A company of this name exists already. %(holder)s looks after it."),
}


def identities(values):
    """What makes a company the same as another, the surest first: pairs of field and value."""
    return [(field, values[field]) for field in SENTENCES if values.get(field)]


def twins(wanted):
    """For each of these identities the live company that carries it, whoever may see it; two queries however many there are."""
    rows = Company._base_manager.filter(deleted_at=None).select_related("team", "pool").order_by("-pk")
    codes, names = ({text for name, text in wanted if name == field} for field in ("credit_code", "name"))
    found = {("credit_code", row.credit_code): row for row in rows.filter(credit_code__in=codes)} if codes else {}
    if names:
        # The key is what the index knows a name by.
        keys = {name_key(name) for name in names}
        found |= {("name", row.name): row for row in rows.filter(name_key__in=keys, name__in=names)}
    return found


def sentence(field, twin):
    """What somebody is told who brings a company that is there already: who looks after it, and nothing more."""
    return SENTENCES[field] % {"holder": holder(twin)}


def holder(company):
    """Who looks after a company, as those outside its scope may know: the team, or the pool it lies in."""
    return company.team or company.pool or _("Nobody")
