"""How companies are merged."""

from django.utils.translation import gettext_lazy as _

from crm.core.masking import mask_text
from crm.core.phones import mask
from crm.web import formats
from customers.companies import completeness, options, regions, services, switchboards
from customers.companies.models import Company
from customers.companies.services import STEP_FIELDS
from customers.contacts.models import ContactPoint
from customers.matching.companynames import has_legal_form
from customers.merging.kinds import ALL, FULLEST, SUREST, Choice, Evidence, Kind, followers, kinds
from customers.merging.relations import moves

MOMENTS = tuple(STEP_FIELDS.values())


def _option(name):
    return lambda code: options.labels(name).get(code, code)


CHOICES = (
    Choice("name", SUREST, full=has_legal_form),
    Choice("short_name"),
    Choice("credit_code", guarded="companies.credit_code", mask=mask_text),
    Choice("parent"),
    Choice("industry", words=_option("industry")),
    Choice("size", words=_option("size")),
    Choice("employees", words=formats.number),
    Choice("revenue", words=formats.money),
    Choice("established", words=str),
    Choice("region", FULLEST, words=regions.words),
    Choice("address", FULLEST),
    Choice("website"),
    Choice("phone", words=formats.phone, guarded="companies.phone", mask=mask),
    Choice("source", words=_option("source")),
    Choice("grade"),
    Choice("tags", ALL),
    Choice("notes", ALL),
    Choice("external_id"),
)


def _one(field):
    return lambda records: {row.pk: {getattr(row, field)} - {"", None} for row in records}


def _mobiles(records):
    found = {row.pk: set() for row in records}
    points = ContactPoint.objects.filter(contact__company__in=found, contact__deleted_at=None, kind=ContactPoint.Kind.MOBILE)
    for company, norm in points.values_list("contact__company", "norm")[:2000]:
        found[company].add(norm)
    return found


EVIDENCE = (
    Evidence(_("same credit code"), _("different credit codes"), _one("credit_code")),
    Evidence(_("a contact's mobile in common"), "", _mobiles),
    Evidence(_("same core of the name"), _("different names"), _one("name_key")),
    Evidence(_("same domain"), "", _one("domain")),
    Evidence(_("same switchboard"), "", _one("phone")),
    Evidence("", _("different regions"), _one("region")),
    Evidence("", _("different owners"), _one("owner_id")),
)


def _join(survivor, others):
    """The earliest known time of every step counts, and the furthest step."""
    names = []
    for name in ("created_at", *MOMENTS):
        first = min(filter(None, (getattr(row, name) for row in (survivor, *others))), default=None)
        if first != getattr(survivor, name):
            setattr(survivor, name, first)
            names.append(name)
    step = max(row.step for row in (survivor, *others))
    if step != survivor.step:
        survivor.step = step
        names.append("step")
    return names


def _renew(kind, ids, event):
    """The data that follow from others: how full the record is, and its switchboard among the numbers that are searched."""
    if kind.model is Company:
        rows = list(Company._base_manager.filter(pk__in=ids))
        switchboards.renew(rows)
        for row in rows:
            row.completeness = completeness.score(row)
        Company._base_manager.bulk_update(rows, ["completeness"])


kinds.add(
    "companies",
    Kind(
        Company,
        CHOICES,
        # Whom the result is like was looked at by whoever merges.
        update=lambda record, values, by: services.update(record, values, by=by, even_if_known=True),
        url="customers:merging:companies",
        list_url="customers:companies:list",
        page_url="customers:companies:detail",
        title=_("Merge companies"),
        evidence=EVIDENCE,
        surest=lambda company: bool(company.credit_code),
        related=("owner", "team", "pool", "parent"),
        join=_join,
        kept=frozenset({"created_at", "step", "next_step", "next_step_at", "last_contact_at", "completeness", *MOMENTS}),
    ),
)
followers.add("companies", _renew)
moves(Company, "parent", "subsidiaries belong to the group that stays", counted=True, label=_("subsidiaries"))
