"""What follow-ups add to the house."""

from django.utils.translation import gettext_lazy as _

from crm.activity import ownership
from crm.core import clock, rights
from crm.rest.router import router
from crm.web import nav
from customers.companies import page as company_page
from interactions.followups import (
    asof,  # noqa: F401 - registers what the past of a customer shows
    binning,  # noqa: F401 - registers what goes into the bin with what
    inheriting,
    telling,  # noqa: F401 - registers the words of its events
    undoing,  # noqa: F401 - registers what can be taken back
)
from interactions.followups.api import FollowUpViewSet
from interactions.followups.models import FollowUp

rights.register("followups", _("Follow-ups"), without=("import", "export"))
router.register("followups", FollowUpViewSet)
ownership.duties.add("followups", inheriting.pass_on)
ownership.duties_back.add("followups", inheriting.give_back)
company_page.tabs.add("followups", company_page.Tab(_("Follow-ups"), "interactions:followups:list", "followups.view", 15))


def _due_today(user):
    end_of_day = clock.bounds_of(clock.today())[1]
    return FollowUp.objects.live().open().filter(owner=user).due_before(end_of_day).count()


nav.pages.add(
    "followups",
    nav.Page(_("Follow-ups"), "interactions:followups:list", "calendar-repeat", "work", "followups.view", 20, count=_due_today),
)
nav.creations.add("followups", nav.Creation(_("Follow-up"), "interactions:followups:new", "calendar-plus", "followups.create", 70))
