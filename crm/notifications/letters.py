"""Mail leaves the house from the background: a slow mail server holds up no page, and no page's time tells whom we know."""

import logging
from functools import partial
from smtplib import SMTPResponseException

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from django.utils.translation import gettext_lazy as _

from crm.accounts import invitations
from crm.accounts.events import INVITED, NEW_DEVICE
from crm.accounts.models import User
from crm.activity.readers import reader
from crm.jobs import services as jobs
from crm.jobs.kinds import handler
from crm.notifications.mailing import noting
from crm.notifications.models import Notice
from crm.notifications.notices import words_of

RESET, INVITATION, LETTER, NOTICE = "mail.reset", "mail.invitation", "mail.letter", "mail.notice"
log = logging.getLogger(__name__)


def ask_for_reset(email):
    """Somebody wants to set a new password for this address; whether it is anybody's is looked up by the worker.

    The link is made there as well, so that no row of ours ever holds it.
    """
    return jobs.start(RESET, by=_house(), args={"email": email})


def write(template, user, facts):
    """Write to a person: `template` names the pair of files `<template>_subject.txt` and `<template>_message.txt`."""
    if user.email:
        jobs.start(LETTER, by=_house(), args={"template": template, "user": user.pk, "facts": facts})


def tell(user, code, facts, *, url):
    """Write to a person what a notice of this code and these facts says, in the reader's language; `url` is an address of ours."""
    if user.email:
        jobs.start(NOTICE, by=_house(), args={"user": user.pk, "code": code, "facts": facts, "url": url})


@reader("letters")
def read(activities):
    """The reader of the spine: what a person should also hear by mail. The job is written with the dispatcher's own commit."""
    for activity in activities:
        if activity.verb == NEW_DEVICE:
            write("account/email/new_device", activity.actor, activity.data)
        elif activity.verb == INVITED:
            jobs.start(INVITATION, by=_house(), args={"user": activity.object_id})


@handler(RESET, title=_("Mail for a new password"), limit=120)
def send_reset(run):
    """Send the link to everybody who may sign in by this address, and nothing where there is nobody."""
    form = ResetPasswordForm({"email": run.args["email"]})
    return _once(run, lambda: form.is_valid() and form.save(None))


@handler(INVITATION, title=_("Mail for a new password"), limit=120)
def send_invitation(run):
    """Send a person the link they were invited by, as long as it works; it is found again, not kept."""
    user = User.objects.get(pk=run.args["user"])
    if not (link := invitations.link(user)):
        return {}
    return _to_person(run, "account/email/invitation", {"link": link, "until": invitations.valid_until(user), "username": user.username})


@handler(LETTER, title=_("Mail"), limit=120)
def send_letter(run):
    """Send a letter to a person who still works here."""
    return _to_person(run, run.args["template"], run.args["facts"])


@handler(NOTICE, title=_("Mail"), limit=120)
def send_notice(run):
    """Send the words of a notice to a person who still works here."""
    notice = Notice(code=run.args["code"], facts=run.args["facts"])
    # The words are asked for by the letter, which knows the language.
    return _to_person(run, "notifications/email/notice", {"told": partial(words_of, notice), "url": run.args["url"]})


def _to_person(run, template, facts):
    user = User.objects.filter(pk=run.args["user"], is_active=True).exclude(email="").first()
    return _once(run, lambda: user and get_adapter().send_mail(template, user.email, {"user": user, **facts}))


def _once(run, send):
    """Send the one letter of a job. Where nobody knows whether it arrived it is not sent again, and the result of the job says so."""
    if run.job.done:
        log.warning("job %s: its letter was on its way when its worker ended", run.job)
        return {"uncertain": True}

    def note():
        with run.step(1, 1):
            pass

    try:
        with noting(note):
            send()
    except SMTPResponseException:
        # The server has said that it did not keep it.
        with run.step(0, 1):
            pass
        raise
    if not run.job.done:
        note()
    return {}


def _house():
    return User.objects.get(is_system=True)
