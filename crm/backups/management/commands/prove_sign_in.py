"""`manage.py prove_sign_in`: on a scratch copy of the database, bring its tables up to date and sign in as somebody new."""

import json
import secrets

from django.contrib.auth import SESSION_KEY
from django.core.management import BaseCommand, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from crm.accounts.models import Role, User
from crm.backups.wording import finding


class Command(BaseCommand):
    """Called by the drill; prints one line of JSON. Never on a database that is lived in: it adds a person."""

    help = __doc__
    requires_system_checks = ()

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        password = secrets.token_urlsafe(20)
        person = User(username=f"drill-{secrets.token_hex(4)}", name="Drill", role=Role.objects.get(code="administrator"))
        person.set_password(password)
        person.save()
        browser = Client(headers={"host": "localhost"})
        with translation.override("en"):
            browser.post(reverse("account_login"), {"login": person.username, "password": password}, secure=True)
            page = browser.get("/", secure=True)
        is_in = page.status_code == 200 and browser.session.get(SESSION_KEY) == str(person.pk)
        found = finding("signed_in") if is_in else finding("no_page", status=str(page.status_code))
        self.stdout.write(json.dumps({"ok": is_in} | found))
