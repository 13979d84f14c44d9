"""The few pages of the platform itself: pickers, search and the palette."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from crm.web import nav, search
from crm.web.pickers import pickers


def typed_in(request):
    """What was typed, in a length and with characters that a search can take."""
    return request.GET.get("q", "").replace("\x00", "").strip()[:100]


@require_safe
def pick(request, name):
    """Up to ten records for a picker, as the rows of its list."""
    picker = pickers.get(name)
    if picker is None:
        raise Http404
    typed = typed_in(request)
    ids = {key: int(request.GET[key]) for key in picker.narrow if request.GET.get(key, "").isdecimal() and len(request.GET[key]) < 19}
    rows = [{"id": row.pk, "text": str(row), "hint": picker.hint(row)} for row in picker.search(request.user, typed, **ids)]
    return render(request, "web/pick_rows.html", {"rows": rows, "typed": typed})


@require_safe
def counts(request):
    """The numbers of the menu, fetched by the pages that show it."""
    return JsonResponse(nav.counts_for(request.user))


@require_safe
def search_page(request):
    """Everything that contains what was typed, by noun."""
    typed = typed_in(request)
    return render(request, "web/search.html", {"typed": typed, "groups": search.search(request.user, typed, limit=20)})


@require_safe
def palette(request):
    """The rows of the command palette: records first, then pages and things to make."""
    typed = typed_in(request)
    wanted = typed.casefold()
    pages = [item for section in nav.menu_for(request.user, "") for item in section["items"]]
    makes = nav.creations_for(request.user)
    context = {
        "typed": typed,
        "groups": search.search(request.user, typed),
        "pages": [item for item in pages if wanted in str(item["label"]).casefold()],
        "creations": [item for item in makes if wanted in str(item["label"]).casefold()],
    }
    return render(request, "web/palette_rows.html", context)
