"""The words for the events of products on timelines."""

from django.utils.translation import gettext as _

from crm.activity.wording import describer
from deals.products import events


@describer(events.CREATED, icon="package", changes=False)
def created(activity, facts):
    """Something new is sold."""
    return _("Product added")


@describer(events.UPDATED, icon="pencil")
def updated(activity, facts):
    """Facts or prices changed; they are listed below."""
    return _("Product changed")


@describer(events.RETIRED, icon="archive", changes=False)
def retired(activity, facts):
    """It cannot be ordered any more."""
    return _("Taken off the market")


@describer(events.OFFERED, icon="circle-check", changes=False)
def offered(activity, facts):
    """It can be ordered again."""
    return _("Back on sale")


@describer(events.WITHDRAWN, icon="trash", changes=False)
def withdrawn(activity, facts):
    """It was entered by mistake and never used."""
    return _("Taken out again, never used")
