"""What feedback adds to the house."""

from django.utils.translation import gettext_lazy as _

from crm.activity.numbers import by_number
from crm.core import keyset, rights
from crm.core.search import by_name, first_in_scope
from crm.files.keeping import keep_files_of
from crm.rest.router import router
from crm.web import nav
from crm.web.panels import Panel, panels
from crm.web.search import Finder, Hit, finders
from customers.companies import page as company_page
from customers.contacts import page as contact_page
from feedback.tickets import (
    asof,  # noqa: F401 - registers what the past of a customer shows
    binning,  # noqa: F401 - registers what goes into the bin with what
    merging,  # noqa: F401 - registers what becomes of feedback in a merge
    page,
    telling,  # noqa: F401 - registers the words of its events
    undoing,  # noqa: F401 - registers what can be taken back
)
from feedback.tickets.api import TicketViewSet
from feedback.tickets.models import Ticket
from feedback.tickets.services import SERIES

rights.register("tickets", _("Feedback"))
keep_files_of(Ticket, "feedback:tickets:detail")


def _waiting_for_us(user):
    return keyset.count_briefly(Ticket.objects.live().running(), user.scope(Ticket))


nav.pages.add("tickets", nav.Page(_("Feedback"), "feedback:tickets:list", "message-report", "service", "tickets.view", 10, count=_waiting_for_us, tab=4))
nav.creations.add("tickets", nav.Creation(_("Feedback"), "feedback:tickets:new", "message-report", "tickets.create", 80))
router.register("tickets", TicketViewSet)
company_page.tabs.add("tickets", company_page.Tab(_("Feedback"), "feedback:tickets:list", "tickets.view", 60))
contact_page.actions.add("tickets", company_page.Action(_("Take in feedback"), "feedback:tickets:new", "message-report", "tickets.create", position=60))
company_page.facts.add("50-satisfaction", page.satisfaction_fact)
panels.add("company-tickets", Panel("companies", "feedback/tickets/company_panel.html", page.of_company, "tickets.view", 30))


def _find(actor, typed, limit):
    rows = Ticket.objects.live().filter(by_number(typed, SERIES) | by_name(typed)).select_related("company")
    return [
        Hit(row.name, f"/feedback/tickets/{row.pk}/", " · ".join(filter(None, (row.number, str(row.company or "")))))
        for row in first_in_scope(rows, actor, limit)
    ]


finders.add("tickets", Finder(_("Feedback"), "message-report", "tickets.view", _find, 90))
