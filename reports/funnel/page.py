"""Everything the page of the funnel shows, put together once for page and API."""

from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.core import clock
from crm.core.reading import with_names
from crm.web import formats
from customers.companies.models import Company, Step
from deals.opportunities.models import Opportunity
from reports.funnel import charts, cohorts, links, regroup, story, words
from reports.funnel.modes import COHORT, STOCK, Asked, Chain, look
from reports.funnel.stays import Stay, stays
from reports.funnel.story import Change
from reports.pipeline import stuck
from reports.slices.amounts import may_read
from reports.slices.periods import month_words

ROWS = 8
# What is shown of a customer who has not gone on.
SHOWN = ("name", "owner__name", "owner__username", "last_contact_at", "next_step_at", "next_step")
# The single amounts that the money of a step is the sum of.
AMOUNTS = {
    Step.POTENTIAL: (),
    Step.OPPORTUNITY: ("opportunities.amount",),
    Step.SIGNED: ("contracts.amount", "orders.amount"),
    Step.PAID: ("payments.amount",),
}
LEVELS = 5


@dataclass
class Findings:
    """The figures behind the page."""

    asked: Asked
    now: Chain
    before: Chain
    changes: list[Change]
    worst: Change | None
    stays: list[Stay] = field(default_factory=list)
    slowest: Stay | None = None


def find(asked: Asked) -> Findings:
    """Compute the figures; stages only for those who may see opportunities."""
    now, before = look(asked)
    changes = story.changes(now, before)
    found = stays(asked.part, asked.period) if asked.part.actor.may("opportunities.view") else []
    return Findings(asked, now, before, changes, story.worst(changes), found, story.slowest(found))


def context(asked: Asked, by=regroup.ROWS) -> dict:
    """What the template shows; the rows behind the worst number one by one, or added up `by` what they have in common."""
    found = find(asked)
    return {
        "asked": asked,
        "sentence": _sentence(found),
        "definition": words.DEFINITIONS[asked.mode],
        "now_label": words.now_label(asked),
        "before_label": words.before_label(asked),
        "chain": chain(found),
        "heat": _heat(found),
        "stays": _stays(found),
        "behind": _behind(found, by),
        "as_of": clock.now(),
    }


def chain(found: Findings) -> list[dict]:
    """The four steps as the component draws them, with what passes between them."""
    asked = found.asked
    most = max(1, *(one.customers for side in (found.now, found.before) for one in side.shown.values()))
    steps = []
    for step in Step:
        now, before = found.now.shown[step], found.before.shown[step]
        steps.append(
            {
                "label": words.STEPS[step],
                "count": now.customers,
                "url": links.of_step(asked, step),
                "note": _money(asked, step, now) if step > Step.POTENTIAL else _before_note(asked, step, before),
                "height": _height(now.customers, most),
                "height_before": _height(before.customers, most),
                "rate": _rate(found, found.changes[step - 1]) if step < Step.PAID else None,
            }
        )
    return steps


def _money(asked, step, now):
    return formats.money_short(now.amount) if may_read_money(asked.part.actor, step) else formats.NONE


def _rate(found, change):
    median, before = found.now.base[change.step + 1].median, found.before.base[change.step + 1].median
    return {
        "text": formats.percent(change.rate),
        "change": formats.points(change.difference),
        "tone": change.tone,
        "note": _median_note(median, before),
    }


def _median_note(median, before):
    if median is None:
        return formats.NONE
    note = _("median %(days)s") % {"days": words.length(median)}
    if before is None or abs(median - before) < 1:
        return note
    slower = _("%(days)s slower") if median > before else _("%(days)s faster")
    return f"{note} · {slower % {'days': words.length(abs(median - before))}}"


def _before_note(asked, step, before):
    text = _("%(count)s before") % {"count": formats.number(before.customers)}
    url = links.of_step_before(asked, step)
    return format_html('<a href="{}">{}</a>', url, text) if url else text


def sentence(asked: Asked):
    """What got worse and where, in a sentence; for other pages that begin with it."""
    return _sentence(find(asked))


def _sentence(found):
    asked, who = found.asked, _who(found.asked)
    parts = [words.sentence(asked, found.worst, story.best(found.changes))]
    if found.worst is not None and who:
        parts.append(words.share(story.where(asked, found.worst, who), who))
    if found.worst is None or found.worst.step == Step.OPPORTUNITY:
        parts.append(words.stuck(found.slowest))
    return words.told(parts)


def _who(asked):
    """Whom the loss is told apart by: teams above a team, else people; nobody for a single person."""
    if asked.part.is_wide(Company):
        return "team_id"
    return None if asked.part.owner or asked.part.actor.scope(Company).teams == () else "owner_id"


def _heat(found):
    asked = found.asked
    step = found.worst.step if found.worst else Step.OPPORTUNITY
    rows = cohorts.cohorts(asked.part, step, asked.period.last if asked.mode != STOCK else clock.today())
    highest = max((row.rate(later) or 0 for row in rows for later in range(cohorts.MONTHS)), default=0)
    return {
        "title": _("By month of coming in: %(transition)s") % {"transition": words.TRANSITIONS[step]},
        "heads": [_("Entered"), str(Step(step).label), _("+0 mo"), *(_("+%(n)d mo") % {"n": n} for n in range(1, cohorts.MONTHS))],
        "rows": [
            {
                "label": month_words(row.month),
                "total": _linked(row.customers, links.of_cohort_cell(asked, row.month, step)),
                "cells": [_cell(asked, row, step, later, highest) for later in range(cohorts.MONTHS)],
            }
            for row in rows
        ],
    }


def _cell(asked, row, step, later, highest):
    rate = row.rate(later)
    if rate is None:
        return {"text": "·", "level": 0}
    level = 0 if rate == 0 else min(LEVELS, 1 + int(LEVELS * rate / highest)) if highest else 0
    return {"text": formats.percent(rate, 0).removesuffix("%"), "level": level, "url": links.of_cohort_cell(asked, row.month, step + 1, later)}


def _stays(found):
    if not any(stay.median is not None or stay.before is not None for stay in found.stays):
        return None
    urls = {stay.stage.code: links.opportunities(found.asked, {"stage": stay.stage.code}) for stay in found.stays}
    return {
        "figure": charts.stays(found.stays, found.slowest, urls),
        "table": charts.stays_table(found.stays),
        "caption": words.stay_caption(found.slowest),
    }


def _behind(found, by):
    """The rows behind the worst number: opportunities over the limit of a stage, or customers who have not gone on."""
    step = found.worst.step if found.worst else Step.OPPORTUNITY
    if step == Step.OPPORTUNITY and found.slowest is not None:
        return _stuck(found, by)
    return _waiting(found, step, by) if found.worst else None


def _stuck(found, by):
    asked, stage = found.asked, found.slowest.stage
    count, amount = stuck.whole(asked.part, stage)
    shown = list(with_names(stuck.first(asked.part, ROWS, stage), "company", "owner", "stage")) if by == regroup.ROWS else []
    for row in shown:
        row.stayed = words.length((clock.now() - row.stage_since).days)
    url = links.opportunities(asked, {"stage": stage.code, "stagnant": "true"})
    alike = asked.part.rows(Opportunity).stagnant().filter(stage=stage)
    return _regrouped(alike, by, url, with_money=may_read_money(asked.part.actor, Step.OPPORTUNITY)) | {
        "kind": "opportunities",
        "link": ngettext("See this %(count)d opportunity", "See these %(count)d opportunities", count) % {"count": count},
        "title": ngettext("%(count)d opportunity stuck in %(stage)s", "%(count)d opportunities stuck in %(stage)s", count) % {"count": count, "stage": stage},
        "note": _("%(amount)s in all") % {"amount": formats.money_short(amount)} if may_read_money(asked.part.actor, Step.OPPORTUNITY) else "",
        "count": count,
        "rows": shown,
        "url": url,
    }


def _regrouped(rows, by, url, *, with_money=False):
    """The same rows added up by what they have in common, where that is asked for."""
    if by == regroup.ROWS:
        return {}
    found, more = regroup.groups(rows, by, lambda filters: links.narrowed(url, filters), with_money=with_money)
    return {"groups": found, "more_groups": more, "by": regroup.WAYS[by], "with_money": with_money}


def _waiting(found, step, by):
    asked, since = found.asked, links.FILTERS[step] + "_at"
    rows = asked.part.rows(Company).filter(step=step)
    if asked.mode != STOCK:
        column = "potential_at" if asked.mode == COHORT else since
        first, last = clock.bounds_of(asked.period.first)[0], clock.bounds_of(asked.period.last)[1]
        rows = rows.filter(**{f"{column}__gte": first, f"{column}__lt": last})
    count = found.now.shown[step].customers if asked.mode == STOCK else rows.count()
    shown = list(rows.select_related("owner").only(*SHOWN, since).order_by(since, "pk")[:ROWS]) if by == regroup.ROWS else []
    for row in shown:
        row.since = getattr(row, since)
    url = links.not_gone_on(asked, step)
    return _regrouped(rows, by, url) | {
        "kind": "companies",
        "link": ngettext("See this %(count)d customer", "See these %(count)d customers", count) % {"count": count},
        "title": ngettext("%(count)d customer has not gone on", "%(count)d customers have not gone on", count) % {"count": count},
        "note": words.TRANSITIONS[step],
        "count": count,
        "rows": shown,
        "url": url,
    }


def may_read_money(actor, step) -> bool:
    """Whether this person may know the money of a step."""
    return may_read(actor, *AMOUNTS[step])


def _height(count, most):
    return round(100 * count / most, 1)


def _linked(count, url):
    return format_html('<a href="{}">{}</a>', url, formats.number(count))
