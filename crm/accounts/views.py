"""The person's own pages: profile, language, tokens."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.accounts import services
from crm.accounts.forms import TokenForm
from crm.accounts.models import ApiToken
from crm.core import clock
from crm.core.errors import Invalid

A_YEAR = int(timedelta(days=365).total_seconds())


@require_safe
def me(request):
    """Who I am here, how the house speaks to me, and which programs act for me."""
    return render(request, "accounts/me.html", {"form": TokenForm(), **_tokens(request)})


@require_http_methods(["GET", "POST"])
def tokens(request):
    """Make a key for a program. The secret is on the answer of this one request and nowhere else."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = services.issue_token(request.user, by=request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return render(request, "accounts/me.html", {"form": TokenForm(), "secret": secret, **_tokens(request)})
    status = 422 if form.is_bound else 200
    return render(request, "accounts/me.html", {"form": form, **_tokens(request)}, status=status)


@require_POST
def token_revocation(request, pk):
    """End one of my tokens."""
    token = get_object_or_404(ApiToken.objects.select_related("user"), user=request.user, pk=pk)
    services.revoke_token(token, by=request.user)
    messages.success(request, _("%(name)s is revoked") % {"name": token.name})
    return redirect("accounts:me")


@require_POST
def language(request):
    """Switch the language: in the profile of who is signed in, and in a cookie for the sign-in page."""
    wanted = request.POST.get("language", "")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target, status=303)
    if wanted in dict(settings.LANGUAGES) and check_for_language(wanted):
        if request.user.is_authenticated:
            services.choose_language(request.user, wanted, by=request.user)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=A_YEAR, secure=settings.SECURE_COOKIES, httponly=True, samesite="Lax")
    return response


def _tokens(request):
    valid = ApiToken.objects.filter(user=request.user, revoked_at=None, expires_at__gt=clock.now())
    return {"tokens": valid}
