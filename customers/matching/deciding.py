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
from customers.matching.ways import Mail


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
GIVEN_TO_ONE = ("mobile", "email", "wechat", "id_number")
PERSONAL = (*GIVEN_TO_ONE, "birth_date")
OTHERS = {"mobile": (3,), "email": (Mail.OTHER,), "wechat": (3, 4), "id_number": (3, 4), "birth_date": (4,)}
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


def companies_apart(linked: Linked):
    """A branch, a sister and whoever has another credit code is never the same."""
    other_name = _among(linked.step("company"), (Name.SISTER, Name.OTHER)) & ~_is(linked.step("credit_code"), SAME)
    return _other_branch(linked) | _other_code(linked) | other_name


def people_apart(linked: Linked):
    """Another name is another person, whatever telephone they share. One character apart it may be a slip, if something of the person's own agrees.

    Only a mobile and a mailbox together speak louder: one of them may be the boss's, answered by the assistant, but hardly both.
    """
    name = linked.step("name")
    both = _is(linked.step("mobile"), SAME) & _is(linked.step("email"), SAME)
    return (_among(name, (Person.OTHER,)) & ~both) | (_among(name, (Person.ONE_APART,)) & ~_own(linked))


def decide_companies(linked: Linked, rows: int) -> Decided:
    """Which companies are the same, to be looked at, or of one house."""
    name, same_code = linked.step("company"), _is(linked.step("credit_code"), SAME)
    group = grouped(linked, rows)
    together = (group[linked.left] == group[linked.right]) & ~linked.apart
    sure = together & (linked.odds >= SURE_ODDS) & _sure_company(linked, same_code)
    tie = _shares(linked) | same_code
    other_branch = _other_branch(linked)
    kin = ~together & (
        (other_branch & _among(name, CLOSE_NAMES)) | (_among(name, (Name.SISTER, *CLOSE_NAMES)) & tie & (_other_code(linked) | _is(name, Name.SISTER)))
    )
    return Decided(linked, _words(together & (linked.odds > 0), sure, kin), group)


def decide_people(linked: Linked, rows: int) -> Decided:
    """Which people are the same, or to be looked at."""
    group = grouped(linked, rows)
    together = (group[linked.left] == group[linked.right]) & ~linked.apart
    sure = together & (_known_person(linked) | ((linked.odds >= SURE_ODDS) & _sure_person(linked)))
    return Decided(linked, _words(together & (linked.odds > 0), sure, np.zeros(len(linked.left), dtype=bool)), group)


def _sure_company(linked, same_code):
    """The names are close, nothing contradicts, and something besides the name agrees."""
    name = linked.step("company")
    elsewhere = _is(linked.step("place"), 3)
    return (_among(name, CLOSE_NAMES) & _shares(linked) & ~elsewhere) | (same_code & _among(name, (*CLOSE_NAMES, Name.ABBREVIATED, NOTHING)))


def _known_person(linked):
    """One name in full, and a number or account that is given to one person only: that is as good in a table of three rows as in a million."""
    return _among(linked.step("name"), (Person.SAME, Person.SOUNDS_SAME)) & _own(linked, GIVEN_TO_ONE)


def _sure_person(linked):
    """The names are close and something of the person's own agrees; or one name in one firm, with nothing against it."""
    name = linked.step("name")
    if name is None:
        return np.ones(len(linked.left), dtype=bool)
    own, against = _own(linked), _against(linked)
    in_one_firm = _among(linked.step("company"), CLOSE_NAMES) & ~_is(linked.step("place"), 3)
    by_name = _among(name, (Person.SAME, Person.SOUNDS_SAME)) & (own | (in_one_firm & ~against))
    by_slip = _is(name, Person.SLIP) & own & ~against
    # 王总 and 王小明 with one mobile, which nobody else has: colleagues of one surname hardly ever share it.
    other_firm = _is(linked.step("company"), Name.OTHER)
    by_surname = _is(name, Person.COULD_BE) & _is(linked.step("mobile"), SAME) & ~_of_several(linked) & ~other_firm & ~against
    return by_name | by_slip | by_surname


def _own(linked, evidence=PERSONAL):
    """Whether something of the person's own agrees."""
    found = np.zeros(len(linked.left), dtype=bool)
    for each in evidence:
        found |= _is(linked.step(each), SAME)
    return found


def _against(linked):
    """Whether something of the person's own is another one."""
    found = np.zeros(len(linked.left), dtype=bool)
    for evidence, steps in OTHERS.items():
        found |= _among(linked.step(evidence), steps)
    return found


def _of_several(linked):
    """Pairs with a row whose mobile is known to be another person's as well: the boss's, which the assistant answers."""
    shared = _is(linked.step("mobile"), SAME) & linked.apart
    rows = np.zeros(max(linked.left.max(initial=0), linked.right.max(initial=0)) + 1, dtype=bool)
    rows[linked.left[shared]] = rows[linked.right[shared]] = True
    return rows[linked.left] | rows[linked.right]


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
    if steps is None:
        return np.False_
    found = steps == int(wanted[0])
    for step in wanted[1:]:
        found |= steps == int(step)
    return found


def _words(together, sure, kin):
    """For each pair the place of its decision, 0 where there is nothing to tell; one byte, for there may be twenty million."""
    return np.select([sure, together, kin], [np.int8(1), np.int8(2), np.int8(3)], np.int8(0))
