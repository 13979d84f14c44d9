"""The first page after signing in."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views import View

from crm.core import clock
from crm.notifications.models import Notice
from crm.notifications.notices import words_of
from reports.boards import home
from reports.funnel import words
from reports.funnel.modes import COHORT, Asked
from reports.funnel.page import may_read_money, sentence
from reports.slices.periods import present
from reports.slices.slices import Slice

NOTICES = 5
MONTH = {
    "customers": _("New customers"),
    "opportunities": _("Opportunities opened"),
    "signed": _("Contracts signed"),
    "received": _("Money received"),
}


class Home(View):
    """What to do today: my own day, and for whoever leads a team also the team's."""

    def get(self, request):
        actor = request.user
        context = {
            "today": clock.today(),
            "now": clock.now(),
            "followups": home.followups(actor),
            "notices": [{"notice": row, "title": words_of(row)[0]} for row in Notice.objects.filter(user=actor, read_at=None)[:NOTICES]],
        }
        context |= self.of_team(actor) if home.leads_a_team(actor) else self.of_rep(actor)
        return render(request, "reports/home.html", context)

    def of_team(self, actor):
        """The part of a manager."""
        part = Slice.asked(actor)
        may_see = actor.may("companies.view")
        return {
            "leads_a_team": True,
            "sentence": sentence(Asked(COHORT, present("quarter"), part)) if may_see else "",
            "standing": [
                (words.STEPS[step], found.customers, found.amount if may_read_money(actor, step) else None, url) for step, found, url in home.standing(part)
            ]
            if may_see
            else [],
            "stagnant": home.stagnant(part),
            "overdue": home.overdue(part),
            "talked": home.talked_today(part),
        }

    def of_rep(self, actor):
        """The part of a rep."""
        return {
            "queue": home.leads(actor),
            "closing": home.closing(actor),
            "stagnant": home.stagnant(Slice(actor), mine=True),
            "month": [(MONTH[name], count, amount, url) for name, count, amount, url in home.my_month(actor)],
        }
