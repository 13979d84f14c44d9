"""The page that shows every component in every state, for those who build pages and for the browser tests."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core import clock
from crm.web.icons import NAMES

STAGES = (gettext_lazy("Needs"), gettext_lazy("Demo"), gettext_lazy("Offer"))


class SampleForm(forms.Form):
    """Every kind of field, two of them with something wrong."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("Legal name as on the licence"))
    code = forms.CharField(label=gettext_lazy("Unified social credit code"), required=False)
    close_on = forms.DateField(
        label=gettext_lazy("Expected close"),
        help_text=gettext_lazy("The third delay; it is noted in the history"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    industry = forms.ChoiceField(label=gettext_lazy("Industry"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Group"), required=False, widget=forms.Select(attrs={"data-url": "/search/"}))
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), widget=forms.RadioSelect)
    key_account = forms.BooleanField(label=gettext_lazy("Key account"), required=False, help_text=gettext_lazy("Not returned to the pool by itself"))
    locked = forms.CharField(label=gettext_lazy("Read-only"), disabled=True, initial="HT-2026-0318", required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [("call", _("Phone")), ("mail", _("Mail"))]
        self.fields["industry"].choices = [("", "—"), ("1", "装备制造"), ("2", "电子")]

    def clean_code(self):
        raise forms.ValidationError(_("18 characters needed, 17 given"))


def styleguide(request):
    """Show all components; only to staff, or to anybody while DEBUG is on."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    typed = {"name": "苏州恒立达", "code": "91320594MA1X7K3L0", "close_on": "2026-12-18", "channel": "call"}
    return render(request, "web/styleguide.html", _samples() | {"form": SampleForm(typed)})


def _samples():
    now = clock.now()
    return {
        "now": now,
        "yesterday": now - timedelta(days=34),
        "amount": Decimal("1286000"),
        "span": timedelta(days=4, hours=2),
        "steps": [
            {"label": _("Opportunity"), "note": "2025-03-11", "state": "done"},
            {"label": _("Contracts"), "note": "18", "state": "now", "part": 80},
            {"label": _("Received"), "note": "", "state": "todo"},
        ],
        "parts": [
            {"share": 60, "state": "got"},
            {"share": 20, "state": "late"},
            {"share": 20, "state": "open"},
        ],
        "icons": sorted(NAMES),
        "grades": "ABCD",
        "heads": [_("Month"), _("Total"), *(_("month %(n)s") % {"n": n} for n in range(1, 6))],
        "heat_rows": [
            {"label": "4", "total": 106, "cells": [{"text": t, "level": i} for i, t in enumerate((4, 15, 28, 40, 46), 1)]},
            {"label": "5", "total": 114, "cells": [{"text": "·", "level": 0}] * 5},
        ],
        "chain4": _chain4(),
        "figure": _figure(),
        "table": {"head": [_("Stage"), _("Days")], "rows": [[str(name), days] for name, days in zip(STAGES, (6, 8, 19), strict=True)]},
    }


def _chain4():
    rate = {"text": "31.4%", "change": "−6.2", "tone": "bad", "note": "41"}
    return [
        {"label": _("Opportunity"), "count": 350, "url": "#", "note": "2,186", "height": 100, "height_before": 96, "rate": rate},
        {"label": _("Signed"), "count": 110, "url": "#", "note": "742", "height": 31, "height_before": 36},
    ]


def _figure():
    names = [str(name) for name in STAGES]
    now = {"type": "bar", "orientation": "h", "name": _("This quarter"), "y": names, "x": [6, 8, 19], "text": ["6", "8", "19"]}
    now["marker"] = {"color": ["var(--km-chart1)", "var(--km-chart1)", "var(--km-bad)"]}
    before = {"type": "bar", "orientation": "h", "name": _("Last quarter"), "y": names, "x": [6, 9, 11], "text": ["6", "9", "11"]}
    before["marker"] = {"color": "rgba(0,0,0,0)", "line": {"color": "var(--km-previous)", "width": 1}, "pattern": {"shape": "/"}}
    return {"data": [now, before], "layout": {"yaxis": {"autorange": "reversed"}, "legend": {"traceorder": "normal"}}}
