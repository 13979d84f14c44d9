"""The pages of merges: the records side by side, what a merge did, and the way back."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from crm.core.errors import Conflict, Invalid, WrongState
from crm.core.policy import allows, require
from crm.core.successors import successor_of
from crm.web.forms import PickField
from crm.web.pages import back_to, load
from customers.merging import proposing, services
from customers.merging.journal import story_of
from customers.merging.kinds import kinds
from customers.merging.models import Merge
from customers.merging.page import Page


class AddForm(forms.Form):
    """One more record to merge."""

    def __init__(self, noun, *, actor):
        self.actor = actor
        super().__init__()
        self.fields = {"add": PickField(noun, label=_("The other record"), required=True)}


class MergePage(View):
    """Records side by side: `?ids=1,2,3`, `survivor` is the one that stays."""

    noun = ""

    def get(self, request):
        """What is proposed; with one record alone, the question for the other."""
        return self.show(request, *self.asked(request, request.GET))

    def post(self, request):
        """Merge, and go to the record that stays; pressed twice, it goes there as well."""
        rows, survivor = self.asked(request, request.POST)
        ids = self.ids(request.POST)
        kept = survivor or self.kind.model(pk=_number(request.POST.get("survivor", "")) or 0)
        others = [self.kind.model(pk=pk) for pk in ids if pk != kept.pk]
        complete = len(rows) == len(ids) and survivor is not None
        chosen = self.chosen(request.POST, rows) if complete else {}
        try:
            merge = services.merge(kept, others, by=request.user, versions=self.versions(request.POST), **chosen)
        except (Invalid, Conflict, WrongState) as refusal:
            if len(rows) < 2:
                raise
            return self.show(request, rows, survivor or rows[0], refusal=refusal)
        self.say(request, merge)
        return redirect(back_to(request) or reverse(self.kind.page_url, args=[merge.survivor_id]))

    @property
    def kind(self):
        """The kind of records this page merges."""
        return kinds[self.noun]

    def ids(self, query):
        """The ids the address or the form names, each once."""
        texts = [text for part in (*query.getlist("ids"), *query.getlist("add")) for text in part.split(",")]
        found = dict.fromkeys(pk for text in texts if (pk := _number(text)))
        return list(found)[: proposing.MOST]

    def asked(self, request, query):
        """The records in the order of their worth as survivors, and the one that stays; old ids lead on to where they went."""
        require(request.user, f"{self.noun}.merge")
        ids = self.ids(query)
        rows = self.rows(request.user, ids)
        if request.method != "POST" and len(rows) < len(ids):
            known = {row.pk for row in rows}
            onward = {successor_of(self.kind.model, pk) for pk in ids if pk not in known} - {None}
            rows = self.rows(request.user, {*known, *onward})
        if not rows and request.method != "POST":
            raise Http404
        wanted = _number(query.get("survivor", ""))
        survivor = next((row for row in rows if row.pk == wanted), None)
        if survivor is None and request.method != "POST":
            counts = proposing.counts_of(self.kind.model, [row.pk for row in rows])
            survivor = proposing.best_survivor(rows, counts)
        return sorted(rows, key=lambda row: (row != survivor, row.pk)), survivor

    def rows(self, actor, ids):
        """Those of these records which the person may merge."""
        found = self.kind.model.objects.visible_to(actor, "merge").filter(pk__in=ids)
        editable = self.kind.model.objects.visible_to(actor, "edit").filter(pk__in=ids)
        return list(found.filter(pk__in=editable.values("pk")).select_related(*self.kind.related).order_by("pk"))

    def chosen(self, data, rows):
        """The values that were picked, and the record whose owner gets the result."""
        by_id, values = {row.pk: row for row in rows}, {}
        for choice in self.kind.choices:
            if choice.is_many and f"many-{choice.field}" in data:
                taken = [by_id[pk] for text in data.getlist(f"take-{choice.field}") if (pk := _number(text)) in by_id]
                values[choice.field] = proposing.together([proposing.value_of(row, choice.field) for row in taken]) if taken else _empty(rows[0], choice.field)
            elif (pk := _number(data.get(f"pick-{choice.field}", ""))) in by_id:
                values[choice.field] = proposing.value_of(by_id[pk], choice.field)
        holder = by_id.get(_number(data.get("pick-owner", "")))
        return {"values": values, "holder": holder}

    def versions(self, data):
        """Which versions of the records the person saw."""
        names = ((name.partition("-")[2], value) for name, value in data.items() if name.startswith("version-"))
        ids = self.ids(data)
        return {pk: version for text, value in names if (pk := _number(text)) in ids and (version := _number(value))}

    def show(self, request, rows, survivor, refusal=None):
        """Draw the page."""
        context = {"kind": self.kind, "title": self.kind.title, "refusal": refusal, "next": request.POST.get("next") or request.GET.get("next", "")}
        if len(rows) < 2:
            back = reverse(self.kind.page_url, args=[rows[0].pk])
            context |= {"record": rows[0], "form": AddForm(self.noun, actor=request.user), "cancel_url": back}
            return render(request, "customers/merging/choose.html", context)
        context["page"] = Page(self.kind, rows, survivor, request.user)
        return render(request, "customers/merging/merge.html", context, status=refusal.status if refusal else 200)

    def say(self, request, merge):
        """The words for the toast, with the way back."""
        gone = merge.records.exclude(object_id=merge.survivor_id).count()
        words = ngettext("%(n)d record was merged into this one", "%(n)d records were merged into this one", gone) % {"n": gone}
        messages.success(request, words, extra_tags="undo:" + reverse("customers:merging:unmerge", args=[merge.pk]))


class BulkMerge(View):
    """From the chosen rows of a list to the page where they are merged."""

    noun = ""
    http_method_names = ["post"]

    def post(self, request):
        require(request.user, f"{self.noun}.merge")
        kind = kinds[self.noun]
        ids = [text for text in request.POST.getlist("id") if _number(text)]
        if not 2 <= len(ids) <= proposing.MOST:
            messages.warning(request, _("Choose 2 to %(most)d records to merge.") % {"most": proposing.MOST})
            return redirect(f"{reverse(kind.list_url)}?{request.POST.get('query', '')}")
        return redirect(f"{reverse(kind.url)}?ids={','.join(ids)}")


def merge_of(request, pk):
    """The merge, if its survivor is one the person may see."""
    merge = get_object_or_404(Merge.objects.select_related("by", "undone_by"), pk=pk)
    return merge, load(kinds[merge.noun].model, request.user, merge.survivor_id)


class MergeStory(View):
    """What a merge put together and, once it was taken back, what stayed."""

    def get(self, request, pk):
        merge, survivor = merge_of(request, pk)
        may = merge.is_open and allows(request.user, f"{merge.noun}.merge", survivor)
        context = {"merge": merge, "survivor": survivor, "may_unmerge": may, "survivor_url": kinds[merge.noun].page_of(survivor.pk)}
        return render(request, "customers/merging/story.html", context | story_of(merge, survivor, request.user))


class Unmerge(View):
    """Take a merge back."""

    http_method_names = ["post"]
    done = gettext_lazy("The merge was taken back")

    def post(self, request, pk):
        merge, _survivor = merge_of(request, pk)
        answer = services.unmerge(merge, by=request.user)
        messages.success(request, self.done)
        stayed = answer.edits or answer.added or answer.left
        page = reverse("customers:merging:merge", args=[merge.pk])
        return redirect(page if stayed else reverse(kinds[merge.noun].page_url, args=[merge.survivor_id]))


def _number(text):
    """A number as it stands in an address, or None."""
    text = str(text).strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _empty(row, name):
    return [] if isinstance(proposing.value_of(row, name), list) else ""
