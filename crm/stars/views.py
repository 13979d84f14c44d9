"""The button that marks a record."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views import View

from crm.stars import services
from crm.web.lists import list_pages
from crm.web.pages import back_to, load


class StarPage(View):
    """Put one's star on a record (`on=1`) or take it off; the button alone with htmx."""

    http_method_names = ["post"]

    def post(self, request, noun, pk):
        record = record_of(request.user, noun, pk)
        wanted = request.POST.get("on") == "1"
        (services.star if wanted else services.unstar)(record, by=request.user)
        if request.htmx:
            record.is_starred = wanted
            return render(request, "stars/button.html", {"record": record})
        return redirect(back_to(request) or "/")


def record_of(actor, noun, pk):
    """The record, if this person sees it and its kind has a list."""
    page = list_pages.get(noun)
    if page is None:
        raise Http404
    return load(page.model, actor, pk)
