"""The sentences of the funnel."""

from datetime import timedelta

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from crm.accounts.models import Team, User
from crm.web import formats
from crm.web.icons import icon
from customers.companies.models import Step
from reports.funnel.modes import COHORT, PERIOD, STOCK, Asked
from reports.funnel.stays import Stay
from reports.funnel.story import Change, Share

STEPS = {
    Step.POTENTIAL: gettext_lazy("Potential customers"),
    Step.OPPORTUNITY: gettext_lazy("Customers with opportunities"),
    Step.SIGNED: gettext_lazy("Signed customers"),
    Step.PAID: gettext_lazy("Paying customers"),
}
# A transition, by the step it starts from.
TRANSITIONS = {
    Step.POTENTIAL: gettext_lazy("potential to opportunity"),
    Step.OPPORTUNITY: gettext_lazy("opportunity to signature"),
    Step.SIGNED: gettext_lazy("signature to payment"),
}
# What it is compared with, as it follows “than”.
THAN = {
    (COHORT, "month"): gettext_lazy("the month before at the same age"),
    (COHORT, "quarter"): gettext_lazy("the quarter before at the same age"),
    (COHORT, "year"): gettext_lazy("the year before at the same age"),
    (COHORT, "custom"): gettext_lazy("the days before at the same age"),
    (PERIOD, "month"): gettext_lazy("in the month before"),
    (PERIOD, "quarter"): gettext_lazy("in the quarter before"),
    (PERIOD, "year"): gettext_lazy("in the year before"),
    (PERIOD, "custom"): gettext_lazy("in the days before"),
}
END_OF_MONTH = gettext_lazy("at the end of last month")
DEFINITIONS = {
    STOCK: gettext_lazy(
        "Where every customer stands now; rates are of all who ever came that far. "
        "Money: their opportunities that run or were won, what they signed, what they paid less what was refunded."
    ),
    PERIOD: gettext_lazy("Who reached the step in the period, each customer once per step; a running period is compared with as many days of the one before."),
    COHORT: gettext_lazy("What became of those who came in in the period; the one before is shown as it was at the same age."),
}


def than(asked: Asked) -> str:
    """What the page compares with, as it follows “than”."""
    return END_OF_MONTH if asked.mode == STOCK else THAN[asked.mode, asked.period.kind]


def now_label(asked: Asked) -> str:
    """What is shown, for the legend."""
    return _("Now") if asked.mode == STOCK else asked.period.words


def before_label(asked: Asked) -> str:
    """What it is compared with, for the legend."""
    if asked.mode == STOCK:
        return _("Until %(day)s") % {"day": formats.day(asked.end_of_last_month)}
    named = asked.period.previous.words
    if asked.mode == COHORT:
        return _("%(period)s, same age") % {"period": named}
    return _("%(period)s, same days") % {"period": named} if asked.before != asked.period.previous else named


def sentence(asked: Asked, change: Change | None, gained: Change | None):
    """The first part: what got worse, else what got better, else that nothing changed."""
    if change is not None:
        return format_html(_('What got worse is <b>{step}</b>: <b class="km-bad">{icon} {rate}, {points} than {before}</b>.'), **_facts(asked, change))
    if gained is not None:
        return format_html(
            _('Nothing got worse. Most of all better is <b>{step}</b>: <b class="km-ok">{icon} {rate}, {points} than {before}</b>.'), **_facts(asked, gained)
        )
    return _("There is nothing to compare with yet.") if asked.mode != STOCK else _("Nothing changed since the end of last month.")


def share(found: Share | None, who: str) -> str:
    """The second part: where the loss comes from."""
    if found is None:
        return ""
    model = Team if who == "team_id" else User
    name = model.objects.filter(pk=found.who).first()
    return format_html(_("{part} of it comes from <b>{who}</b>."), part=formats.percent(found.part, 0), who=name) if name else ""


def stuck(stay: Stay | None) -> str:
    """The third part: the stage in which opportunities stay longest, compared with before."""
    if stay is None:
        return ""
    if stay.before is None:
        return format_html(_("Opportunities stay longest in “{stage}”: <b>{days}</b> in the middle."), stage=stay.stage, days=length(stay.median))
    return format_html(
        _("They get stuck in “{stage}”: <b>{days}</b> in the middle ({before} before)."),
        stage=stay.stage,
        days=length(stay.median),
        before=length(stay.before),
    )


def told(parts):
    """The parts of the sentence, those that have something to say."""
    # Chinese sentences end with a full-width stop and want no blank after it.
    blank = "" if (get_language() or "").startswith("zh") else " "
    return format_html_join(blank, "{}", ((part,) for part in parts if part))


def length(days: float | None) -> str:
    """A number of days in words."""
    return formats.NONE if days is None else formats.span(timedelta(days=days))


def stay_caption(stay: Stay | None) -> str:
    """The one sentence under the chart of stages."""
    if stay is None:
        return _("No stage got slower, and none is over its limit.")
    if stay.slower >= 1:
        return _("%(stage)s takes %(days)s in the middle, %(slower)s more than before.") % {
            "stage": stay.stage,
            "days": length(stay.median),
            "slower": length(stay.slower),
        }
    return _("%(stage)s takes %(days)s in the middle; its limit is %(limit)s.") % {
        "stage": stay.stage,
        "days": length(stay.median),
        "limit": length(stay.stage.max_days),
    }


def _facts(asked, change):
    return {
        "step": TRANSITIONS[change.step],
        "icon": icon("trending-down" if change.tone == "bad" else "trending-up"),
        "rate": formats.percent(change.rate),
        "points": formats.points(change.difference),
        "before": than(asked),
    }
