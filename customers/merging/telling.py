"""The words for merges on timelines and in notices."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from crm.activity.wording import describer
from crm.notifications.notices import Told, on, says
from customers.merging import events
from customers.merging.kinds import kinds

SHOWN = 5


def merged(activity, facts):
    """Several records became one; on the timeline of one that went away it says where it went."""
    if not facts.is_own:
        return _("Merged into %(name)s") % {"name": activity.data["name"]}
    count = activity.data["moved"]
    rows = ngettext("%(n)d related record moved along", "%(n)d related records moved along", count) % {"n": count}
    return _("Merged: %(names)s") % {"names": _listed(activity.data["names"])}, rows


def unmerged(activity, facts):
    """The merge was taken back."""
    if not facts.is_own:
        return _("Separated from %(name)s again") % {"name": activity.data["name"]}
    count = activity.data["stayed"]
    stayed = ngettext("%(n)d later change stayed here", "%(n)d later changes stayed here", count) % {"n": count} if count else ""
    return _("Merge taken back: %(names)s") % {"names": _listed(activity.data["names"])}, stayed


def tell_owners(activity):
    """Whoever looked after a record that went away hears of it once."""
    facts = {"name": activity.data["name"], "names": activity.data["names"], "by": str(activity.actor)}
    url = kinds[activity.verb.partition(".")[0]].page_of(activity.object_id)
    return [Told(owner, facts, url) for owner in activity.data["owners"]]


def told_words(facts):
    """What they read."""
    return _("%(by)s merged %(names)s into %(name)s") % (facts | {"names": _listed(facts["names"])})


def _listed(names):
    shown = pgettext("between listed things", ", ").join(names[:SHOWN])
    more = len(names) - SHOWN
    return f"{shown} {ngettext('and %(n)d more', 'and %(n)d more', more) % {'n': more}}" if more > 0 else shown


def tell_of(noun):
    """Give the merges of this kind their words."""
    describer(events.merged(noun), icon="git-merge", changes=False)(merged)
    describer(events.unmerged(noun), icon="git-branch", changes=False)(unmerged)
    on(events.merged(noun))(tell_owners)
    says(events.merged(noun))(told_words)
