"""Who works here, in which team, with which role."""

from urllib.parse import urlencode

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.accounts.reach import Reaching
from crm.core import clock
from crm.core.errors import explain_constraint
from crm.core.reading import with_names


class Team(models.Model):
    """A department or group; teams form a tree."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of"))
    leader = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("leader"))

    NAMED_BY = ("name",)

    class Meta:
        verbose_name, verbose_name_plural = _("team"), _("teams")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Role(models.Model):
    """What its holders may do: for each right how far it reaches, for each sensitive field how it is shown."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    rights = models.JSONField(_("rights"), default=dict, blank=True)
    fields = models.JSONField(_("fields"), default=dict, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("role"), _("roles")
        ordering = ["id"]

    def __str__(self):
        return self.name_en if self.name_en and not (get_language() or "").startswith("zh") else self.name


class PeopleManager(UserManager):
    """People; whoever signs in is read together with role and team, so that rights cost no further query."""

    def get_by_natural_key(self, username):
        return self.get(username=username)

    def with_rights(self):
        """People with role and team at hand."""
        return self.select_related("role", "team")

    def create_superuser(self, username, email=None, password=None, **values):
        """The first administrator of a house, from the command line: with the role that may do everything."""
        values.setdefault("role", Role.objects.get(code="administrator"))
        return super().create_superuser(username, email, password, **values)


class User(Reaching, AbstractBaseUser, PermissionsMixin):
    """A person who signs in, or the system itself acting by a rule."""

    username = models.CharField(_("user name"), max_length=80, unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("team"))
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="holders", verbose_name=_("role"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    external_id = models.CharField(_("external ID"), max_length=100, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    is_system = models.BooleanField(default=False, editable=False)
    preferences = models.JSONField(default=dict, blank=True, editable=False)
    date_joined = models.DateTimeField(default=clock.now, editable=False)
    invited_at = models.DateTimeField(_("invited"), null=True, editable=False)  # a link to set a password is open since then

    objects = PeopleManager()

    NAMED_BY = ("name", "username")
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name, verbose_name_plural = pgettext_lazy("colleague", "person"), _("people")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="user_email_once"),
            models.UniqueConstraint(fields=["external_id"], condition=~models.Q(external_id=""), name="user_external_id"),
            models.UniqueConstraint(fields=["is_system"], condition=models.Q(is_system=True), name="one_system_user"),
        ]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    def views_of(self, list_name):
        """The saved views this person is shown on a list: the own ones in their order, then those shown to everybody."""
        shown = models.Q(user=self) | models.Q(is_shared=True)
        views = with_names(SavedView.objects.filter(shown, list_name=list_name), "user").order_by("position", "pk")
        return sorted(views, key=lambda view: view.user_id != self.pk)

    def has_perm(self, perm, obj=None):
        """Django's own permissions are only asked by the administration: whoever administers the house has all of them."""
        return self.is_active and self.is_staff and self.may("house.administer")

    def has_module_perms(self, app_label):
        return self.has_perm(app_label)


explain_constraint("user_email_once", "email", _("Somebody else has this e-mail address."))
explain_constraint("accounts_user_username_key", "username", _("This user name is taken."))
explain_constraint("user_external_id", "external_id", _("Somebody else has this external ID."))


class Pool(models.Model):
    """A common holder of rows nobody owns yet: its members may see and claim them (公海)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    noun = models.CharField(_("holds"), max_length=20, choices=[("leads", _("leads")), ("companies", _("companies"))])
    members = models.ManyToManyField(User, blank=True, related_name="pools", verbose_name=_("members"))
    teams = models.ManyToManyField(Team, blank=True, related_name="pools", verbose_name=_("teams"))
    is_masked = models.BooleanField(_("phones and accounts are masked until claimed"), default=True)

    NAMED_BY = ("name", "is_masked")

    class Meta:
        verbose_name, verbose_name_plural = _("pool"), _("pools")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Share(models.Model):
    """One row shown to one more person, by noun and id."""

    noun = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    user = models.ForeignKey(User, models.CASCADE, related_name="shares")
    shared_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "noun", "object_id"], name="shared_once")]


class ApiToken(models.Model):
    """A key for a program: only its hash is stored; it acts as its owner within its scopes until it expires."""

    name = models.CharField(_("name"), max_length=80)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name=_("acts as"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("scopes"), default=list)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("API token"), _("API tokens")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.name} ({self.prefix}…)"


class SignInTry(models.Model):
    """One try to sign in, written before the password is looked at, so that parallel tries count too."""

    account = models.CharField(max_length=160)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
    worked = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="try_of_account"),
            models.Index(fields=["address", "at"], name="try_of_address"),
        ]


class SignInRecord(models.Model):
    """A sign-in that worked or did not, from where and with what; kept for years, never changed, never removed (PRODUCT A15.8)."""

    class Outcome(models.TextChoices):
        WORKED = "worked", _("signed in")
        WRONG = "wrong", _("wrong name or password")
        WRONG_CODE = "wrong_code", _("wrong one-time code")
        LOCKED = "locked", _("too many tries")

    at = models.DateTimeField(_("when"), default=clock.now)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    user = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="sign_ins", verbose_name=pgettext_lazy("colleague", "person"))
    name = models.CharField(_("name typed"), max_length=160)
    address = models.CharField(_("IP address"), max_length=64)
    device = models.CharField(_("device"), max_length=300, blank=True)
    is_new_device = models.BooleanField(_("not seen before"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("sign-in"), _("sign-ins")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="sign_ins_of_user"),
            models.Index(fields=["address", "-id"], name="sign_ins_from_address"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.name} · {self.get_outcome_display()}"


class SavedView(models.Model):
    """A list as somebody likes to see it: its filters, columns and order under a name."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    list_name = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=60)
    query = models.TextField(blank=True)
    columns = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    is_shared = models.BooleanField(_("shown to everybody in the house"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "list_name", "name"], name="view_name_once")]

    def __str__(self):
        return self.name

    @property
    def address(self):
        """The query string of the list with these filters, this order and these columns."""
        return "&".join(filter(None, [self.query, urlencode({"cols": ",".join(self.columns)}) if self.columns else ""]))

    @property
    def url(self):
        """The address that opens the list in this view and remembers which one it was."""
        return "?" + "&".join(filter(None, [self.address, f"view={self.pk}"]))

    def is_kept_by(self, user):
        """Whether this person may rename it or take it away: who saved it, and for a shared one an administrator."""
        return self.user_id == user.pk or (self.is_shared and user.may("house.administer"))
