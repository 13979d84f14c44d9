"""What every sheet must be: repeatable, of the right size, with a truth that does not contradict itself."""

from collections import Counter

from stdnum.cn import uscc

from bench.linkage.firms import company_sheet
from bench.linkage.people import contact_sheet
from bench.linkage.trial import NARROW
from bench.linkage.vocabulary import Vocabulary


def cells(sheet):
    return [row.cells for row in sheet.rows]


def by_entity(sheet):
    found = {}
    for row in sheet.rows:
        found.setdefault(row.firm.entity, []).append(row)
    return found


def poor_share(sheet):
    """Share of the repeated rows that have less than six points in common with every other row of their entity."""
    poor = total = 0
    for rows in by_entity(sheet).values():
        for row in rows if len(rows) > 1 else []:
            total += 1
            poor += not any(sum(points for fact, points in row.facts().items() if fact in other.facts()) >= 6 for other in rows if other is not row)
    return poor / total


def test_the_same_seed_gives_the_same_rows_and_another_seed_gives_others():
    for make in (company_sheet, contact_sheet):
        first, again, other = make(150, 1), make(150, 1), make(150, 2)
        assert cells(first) == cells(again)
        assert [row.firm.entity for row in first.rows] == [row.firm.entity for row in again.rows]
        assert cells(first) != cells(other)


def test_a_sheet_has_exactly_as_many_rows_as_were_asked_for(sheet):
    assert len(sheet.rows) == len(set(sheet.refs())) == 3000


def test_rows_of_one_entity_come_from_one_firm_or_person_and_others_from_others(sheet):
    things = {id(row.firm): row.firm.entity for row in sheet.rows}
    assert len(set(things.values())) == len(things)


def test_no_credit_code_stands_in_rows_of_two_firms(companies):
    owners = {}
    for row in companies.rows:
        if uscc.is_valid(row.cells["code"]):
            owners.setdefault(row.cells["code"], set()).add(row.firm.entity)
    assert len(owners) > 500
    assert all(len(entities) == 1 for entities in owners.values())


def test_credit_codes_of_firms_have_a_valid_check_character(companies):
    assert all(uscc.is_valid(row.firm.code) for row in companies.rows)


def test_six_of_ten_entities_stand_in_the_sheet_once_and_none_more_than_five_times(sheet):
    counts = Counter(len(rows) for rows in by_entity(sheet).values())
    assert 0.55 < counts[1] / counts.total() < 0.65
    assert max(counts) == 5


def test_columns_are_as_empty_as_in_real_life(companies):
    missing = {column: sum(not row.cells[column] for row in companies.rows) / 3000 for column in companies.columns}
    assert missing["name"] == 0
    assert 0.5 < missing.pop("code") < 0.7
    assert all(0.1 < missing[column] < 0.5 for column in ("city", "district", "address", "phone", "mobile", "email", "contact"))


def test_most_repeated_rows_tell_whose_they_are(sheet):
    """Each shares six points of knowledge with another row of its entity, but for one in a hundred and those the cut at the end has left alone."""
    assert poor_share(sheet) < 0.04


def test_seen_and_unseen_half_share_no_brand_and_no_city():
    seen, unseen = Vocabulary(), Vocabulary(unseen=True)
    for words in ("brands", "coined", "mixed", "trades", "given_names", "roads", "buildings", "parks"):
        assert len(getattr(seen, words)) > 5
        assert not set(getattr(seen, words)) & set(getattr(unseen, words))
    assert not {city.name for city in seen.cities} & {city.name for city in unseen.cities}


def test_lists_of_a_folder_are_read_and_cleaned(tmp_path):
    names = tmp_path / "names"
    names.mkdir()
    (names / "company_short_forms_5000.txt").write_text("星河湾集团\n顺达物流\n一\n", encoding="utf-8")
    (names / "a_share_short_names.csv").write_text("stock_code,short_name\n1,平川股份\n2,*ST云海\n3,万  科Ａ\n", encoding="utf-8")
    (names / "person_names_synthetic.txt").write_text("宋佳禾\n", encoding="utf-8")
    both = [Vocabulary(tmp_path), Vocabulary(tmp_path, unseen=True)]
    assert {"星河湾", "顺达", "平川", "云海", "万科"} <= {brand for half in both for brand in half.brands}
    assert "佳禾" in {name for half in both for name in half.given_names}


def test_headers_are_chinese_unless_english_ones_are_asked_for(companies):
    assert list(companies.columns.values())[:3] == ["公司名称", "省份", "城市"]
    assert list(contact_sheet(5, 1, english=True).columns.values())[:2] == ["Name", "Company"]


def test_a_narrow_sheet_has_only_what_every_list_has_and_still_tells_whose_rows_they_are():
    firms, people = company_sheet(1500, 4, NARROW), contact_sheet(1500, 4, NARROW)
    assert list(firms.columns) == ["name", "province", "city", "district", "address", "phone", "code", "source"]
    assert list(people.columns) == ["name", "company", "title", "mobile", "email", "city", "source"]
    for sheet in (firms, people):
        assert poor_share(sheet) < 0.05
    assert any(row.cells["phone"].startswith("1") for row in firms.rows)


def test_what_was_done_to_an_empty_cell_is_not_in_the_notes(companies, contacts):
    for row in companies.rows:
        assert row.cells["address"] or not {"room left off", "number written otherwise"} & set(row.did)
    for row in contacts.rows:
        assert row.cells["company"] or not any(done.startswith("company: ") for done in row.did)
