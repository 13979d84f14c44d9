"""The page of the opportunity funnel."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from crm.core import clock
from crm.core.policy import require
from crm.web import formats
from reports.pipeline import charts, stages
from reports.slices.amounts import may_read
from reports.slices.asking import Question

OPPORTUNITIES = "/deals/opportunities/"


class Pipeline(View):
    """Opportunities by stage: open now, and how far those opened in the period have got."""

    def get(self, request):
        question = Question(request.user, request.GET)
        require(request.user, "opportunities.view")
        found, passed = stages.open_now(question.part), stages.passed(question.part, question.period)
        urls = [_passed_url(question, one) for one in passed]
        context = {
            "toolbar": question.toolbar(),
            "as_of": clock.now(),
            "period": question.period,
            "open": [{"row": one, "url": _open_url(question, one)} for one in found],
            "shows_money": may_read(request.user, "opportunities.amount"),
            "totals": {
                "count": sum(one.count for one in found),
                "amount": sum(one.amount for one in found),
                "weighted": sum(one.weighted for one in found),
                "url": _list(question, {"state": ["open", "pending_order"]}),
            },
            "passed": [{"row": one, "url": url} for one, url in zip(passed, urls, strict=True)],
            "chart": {"figure": charts.passed(passed, urls), "table": charts.table(passed), "caption": _caption(passed)},
        }
        return render(request, "reports/pipeline.html", context)


def _open_url(question, one):
    return _list(question, {"stage": one.stage.code})


def _passed_url(question, one):
    opened = {"opened_after": question.period.first.isoformat(), "opened_before": question.period.last.isoformat()}
    return _list(question, opened | {"reached": one.stage.code, "state": ["open", "pending_order", "won", "lost"]})


def _list(question, parameters):
    return f"{OPPORTUNITIES}?{urlencode(parameters | question.part.parameters(), doseq=True)}"


def _caption(passed):
    if not passed or not passed[0].count:
        return _("No opportunity was opened in this period.")
    words = {"count": formats.number(passed[0].count), "won": formats.number(passed[-1].count), "share": formats.percent(passed[-1].overall)}
    return _("Of %(count)s opened in the period, %(won)s are won by now: %(share)s.") % words
