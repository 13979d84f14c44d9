"""A long sheet is taken in by two processes in turn: the rows come in as if one had done it."""

import pytest
from django.db import connection

from crm.importexport import hands, runs
from crm.importexport.models import ImportRow
from customers.companies.models import Company

ROWS, CHUNK = 200, 20
# Who writes, chunk by chunk; and one who loses the line to the database, once, when the row comes that is named.
WATCH = """
CREATE TABLE test_writers (at serial, pid int);
CREATE SEQUENCE test_losses;
CREATE FUNCTION test_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO test_writers (pid) VALUES (pg_backend_pid()); RETURN NULL; END $$;
CREATE FUNCTION test_lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.row = TG_ARGV[0]::int AND nextval('test_losses') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
CREATE TRIGGER test_writer AFTER INSERT ON importexport_importrow FOR EACH STATEMENT EXECUTE FUNCTION test_write();
"""
LOSE = "CREATE TRIGGER test_loser BEFORE INSERT ON importexport_importrow FOR EACH ROW EXECUTE FUNCTION test_lose(%s)"
FORGET = """
DROP FUNCTION test_write() CASCADE; DROP FUNCTION test_lose() CASCADE; DROP TABLE test_writers; DROP SEQUENCE test_losses
"""


@pytest.fixture
def watch(committed, monkeypatch):
    """Small chunks, and a note of who writes each of them; `watch(row)` cuts the line of whoever writes that row first."""
    monkeypatch.setattr(runs, "CHUNK", CHUNK)
    monkeypatch.setattr(runs, "LONG", 3 * CHUNK)
    with connection.cursor() as cursor:
        cursor.execute(WATCH)
    yield lambda row: connection.cursor().execute(LOSE % row)
    with connection.cursor() as cursor:
        cursor.execute(FORGET)


def writers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM test_writers ORDER BY at")
        return [row[0] for row in cursor.fetchall()]


def rows():
    """Companies that are told apart by their number; the one of row 151 has the credit code of row 11, eight chunks before."""
    codes = {10: "91320594MA1MYXRB2U", 150: "91320594MA1MYXRB2U"}
    return [[f"C{number}", f"{number}号公司", codes.get(number, "")] for number in range(1, ROWS + 1)]


def outcomes(run):
    return list(ImportRow.objects.filter(run=run, outcome="created").order_by("pk").values_list("row", flat=True))


def test_two_take_turns_and_the_rows_come_in_the_order_of_the_sheet(watch, sheet, take_in, people):
    run = take_in("companies", sheet("a.csv", ["外部编号", "客户名称", "统一社会信用代码"], *rows()), by=people.manager)
    first, second = found = writers()[:2]
    assert first != second
    assert writers() == found * (ROWS // CHUNK // 2)
    assert outcomes(run) == [row for row in range(2, ROWS + 2) if row != 151]
    names = list(Company.objects.order_by("pk").values_list("external_id", flat=True))
    assert names == [f"C{number}" for number in range(1, ROWS + 1) if number != 150]
    assert (run.rows, run.created, run.duplicates, run.rejected) == (ROWS, ROWS - 1, 1, 0)


def test_when_the_second_is_lost_the_first_goes_on_alone(watch, sheet, take_in, people):
    watch(2 + CHUNK * 3 + 5)
    run = take_in("companies", sheet("a.csv", ["外部编号", "客户名称", "统一社会信用代码"], *rows()), by=people.manager)
    first, _second, *others = writers()
    assert others == [first] * (ROWS // CHUNK - 2)
    assert outcomes(run) == [row for row in range(2, ROWS + 2) if row != 151]
    assert (run.rows, run.created, run.duplicates, run.rejected) == (ROWS, ROWS - 1, 1, 0)


def test_what_is_not_committed_is_not_shared_with_a_second(db):
    assert not hands.can_be_two()


def test_what_is_committed_may_be(committed):
    assert hands.can_be_two()
