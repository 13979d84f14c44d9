"""From odds to a decision that a person, or a job without one, can act on: same, to be reviewed, or related."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from crm.core.ids import credit_code_problem
from customers.matching.addresses import Address
from customers.matching.companynames import Name
from customers.matching.linkage.comparing import NOTHING, SAME
from customers.matching.linking import Linked, grouped
from customers.matching.personnames import Person


class Decision(StrEnum):
    """What to do with a pair: merge it unseen, let a person look, or only join it to one group."""

    SAME = "same"
    REVIEW = "review"
    RELATED = "related"


DECISIONS = ("", *Decision)
# Safe to merge unseen: so likely, and by so many independent things.
SURE_ODDS = 9.0
# Which steps of what, besides the name, tie two rows together.
AGREEING = dict.fromkeys(("phone", "landline", "domain", "email", "contact"), (SAME,)) | {"address": (Address.SAME, Address.SAME_HOUSE)}
# What is a person's own, and the steps of it that speak of somebody else.
PERSONAL = ("mobile", "email", "wechat", "id_number", "birth_date")
OTHERS = {"mobile": (3,), "email": (4,), "wechat": (3, 4), "id_number": (3, 4), "birth_date": (4,)}
CLOSE_NAMES = (Name.SAME, Name.SOUNDS_SAME, Name.SHORTENED, Name.SLIP)


@dataclass
class Decided:
    """The pairs worth telling, with their decision as its place in DECISIONS; `group` is the group of each row."""

    linked: Linked
    decision: np.ndarray
    group: np.ndarray

    def pairs(self):
        """(left row, right row, probability, decision, place among the candidates), the surest first."""
        told = np.flatnonzero(self.decision)
        order = told[np.argsort(-self.linked.odds[told], kind="stable")]
        for place in order.tolist():
            yield int(self.linked.left[place]), int(self.linked.right[place]), float(self.linked.probability[place]), DECISIONS[self.decision[place]], place


def decide_companies(linked: Linked, rows: int) -> Decided:
    """Companies: a branch, a sister and whoever has another credit code is never the same."""
    name, code = linked.step("company"), linked.step("credit_code")
    other_branch = _other_branch(linked)
    other_code = _other_code(linked)
    same_code = _is(code, SAME)
    apart = other_branch | other_code | (_among(name, (Name.SISTER, Name.OTHER)) & ~same_code)
    group = grouped(linked, rows, apart)
    together = (group[linked.left] == group[linked.right]) & ~apart
    sure = together & (linked.odds >= SURE_ODDS) & _sure_company(linked, same_code)
    tie = _shares(linked) | same_code
    kin = ~together & ((other_branch & _among(name, CLOSE_NAMES)) | (_among(name, (Name.SISTER, *CLOSE_NAMES)) & tie & (other_code | _is(name, Name.SISTER))))
    return Decided(linked, _words(together & (linked.odds > 0), sure, kin), group)


def decide_people(linked: Linked, rows: int) -> Decided:
    """People: another name is another person, whatever telephone they share."""
    other = _among(linked.step("name"), (Person.OTHER,))
    group = grouped(linked, rows, other)
    together = (group[linked.left] == group[linked.right]) & ~other
    sure = together & (linked.odds >= SURE_ODDS) & _sure_person(linked)
    return Decided(linked, _words(together & (linked.odds > 0), sure, np.zeros(len(linked.left), dtype=bool)), group)


def _sure_company(linked, same_code):
    """The names are close, nothing contradicts, and something besides the name agrees."""
    name = linked.step("company")
    elsewhere = _is(linked.step("place"), 3)
    return (_among(name, CLOSE_NAMES) & _shares(linked) & ~elsewhere) | (same_code & _among(name, (*CLOSE_NAMES, Name.ABBREVIATED, NOTHING)))


def _sure_person(linked):
    """The names are close and something of the person's own agrees; or a rare name in one firm, with nothing against it."""
    name = linked.step("name")
    if name is None:
        return np.ones(len(linked.left), dtype=bool)
    own, against = np.zeros(len(linked.left), dtype=bool), np.zeros(len(linked.left), dtype=bool)
    for evidence in PERSONAL:
        step = linked.step(evidence)
        own |= _is(step, SAME)
        against |= _among(step, OTHERS[evidence])
    close = _among(name, (Person.SAME, Person.SOUNDS_SAME, Person.SLIP))
    in_one_firm = _among(linked.step("company"), CLOSE_NAMES)
    return (close & own) | (_is(name, Person.SAME) & in_one_firm & ~against & _shares(linked))


def _shares(linked):
    """Whether telephone, address, domain, mail or person agree."""
    found = np.zeros(len(linked.left), dtype=bool)
    for evidence, steps in AGREEING.items():
        found |= _among(linked.step(evidence), steps)
    return found


def _other_branch(linked):
    parsed = _parsed(linked)
    if parsed is None:
        return np.zeros(len(linked.left), dtype=bool)
    numbers = {}
    marks = np.array([numbers.setdefault(name.branch if name else "", len(numbers)) for name in parsed])
    return marks[linked.left] != marks[linked.right]


def _other_code(linked):
    """Both have a credit code that is one, and these are more than a slip apart."""
    step = linked.step("credit_code")
    if step is None:
        return np.zeros(len(linked.left), dtype=bool)
    column = next(each for each in linked.evidence if each.name == "credit_code").comparison.column
    valid = np.array([credit_code_problem(value) is None for value in column.values] + [False])
    return (step >= 2) & valid[column.codes[linked.left]] & valid[column.codes[linked.right]]


def _parsed(linked):
    return next((each.parsed for each in linked.evidence if each.name == "company"), None)


def _is(steps, step):
    return _among(steps, (step,))


def _among(steps, wanted):
    return np.isin(steps, [int(step) for step in wanted]) if steps is not None else np.False_


def _words(together, sure, kin):
    """For each pair the place of its decision, 0 where there is nothing to tell; one byte, for there may be twenty million."""
    return np.select([sure, together, kin], [np.int8(1), np.int8(2), np.int8(3)], np.int8(0))
