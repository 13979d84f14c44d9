"""The verbs about people: who works here, in which team, with which role, and what each person keeps for himself."""

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.accounts import events, invitations, sessions, tokens
from crm.accounts.models import ApiToken, User
from crm.activity.spine import change, event, record_many
from crm.core import clock
from crm.core.cleaning import Problems, tidy
from crm.core.errors import Invalid, WrongState
from crm.core.models import CompanyChild, Owned
from crm.core.policy import require
from crm.core.rights import NONE

ADMINISTER = "house.administer"
LONGEST_TOKEN = 366


def create_person(values, *, by, role, team=None, password=None):
    """Add a person; without a password they set one through the link of an invitation."""
    require(by, ADMINISTER)
    values = _clean(values)
    with event(events.CREATED, by=by) as found:
        user = User(**values, role=role, team=team, is_staff=_administers(role), date_joined=clock.now())
        _set(user, password)
        user.save(force_insert=True)
        found.subject = user
        found.data |= {"role": role.pk, "team": team and team.pk}
        return user


def move_to_team(user, *, team, by):
    """Put a person into another team; everything they own goes along, and so do the records under their companies."""
    require(by, ADMINISTER)
    with change(events.MOVED, user, by=by) as (user, found):
        found.data |= {"from": user.team_id, "to": team and team.pk}
        user.team = team
        user.save(update_fields=["team"])
        for model in apps.get_models():
            if issubclass(model, Owned):
                model._base_manager.filter(owner=user).exclude(team=team).update(team=team)
            if issubclass(model, CompanyChild):
                model._base_manager.filter(co_owner=user).exclude(co_team=team).update(co_team=team)
        return user


def change_role(user, *, role, by):
    """Give a person another role; it counts from their next request on."""
    require(by, ADMINISTER)
    with change(events.ROLE_CHANGED, user, by=by) as (user, found):
        if not _administers(role):
            _keep_an_administrator(user)
        found.data |= {"from": user.role_id, "to": role.pk}
        user.role, user.is_staff = role, _administers(role)
        user.save(update_fields=["role", "is_staff"])
        return user


def invite(user, *, by) -> str:
    """Give out a link by which this person sets a password, once; they get it by mail too. Every link given out before is dead.

    What they sign in with today works until the new password is set.
    """
    require(by, ADMINISTER)
    with change(events.INVITED, user, by=by) as (user, _found):
        if user.is_system or not user.is_active:
            raise WrongState(_("Only people who may sign in can be invited."), code="not_active")
        user.invited_at = clock.now()
        user.save(update_fields=["invited_at"])
        return invitations.link(user)


def deactivate(user, *, by):
    """Shut a person out at once: their sessions and tokens die, what they own stays until it is handed over."""
    require(by, ADMINISTER)
    with change(events.DEACTIVATED, user, by=by) as (user, found):
        if user.is_system:
            raise WrongState(_("The house itself cannot be shut out."), code="system_user")
        _keep_an_administrator(user)
        if not user.is_active:
            found.subject = None
            return user
        user.is_active, user.invited_at = False, None
        user.save(update_fields=["is_active", "invited_at"])
        sessions.end_all(user)
        user.tokens.filter(revoked_at=None).update(revoked_at=clock.now())
        return user


def reactivate(user, *, by):
    """Let a person in again; old sessions and tokens stay dead."""
    require(by, ADMINISTER)
    with change(events.REACTIVATED, user, by=by) as (user, _found):
        user.is_active = True
        user.save(update_fields=["is_active"])
        return user


def remove_second_step(user, *, by):
    """Let a person who lost the phone sign in by the password alone, until they set up another second step."""
    require(by, ADMINISTER)
    with change(events.SECOND_STEP_REMOVED, user, by=by) as (user, found):
        removed, _by_model = Authenticator.objects.filter(user=user).delete()
        if not removed:
            found.subject = None
        return user


def set_password(user, password, *, by):
    """Set a new password; every session that began with the old one is dead."""
    with change(events.PASSWORD_CHANGED, user, by=by) as (fresh, _found):
        fresh.set_password(password)
        fresh.invited_at = None
        fresh.save(update_fields=["password", "invited_at"])
    # allauth goes on with the object it has.
    user.password = fresh.password
    return user


def set_same_password(people, password, *, by):
    """Give several people one and the same password, as in a house for practice; it is hashed once."""
    require(by, ADMINISTER)
    with transaction.atomic():
        for user in people:
            _check(user, password)
        User.objects.filter(pk__in=[user.pk for user in people]).update(password=make_password(password), invited_at=None)
        record_many(events.PASSWORD_CHANGED, people, by=by)


def issue_token(user, *, name, scopes, by, days=90):
    """Make an API token that acts as this person; its secret is given back once: `(token, secret)`."""
    _self_or_administrator(user, by)
    problems = Problems()
    problems.required({"name": name, "scopes": scopes}, "name", "scopes")
    if set(scopes) - set(tokens.scopes()):
        problems.add("scopes", _("This scope does not exist."))
    if not 1 <= days <= LONGEST_TOKEN:
        problems.add("days", _("A token is valid for one day to one year."))
    problems.check()
    with event(events.TOKEN_ISSUED, by=by, subject=user) as found:
        token, secret = tokens.issue(user=user, name=name, scopes=scopes, days=days)
        found.data |= {"token": token.pk, "name": name, "scopes": list(scopes), "days": days}
        return token, secret


def revoke_token(token, *, by):
    """End an API token at once; asked twice, it stays ended."""
    _self_or_administrator(token.user, by)
    with event(events.TOKEN_REVOKED, by=by, subject=token.user) as found:
        ended = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
        found.data |= {"token": token.pk, "name": token.name}
        if not ended:
            found.subject = None
        token.refresh_from_db()
        return token


def choose_language(user, language, *, by):
    """Speak this language to the person from now on."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("This language is not spoken here."), field="language")
    with change(events.LANGUAGE_CHOSEN, user, by=by) as (user, found):
        found.data["language"] = user.language = language
        user.save(update_fields=["language"])
        return user


def _clean(values):
    values, problems = tidy(values), Problems()
    unknown = set(values) - {"username", "name", "email", "phone", "language", "external_id"}
    if unknown:
        raise Invalid(_("This field cannot be set."), field=min(unknown), code="unknown_field")
    problems.required(values, "username", "name")
    problems.length(values, User)
    for name in ("username", "email", "external_id"):
        if values.get(name) and User.objects.filter(**{f"{name}__iexact": values[name]}).exists():
            problems.add(name, _("Somebody else has this already."))
    problems.check()
    return values


def _set(user, password):
    if password is None:
        user.set_unusable_password()
        return
    _check(user, password)
    user.set_password(password)


def _check(user, password):
    try:
        validate_password(password, user)
    except ValidationError as refused:
        raise Invalid.of({"password": refused.messages}) from refused


def _administers(role):
    return bool(role) and role.rights.get(ADMINISTER, NONE) != NONE


def _keep_an_administrator(user):
    """Refuse to lose the last person who can administer the house."""
    if not (user.is_active and _administers(user.role)):
        return
    others = User.objects.filter(is_active=True, is_system=False).exclude(pk=user.pk).select_related("role")
    if not any(_administers(other.role) for other in others.exclude(role=None)):
        raise WrongState(_("This is the last administrator; make somebody else one first."), code="last_administrator")


def _self_or_administrator(user, by):
    if user.pk != by.pk:
        require(by, ADMINISTER)
