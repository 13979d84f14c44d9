"""The company itself and its people in the picture of a customer, and what the rooms above use to register theirs."""

from django.utils.translation import gettext_lazy as _

from crm.activity.spine import lock
from crm.core.errors import WrongState
from customers.companies import cleaning as company_cleaning
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts import cleaning as contact_cleaning
from customers.contacts import services as contacts
from customers.contacts.models import Contact, ContactPoint
from customers.contacts.policies import may_replace
from customers.contacts.ways import way_of
from customers.past.kinds import Part, register

POINT = ("kind", "value", "label", "is_primary")


def putting(update, assign):
    """The verb that writes old values, the owner among them, which has a verb of its own."""

    def put(record, values, *, by, version):
        owner = values.pop("owner", ...)
        if values:
            update(record, values, by=by, version=version)
        if owner is ...:
            return
        if not values:
            companies.refuse_stale(lock(record), version)
        if owner is None:
            raise WrongState(_("It belonged to nobody then. Return it to a pool instead."), code="nobody")
        assign([record], to=owner, by=by)

    return put


def apart(fields):
    """What a verb takes of these fields, and the owner; whose it is stays out of it."""
    return (*(name for name in fields if name != "company"), "owner")


def _update_company(company, values, **how):
    return companies.update(company, values, even_if_known=True, **how)


def _update_contact(contact, values, **how):
    return contacts.update(contact, values, even_if_known=True, **how)


def _way(row, actor, names):
    """One number or address in words, covered where the reader's role says so."""
    way = way_of(ContactPoint(**{name: row[name] for name in POINT}), actor)
    return way and f"{way.kind} {way.text}"


register(
    Company,
    field="id",
    put=putting(_update_company, companies.assign),
    fields=apart(company_cleaning.FIELDS),
    also=("step",),
    page="customers:companies:detail",
    position=0,
)
register(
    Contact,
    put=putting(_update_contact, contacts.assign),
    fields=apart(contact_cleaning.FIELDS),
    put_away=contacts.delete,
    page="customers:contacts:detail",
    position=10,
    parts=(
        Part(
            "points",
            _("contact points"),
            ContactPoint,
            "contact",
            POINT,
            _way,
            lambda rows: [{name: row[name] for name in POINT} for row in rows],
            lambda row, actor: may_replace(actor, row["kind"]),
        ),
    ),
)
