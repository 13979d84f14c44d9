"""What an opportunity takes along into the bin; a won one stays."""

from django.db.models import Q
from django.utils.translation import ngettext

from crm.activity.spine import kind_of
from crm.bin.belongings import Staying, belongs, staying
from crm.bin.removing import parts
from crm.bin.waysback import WayBack, ways_back
from deals.opportunities import services
from deals.opportunities.models import Opportunity, Stage, StageChange
from interactions.followups import binning as followups
from interactions.followups.models import FollowUp
from interactions.log import binning as log
from interactions.log.models import Interaction


def about_opportunities():
    """Rows about an opportunity."""
    return {"about_kind": kind_of(Opportunity)}


belongs("companies", Opportunity, "company")
belongs("opportunities", Interaction, "about_id", only=about_opportunities, settle=log.settle)
belongs("opportunities", FollowUp, "about_id", only=about_opportunities, settle=followups.settle)
staying.add("opportunities", Staying(Opportunity, Q(state=Stage.Kind.WON), lambda n: ngettext("%(n)d won opportunity", "%(n)d won opportunities", n)))
parts.add("deals.StageChange.opportunity", (StageChange, "opportunity"))
ways_back.add("opportunities", WayBack(Opportunity, services.restore, services.assign, "deals:opportunities:bin"))
