"""Whether we know the person or firm behind a lead already: among contacts, companies and leads."""

from customers.matching import checking, telling
from deals.leads import alike

MOST = 5


def possible_matches(lead, *, by):
    """What this lead may already be, as `by` may know it; a sister firm is no match."""
    findings = checking.check("leads", [alike.facts(lead)], besides=(lead.pk,))[0]
    return telling.told([one for one in findings if one.decision != "related"], by)[:MOST]
