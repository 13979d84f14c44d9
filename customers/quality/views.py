"""The pages of data quality: load within reach, call one verb, answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from crm.accounts.models import User
from crm.core import clock
from crm.core.errors import WrongState
from crm.core.policy import require
from crm.jobs.models import Job
from crm.web.pages import back_to
from customers.companies.flaws import DIMENSIONS, LABELS
from customers.quality import charts, dashboard, figures, fixing, report, review, services
from customers.quality.models import CleaningRun, Proposal
from customers.quality.rules import rules

SHOWN = 50


class Quality(View):
    """The six dimensions of a part of the house."""

    def get(self, request):
        require(request.user, "quality.view")
        context = dashboard.context(dashboard.Question(request.user, request.GET))
        if days := context.get("trend"):
            chosen, goal = context["dimension"], context["goal"]
            context["chart"] = {
                "figure": charts.trend(days, chosen, goal),
                "table": charts.table(days),
                "caption": charts.caption(days, chosen, goal),
            }
        context |= {"current": "page", **_doors(request.user)}
        return render(request, "customers/quality/page.html", context)


class Ask(View):
    """Ask an owner to put right what falls short."""

    http_method_names = ["post"]

    def post(self, request):
        require(request.user, "quality.edit")
        noun, dimension, owner = request.POST.get("of", ""), request.POST.get("dimension", ""), request.POST.get("owner", "")
        if noun not in figures.MEASURED or dimension not in DIMENSIONS or not owner.isdecimal() or len(owner) > 18:
            raise Http404
        task = fixing.ask(owner=get_object_or_404(User, pk=owner, is_active=True), noun=noun, dimension=dimension, by=request.user)
        words = {"name": task.owner, "n": task.records, "dimension": LABELS[dimension]}
        messages.success(
            request,
            ngettext("%(name)s was asked about %(n)d record: %(dimension)s", "%(name)s was asked about %(n)d records: %(dimension)s", task.records) % words,
        )
        return redirect(back_to(request) or "customers:quality:page")


class Measure(View):
    """Make the figures of today now."""

    http_method_names = ["post"]

    def post(self, request):
        return redirect("jobs:detail", pk=services.measure(by=request.user).pk)


class Proposals(View):
    """What waits for a decision, by rule."""

    def get(self, request):
        require(request.user, "quality.edit")
        found = review.by_rule(request.user)
        chosen = next((one for one in found if one["code"] == request.GET.get("rule")), found[0] if found else None)
        context = {"current": "proposals", "rules": found, "chosen": chosen, **_doors(request.user)}
        if chosen:
            after = request.GET.get("after", "")
            rows = review.waiting(request.user).filter(rule=chosen["code"], pk__gt=int(after) if after.isdecimal() and len(after) < 19 else 0)
            page = list(rows.order_by("pk")[: review.PAGE + 1])
            context |= {
                "rows": review.in_words(page[: review.PAGE], request.user),
                "next_url": f"?rule={chosen['code']}&after={page[review.PAGE - 1].pk}" if len(page) > review.PAGE else "",
                "is_first": not after,
            }
        return render(request, "customers/quality/proposals.html", context)


class Decide(View):
    """Take proposals over or reject them: one by its id, or all of a rule."""

    http_method_names = ["post"]

    def post(self, request):
        require(request.user, "quality.edit")
        accepts = request.POST.get("verdict") == "accept"
        rule, number = request.POST.get("rule", ""), request.POST.get("id", "")
        if rule in rules:
            return self.whole_rule(request, rule, accepts)
        if not number.isdecimal() or len(number) > 18:
            raise Http404
        row = get_object_or_404(services.within_reach(Proposal.objects.all(), request.user), pk=number)
        done = services.accept([row], by=request.user) if accepts else services.reject([row], by=request.user)
        if not done:
            raise WrongState(_("This cannot be written any more: the record was changed since, or another record carries the value."))
        if request.htmx:
            return HttpResponse("")
        messages.success(request, _("Taken over") if accepts else _("Rejected"))
        return redirect(back_to(request) or "customers:quality:proposals")

    def whole_rule(self, request, rule, accepts):
        """All that waits of a rule; very many go to the background."""
        done = services.decide_rule(rule, accepts=accepts, by=request.user)
        if isinstance(done, Job):
            return redirect("jobs:detail", pk=done.pk)
        words = ngettext("%(n)d value taken over", "%(n)d values taken over", len(done))
        if not accepts:
            words = ngettext("%(n)d proposal rejected", "%(n)d proposals rejected", len(done))
        messages.success(request, words % {"n": len(done)})
        return redirect("customers:quality:proposals")


class Runs(View):
    """The cleanings of the house; a post begins one."""

    def get(self, request):
        require(request.user, "quality.run")
        runs = CleaningRun.objects.select_related("by", "job")[:SHOWN]
        context = {"current": "runs", "runs": [_run(run) for run in runs], "all_rules": rules.items(), **_doors(request.user)}
        return render(request, "customers/quality/runs.html", context)

    def post(self, request):
        run = services.start(by=request.user, trial=request.POST.get("trial") == "1")
        return redirect("customers:quality:run", pk=run.pk)


class RunReport(View):
    """What one cleaning found, wrote and proposes."""

    def get(self, request, pk):
        require(request.user, "quality.run")
        run = get_object_or_404(CleaningRun.objects.select_related("by", "job", "undone_by"), pk=pk)
        counts = report.counts_of(run)
        states = [state for state in (report.FOUND, *Proposal.State.values) if any(state in found for found in counts.values())]
        labels = {report.FOUND: _("found")} | dict(Proposal.State.choices)
        written = list(run.proposals.filter(state=Proposal.State.APPLIED).order_by("pk")[:SHOWN])
        context = _run(run) | {
            "current": "runs",
            "states": [labels[state] for state in states],
            "lines": [{"label": rules[code].label, "code": code, "counts": [found.get(state, 0) for state in states]} for code, found in counts.items()],
            "written": review.in_words(written, request.user),
            "job_url": reverse("jobs:detail", args=[run.job_id]) if run.job_id and run.job.actor_id == request.user.pk else "",
        }
        return render(request, "customers/quality/run.html", context)


class TakeBack(View):
    """Take a whole cleaning back."""

    http_method_names = ["post"]

    def post(self, request, pk):
        require(request.user, "quality.run")
        services.take_back(get_object_or_404(CleaningRun, pk=pk), by=request.user)
        return redirect("customers:quality:run", pk=pk)


def _doors(actor):
    return {"may_run": actor.may("quality.run"), "may_decide": actor.may("quality.edit")}


def _run(run):
    late = run.started_at < clock.now() - services.WINDOW
    over = run.job is None or run.job.is_over
    return {
        "run": run,
        "tone": {"running": "info", "done": "ok", "undoing": "info", "undone": "mute"}[run.state],
        "failed": run.state in (CleaningRun.State.RUNNING, CleaningRun.State.UNDOING) and over,
        "may_undo": run.state == CleaningRun.State.DONE and not run.is_trial and not late,
    }
