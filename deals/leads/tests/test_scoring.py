"""What a lead is worth, and why."""

from decimal import Decimal

import pytest

from deals.leads import scoring, services
from interactions.log import services as interactions

pytestmark = pytest.mark.django_db

FULL = {"person": "沈国栋", "position": "经理", "mobile": "13812347788", "email": "s@nh.cn", "need": "联网"}


@pytest.mark.parametrize(
    ("values", "outcome", "score", "grade"),
    [
        ({}, None, 10, "D"),  # company 10
        (FULL, None, 60, "B"),  # 15 + 5 + 10 + 10 + 20
        (FULL, "interested", 95, "A"),  # 60 + 10 + 25
        (FULL, "again", 80, "B"),  # 60 + 10 + 10
        (FULL, "unreached", 55, "D"),  # 60 − 5: engagement below nothing
        (FULL, "not_interested", 50, "D"),  # 60 + 10 − 20
        ({"mobile": "13812347788", "position": "经理"}, "interested", 70, "B"),  # 35 + 35
    ],
)
def test_points_and_grade_worked_out_by_hand(people, make_lead, values, outcome, score, grade):
    lead = make_lead("南湖精工", **values)
    if outcome:
        interactions.log({"channel": "phone", "subject": "电话", "about": lead, "outcome": outcome}, by=people.rep_a)
    lead.refresh_from_db()
    assert (lead.score, lead.grade) == (Decimal(score), grade)
    assert sum(part.points for part in scoring.explain(lead)) == lead.score


def test_a_changed_fact_changes_the_score_at_once(people, make_lead):
    lead = services.update(make_lead("南湖精工"), {"need": "联网"}, by=people.rep_a)
    lead.refresh_from_db()
    assert lead.score == 30
