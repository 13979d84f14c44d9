"""How complete a company's data is, in percent: the weighted share of what is filled in and can be used (PRODUCT A13.3)."""

import re

from crm.core.ids import ERROR, credit_code_problem
from customers.companies import regions, weights

PHONE = re.compile(r"\+\d{6,15}(?:;\d{1,6})?")
# A field that holds what nobody can use counts as empty.
USABLE = {
    "credit_code": lambda company: (credit_code_problem(company.credit_code) or ("",))[0] != ERROR,
    "phone": lambda company: PHONE.fullmatch(company.phone),
    "website": lambda company: company.domain,
    "region": lambda company: company.region in regions.names(),
}


def score(company) -> int:
    """0 to 100, by the weights of the step the company has come to."""
    wanted = weights.of("companies", company.step)
    return weights.percent(wanted, _present(company, wanted))


def missing(company) -> list[str]:
    """The fields still empty or unusable, the weightiest first."""
    return [field for field, _points in explained(company)]


def explained(company) -> list[tuple[str, int]]:
    """What is missing, and how many points of a hundred each would add."""
    wanted = weights.of("companies", company.step)
    present = _present(company, wanted)
    empty = [(field, weights.percent(wanted, {field})) for field in wanted if field not in present]
    return sorted(empty, key=lambda pair: -pair[1])


def _present(company, wanted):
    return {field for field in wanted if getattr(company, field, None) and (field not in USABLE or USABLE[field](company))}
