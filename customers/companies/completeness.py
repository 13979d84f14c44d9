"""How complete a company's data is, in percent: the weighted share of what is filled in."""

WEIGHTS = {
    "credit_code": 20,
    "industry": 15,
    "size": 10,
    "region": 15,
    "address": 10,
    "website": 10,
    "phone": 10,
    "source": 10,
}


def score(company) -> int:
    """0 to 100; the weights add up to 100."""
    return sum(weight for field, weight in WEIGHTS.items() if getattr(company, field))


def missing(company) -> list[str]:
    """The fields still empty, the weightiest first."""
    empty = [field for field in WEIGHTS if not getattr(company, field)]
    return sorted(empty, key=lambda field: -WEIGHTS[field])
