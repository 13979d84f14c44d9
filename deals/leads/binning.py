"""What was said and planned with a lead goes into the bin with it."""

from crm.activity.spine import kind_of
from crm.bin.belongings import belongs
from crm.bin.obstacles import Obstacle
from crm.bin.waysback import WayBack, ways_back
from customers.matching import checking, telling
from customers.matching.models import Action
from deals.leads import alike, pools, services
from deals.leads.models import Lead
from interactions.followups.models import FollowUp
from interactions.log.models import Interaction


def about_leads():
    """Rows about a lead."""
    return {"about_kind": kind_of(Lead)}


def clashes(leads, by):
    """For each of these leads the live records that a rule takes for the same."""
    facts = [alike.facts(lead) for lead in leads]
    for lead, findings in zip(leads, checking.check("leads", facts, besides=[lead.pk for lead in leads]), strict=True):
        for one in findings:
            if one.action == Action.BLOCK:
                yield lead, Obstacle("duplicate", telling.sentence(one, by), one.field)


belongs("leads", Interaction, "about_id", only=about_leads)
belongs("leads", FollowUp, "about_id", only=about_leads)
ways_back.add("leads", WayBack(Lead, services.restore, pools.assign, "deals:leads:bin", clashes=clashes))
