"""The rows of a bulk change: inside the scope, locked, all or nothing."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import WrongState
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
