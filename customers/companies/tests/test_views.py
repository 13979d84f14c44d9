"""The pages of companies."""

import pytest

pytestmark = pytest.mark.django_db

LIST = "/customers/companies/"


def test_every_page_of_a_company_answers_the_manager(people, acme, signed_in):
    browser, pk = signed_in(people.manager), acme.company.pk
    parts = ("", "new/", f"{pk}/", f"{pk}/edit/", f"{pk}/panels/", f"{pk}/assignment/", "bin/", "hint/?name=恒立达", "?part=filters", "?part=columns")
    for part in parts:
        assert browser.get(LIST + part).status_code == 200, part
