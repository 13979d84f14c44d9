"""Whether a company is in the house already: the same credit code, or the same name."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.core.text import company_core
from customers.companies.models import Company

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


def name_key(name):
    """What a name is compared by: its core, without legal form and place."""
    return company_core(name)[:200]


def alike(name="", credit_code="", limit=5):
    """Live companies that may be the one somebody is typing: the same credit code or the same core of the name."""
    key = name_key(name)
    wanted = Q(credit_code=credit_code) if credit_code else Q()
    wanted |= Q(name_key=key) if len(key) > 1 else Q()
    rows = Company._base_manager.filter(wanted, deleted_at=None) if wanted else Company._base_manager.none()
    return list(rows.select_related("owner", "team", "pool").order_by("-updated_at")[:limit])


def sentence(field, twin, by=None):
    """What somebody is told who brings a company that is there already: who looks after it, and nothing more."""
    if by is not None and not by.may("companies.duplicates"):
        return _("This company is registered already. Ask your contact person in the house.")
    return SENTENCES[field] % {"holder": holder(twin)}


def holder(company):
    """Who looks after a company, as those outside its scope may know: the team, or the pool it lies in."""
    return company.team or company.pool or _("Nobody")
