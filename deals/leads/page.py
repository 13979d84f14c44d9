"""The page of one lead: its facts, why it is worth what it is, whom it may already be, and what can be done."""

from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.core import clock
from crm.core.policy import allows
from crm.web import formats
from crm.web.asking import Deed
from crm.web.links import link_to
from customers.companies import options, regions
from customers.companies.page import Fact
from deals.leads import policies, scoring
from deals.leads.conversion import TAKEN_BACK_WITHIN
from deals.leads.forms import InvalidForm, ReasonForm, ReturnForm
from deals.leads.matching import possible_matches
from deals.leads.models import Lead
from deals.leads.tables import phone_words, state_of


def of(lead, actor):
    """What the page shows of the lead."""
    return {
        "state": state_of(lead),
        "facts": facts_of(lead),
        "details": details_of(lead),
        "ways": ways_of(lead, actor),
        "is_veiled": policies.is_veiled(lead),
        "matches": matches_of(lead, actor) if lead.is_open else [],
        "score": score_of(lead),
        "deeds": deeds_of(lead, actor),
        "company": link_to(actor, lead.company, f"/customers/companies/{lead.company_id}/"),
        "contact": link_to(actor, lead.contact, f"/customers/contacts/{lead.contact_id}/"),
    }


def facts_of(lead):
    """The figures of the head."""
    found = [
        Fact(_("Score"), formats.number(lead.score.normalize() + 0)),
        Fact(_("Waiting since"), formats.ago(lead.last_contact_at or lead.assigned_at or lead.created_at)),
    ]
    if lead.next_step_at:
        late = lead.is_open and lead.next_step_at < clock.now()
        when = formats.overdue(lead.next_step_at) if late else formats.ago(lead.next_step_at)
        found.insert(1, Fact(_("Next step"), when, note=lead.next_step, tone="bad" if late else ""))
    return found


def details_of(lead):
    """The facts of the left column."""
    rows = [
        ("person", lead.person), ("position", lead.position),
        ("source", options.labels("source").get(lead.source, "")), ("industry", options.labels("industry").get(lead.industry, "")),
        ("size", options.labels("size").get(lead.size, "")), ("region", regions.words(lead.region)),
        ("pool", str(lead.pool or "")), ("last_contact_at", formats.ago(lead.last_contact_at) if lead.last_contact_at else ""),
    ]  # fmt: skip
    found = [Fact(Lead._meta.get_field(name).verbose_name, text) for name, text in rows]
    return [*found, Fact(_("created"), formats.day(lead.created_at))]


def ways_of(lead, actor):
    """The ways to reach the lead as this person may read them; an address to dial or write only where it is whole."""
    found = []
    for field, icon, url in (("mobile", "phone", "tel:{}"), ("wechat", "brand-wechat", ""), ("email", "mail", "mailto:{}")):
        text = policies.shown(lead, actor, field)
        if text:
            whole = policies.reads(lead, actor, field)
            words = phone_words(lead, actor) if field == "mobile" else text
            address = url.format(quote(text.replace(";", ","), safe="+,@")) if whole and url else ""
            found.append({"field": field, "icon": icon, "text": words, "url": address, "is_masked": not whole})
    return found


def matches_of(lead, actor):
    """Whom we may know already by this number or this name, each with its address where the person may open it.

    Another lead also has the address where the two are merged.
    """
    may_merge = allows(actor, "leads.merge", lead)
    found = possible_matches(lead, by=actor)
    return [vars(one) | {"merge_url": _merge_url(lead, one) if may_merge and one.noun == lead.noun and one.pk else ""} for one in found]


def _merge_url(lead, other):
    return f"{reverse('deals:leads:merging')}?ids={lead.pk},{other.pk}"


def customer_of(lead):
    """The page of the company that a lead has become; empty while it is none."""
    return f"/customers/companies/{lead.company_id}/" if lead.company_id else ""


def score_of(lead):
    """The points of the score, which add up to it."""
    fit, engagement = scoring.fit(lead), scoring.engagement(lead)
    # What came of our contacts ages: the words say of when the last one is.
    last = formats.ago(lead.last_contact_at) if lead.last_contact_at else ""
    parts = [{"words": part.words, "when": "", "points": _signed(part.points)} for part in fit]
    parts += [{"words": part.words, "when": last if part is not scoring.SPOKEN else "", "points": _signed(part.points)} for part in engagement]
    return {"parts": parts, "fit": sum(p.points for p in fit), "engagement": sum(p.points for p in engagement)}


def _signed(points):
    return f"{'+' if points >= 0 else formats.MINUS}{abs(points)}"


def deeds_of(lead, actor):
    """What this person may do now, the likeliest first."""
    found, mine = [], lead.owner_id is not None
    if lead.is_open and not mine and lead.pool_id and allows(actor, "leads.claim", lead):
        found.append(Deed(_("Claim"), "claim/", "user-check", "primary"))
    if lead.is_open and allows(actor, "leads.convert", lead):
        found.append(Deed(_("Convert to customer"), "conversion/", "building", "primary" if mine else "plain", is_link=True))
    if lead.is_open and mine and allows(actor, "leads.return", lead):
        found.append(Deed(_("Return to pool"), "return/", "waves-electricity", form=ReturnForm(actor=actor, record=lead)))
    if lead.is_open and allows(actor, "leads.edit", lead):
        found.append(Deed(_("Invalid"), "invalidity/", "ban", form=InvalidForm(actor=actor, record=lead)))
    if lead.state == Lead.State.INVALID and allows(actor, "leads.edit", lead):
        found.append(Deed(_("Make valid again"), "validity/", "arrow-back-up"))
    if may_take_back(lead) and allows(actor, "leads.convert", lead):
        found.append(Deed(_("Take the conversion back"), "unconversion/", "arrow-back-up", form=ReasonForm(actor=actor, record=lead)))
    return found


def may_take_back(lead):
    """Whether the conversion is young enough to be taken back; the verb looks at all that may hold it."""
    return lead.is_converted and lead.closed_at is not None and clock.now() - lead.closed_at <= TAKEN_BACK_WITHIN


def missing_for_conversion(lead):
    """What must still be given before the lead can become a customer."""
    named = lead.name != lead.person
    return [*([] if named else [_("registered name")]), _("credit code")]


def moves_of(lead, actor):
    """Each known fact of the lead, and where it goes."""
    company, contact, opportunity = _("Company"), _("Contact"), _("Opportunity")
    to = {"person": contact, "position": contact, "source": company, "industry": company, "size": company, "region": company}
    label = Lead._meta.get_field
    facts = {label(name).verbose_name: where for name, where in to.items()}
    rows = [{"label": fact.label, "text": fact.text, "to": facts[fact.label]} for fact in details_of(lead) if fact.text and fact.label in facts]
    rows += [{"label": label(way["field"]).verbose_name, "text": way["text"], "to": contact} for way in ways_of(lead, actor)]
    if lead.name != lead.person:
        rows.insert(0, {"label": label("name").verbose_name, "text": lead.name, "to": company})
    return rows + ([{"label": label("need").verbose_name, "text": lead.need, "to": opportunity}] if lead.need else [])
