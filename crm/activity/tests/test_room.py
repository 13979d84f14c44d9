"""Before the disk of the house is full nothing more is saved, on every path; reading and signing in go on, and with room all goes on."""

import pytest
from django.test import Client

from crm.core.errors import NoRoom
from crm.testing.disks import small_disk
from crm.testing.fixtures import PASSWORD
from customers.companies import services as companies
from customers.companies.models import Company

pytestmark = pytest.mark.django_db
NEW = {"name": "苏州恒立达精密机械有限公司"}


@pytest.fixture
def other(settings):
    """A file of somebody else that leaves less on the disk of the house than it keeps for itself."""
    with small_disk("4m") as folder:
        settings.DATA_DIR, settings.ROOM_KEPT = folder, 2 * 2**20
        (folder / "other").write_bytes(bytes(3 * 2**20))
        yield folder / "other"


def test_what_would_be_saved_is_refused_in_words_and_reading_goes_on(other, people, signed_in):
    browser = signed_in(people.rep_a)
    with pytest.raises(NoRoom):
        companies.create(NEW, by=people.rep_a)
    page = browser.post("/customers/companies/new/", NEW)
    assert page.status_code == 507
    assert "磁盘空间已满" in page.content.decode()
    told = browser.post("/api/v1/companies/", NEW, content_type="application/json")
    assert (told.status_code, told.json()["code"]) == (507, "no_room")
    assert not Company.objects.exists()
    assert browser.get("/customers/companies/").status_code == 200
    assert Client().post("/accounts/login/", {"login": "rep_b", "password": PASSWORD}).status_code == 302
    other.unlink()
    assert browser.post("/customers/companies/new/", NEW).status_code == 303
    assert Company.objects.get().name == NEW["name"]
