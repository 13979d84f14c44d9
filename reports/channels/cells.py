"""The summary of contacts by channel, in the month in which they were kept."""

from crm.activity.models import About
from crm.activity.spine import kind_of
from interactions.followups.models import FollowUp
from interactions.log.models import Interaction
from reports.channels.channels import IN_TIME, SATISFIED
from reports.kept.groups import Group, groups
from reports.kept.table import OF_ROW, WHO, summed, table, touched_months

INTERACTION = "id, owner_id, team_id, co_owner_id, co_team_id, channel, at, satisfaction, deleted_at"
CONTACTS = f"""
SELECT {OF_ROW.format(row="i")}, i.channel, date_trunc('month', i.at AT TIME ZONE %(zone)s)::date AS month, i.at, i.satisfaction,
       f.is_kept, f.is_closed, f.is_open
  FROM {{source}} i
  LEFT JOIN LATERAL (SELECT bool_or(state = 'done' AND closed_at <= i.at + %(in_time)s) AS is_kept, bool_or(state <> 'open') AS is_closed,
                            bool_or(state = 'open') AS is_open
                       FROM interactions_followup WHERE agreed_in_id = i.id AND deleted_at IS NULL) f ON true
 WHERE i.deleted_at IS NULL"""


def contacts(source):
    """A line for each contact with what became of its next step."""
    return CONTACTS.format(source=source)


def whose_promise(events):
    """The contacts whose promises these events are about."""
    promises = About.objects.filter(kind=kind_of(FollowUp), activity__in=events).values_list("object_id", flat=True)
    return set(FollowUp.objects.filter(pk__in=set(promises), agreed_in__isnull=False).values_list("agreed_in", flat=True))


KEYS = f"{WHO} channel month"
SUMS = """
count(*) AS contacts, count(satisfaction) AS rated, count(*) FILTER (WHERE satisfaction >= %(satisfied)s) AS satisfied,
count(*) FILTER (WHERE is_kept) AS reached, count(*) FILTER (WHERE is_closed) AS decided,
coalesce(array_agg(at ORDER BY at) FILTER (WHERE is_open AND NOT is_closed), '{}') AS undone"""
CHANNEL_MONTH = table(
    "channelmonth",
    KEYS,
    "contacts rated satisfied reached decided undone",
    summed(contacts, KEYS, SUMS, "interactions_interaction", touched_months("interactions_interaction", "at")),
)
groups.add("contacts", Group(Interaction, INTERACTION, contacts, (CHANNEL_MONTH,), whose_promise, {"in_time": IN_TIME, "satisfied": SATISFIED}))
