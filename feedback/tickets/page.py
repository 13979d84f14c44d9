"""The page of one piece of feedback: the way it goes, what can be done now, and how it stands on other pages."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.core.policy import allows
from crm.web import formats
from crm.web.asking import Deed
from crm.web.links import link_to
from crm.web.panels import ROWS
from customers.companies import page as company_page
from feedback.tickets.forms import CloseForm, ReopenForm, ResolveForm
from feedback.tickets.models import Ticket
from feedback.tickets.tables import due_of, state_of

State = Ticket.State
# A customer whose answers average less than this is not content.
CONTENT = 3


def of(ticket, actor):
    """What the page shows of the feedback."""
    may_edit = allows(actor, "tickets.edit", ticket)
    return {
        "state": state_of(ticket),
        "due": due_of(ticket),
        "deeds": deeds_of(ticket) if may_edit else [],
        "resolve_form": ResolveForm(actor=actor, record=ticket) if may_edit and ticket.is_open else None,
        "close_form": CloseForm(actor=actor, record=ticket) if may_edit and ticket.state == State.RESOLVED else None,
        "reopen_form": ReopenForm(actor=actor, record=ticket) if may_edit and not ticket.is_open else None,
        "company": link_to(actor, ticket.company, f"/customers/companies/{ticket.company_id}/"),
        "contact": link_to(actor, ticket.contact, f"/customers/contacts/{ticket.contact_id}/"),
        "product": link_to(actor, ticket.product, f"/deals/products/{ticket.product_id}/"),
        "answered_in": formats.span(ticket.first_response_at - ticket.received_at) if ticket.first_response_at else "",
        "may_edit": may_edit,
    }


def deeds_of(ticket):
    """The small steps between the first word and the solution."""
    if ticket.state == State.NEW:
        return [Deed(_("Answered"), "response/", "message-2", "primary"), Deed(_("Wait for the customer"), "waiting/", "player-pause")]
    if ticket.state == State.WORKING:
        return [Deed(_("Wait for the customer"), "waiting/", "player-pause")]
    if ticket.state == State.WAITING:
        return [Deed(_("The customer has answered"), "resumption/", "player-play", "primary")]
    return []


def satisfaction_fact(company, actor):
    """How content the customer was with our answers, and how often he said so."""
    if not actor.may("tickets.view"):
        return []
    rated = Ticket.objects.visible_to(actor).filter(company=company).aggregate(mean=Avg("satisfaction"), times=Count("satisfaction"))
    if not rated["times"]:
        return []
    words = ngettext("%(n)d answer", "%(n)d answers", rated["times"]) % {"n": rated["times"]}
    mean = Decimal(str(rated["mean"])).quantize(Decimal("0.1"), ROUND_HALF_UP)
    url = f"{reverse('feedback:tickets:list')}?company={company.pk}&satisfaction_min=1"
    return [company_page.Fact(_("Satisfaction"), f"{mean} / 5", url, note=words, tone="warn" if mean < CONTENT else "")]


def of_company(company, actor):
    """The latest feedback of a company, what is open first, for its page."""
    rows = Ticket.objects.visible_to(actor).filter(company=company)
    found = sorted(rows.order_by("-received_at", "-pk")[:20], key=lambda row: not row.is_open)[:ROWS]
    return {
        "tickets": [{"ticket": row, "state": state_of(row), "due": due_of(row)} for row in found],
        "count": rows.count() if len(found) == ROWS else len(found),
        "all_url": f"{reverse('feedback:tickets:list')}?company={company.pk}",
        "new_url": f"{reverse('feedback:tickets:new')}?company={company.pk}" if actor.may("tickets.create") else "",
    }
