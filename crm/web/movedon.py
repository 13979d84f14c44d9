"""Old addresses of merged records: reading leads on to the record that was kept, and what was to be changed is not changed unseen."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

SAFE = ("GET", "HEAD")


def url_of(request, moved):
    """The same address about the record that was kept."""
    match = request.resolver_match
    url = reverse(match.view_name, kwargs=match.kwargs | {"pk": moved.successor})
    query = request.META.get("QUERY_STRING", "")
    return f"{url}?{query}" if query else url


def answer(request, moved):
    """301 to the record that was kept; 409 with its address for whoever sends a form. Neither is kept by the browser: a merge can be taken back."""
    if request.method in SAFE:
        return HttpResponsePermanentRedirect(url_of(request, moved))
    template = "web/refusal_fragment.html" if request.htmx else "web/refusal.html"
    context = {"refusal": moved.refusal, "match": request.resolver_match, "onward": url_of(request, moved)}
    return render(request, template, context, status=409)
