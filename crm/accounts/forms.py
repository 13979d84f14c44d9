"""The forms of signing in that need a limit, and those of the person's own page."""

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.accounts import signins, tries
from crm.accounts.lockout import client_address
from crm.accounts.tokens import scope_choices
from crm.web.forms import RecordForm

DAYS = [(30, _("30 days")), (90, _("90 days")), (365, _("one year"))]


class Limited:
    """A one-time code may be tried as seldom as a password."""

    def clean_code(self):
        account = f"code:{self.user.pk}"
        if not tries.reserve(account, ""):
            raise forms.ValidationError(_("Too many tries. Wait a quarter of an hour."), code="locked")
        code = super().clean_code()
        tries.forgive(account)
        return code


class CodeForm(Limited, AuthenticateForm):
    """The second step of signing in; a code that is wrong is noted like a wrong password."""

    def clean_code(self):
        try:
            return super().clean_code()
        except forms.ValidationError as refusal:
            outcome = signins.Outcome.LOCKED if refusal.code == "locked" else signins.Outcome.WRONG_CODE
            signins.failed(context.request, self.user.username, client_address(context.request), outcome)
            raise


class CodeAgainForm(Limited, ReauthenticateForm):
    """The second step again, before something that matters."""


class TokenForm(forms.Form):
    """A new key for a program."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What will use it, such as “ERP”."))
    scopes = forms.MultipleChoiceField(label=_("Allowed to"), choices=scope_choices, widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label=_("Valid for"), choices=DAYS, coerce=int, initial=90)


class ViewForm(forms.Form):
    """The name of a saved view, and for whom it is."""

    name = forms.CharField(label=_("Name of the view"), widget=forms.TextInput(attrs={"maxlength": 60}))
    is_shared = forms.BooleanField(label=_("Show it to everybody in the house; each sees only the rows in reach"), required=False)

    def __init__(self, *args, actor, view=None):
        super().__init__(*args, initial={"name": view.name, "is_shared": view.is_shared} if view else {})
        if not actor.may("house.share_views") and not (view and view.is_shared):
            del self.fields["is_shared"]

    take = RecordForm.take
    field_of = RecordForm.field_of
