"""What the frame around every page needs: menu, tab bar, the “New” menu, theme and language."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from crm.core.registry import Registry
from crm.web import nav

# Numbers of the top bar (unread notices), by name: functions of the user.
badges: Registry = Registry("badge")


def frame(request):
    """The context of the frame; everything is computed only where a template asks for it."""
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("km_theme", "")
    base = {
        "lang": "zh-Hans" if (get_language() or "").startswith("zh") else "en",
        "theme": theme if theme in ("light", "dark") else "",
        "languages": settings.LANGUAGES,
        "demo": settings.DEMO,
        "came_from": came_from(request),
    }
    if user is None or not user.is_authenticated:
        return base
    path = request.path
    return base | {
        "nav": SimpleLazyObject(lambda: nav.menu_for(user, path)),
        "tab_bar": SimpleLazyObject(lambda: nav.tabs_for(user, path)),
        "create_menu": SimpleLazyObject(lambda: nav.creations_for(user)),
        "unread_count": SimpleLazyObject(lambda: badges["unread"](user) if "unread" in badges else 0),
    }


def came_from(request):
    """The page of ours that the person was on before; empty when another site sent them."""
    page = request.META.get("HTTP_REFERER", "")
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}) else ""
