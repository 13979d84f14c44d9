"""Who may look at how the house runs, and who may act on it."""

from crm.core.policy import require

VIEW, ADMINISTER = "operations.view", "house.administer"


def may_look(actor) -> bool:
    """Administrators, and whoever was given the right to this page alone."""
    return actor.is_authenticated and (actor.may(ADMINISTER) or actor.may(VIEW))


def require_look(actor) -> None:
    """Refuse with a sentence who may not see the page."""
    if not may_look(actor):
        require(actor, VIEW)
