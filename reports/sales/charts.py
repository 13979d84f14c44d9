"""The charts of sales."""

from django.utils.translation import gettext as _

from crm.web import formats
from reports.sales.results import MONTH, PRODUCT, Line
from reports.slices.axes import in_units, of_money

MOST = 15


def results(lines: list[Line], by: str, urls: list[str]) -> dict:
    """Money received beside orders placed (hatched); months upright, people, teams and products lying, the best on top."""
    shown = lines if by == MONTH else list(reversed(lines[:MOST]))
    urls = urls if by == MONTH else list(reversed(urls[:MOST]))
    names, upright = [line.name for line in shown], by == MONTH
    ordered = _bars(_("Orders placed"), names, [line.ordered for line in shown], upright)
    if by == PRODUCT:
        traces = [ordered | {"marker": {"color": "var(--km-chart1)"}, "customdata": urls}]
    else:
        received = _bars(_("Money received"), names, [line.received for line in shown], upright)
        hatched = {"pattern": {"shape": "/", "fgcolor": "var(--km-chart2)"}, "color": "rgba(0,0,0,0)", "line": {"width": 1, "color": "var(--km-chart2)"}}
        traces = [received | {"marker": {"color": "var(--km-chart1)"}, "customdata": urls}, ordered | {"marker": hatched}]
        if not upright:
            traces.reverse()
    amounts = [amount for line in shown for amount in (line.received, line.ordered)]
    return {
        "data": traces,
        "layout": {
            "barmode": "group",
            # A label that does not fit its bar stays away: every figure stands in the table below.
            "uniformtext": {"minsize": 12, "mode": "hide"},
            "bargap": 0.25,
            "legend": {"traceorder": "normal" if upright else "reversed"},
            "yaxis" if upright else "xaxis": of_money(amounts),
        },
    }


def caption(lines: list[Line], by: str) -> str:
    """The one sentence: which line is the best."""
    best = max(lines, key=lambda line: line.ordered if by == PRODUCT else line.received)
    if by == PRODUCT:
        return _("%(name)s sold most: %(amount)s.") % {"name": best.name, "amount": formats.money_short(best.ordered)}
    return _("Best: %(name)s with %(amount)s.") % {"name": best.name, "amount": formats.money_short(best.received)}


def table(lines: list[Line]) -> dict:
    """The same figures as a table."""
    rows = [[line.name, formats.money_plain(line.received), formats.money_plain(line.ordered)] for line in lines]
    return {"head": ["", _("Money received"), _("Orders placed")], "rows": rows}


def _bars(name, names, amounts, upright):
    # Nothing is no bar: a hatched one of no height would still draw its edge.
    values = [float(amount) or None for amount in amounts]
    text = [in_units(amount) if upright else formats.money_short(amount) if amount else "" for amount in amounts]
    axes = {"x": names, "y": values} if upright else {"x": values, "y": names, "orientation": "h"}
    return {
        "type": "bar",
        "name": name,
        "text": text,
        "width": None,
        "hovertext": [formats.money(amount) for amount in amounts],
        "hovertemplate": f"{name}: %{{hovertext}}<extra></extra>",
    } | axes
