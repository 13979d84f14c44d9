"""The page of one opportunity: its way through the stages, its facts, and what can be done."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from crm.core.policy import allows
from crm.core.registry import Registry
from crm.web import formats
from crm.web.amounts import amount
from crm.web.asking import Deed
from crm.web.links import link_to
from customers.companies import options
from customers.companies.page import Fact
from deals.opportunities import completeness, gates
from deals.opportunities.forms import LoseForm, ReasonForm
from deals.opportunities.history import time_in_stage
from deals.opportunities.models import Stage
from deals.opportunities.tables import STALE_TONES, stay_words

# Functions of (opportunity, actor): what comes after the last open stage, the contract and then the order, in the order of their names.
onward: Registry[Callable] = Registry("step after the last stage")


def of(record, actor):
    """What the page shows of the opportunity."""
    stages = list(Stage.objects.filter(kind__in=(Stage.Kind.OPEN, Stage.Kind.PENDING_ORDER, Stage.Kind.WON)))
    return {
        "steps": steps_of(record, stages),
        "facts": facts_of(record, actor),
        "deeds": deeds_of(record, actor),
        "next_stage": next_stage(record, stages, actor),
        "company": link_to(actor, record.company, f"/customers/companies/{record.company_id}/"),
        "contact": link_to(actor, record.contact, f"/customers/contacts/{record.contact_id}/"),
        "source": options.labels("source").get(record.source, ""),
        "completeness": completeness.score(record),
        "missing": completeness.gaps(record),
        "stale_tone": STALE_TONES.get(record.stagnation, ""),
        "stay": stay_words(record) if record.is_running else "",
    }


def steps_of(record, stages):
    """The stages as a chain: time spent in those that were visited, the present one partly filled."""
    spent = time_in_stage(record)
    items = []
    for stage in stages:
        now = stage.pk == record.stage_id and record.is_running
        visited = stage.code in spent or stage.pk == record.stage_id
        done = visited and not now and stage.position <= record.stage.position
        part = min(100, round(record.days_in_stage * 100 / stage.max_days)) if now and stage.max_days else 100 if done else 0
        note = formats.rough_span(spent[stage.code]) if stage.code in spent else ""
        items.append({"label": str(stage), "note": note, "state": "now" if now else "done" if done else "todo", "part": part})
    return items


def facts_of(record, actor):
    """The figures of the head."""
    found = [Fact(_("Expected amount"), amount(actor, "opportunities.amount", record.amount, record.currency))]
    close = formats.day(record.expected_close) if record.expected_close else formats.NONE
    note = _("pushed %(n)d×") % {"n": record.pushed} if record.pushed else ""
    found.append(Fact(_("Expected close"), close, note=note, tone="warn" if record.pushed and record.is_running else ""))
    found.append(Fact(_("Probability"), f"{record.stage.probability}%"))
    if record.last_contact_at:
        found.append(Fact(_("Last contact"), formats.ago(record.last_contact_at)))
    return found


def next_stage(record, stages, actor):
    """Where it may go next, and what that asks; None when it is closed or the person may not move it.

    After the last open stage nothing is moved by hand: contract and order lead on, and the button for the one that is due.
    """
    if not record.is_running or not allows(actor, "opportunities.edit", record):
        return None
    later = [stage for stage in stages if stage.position > record.stage.position and stage.kind == Stage.Kind.OPEN]
    if not later or record.state != Stage.Kind.OPEN:
        found = [deed for _name, find in sorted(onward.items()) for deed in find(record, actor)]
        return {"stage": None, "missing": gates.what_is_missing(record, stages[-1]), "deeds": found}
    return {"stage": later[0], "missing": gates.what_is_missing(record, later[0])}


def deeds_of(record, actor):
    """What this person may do now, the likeliest first."""
    found = []
    if not allows(actor, "opportunities.edit", record):
        return found
    if record.is_running:
        found.append(Deed(_("Lost"), "loss/", "circle-x", "plain", LoseForm(actor=actor, record=record)))
    elif record.state in (Stage.Kind.LOST, Stage.Kind.VOID):
        found.append(Deed(_("Reopen"), "reopening/", "refresh", "plain", ReasonForm(actor=actor, record=record)))
    return found
