"""Whether we know somebody already."""

import pytest
from django.utils import translation

from customers.contacts import services as contacts
from deals.leads.matching import possible_matches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """The words are compared in English."""
    with translation.override("en"):
        yield


def test_the_same_phone_however_written_and_the_same_core_of_the_name(people, make_company, make_lead):
    company = make_company("苏州恒立达精密机械有限公司")
    contacts.create({"name": "沈国栋", "company": company, "position": "经理", "mobile": "13812347788"}, by=people.rep_a)
    make_lead("别的线索", mobile="+86 138 1234 7788")
    lead = make_lead("苏州恒立达精密机械股份有限公司", mobile="138-1234-7788")
    found = possible_matches(lead, by=people.rep_a)
    assert [(one.noun, one.name, one.state, one.decision) for one in found] == [
        ("contacts", "沈国栋", "looked after by 林小雨", "same"),
        ("leads", "别的线索", "looked after by 林小雨", "review"),
        ("companies", "苏州恒立达精密机械有限公司", "looked after by 林小雨", "same"),
    ]


def test_a_branch_is_not_its_parent(people, make_company, make_lead):
    make_company("恒立达科技有限公司")
    assert possible_matches(make_lead("恒立达科技有限公司北京分公司"), by=people.rep_a) == []


def test_out_of_reach_one_learns_that_it_exists_and_who_looks_after_it(people, make_lead):
    make_lead("南湖精工", by=people.lead_south, mobile="13812347788")
    found = possible_matches(make_lead("别的", mobile="13812347788"), by=people.rep_a)
    assert [(one.noun, one.pk, one.name, one.state) for one in found] == [("leads", None, "", "华南大区 looks after it")]


@pytest.mark.parametrize("who", ["partner", "outsourced"])
def test_people_from_outside_learn_nothing_at_all(people, make_lead, make_company, who):
    make_lead("南湖精工", mobile="13812347788")
    make_company("南湖精工有限公司")
    mine = make_lead("南湖精工", mobile="13812347788", by=people.manager, owner=getattr(people, who))
    assert possible_matches(mine, by=getattr(people, who)) == []


def test_a_lead_is_no_match_of_itself(people, make_lead):
    assert possible_matches(make_lead("南湖精工", mobile="13812347788"), by=people.rep_a) == []


@pytest.mark.usefixtures("nothing_ages")
def test_many_that_one_may_not_know_of_cost_no_more_statements_than_one(people, make_lead, django_assert_max_num_queries):
    mine = make_lead("南湖精工", mobile="13812347788", by=people.manager, owner=people.outsourced)

    def asked():
        with django_assert_max_num_queries(50) as found:
            assert possible_matches(mine, by=people.outsourced) == []
        return len(found)

    make_lead("南湖精工", mobile="13812347788")
    asked()
    few = asked()
    for _n in range(8):
        make_lead("南湖精工", mobile="13812347788")
    assert asked() == few
