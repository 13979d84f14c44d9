"""The page of the funnel."""

from django.shortcuts import render
from django.views import View

from reports.funnel import page
from reports.funnel.modes import OWN, USUAL, asked_by
from reports.slices.asking import Question


class Funnel(View):
    """The four steps from potential customer to payment, each customer once per step."""

    def get(self, request):
        question = Question(request.user, request.GET, OWN, USUAL)
        context = page.context(asked_by(question)) | {"toolbar": question.toolbar(), "modes": question.choices("mode")}
        return render(request, "reports/funnel.html", context)
