"""What was said and planned with a lead goes into the bin with it."""

from crm.activity.spine import kind_of
from crm.bin.belongings import belongs
from crm.bin.waysback import WayBack, ways_back
from customers.matching.clashing import clashes_of
from deals.leads import alike, pools, services
from deals.leads.models import Lead
from interactions.followups.models import FollowUp
from interactions.log.models import Interaction


def about_leads():
    """Rows about a lead."""
    return {"about_kind": kind_of(Lead)}


belongs("leads", Interaction, "about_id", only=about_leads)
belongs("leads", FollowUp, "about_id", only=about_leads)
ways_back.add("leads", WayBack(Lead, services.restore, pools.assign, "deals:leads:bin", clashes=clashes_of("leads", alike.facts)))
