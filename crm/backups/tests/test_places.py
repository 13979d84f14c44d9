"""A folder of this machine and a bucket behave alike: a file is there wholly or not at all."""

import pytest

from crm.backups import checking, keeping, taking
from crm.backups.entries import FULL, entries
from crm.backups.places import Bucket, Local, places
from crm.backups.refusals import Damaged
from crm.backups.uploads import sha256


@pytest.fixture(params=["local", "s3"])
def either(request, tmp_path, bucket):
    """Each kind of place in turn."""
    return Local(tmp_path / "place") if request.param == "local" else Bucket(bucket.name, "house/", bucket.endpoint)


@pytest.fixture
def large(tmp_path):
    """A file that goes up in several parts."""
    path = tmp_path / "large"
    path.write_bytes(bytes(range(256)) * 80_000)
    return path


def test_what_is_put_is_found_again_byte_for_byte(either, large, tmp_path):
    either.put(large, "20261122-041000-full/base.tar.gz.age")
    assert either.names() == ["20261122-041000-full/base.tar.gz.age"]
    assert either.names("20261122-041000-full") == either.names()
    assert either.size("20261122-041000-full/base.tar.gz.age") == large.stat().st_size
    either.get("20261122-041000-full/base.tar.gz.age", tmp_path / "back")
    assert sha256(tmp_path / "back") == sha256(large)


def test_what_is_not_there_is_none(either):
    assert (either.read("x/y"), either.size("x/y"), either.names()) == (None, None, [])


def test_what_is_removed_is_gone_and_may_be_removed_again(either, large):
    either.put(large, "a-b/c")
    either.remove("a-b/c")
    either.remove("a-b/c")
    assert either.names() == []


def test_what_was_never_finished_is_swept_away_and_the_rest_stays(either, large):
    either.put(large, "20261101-041000-full/base.tar.gz.age")
    either.put(large, "wal/000000010000000000000001.gz.age")
    keeping.sweep(either, [])
    assert either.names() == ["wal/000000010000000000000001.gz.age"]


def test_an_upload_that_was_never_finished_is_given_up(bucket):
    place = Bucket(bucket.name, "house", bucket.endpoint)
    bucket.client.create_multipart_upload(Bucket=bucket.name, Key="house/20261122-041000-full/base.tar.gz.age")
    place.tidy()
    assert "Uploads" not in bucket.client.list_multipart_uploads(Bucket=bucket.name)


def test_a_bucket_that_does_not_answer_is_one_sentence(monkeypatch, bucket):
    with pytest.raises(Damaged) as refused:
        Bucket("no-such-bucket", "", bucket.endpoint).names()
    assert (refused.value.code, "no-such-bucket" in str(refused.value)) == ("not_here", True)


def test_a_backup_lies_in_both_places_and_each_can_be_used_alone(server, home, place, settings, bucket):
    settings.BACKUP_PLACES = ["local", "s3"]
    settings.BACKUP_S3_BUCKET, settings.BACKUP_S3_ENDPOINT = bucket.name, bucket.endpoint
    entry, _note = taking.take(FULL)
    assert [entries(one) for one in places()] == [[entry], [entry]]
    for one in places():
        assert checking.check(one, [entry], entry) == []


def test_where_the_bucket_is_away_the_folder_keeps_its_copy_and_the_run_says_so(server, chain, home, place, settings, bucket):
    settings.BACKUP_PLACES = ["local", "s3"]
    settings.BACKUP_S3_BUCKET, settings.BACKUP_S3_ENDPOINT = "no-such-bucket", bucket.endpoint
    with pytest.raises(Damaged) as refused:
        taking.take(FULL)
    assert refused.value.code == "not_here"
    assert len(entries(place)) in (2, 3)
    assert checking.check(place, entries(place), entries(place)[-1]) == []
