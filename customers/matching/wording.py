"""The words for asking to see a record, on timelines and in notices."""

from django.utils.translation import gettext as _

from crm.activity.wording import describer
from crm.notifications.notices import Told, on, says
from customers.matching import events
from customers.matching.subjects import subjects


@describer(events.ASKED, icon="lock-question", changes=False)
def asked(activity, facts):
    """Somebody found out that the record exists, and wants to see it."""
    return _("Asked for access, after meeting it as a duplicate")


@describer(events.GRANTED, icon="share", changes=False, people=("with",))
def granted(activity, facts):
    """One more person sees the record."""
    return _("Shared with %(name)s") % {"name": facts.name("with")}


@on(events.ASKED)
def tell_keepers(activity):
    """Whoever looks after the record is asked."""
    facts = {"name": activity.data["name"], "by": str(activity.actor)}
    url = f"/customers/matching/access/{activity.data['request']}/"
    return [Told(person, facts, url) for person in activity.data["told"]]


@on(events.GRANTED)
def tell_asker(activity):
    """Whoever asked hears that the record is open."""
    noun = activity.data["noun"]
    url = f"{subjects[noun].url}{activity.object_id}/" if noun in subjects else ""
    return [Told(activity.data["with"], {"name": activity.data["name"], "by": str(activity.actor)}, url)]


@says(events.ASKED)
def asked_words(facts):
    """What the keeper reads."""
    return _("%(by)s asks for access to %(name)s") % facts, _("Met as a duplicate while adding a new record.")


@says(events.GRANTED)
def granted_words(facts):
    """What the asker reads."""
    return _("%(by)s shared %(name)s with you") % facts
