"""The database must fold and cut exactly like Python: an index that disagrees with the query loses rows in silence."""

import csv
import random
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from crm.core import sql, text

NAMES = Path(__file__).resolve().parents[4] / "shared" / "data" / "names_zh"
TRICKY = [
    "ÉLAN  Śró\u200bd", "ΑΒΓΣ Ω", "ПРИВЕТ мир", "ｶﾞｽ㈱　Ａ", "\ufeffx", "", " ", "a", "ǄUNGLA", "İstanbul", "Straẞe",
    "\t a\u3000b\u2028 c\x85", "％_\\'\"", "万  科Ａ", "𠮷野家", "e\u0301lan", "①②③", "x\u00a0\u202fy", "[a-z]{2}",
]  # fmt: skip


def _alphabet(*ranges):
    return [chr(code) for first, last in ranges for code in range(first, last)]


def _invented(count, seed):
    letters = _alphabet((0x20, 0x24F), (0x370, 0x530), (0x1E00, 0x2100), (0x3000, 0x3100), (0x4E00, 0x9FA5), (0xFF01, 0xFFE6))
    chance = random.Random(seed)
    return ["".join(chance.choices(letters, k=chance.randint(1, 12))) for _ in range(count)]


def _real(count, seed):
    """Real names where the shared data lie beside the checkout; none elsewhere."""
    if not NAMES.exists():
        return []
    names = (NAMES / "company_short_forms_5000.txt").read_text("utf-8").split()
    with (NAMES / "a_share_short_names.csv").open(encoding="utf-8") as shares:
        names += [row["short_name"] for row in csv.DictReader(shares)]
    return random.Random(seed).sample(names, count)


@pytest.fixture
def functions(db):
    with connection.cursor() as cursor:
        cursor.execute(sql.CREATE_TEXT_FUNCTIONS)
        yield cursor


def test_the_database_folds_and_cuts_like_python(functions):
    names = TRICKY + _invented(2000, seed=7) + _real(1000, seed=7)
    functions.execute("SELECT n, km_fold(n), km_squash(n), km_bigrams(n) FROM unnest(%s) n", [names])
    answers = functions.fetchall()
    assert len(answers) == len(names)
    assert answers == [(name, text.fold(name), text.squash(name), text.bigrams(name)) for name in names]


def test_the_functions_work_without_a_search_path_as_an_index_rebuild_has_none(functions):
    functions.execute("SET LOCAL search_path = ''")
    functions.execute("SELECT public.km_bigrams('恒立达'), public.km_fold('Ａ'), public.km_squash('a b')")
    assert functions.fetchone() == (["恒立", "立达"], "a", "ab")


def test_the_functions_can_be_indexed_and_run_in_parallel(functions):
    functions.execute(
        "SELECT proname, provolatile, proparallel, proisstrict FROM pg_proc WHERE proname IN ('km_bigrams', 'km_fold', 'km_squash') ORDER BY proname"
    )
    assert functions.fetchall() == [(name, "i", "s", True) for name in ("km_bigrams", "km_fold", "km_squash")]


def test_undoing_the_migration_leaves_nothing_behind(functions):
    # In a schema of its own, because the indexes of the product hold on to the functions of theirs.
    functions.execute("CREATE SCHEMA elsewhere")
    functions.execute("SET LOCAL search_path = elsewhere, public")
    left = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'elsewhere'::regnamespace"
    functions.execute(sql.CREATE_TEXT_FUNCTIONS)
    functions.execute(left)
    assert functions.fetchone() == (3,)
    functions.execute(sql.DROP_TEXT_FUNCTIONS)
    functions.execute(left)
    assert functions.fetchone() == (0,)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("万科", {"万  科Ａ", "万科企业"}),
        ("万科a", {"万  科Ａ"}),
        ("ＥＣ", {"Tech 100%"}),
        ("100%", {"Tech 100%"}),
        ("a_b", set()),
        ("科", {"万  科Ａ", "万科企业", "\uf90a 科技", "Ａ\u200b科%_"}),
        ("达恒", set()),
        ("恒立达", {"恒立达"}),
        ("恒立立达", set()),
        ("金科", {"\uf90a 科技"}),
        ("金科技", {"\uf90a 科技"}),
        ("金", {"\uf90a 科技"}),
        ("ガス", {"ｶﾞｽ㈱工業"}),
        ("株)工", {"ｶﾞｽ㈱工業"}),
        ("a科", {"Ａ\u200b科%_"}),
        ("科%_", {"Ａ\u200b科%_"}),
    ],
)
def test_a_search_finds_what_contains_the_typed_text_and_nothing_else(functions, typed, found):
    Group.objects.bulk_create([Group(name=name) for name in ("万  科Ａ", "万科企业", "Tech 100%", "axb", "恒立达", "\uf90a 科技", "ｶﾞｽ㈱工業", "Ａ\u200b科%_")])
    assert set(Group.objects.filter(sql.contains_text("name", typed)).values_list("name", flat=True)) == found
