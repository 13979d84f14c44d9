"""Whether we know somebody already."""

import pytest

from customers.contacts import services as contacts
from deals.leads.matching import possible_matches

pytestmark = pytest.mark.django_db


def facts(matches):
    return [(match.noun, match.name, str(match.reason)) for match in matches]


def test_the_same_phone_however_written_and_the_same_core_of_the_name(people, make_company, make_lead):
    company = make_company("苏州恒立达精密机械有限公司")
    contacts.create({"name": "沈国栋", "company": company, "position": "经理", "mobile": "13812347788"}, by=people.rep_a)
    make_lead("别的线索", mobile="+86 138 1234 7788")
    found = possible_matches({"name": "苏州恒立达精密机械股份有限公司", "mobile": "138-1234-7788"}, by=people.rep_a)
    assert [(match.noun, match.name, match.holder) for match in found] == [
        ("contacts", "沈国栋", "林小雨"),
        ("leads", "别的线索", "林小雨"),
        ("companies", "苏州恒立达精密机械有限公司", "林小雨"),
    ]


def test_a_branch_is_not_its_parent(people, make_company):
    make_company("恒立达科技有限公司")
    assert possible_matches({"name": "恒立达科技有限公司北京分公司"}, by=people.rep_a) == []


def test_out_of_reach_one_learns_that_it_exists_and_who_looks_after_it(people, make_lead):
    make_lead("南湖精工", by=people.lead_south, mobile="13812347788")
    found = possible_matches({"name": "别的", "mobile": "13812347788"}, by=people.rep_a)
    assert [(match.noun, match.pk, match.name, match.holder) for match in found] == [("leads", None, "", "华南大区")]


@pytest.mark.parametrize("who", ["partner", "outsourced"])
def test_people_from_outside_learn_nothing_at_all(people, make_lead, who):
    make_lead("南湖精工", mobile="13812347788")
    assert possible_matches({"name": "南湖精工", "mobile": "13812347788"}, by=getattr(people, who)) == []


def test_a_lead_is_no_match_of_itself(people, make_lead):
    lead = make_lead("南湖精工", mobile="13812347788")
    assert possible_matches({"name": lead.name, "mobile": lead.mobile}, by=people.rep_a, besides=lead) == []


def test_half_a_number_matches_nobody(people, make_lead):
    make_lead("南湖精工", mobile="13812347788")
    assert possible_matches({"mobile": "138"}, by=people.rep_a) == []
