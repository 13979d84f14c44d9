"""An administrator sets how long the bin keeps things, once for the house and never below the days of an undo."""

import pytest

from crm.bin.models import BinSetting

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/bin/binsetting/add/"


def test_the_days_are_set_once_and_told(people, signed_in):
    browser = signed_in(people.admin)
    assert browser.post(ADDRESS, {"days": 90}).status_code == 302
    assert BinSetting.objects.get().days == 90
    assert browser.get(ADDRESS).status_code == 403


def test_fewer_days_than_a_bulk_deletion_can_be_undone_are_refused(people, signed_in):
    assert signed_in(people.admin).post(ADDRESS, {"days": 29}).status_code == 200
    assert not BinSetting.objects.exists()
