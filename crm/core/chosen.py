"""The rows of a bulk change: inside the scope, locked, all or nothing."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid, WrongState
from crm.core.policy import require


def locked(model, records, *, by, action):
    """The chosen rows as they are now, held until the transaction ends; refuse when some are out of the actor's reach.

    They are locked in the order of their ids, so that two bulk changes cannot block each other.
    """
    require(by, f"{model.noun}.{action}")
    wanted = {record.pk for record in records}
    rows = model.objects.visible_to(by, action).filter(pk__in=wanted).select_for_update(of=("self",), no_key=True)
    found = list(rows.order_by("pk"))
    if len(found) < len(wanted):
        raise WrongState(_("Some of the chosen records are not yours to change; nothing was changed."), code="partly_out_of_reach")
    return found


def refuse_own(model, values, common):
    """Refuse to write the same into many records where each has its own; `common` are the fields that they may have alike."""
    for name in values:
        if name not in common:
            label = next((field.verbose_name for field in model._meta.concrete_fields if field.name == name), name)
            raise Invalid(_("“%(field)s” is each record's own; change it one by one.") % {"field": label}, field=name, code="not_in_bulk")
