"""The charts of the funnel: plain Plotly figures; fonts, colours and axes come from the page (static/js/chart.js)."""

from django.utils.translation import gettext as _

from reports.funnel import words
from reports.funnel.stays import Stay

ROOM = 1.4
HATCHED = {"pattern": {"shape": "/"}, "color": "rgba(0,0,0,0)", "line": {"width": 1, "color": "var(--km-previous)"}}


def stays(found: list[Stay], worst: Stay | None, urls: dict) -> dict:
    """Median days by stage beside those before (hatched), the limit dashed; the one bar that matters says so in words."""
    # Plotly draws from below: the last bar stands on top.
    rows = list(reversed(found))
    names = [str(stay.stage) for stay in rows]
    colours = ["var(--km-bad)" if stay is worst else "var(--km-chart1)" for stay in rows]
    now = {
        "type": "bar",
        "orientation": "h",
        "name": _("Now"),
        "y": names,
        "x": [stay.median or 0 for stay in rows],
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": colours},
        "offset": 0.02,
        "text": [_label(stay, worst) for stay in rows],
        "textfont": {
            "color": ["var(--km-bad)" if stay is worst else "var(--km-ink)" for stay in rows],
            "weight": [600 if stay is worst else 400 for stay in rows],
        },
        "customdata": [urls[stay.stage.code] for stay in rows],
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    before = {
        "type": "bar",
        "orientation": "h",
        "name": _("Before"),
        "y": names,
        "x": [stay.before or 0 for stay in rows],
        "constraintext": "none",
        "marker": HATCHED,
        "offset": -0.36,
        "text": [_days(stay.before) for stay in rows],
        "textfont": {"color": "var(--km-ink3)"},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }
    limits = [
        {
            "type": "line",
            "x0": stay.stage.max_days,
            "x1": stay.stage.max_days,
            "y0": place - 0.5,
            "y1": place + 0.5,
            "line": {"color": "var(--km-control)", "width": 1, "dash": "dash"},
        }
        for place, stay in enumerate(rows)
    ]
    longest = max([1, *(days for stay in rows for days in (stay.median, stay.before, stay.stage.max_days) if days)])
    # Room on the right for the label in words.
    return {"data": [now, before], "layout": {"shapes": limits, "xaxis": {"range": [0, longest * ROOM]}}}


def stays_table(found: list[Stay]) -> dict:
    """The same figures as a table."""
    head = [_("Stage"), _("Median, days"), _("Before"), _("Limit")]
    return {"head": head, "rows": [[stay.stage, _days(stay.median), _days(stay.before), stay.stage.max_days] for stay in found]}


def _label(stay, worst):
    if stay is not worst:
        return _days(stay.median)
    if stay.slower >= 1:
        return _("%(days)s, %(slower)s slower") % {"days": _whole(stay.median), "slower": _whole(stay.slower)}
    return _("%(days)s, over the limit") % {"days": _whole(stay.median)}


def _whole(days):
    """Beside a bar whole days are enough, and short enough; the sentence below has the hours."""
    return words.length(max(1, round(days)))


def _days(days):
    return "—" if days is None else f"{days:g}"
