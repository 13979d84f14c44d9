"""What the page of a company shows of its opportunities: a fact in its head and a card at its side."""

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.web import formats
from crm.web.amounts import COVERED, readable
from customers.companies import page
from deals.opportunities.models import Opportunity
from deals.opportunities.tables import STALE_TONES, close_words, stay_words

SHOWN = 3


def company_panel(company, actor):
    """The running opportunities, the longest waiting first."""
    return _running(Opportunity.objects.visible_to(actor).filter(company=company), f"company={company.pk}", actor)


def contact_panel(contact, actor):
    """The running opportunities in which a person is the one we talk to."""
    return _running(Opportunity.objects.visible_to(actor).filter(contact=contact), f"contact={contact.pk}", actor)


def _running(found, query, actor):
    rows = list(found.running().select_related("stage").order_by("stage_since")[: SHOWN + 1])
    cards = [
        {"row": row, "amount": _amount(row, actor), "close": close_words(row), "stay": stay_words(row), "tone": STALE_TONES.get(row.stagnation, "mute")}
        for row in rows[:SHOWN]
    ]
    new_url = f"/deals/opportunities/new/?{query}" if actor.may("opportunities.create") else ""
    return {"cards": cards, "more": len(rows) > SHOWN, "new_url": new_url, "all_url": f"/deals/opportunities/?{query}"}


@page.facts.named("40-opportunities")
def running_fact(company, actor):
    """How many are running, and for how much."""
    if not actor.may("opportunities.view"):
        return []
    found = Opportunity.objects.visible_to(actor).filter(company=company).running().aggregate(n=Count("pk"), total=Sum("amount"))
    if not found["n"]:
        return []
    text = ngettext("%(n)d running", "%(n)d running", found["n"]) % {"n": found["n"]}
    if readable(actor, "opportunities.amount"):
        text += " · " + formats.money_short(found["total"] or 0)
    return [page.Fact(_("Opportunities"), text, f"/deals/opportunities/?company={company.pk}&state=open&state=pending_order")]


def _amount(row, actor):
    if row.amount is None:
        return formats.NONE
    return formats.money(row.amount, row.currency).removesuffix(".00") if readable(actor, "opportunities.amount") else COVERED
