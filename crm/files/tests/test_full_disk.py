"""LIMITS F6, under the files: without room an upload is refused in words, nothing of it stays, and all else goes on."""

import pytest
from django.urls import reverse

from crm.files.models import KeptFile
from crm.files.tests.conftest import PDF
from crm.testing.disks import small_disk

pytestmark = pytest.mark.django_db


@pytest.fixture
def cramped(settings):
    """Two megabytes for uploaded files."""
    with small_disk("2m") as folder:
        settings.MEDIA_ROOT = folder
        yield folder


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "other"]


def test_without_room_an_upload_is_refused_by_page_and_api_and_goes_in_when_there_is_room(cramped, company, people, sent, signed_in):
    page, api = reverse("files:of-record", args=["companies", company.pk]), f"/api/v1/companies/{company.pk}/files/"
    browser = signed_in(people.rep_a)
    large = PDF + bytes(1_500_000)
    (cramped / "other").write_bytes(bytes(1_000_000))
    refused = browser.post(page, {"file": sent(content=large)})
    assert refused.status_code == 507
    assert "磁盘空间已满" in refused.content.decode()
    told = browser.post(api, {"file": sent(content=large)}, headers={"Accept-Language": "en"})
    assert (told.status_code, told.json()["code"]) == (507, "no_room")
    assert told.json()["message"].startswith("There is no room left on the disk")
    assert on_disk(cramped) == []
    assert not KeptFile.objects.exists()
    assert browser.get(f"/customers/companies/{company.pk}/").status_code == 200
    (cramped / "other").unlink()
    assert browser.post(page, {"file": sent(content=large)}).status_code == 303
    assert KeptFile.objects.get().size == len(large)
