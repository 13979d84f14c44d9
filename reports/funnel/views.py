"""The page of the funnel."""

from django.shortcuts import render
from django.views import View

from reports.funnel import page
from reports.funnel.modes import OWN, STOCK, USUAL, asked_by
from reports.funnel.regroup import WAYS
from reports.slices.asking import Question


class Funnel(View):
    """The four steps from potential customer to payment, each customer once per step."""

    def get(self, request):
        question = Question(request.user, request.GET, OWN | {"by": WAYS}, USUAL)
        asked = asked_by(question)
        context = page.context(asked, by=question.choice("by"))
        context |= {
            "toolbar": question.toolbar() | ({"period": None} if asked.mode == STOCK else {}),
            "modes": question.choices("mode"),
            "ways": question.choices("by"),
        }
        return render(request, "reports/funnel.html", context)
