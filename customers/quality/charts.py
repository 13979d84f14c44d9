"""The chart of data quality."""

from django.utils.translation import gettext as _

from crm.web import formats
from customers.companies.flaws import LABELS


def trend(days, dimension, goal) -> dict:
    """One dimension from day to day, and the line it should reach."""
    x = [day.isoformat() for day, _scores in days]
    y = [scores[dimension].percent for _day, scores in days]
    lowest = min([goal, *(value for value in y if value is not None)])
    return {
        "data": [
            {"type": "scatter", "mode": "lines+markers", "name": str(LABELS[dimension]), "x": x, "y": y, "line": {"color": "var(--km-chart1)"},
             "hovertemplate": "%{x}: %{y:.1f}%<extra></extra>"},
            {"type": "scatter", "mode": "lines", "name": _("Goal"), "x": x, "y": [goal] * len(x), "line": {"color": "var(--km-chart2)", "dash": "dash"},
             "hoverinfo": "skip"},
        ],
        "layout": {"yaxis": {"range": [max(0, lowest - 10), 101], "ticksuffix": "%"}, "xaxis": {"type": "date", "tickformat": "%m-%d", "nticks": 8}},
    }  # fmt: skip


def table(days) -> dict:
    """All dimensions of each day, the latest first."""
    rows = [[formats.day(day), *(_share(score.percent) for score in scores.values())] for day, scores in reversed(days)]
    return {"head": [_("Day"), *map(str, LABELS.values())], "rows": rows}


def caption(days, dimension, goal) -> str:
    """The one sentence: from where to where, and the goal."""
    first, last = days[0], days[-1]
    words = {"dimension": LABELS[dimension], "goal": goal, "before": _share(first[1][dimension].percent), "now": _share(last[1][dimension].percent)}
    return _("%(dimension)s: from %(before)s to %(now)s, goal %(goal)s%%.") % (words)


def _share(percent):
    return "—" if percent is None else formats.percent(percent / 100)
