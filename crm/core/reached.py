"""Whether what a verb was given lies within the reach of the person who gives it."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.policy import require


def refuse_unreachable(values, by, *fields):
    """The first of these records that is there must be visible to the person: whoever sees the opportunity may sell on it."""
    field = next((field for field in fields if values.get(field) is not None), None)
    if field is None:
        return
    record = values[field]
    if not type(record).objects.visible_to(by).filter(pk=record.pk).exists():
        raise Invalid(_("There is no such record in your reach."), field=field, code="out_of_reach")


def refuse_owner(owner, by, noun):
    """Giving a new record to somebody else takes the right to assign, and somebody who still works here."""
    if owner in (None, by):
        return
    require(by, f"{noun}.assign")
    refuse_gone(owner)


def refuse_gone(owner):
    """Nothing is given to somebody who has left."""
    if not owner.is_active:
        raise Invalid(_("%(name)s has left and cannot own anything.") % {"name": owner}, field="owner", code="inactive")
