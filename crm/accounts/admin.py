"""People, teams, roles, pools and tokens in the back office; what verbs can do is done by verbs."""

from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from crm.accounts import invitations, services
from crm.accounts.matrix import fields_field, rights_field
from crm.accounts.models import ApiToken, Pool, Role, SignInRecord, Team, User
from crm.activity.admin import ReadOnly, RepairAdmin
from crm.core.errors import Refusal

# What other parts bring along and nobody here needs: roles decide instead of groups, a person's page has the address, the sign-ins
# are our own book, and a second step holds a secret that nobody reads (it is taken away in the list of people).
for brought in (Group, EmailAddress, Authenticator, AccessAttempt, AccessFailureLog, AccessLog):
    admin.site.unregister(brought)


class RoleForm(forms.ModelForm):
    rights = rights_field()
    fields = fields_field()

    class Meta:
        model = Role
        fields = ["name", "name_en", "code", "rights", "fields"]


@admin.register(Role)
class RoleAdmin(RepairAdmin):
    form = RoleForm
    list_display = ["name", "name_en", "code"]
    # ModelForm takes `fields` for itself, so the two tables are named once more here.
    fields = ["name", "name_en", "code", "rights", "fields"]


class TeamForm(forms.ModelForm):
    class Meta:
        model = Team
        fields = ["name", "parent", "leader"]

    def clean_parent(self):
        above = parent = self.cleaned_data["parent"]
        while above is not None:
            if above == self.instance:
                raise forms.ValidationError(_("A team cannot be part of itself or of a team below it."))
            above = above.parent
        return parent


@admin.register(Team)
class TeamAdmin(RepairAdmin):
    form = TeamForm
    list_display = ["name", "parent", "leader"]
    list_select_related = ["parent", "leader"]
    search_fields = ["name"]
    autocomplete_fields = ["parent", "leader"]


@admin.register(Pool)
class PoolAdmin(RepairAdmin):
    list_display = ["name", "noun", "is_masked"]
    autocomplete_fields = ["members", "teams"]


class PersonForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("language"), choices=[("", _("As chosen on the page")), *settings.LANGUAGES], required=False, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = User
        fields = ["username", "name", "email", "phone", "language", "external_id", "team", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A row may lack a role, as the system's own does; nobody who is entered here does.
        self.fields["role"].required = True


@admin.register(User)
class PersonAdmin(RepairAdmin):
    form = PersonForm
    list_display = ["name", "username", "team", "role", "is_active", "last_login"]
    list_filter = ["is_active", "role", "team"]
    list_select_related = ["team", "role"]
    search_fields = ["name", "username", "email"]
    actions = ["invite", "remove_second_step", "shut_out", "let_in"]
    change_form_outer_after_template = "accounts/person_actions.html"

    def get_queryset(self, request):
        return super().get_queryset(request).filter(is_system=False)

    def has_delete_permission(self, request, obj=None):
        return False  # people are shut out, never removed: their name stays on what they did

    def save_model(self, request, obj, form, change):
        given = form.cleaned_data
        if not change:
            values = {name: given[name] or "" for name in ("username", "name", "email", "phone", "language", "external_id")}
            made = services.create_person(values, by=request.user, role=given["role"], team=given["team"])
            obj.pk, obj._state.adding = made.pk, False
            _pass_on(request, made, by=request.user)
            return
        if "team" in form.changed_data:
            services.move_to_team(obj, team=given["team"], by=request.user)
        if "role" in form.changed_data:
            services.change_role(obj, role=given["role"], by=request.user)
            obj.is_staff = User.objects.get(pk=obj.pk).is_staff
        if set(form.changed_data) - {"team", "role"}:
            super().save_model(request, obj, form, change)

    @admin.action(description=_("Make a link to set a password"))
    def invite(self, request, queryset):
        self._each(request, queryset, partial(_pass_on, request))

    @admin.action(description=_("Take the second step of signing in away"))
    def remove_second_step(self, request, queryset):
        self._each(request, queryset, services.remove_second_step)

    @admin.action(description=_("Shut out"))
    def shut_out(self, request, queryset):
        self._each(request, queryset, services.deactivate)

    @admin.action(description=_("Let in again"))
    def let_in(self, request, queryset):
        self._each(request, queryset, services.reactivate)

    def _each(self, request, queryset, verb):
        for user in queryset:
            try:
                verb(user, by=request.user)
            except Refusal as refusal:
                self.message_user(request, f"{user}: {refusal}", messages.ERROR)


def _pass_on(request, user, *, by):
    """Invite a person and show the administrator the link; it is shown once and kept nowhere."""
    link = services.invite(user, by=by)
    user.refresh_from_db(fields=["invited_at"])
    until = date_format(timezone.localtime(invitations.valid_until(user)), "DATETIME_FORMAT")
    messages.success(request, _("Send this link to %(name)s; it is valid until %(until)s: %(link)s") % {"name": user, "until": until, "link": link})


@admin.register(ApiToken)
class TokenAdmin(RepairAdmin):
    list_display = ["name", "user", "prefix", "scopes", "expires_at", "revoked_at", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["user"]
    actions = ["revoke"]

    def has_add_permission(self, request):
        return False  # a secret is shown to its owner alone

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Revoke"))
    def revoke(self, request, queryset):
        for token in queryset.select_related("user"):
            services.revoke_token(token, by=request.user)


@admin.register(SignInRecord)
class SignInRecordAdmin(ReadOnly):
    """Who signed in, or tried to, from where and with what."""

    list_display = ["at", "outcome", "name", "address", "device", "is_new_device"]
    list_filter = ["outcome", "is_new_device"]
    search_fields = ["=name", "=address"]
    ordering = ["-id"]
