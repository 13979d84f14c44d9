"""The words for what happens to companies, on timelines and in notices."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.activity.wording import describer, value_words
from crm.notifications.notices import Told, on, says
from customers.companies import events, options, regions

for _field in ("industry", "size", "source"):
    value_words.add(f"companies.{_field}", lambda code, name=_field: options.labels(name).get(code))
value_words.add("companies.region", regions.words)


@describer(events.CREATED, icon="plus", changes=False)
def created(activity, facts):
    """A new company."""
    return _("Company added")


@describer(events.UPDATED, icon="pencil")
def updated(activity, facts):
    """Facts of the company changed; which ones stands below."""
    return _("Company changed")


@describer(events.ASSIGNED, icon="user-share", changes=False, people=("from", "to"))
def assigned(activity, facts):
    """The company belongs to somebody else now."""
    title = _("Handed over: %(before)s → %(now)s") % {"before": facts.name("from"), "now": facts.name("to")}
    return title, " · ".join(filter(None, (activity.data.get("reason"), _duties_in_words(activity.data.get("duties")))))


def _duties_in_words(count):
    return ngettext("%(n)d open follow-up went along", "%(n)d open follow-ups went along", count) % {"n": count} if count else ""


@describer(events.SHARED, icon="share", changes=False, people=("with",))
def shared(activity, facts):
    """One more person sees the company."""
    return _("Shared with %(name)s") % {"name": facts.name("with")}


@on(events.ASSIGNED)
def tell_new_owner(activity):
    """Whoever gets companies hears of it once, however many were handed over together."""
    data = activity.data
    if not data.get("to"):
        return []
    facts = {name: data.get(name) for name in ("name", "count", "reason")} | {"by": str(activity.actor)}
    many = (data.get("count") or 1) > 1
    url = "/customers/companies/?owner=me" if many else f"/customers/companies/{activity.object_id}/"
    return [Told(data["to"], facts, url, key=f"{activity.verb}:{data.get('within', activity.pk)}")]


@says(events.ASSIGNED)
def assigned_words(facts):
    """What the new owner reads."""
    count = facts.get("count") or 1
    words = ngettext("%(by)s handed %(name)s to you", "%(by)s handed %(count)d companies to you", count)
    return words % (facts | {"count": count}), facts.get("reason") or ""
