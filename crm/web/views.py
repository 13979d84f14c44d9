"""The few pages of the platform itself: pickers, search and the palette."""

from django.http import Http404
from django.shortcuts import render

from crm.web import nav, search
from crm.web.pickers import pickers


def pick(request, name):
    """Up to ten records for a picker, as the rows of its list."""
    picker = pickers.get(name)
    if picker is None:
        raise Http404
    typed = request.GET.get("q", "").strip()[:100]
    ids = {key: int(request.GET[key]) for key in picker.narrow if request.GET.get(key, "").isdecimal() and len(request.GET[key]) < 19}
    rows = [{"id": row.pk, "text": str(row), "hint": picker.hint(row)} for row in picker.search(request.user, typed, **ids)]
    return render(request, "web/pick_rows.html", {"rows": rows, "typed": typed})


def search_page(request):
    """Everything that contains what was typed, by noun."""
    typed = request.GET.get("q", "").strip()[:100]
    return render(request, "web/search.html", {"typed": typed, "groups": search.search(request.user, typed, limit=20)})


def palette(request):
    """The rows of the command palette: records first, then pages and things to make."""
    typed = request.GET.get("q", "").strip()[:100]
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
