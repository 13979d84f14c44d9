"""Mail leaves the house from the background: a slow mail server holds up no page, and no page's time tells whom we know."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from django.utils.translation import gettext_lazy as _

from crm.accounts.events import NEW_DEVICE
from crm.accounts.models import User
from crm.activity.readers import reader
from crm.jobs import services as jobs
from crm.jobs.kinds import handler

RESET, LETTER = "mail.reset", "mail.letter"


def ask_for_reset(email):
    """Somebody wants to set a new password for this address; whether it is anybody's is looked up by the worker.

    The link is made there as well, so that no row of ours ever holds it.
    """
    return jobs.start(RESET, by=_house(), args={"email": email})


def write(template, user, facts):
    """Write to a person: `template` names the pair of files `<template>_subject.txt` and `<template>_message.txt`."""
    if user.email:
        jobs.start(LETTER, by=_house(), args={"template": template, "user": user.pk, "facts": facts})


@reader("letters")
def read(activities):
    """The reader of the spine: what a person should also hear by mail. The job is written with the dispatcher's own commit."""
    for activity in activities:
        if activity.verb == NEW_DEVICE:
            write("account/email/new_device", activity.actor, activity.data)


@handler(RESET, title=_("Mail for a new password"), limit=120)
def send_reset(run):
    """Send the link to everybody who may sign in by this address, and nothing where there is nobody."""
    with run.step(1, 1):
        form = ResetPasswordForm({"email": run.args["email"]})
        if form.is_valid():
            form.save(None)


@handler(LETTER, title=_("Mail"), limit=120)
def send_letter(run):
    """Send a letter to a person who still works here."""
    with run.step(1, 1):
        user = User.objects.filter(pk=run.args["user"], is_active=True).first()
        if user is not None and user.email:
            get_adapter().send_mail(run.args["template"], user.email, {"user": user, **run.args["facts"]})


def _house():
    return User.objects.get(is_system=True)
