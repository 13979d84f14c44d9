"""Who may see, take and fetch backups; every download is noted down and told."""

import pytest
from django.urls import reverse

from crm.activity.dispatch import dispatch_all
from crm.activity.models import Activity
from crm.backups import services
from crm.backups.models import Backup
from crm.core.errors import NotAllowed
from crm.notifications.models import Notice


@pytest.fixture
def keeper(people, make_user):
    return make_user("backup", people.office, username="keeper", name="备份员")


@pytest.fixture
def row(chain, people):
    services.reconcile()
    return Backup.objects.get(code=chain[0].code)


def test_a_manager_sees_no_backups(people, signed_in, db):
    assert signed_in(people.manager).get(reverse("backups:list")).status_code == 403
    with pytest.raises(NotAllowed):
        services.start("full", by=people.manager)


def test_an_administrator_takes_backups_and_may_not_carry_them_away(people, row, signed_in):
    browser = signed_in(people.admin)
    page = browser.get(reverse("backups:detail", args=[row.pk])).content.decode()
    assert "base.tar.gz.age" in page
    assert reverse("backups:download", args=[row.pk]) not in page
    assert browser.post(reverse("backups:download", args=[row.pk]), {"part": "base.tar.gz.age"}).status_code == 403
    assert browser.post(reverse("backups:take"), {"kind": "full"}).status_code == 303


def test_a_download_is_noted_down_and_told_to_all_who_keep_backups(people, keeper, row, place, signed_in):
    answer = signed_in(keeper).post(reverse("backups:download", args=[row.pk]), {"part": "base.tar.gz.age"})
    assert b"".join(answer.streaming_content) == (place.folder / row.code / "base.tar.gz.age").read_bytes()
    assert "attachment" in answer.headers["Content-Disposition"]
    noted = Activity.objects.get(verb="backups.downloaded")
    assert (noted.actor, noted.object_id, noted.data["part"]) == (keeper, row.pk, "base.tar.gz.age")
    page = signed_in(people.admin).get(reverse("backups:detail", args=[row.pk]))
    assert [(one.actor, one.data["part"]) for one in page.context["downloads"]] == [(keeper, "base.tar.gz.age")]
    assert keeper.name in page.content.decode().split("base.tar.gz.age")[-1]
    dispatch_all()
    assert set(Notice.objects.filter(code="backups.downloaded").values_list("user__username", flat=True)) == {"keeper", "admin"}


@pytest.mark.parametrize("part", ["../../secret_key", "backup.json", "", "base.tar.gz", "/etc/passwd"])
def test_only_files_that_the_backup_names_go_out(keeper, row, signed_in, part):
    answer = signed_in(keeper).post(reverse("backups:download", args=[row.pk]), {"part": part})
    assert answer.status_code == 303
    assert not Activity.objects.filter(verb="backups.downloaded").exists()
