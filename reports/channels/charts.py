"""The chart of channels."""

from django.utils.translation import gettext as _

from crm.web import formats
from reports.channels.channels import Effect


def effects(found: list[Effect], urls: list[str]) -> dict:
    """Satisfaction beside success (hatched), both in percent."""
    names = [str(one.channel.label) for one in found]
    hatched = {"pattern": {"shape": "/", "fgcolor": "var(--km-chart2)"}, "color": "rgba(0,0,0,0)", "line": {"width": 1, "color": "var(--km-chart2)"}}
    satisfied = _bars(_("Customer satisfaction"), names, [one.satisfaction for one in found])
    reached = _bars(_("Follow-up success"), names, [one.success for one in found])
    axes = {
        "yaxis": {"range": [0, 110], "tickvals": [0, 25, 50, 75, 100], "ticktext": ["0%", "25%", "50%", "75%", "100%"]},
        "legend": {"traceorder": "normal"},
        "barmode": "group",
    }
    return {"data": [satisfied | {"marker": {"color": "var(--km-chart1)"}, "customdata": urls}, reached | {"marker": hatched}], "layout": axes}


def _bars(name, names, shares):
    values = [None if share is None else round(share * 100, 1) for share in shares]
    text = ["" if share is None else formats.percent(share, 0) for share in shares]
    return {
        "type": "bar",
        "name": name,
        "x": names,
        "y": values,
        "text": text,
        "width": None,
        "constraintext": "none",
        "hovertemplate": f"{name}: %{{text}}<extra></extra>",
    }
