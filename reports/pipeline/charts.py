"""The chart of the opportunity funnel."""

from django.utils.translation import gettext as _

from crm.web import formats
from reports.pipeline.stages import Passed


def passed(found: list[Passed], urls: list[str]) -> dict:
    """A funnel: how many got as far as each stage, with the share that goes on to the next one."""
    return {
        "data": [
            {
                "type": "funnel",
                "y": [str(one.stage) for one in found],
                "x": [one.count for one in found],
                "text": [_label(one) for one in found],
                "textinfo": "text",
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": "var(--km-chart1)"},
                "customdata": urls,
                "hovertemplate": "%{y}: %{text}<extra></extra>",
            }
        ],
        # Room on the right for the labels of the widest bars.
        "layout": {"yaxis": {"autorange": "reversed"}, "margin": {"r": 150}},
    }


def table(found: list[Passed]) -> dict:
    """The same figures as a table."""
    rows = [[one.stage, formats.number(one.count), formats.percent(one.onwards), formats.percent(one.overall)] for one in found]
    return {"head": [_("Stage"), _("Reached"), _("On to the next"), _("Of all")], "rows": rows}


def _label(one):
    if one.onwards is None:
        return formats.number(one.count)
    return _("%(count)s · %(share)s go on") % {"count": formats.number(one.count), "share": formats.percent(one.onwards, 0)}
