"""What looks alike and is not one is never one entity, and what is related says so."""

from itertools import combinations

import pytest

from bench.linkage import hard_firms, hard_people
from bench.linkage.draw import Draw
from bench.linkage.firm_rows import rows_of
from bench.linkage.trial import UNSEEN
from bench.linkage.vocabulary import Vocabulary

RELATED = {"sister firms", "branches", "subsidiaries", "franchise"}


@pytest.fixture(scope="module")
def words():
    return Vocabulary()


def scenes(sheet):
    found = {}
    for row in sheet.rows:
        if row.firm.scene:
            found.setdefault(row.firm.scene_number, {})[row.firm.entity] = row.firm
    return found.values()


def test_neighbours_of_a_scene_are_different_firms(companies, unseen_companies):
    for sheet in (companies, unseen_companies):
        for firms in scenes(sheet):
            assert len({firm.code for firm in firms.values()}) == len(firms)
            assert len({firm.naming.written() for firm in firms.values()}) == len(firms)


def test_only_related_firms_have_a_group_and_share_it(companies):
    for firms in scenes(companies):
        groups = {firm.group for firm in firms.values()}
        assert len(groups) == 1
        assert (groups != {0}) == (next(iter(firms.values())).scene in RELATED)


def test_every_scene_occurs(companies, unseen_companies, contacts, unseen_contacts):
    there = {firm.scene for sheet in (companies, unseen_companies, contacts, unseen_contacts) for firms in scenes(sheet) for firm in firms.values()}
    assert len(there) == len(hard_firms.SCENES) + len(hard_people.SCENES)


@pytest.mark.parametrize("make", hard_firms.SCENES, ids=lambda make: make.__name__)
def test_what_tells_neighbours_apart_survives_all_corruptions(make, words):
    """Their rows never lose the trade, the brand or the mark of the branch from the name."""
    draw = Draw(f"survives {make.__name__}")
    for firm in make(words, draw):
        for row in rows_of(firm, 5, draw, UNSEEN):
            assert not row.lost & {"name", "trade", "brand"}
            assert row.naming.branch == firm.naming.branch


def test_sister_firms_share_everything_but_their_trade(words):
    for one, other in combinations(hard_firms.sister_firms(words, Draw(2)), 2):
        assert one.naming.brand == other.naming.brand
        assert one.naming.trade != other.naming.trade
        assert one.mobiles == other.mobiles
        assert one.address.city == other.address.city


def test_one_character_apart_is_one_character(words):
    first, *others = hard_firms.one_character_apart(words, Draw(2))
    assert others
    for other in others:
        assert sum(left != right for left, right in zip(first.naming.brand, other.naming.brand, strict=True)) == 1
        assert other.address.city == first.address.city


def test_an_agent_has_many_clients_with_one_telephone(words):
    clients = hard_firms.agents_address(words, Draw(2))
    assert 5 <= len(clients) <= 30
    assert len({client.landlines[0] for client in clients}) == 1


def test_namesakes_in_one_firm_have_each_their_mobile_and_department(words):
    one, other = hard_people.namesakes_in_one_firm(words, Draw(2))
    assert one.name == other.name
    assert one.jobs[0].firm is other.jobs[0].firm
    assert one.mobiles != other.mobiles
    assert one.jobs[0].department != other.jobs[0].department


def test_an_assistant_answers_the_mobile_of_the_boss(words):
    boss, helper = hard_people.assistant(words, Draw(2))
    assert boss.mobiles[:1] == helper.mobiles
    assert boss.name != helper.name
