"""The pages of sales: results and purchases."""

from django.shortcuts import render
from django.views import View

from crm.core import clock
from crm.core.policy import require
from reports.sales import charts, links, purchases, results
from reports.sales.results import BY, MONTH, PRODUCT
from reports.slices.amounts import may_read
from reports.slices.asking import Question
from reports.slices.axes import unit_words

SHOWN = 100


class Results(View):
    """Money received and orders placed."""

    def get(self, request):
        question = Question(request.user, request.GET, BY, kind="year")
        require(request.user, "payments.view")
        by = question.choice("by")
        lines, total = results.results_and_total(question.part, question.period, by)
        drawn = [_drawn(question, by, line) for line in lines[:SHOWN]]
        shows_money = may_read(request.user, "payments.amount", "orders.amount")
        context = {
            "toolbar": question.toolbar(),
            "modes": question.choices("by"),
            "period": question.period,
            "as_of": clock.now(),
            "lines": drawn,
            "more": max(0, len(lines) - SHOWN),
            "total": _drawn(question, by, total, whole=True),
            "is_by_product": by == PRODUCT,
            "shows_money": shows_money,
            "chart": _chart(lines, by, drawn) if shows_money else None,
        }
        return render(request, "reports/sales.html", context)


class Purchases(View):
    """What each customer bought, how often, and in which category."""

    def get(self, request):
        question = Question(request.user, request.GET, kind="month")
        require(request.user, "orders.view")
        bought = purchases.bought(question.part, question.period)
        context = {
            "toolbar": question.toolbar(),
            "as_of": clock.now(),
            "period": question.period,
            "bought": bought[:SHOWN],
            "habits": purchases.habits(question.part, question.period)[:SHOWN],
            "shows_money": may_read(request.user, "orders.amount"),
            "more": max(0, len(bought) - SHOWN),
        }
        return render(request, "reports/purchases.html", context)


def _drawn(question, by, line, whole=False):
    """A line with the lists behind it; where nobody owned the rows there is none to open."""
    if line.key is None and not whole:
        return {"line": line}
    asked = None if whole else line
    return {"line": line, "payments": links.payments(question, by, asked), "orders": links.orders(question, by, asked)}


def _chart(lines, by, drawn):
    if not any(line.received or line.ordered for line in lines):
        return None
    urls = [one.get("orders" if by == PRODUCT else "payments", "") for one in drawn]
    return {
        "figure": charts.results(lines[:SHOWN], by, urls),
        "table": charts.table(lines[:SHOWN]),
        "caption": charts.caption(lines, by),
        "unit": unit_words() if by == MONTH else "",
    }
