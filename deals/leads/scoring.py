"""What a lead is worth to us: points for who it is and for what came of our contacts, each with its words.

The points of `explain` add up to the score exactly; the grade is read from a grid of fit and engagement (PRODUCT A3).
"""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Part(NamedTuple):
    """One reason and its points; a negative one pulls the score down."""

    words: object
    points: int


FIT = (
    (Part(_("Phone known"), 15), lambda lead: lead.mobile),
    (Part(_("E-mail or WeChat known"), 5), lambda lead: lead.email or lead.wechat),
    (Part(_("Company known"), 10), lambda lead: lead.name != lead.person),
    (Part(_("Position known"), 10), lambda lead: lead.position),
    (Part(_("Industry known"), 10), lambda lead: lead.industry),
    (Part(_("Size known"), 10), lambda lead: lead.size),
    (Part(_("Need stated"), 20), lambda lead: lead.need),
)
OUTCOMES = {
    "interested": Part(_("Interested at the last contact"), 25),
    "again": Part(_("Wants to be contacted again"), 10),
    "unreached": Part(_("Not reached at the last attempt"), -5),
    "not_interested": Part(_("Not interested at the last contact"), -20),
    "wrong_number": Part(_("The number is wrong"), -30),
}
SPOKEN = Part(_("Spoken to"), 10)

HIGH, MIDDLE, LOW = "high", "middle", "low"
FIT_FROM = ((50, HIGH), (30, MIDDLE))
ENGAGEMENT_FROM = ((25, HIGH), (0, MIDDLE))
GRID = {
    (HIGH, HIGH): "A",
    (HIGH, MIDDLE): "B",
    (HIGH, LOW): "D",
    (MIDDLE, HIGH): "B",
    (MIDDLE, MIDDLE): "C",
    (MIDDLE, LOW): "D",
    (LOW, HIGH): "C",
    (LOW, MIDDLE): "D",
    (LOW, LOW): "D",
}
HIGH_QUALITY = ("A", "B")


def fit(lead) -> list[Part]:
    """The points for who the lead is."""
    return [part for part, holds in FIT if holds(lead)]


def engagement(lead) -> list[Part]:
    """The points for what came of our contacts."""
    found = [SPOKEN] if lead.first_contact_at else []
    return found + ([OUTCOMES[lead.last_outcome]] if lead.last_outcome in OUTCOMES else [])


def explain(lead) -> list[Part]:
    """Every reason with its points; their sum is the score."""
    return fit(lead) + engagement(lead)


def rate(lead) -> list[str]:
    """Set score and grade anew; the names of the fields that changed."""
    grade = GRID[_level(_sum(fit(lead)), FIT_FROM), _level(_sum(engagement(lead)), ENGAGEMENT_FROM)]
    before = lead.score, lead.grade
    lead.score, lead.grade = Decimal(_sum(explain(lead))), grade
    return ["score", "grade"] if (lead.score, lead.grade) != before else []


def _sum(parts):
    return sum(part.points for part in parts)


def _level(points, limits):
    return next((level for least, level in limits if points >= least), LOW)
