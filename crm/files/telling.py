"""The words for what happens to files, on timelines."""

from django.utils.translation import gettext as _

from crm.activity.wording import describer
from crm.files import events


@describer(events.ADDED, group="contact", icon="paperclip", changes=False)
def added(activity, facts):
    """A file lies with the record."""
    return _("File added"), _name(activity)


@describer(events.DELETED, icon="trash", changes=False)
def deleted(activity, facts):
    """It was taken away."""
    return _("File removed"), _name(activity)


@describer(events.RESTORED, icon="arrow-back-up", changes=False)
def restored(activity, facts):
    """It lies there again."""
    return _("File taken back"), _name(activity)


def _name(activity):
    return activity.data["name"]
