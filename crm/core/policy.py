"""Asking whether a person may do something to a record; every verb asks here, so every path meets it."""

from django.utils.translation import gettext_lazy as _

from crm.core.errors import NotAllowed
from crm.core.rights import ALL, NONE, OWN

# What the members of a pool may do with a row that nobody owns yet.
POOL_ACTIONS = (".view", ".claim")


def allows(actor, right: str, record=None) -> bool:
    """Whether the right (`"companies.edit"`) of this person reaches this record; without a record, whether it is held at all."""
    if actor.is_system:
        return True
    reach = actor.reach(right)
    if reach == NONE or not actor.is_active:
        return False
    if record is None or reach == ALL:
        return True
    if actor.pk in record.owners():
        return True
    if reach != OWN and record.teams() & set(actor.team_ids(reach)):
        return True
    return right.endswith(POOL_ACTIONS) and getattr(record, "pool_id", None) in actor.pool_ids()


def require(actor, right: str, record=None) -> None:
    """Refuse with a sentence when the person may not do this."""
    if not allows(actor, right, record):
        raise NotAllowed(
            _("You do not have the right to do this. Ask your administrator for “%(right)s”.") % {"right": right},
            facts={"right": right},
        )
