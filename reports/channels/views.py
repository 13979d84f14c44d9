"""The page of channels."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from crm.core import clock
from crm.core.policy import require
from crm.web import formats
from reports.channels import channels, charts, links
from reports.slices.asking import Question


class Channels(View):
    """Which channel works."""

    def get(self, request):
        question = Question(request.user, request.GET)
        require(request.user, "interactions.view")
        found = channels.effects(question.part, question.period)
        urls = [links.contacts(question, one) for one in found]
        context = {
            "toolbar": question.toolbar(),
            "period": question.period,
            "as_of": clock.now(),
            "effects": [{"row": one, "url": url, "rated": links.rated(question, one)} for one, url in zip(found, urls, strict=True)],
            "sentence": _sentence(found),
            "figure": charts.effects(found, urls) if found else None,
            "table": {"head": [_("Channel"), _("Times contacted"), _("Customer satisfaction"), _("Follow-up success")], "rows": [_cells(one) for one in found]},
        }
        return render(request, "reports/channels.html", context)


def _sentence(found):
    """Which channel is best on both rates, when one is; else which succeeds most."""
    known = [one for one in found if one.satisfaction is not None and one.success is not None]
    if not known:
        return _("No contact of this period was rated and had a next step to reach.")
    best = max(known, key=lambda one: (one.success, one.satisfaction))
    words = {"channel": best.channel.label, "satisfaction": formats.percent(best.satisfaction, 0), "success": formats.percent(best.success, 0)}
    if best.satisfaction == max(one.satisfaction for one in known):
        return _("%(channel)s is best on both: %(satisfaction)s satisfied, %(success)s of the next steps reached.") % words
    return _("%(channel)s reaches most of its next steps: %(success)s.") % words


def _cells(one):
    return [one.channel.label, formats.number(one.contacts), formats.percent(one.satisfaction, 0), formats.percent(one.success, 0)]
