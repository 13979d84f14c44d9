"""The first person of a house that started empty."""

import pytest
from django.core.management import call_command

from crm.accounts.models import User

pytestmark = pytest.mark.django_db


def test_whoever_is_made_on_the_command_line_may_do_everything(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "first-of-the-house-7")
    call_command("createsuperuser", interactive=False, username="boss", email="boss@example.cn", name="老板", verbosity=0)
    boss = User.objects.with_rights().get(username="boss")
    client.force_login(boss, backend="crm.accounts.backend.SignIn")
    for address in ("/admin/", "/imports/new/?kind=companies", "/customers/companies/new/", "/reports/funnel/", "/customers/companies/"):
        assert client.get(address).status_code == 200, address
