"""How complete a contact's data is, in percent: the weighted share of what is filled in."""

from customers.contacts.models import ContactPoint
from customers.contacts.policies import PHONES

WEIGHTS = {"company": 15, "position": 15, "decision_role": 15, "department": 5, "gender": 5, "region": 5, "source": 10}
WAYS = {"phone": 15, "email": 10, "wechat": 5}


def score(contact, points) -> int:
    """0 to 100; the weights add up to 100. Points known to be wrong do not count."""
    filled = sum(weight for field, weight in WEIGHTS.items() if getattr(contact, "company_id" if field == "company" else field))
    return filled + sum(weight for way, weight in WAYS.items() if way in _ways(points))


def missing(contact, points) -> list[str]:
    """The fields and ways still empty, the weightiest first."""
    empty = {field: weight for field, weight in WEIGHTS.items() if not getattr(contact, "company_id" if field == "company" else field)}
    empty |= {way: weight for way, weight in WAYS.items() if way not in _ways(points)}
    return sorted(empty, key=lambda name: -empty[name])


def _ways(points):
    kinds = {known.kind for known in points if known.state != ContactPoint.State.INVALID}
    found = {"phone"} if kinds & set(PHONES) else set()
    return found | (kinds & {ContactPoint.Kind.EMAIL, ContactPoint.Kind.WECHAT})
