"""The pages of a bin: what lies in it, the way back of one record with the conflicts it meets, and of many at once."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from crm.bin import acts
from crm.bin.models import days_kept
from crm.bin.obstacles import OWNER, obstacles
from crm.bin.waysback import ways_back
from crm.core import keyset
from crm.core.errors import Conflict, Refusal
from crm.core.policy import require
from crm.core.scope import Scope
from crm.web.forms import PickField

SHOWN, LONGEST = 100, 80


class BinPage(View):
    """What lies in the bin, who put it there, what went with it, and the way back."""

    model = None
    title = ""
    list_url = ""
    restore_url = ""
    related = ("owner",)

    def get(self, request):
        require(request.user, f"{self.model.noun}.delete")
        searchable = acts.has_names(self.model)
        text = request.GET.get("q", "").strip()[:LONGEST].replace("\x00", "") if searchable else ""
        found = acts.named(self.model.objects.binned_visible_to(request.user, "delete"), text)
        page = keyset.fetch(found, Scope(everything=True), acts.BY_DELETION, cursor=request.GET.get("cursor", ""), size=SHOWN, related=self.related)
        context = {
            "rows": self.rows(page.rows),
            "searchable": searchable,
            "text": text,
            "next_url": _page_url(page.next, text),
            "previous_url": _page_url(page.previous, text),
            "title": self.title,
            "list_url": reverse(self.list_url),
            "list_title": capfirst(self.model._meta.verbose_name_plural),
            "bulk_url": reverse("bin:restoration", args=[self.model.noun]),
            "bins": bins_of(request.user, self.model.noun),
            "days": days_kept(),
        }
        return render(request, "bin/bin.html", context)

    def rows(self, records):
        """The lines of the page; as many queries for a hundred as for one."""
        who, counts, holders = acts.takers(records), acts.along_counts(records), acts.held_with(records)
        return [
            {
                "record": record,
                "url": reverse(self.restore_url, args=[record.pk]),
                "who": who.get(record.pk),
                "along": counts.get(record.pk, ()),
                "holder": holders.get(record.pk),
                "days": acts.days_left(record),
            }
            for record in records
        ]


def _page_url(cursor, text):
    return "?" + urlencode({"cursor": cursor} | ({"q": text} if text else {})) if cursor else ""


class OwnerForm(forms.Form):
    """Who gets what belonged to somebody who has left."""

    def __init__(self, *args, actor, **kwargs):
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.fields["owner"] = PickField("people", label=_("Give to"), required=False)


class RestorePage(View):
    """Take a record out of the bin: subclass with `model` and `bin_url`. GET tells which conflicts it would meet."""

    model = None
    bin_url = ""

    def get(self, request, pk):
        record = self.load(request, pk)
        return self.ask(request, record, obstacles(record, request.user))

    def post(self, request, pk):
        record = self.load(request, pk)
        form = OwnerForm(request.POST, actor=request.user)
        owner = form.cleaned_data["owner"] if form.is_valid() else None
        before = acts.along_counts([record]).get(record.pk, ())
        try:
            ways_back[self.model.noun].restore(record, by=request.user, without=request.POST.getlist("without"), owner=owner)
        except Conflict:
            return self.ask(request, record, obstacles(record, request.user), status=409)
        self.say(request, record, before)
        return redirect(self.bin_url)

    def say(self, request, record, before):
        """What is back, what came with it, and what stayed because of a conflict; `before` is what lay in the bin with it."""
        stayed = dict(acts.along_counts([record]).get(record.pk, ()))
        came = [(words, number - stayed.get(words, 0)) for words, number in before if number > stayed.get(words, 0)]
        if came:
            messages.success(request, _("%(name)s is back, and with it: %(what)s") % {"name": record, "what": _listed(came)})
        else:
            messages.success(request, _("%(name)s is back") % {"name": record})
        if stayed:
            messages.warning(request, _("In the bin stayed: %(what)s") % {"what": _listed(stayed.items())})

    def load(self, request, pk):
        """The record in the bin, if this person may take it out."""
        require(request.user, f"{self.model.noun}.delete")
        record = self.model.objects.binned_visible_to(request.user, "delete").select_related("owner").filter(pk=pk).first()
        if record is None:
            raise Http404
        return record

    def ask(self, request, record, met, status=200):
        """Show the conflicts with the choices there are, and what comes back."""
        context = {
            "record": record,
            "met": met,
            "is_stuck": any(one.hinders and not one.way for one in met),
            "form": OwnerForm(actor=request.user) if any(one.way == OWNER for one in met) else None,
            "along": acts.along_counts([record]).get(record.pk, ()),
            "who": acts.takers([record]).get(record.pk),
            "days": acts.days_left(record),
            "bin_url": reverse(self.bin_url),
            "bin_title": gettext_lazy("Bin"),
        }
        return render(request, "bin/restore.html", context, status=status)


class BulkRestore(View):
    """Take many records out of the bin: those that meet no conflict come back, the others are named and stay."""

    http_method_names = ["post"]

    def post(self, request, noun):
        way = ways_back.get(noun)
        if way is None:
            raise Http404
        require(request.user, f"{noun}.delete")
        ids = [pk for text in request.POST.getlist("id") if (pk := _number(text))][:SHOWN]
        rows = way.model.objects.binned_visible_to(request.user, "delete").filter(pk__in=ids).order_by("pk")
        back, kept = _restored(rows, way, request.user)
        if back:
            messages.success(request, ngettext("%(n)d record is back", "%(n)d records are back", len(back)) % {"n": len(back)})
        for row, refusal in kept[:5]:
            messages.warning(request, f"{row}: {refusal}")
        if len(kept) > 5:
            messages.warning(request, _("%(n)d more stay in the bin; restore them one by one to see why.") % {"n": len(kept) - 5})
        if not back and not kept:
            messages.warning(request, _("Nothing was chosen."))
        return redirect(way.page)


def _restored(rows, way, by):
    back, kept = [], []
    for row in rows:
        try:
            back.append(way.restore(row, by=by))
        except Refusal as refusal:
            kept.append((row, refusal))
    return back, kept


def bins_of(user, present):
    """The bins this person may open, for the switch between them."""
    ways = [(noun, way) for noun, way in ways_back.items() if user.may(f"{noun}.delete")]
    return [{"label": capfirst(way.model._meta.verbose_name_plural), "url": reverse(way.page), "current": noun == present} for noun, way in ways]


def _listed(counts):
    return _(", ").join(f"{words} {number}" for words, number in counts)


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 19 else 0
