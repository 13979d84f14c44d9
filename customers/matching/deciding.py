"""From odds to a decision that a person, or a job without one, can act on: same, to be reviewed, or related."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from crm.core.ids import credit_code_problem
from customers.matching import companynames
from customers.matching.addresses import Address
from customers.matching.companynames import Name
from customers.matching.linkage.comparing import NOTHING, SAME
from customers.matching.linkage.learning import of_odds
from customers.matching.linking import Linked, grouped
from customers.matching.personnames import Person
from customers.matching.ways import Mail


class Decision(StrEnum):
    """What to do with a pair: merge it unseen, let a person look, or only join it to one group."""

    SAME = "same"
    REVIEW = "review"
    RELATED = "related"


DECISIONS = ("", *Decision)
SURE, LOOK = DECISIONS.index(Decision.SAME), DECISIONS.index(Decision.REVIEW)
# Safe to merge unseen: at most one in two hundred may be wrong, and the rules ask for independent things besides.
SURE_ODDS = float(np.log2(0.995 / 0.005))
# What may be merged unseen although its names are only alike stays below what is clear, and what a person has to look at below both.
CLEAR_ODDS, LOOK_ODDS = float(np.log2(0.998 / 0.002)), float(np.log2(0.99 / 0.01))
# What is related is at best half as likely one as two.
RELATED_ODDS = -1.0
# Which steps of what, besides the name, tie two rows together.
AGREEING = dict.fromkeys(("phone", "landline", "domain", "email", "contact"), (SAME,)) | {"address": (Address.SAME, Address.SAME_HOUSE)}
# What is a person's own, and the steps of it that speak of somebody else.
GIVEN_TO_ONE = ("mobile", "email", "wechat", "id_number")
PERSONAL = (*GIVEN_TO_ONE, "birth_date")
OTHERS = {"mobile": (3,), "email": (Mail.OTHER,), "wechat": (3, 4), "id_number": (3, 4), "birth_date": (4,)}
# The step at which two places do not agree, and how many digits of a region's code name a province, and a city.
ELSEWHERE, PROVINCE, CITY = 3, 2, 4
# A core shorter than that can be a brand alone, which many firms of a city may have.
BRAND_AND_TRADE = 4
CITIES_WITHOUT_PROVINCE = ("11", "12", "31", "50")
CLOSE_NAMES = (Name.SAME, Name.SOUNDS_SAME, Name.SHORTENED, Name.SLIP)


@dataclass
class Decided:
    """The pairs worth telling, with their decision as its place in DECISIONS; `group` is the group of each row.

    Of what may be merged unseen, `alike` says where it is the likeness of names that something else only bears out.
    """

    linked: Linked
    decision: np.ndarray
    group: np.ndarray
    alike: np.ndarray | None = None

    def pairs(self):
        """(left row, right row, probability, decision, place among the candidates), the surest first.

        The rules have their say in the probability too: nothing to be looked at is surer than what may be merged unseen, and what is
        only related is rather two than one.
        """
        told = np.flatnonzero(self.decision)
        decision, odds = self.decision[told], self.linked.odds[told].astype(np.float64)
        alike = self.alike[told] if self.alike is not None else np.False_
        over = np.maximum(odds - SURE_ODDS, 0)
        odds = np.select(
            [(decision == SURE) & alike, decision == SURE, decision == LOOK],
            [SURE_ODDS + (CLEAR_ODDS - SURE_ODDS) * over / (1 + over), np.maximum(odds, CLEAR_ODDS), np.minimum(odds, LOOK_ODDS)],
            np.minimum(odds, RELATED_ODDS),
        )
        probability = of_odds(odds)
        for spot in np.argsort(-odds, kind="stable").tolist():
            place = told[spot]
            yield int(self.linked.left[place]), int(self.linked.right[place]), float(probability[spot]), DECISIONS[decision[spot]], place


def companies_apart(linked: Linked):
    """A branch, a sister and whoever has another credit code is never the same."""
    name = linked.step("company")
    # Another name, but the same site and the same person there: it may have been renamed.
    renamed = _is(name, Name.OTHER) & _is(linked.step("domain"), SAME) & _is(linked.step("contact"), SAME)
    other_name = _among(name, (Name.SISTER, Name.OTHER)) & ~_is(linked.step("credit_code"), SAME) & ~renamed
    return _other_branch(linked) | _other_code(linked) | other_name | _elsewhere(linked)


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
    sure = together & (_registered(linked) | ((linked.odds >= SURE_ODDS) & _sure_company(linked, same_code)))
    tie = _shares(linked) | same_code
    two_firms = _other_code(linked) | _is(name, Name.SISTER) | _elsewhere(linked)
    kin = ~together & ((_other_branch(linked) & _among(name, CLOSE_NAMES)) | (_among(name, (Name.SISTER, *CLOSE_NAMES)) & tie & two_firms))
    return Decided(linked, _words(together & (linked.odds > 0), sure, kin), group, _only_alike(linked))


def decide_people(linked: Linked, rows: int) -> Decided:
    """Which people are the same, or to be looked at."""
    group = grouped(linked, rows)
    together = (group[linked.left] == group[linked.right]) & ~linked.apart
    sure = together & (_known_person(linked) | ((linked.odds >= SURE_ODDS) & _sure_person(linked)))
    return Decided(linked, _words(together & (linked.odds > 0), sure, np.zeros(len(linked.left), dtype=bool)), group)


def _only_alike(linked):
    """Whether the names of two firms sound the same or are a character apart, or one is shorter and something speaks against it.

    Two firms of one owner are like that, with one telephone and one site: however much agrees, it is no proof.
    """
    name = linked.step("company")
    against = np.zeros(len(linked.left), dtype=bool)
    for place, each in enumerate(linked.evidence):
        against |= linked.levels[:, place] == each.comparison.steps
    unlike = name != SAME if name is not None else np.False_
    return _among(name, (Name.SOUNDS_SAME, Name.SLIP, Name.ONE_APART)) | (unlike & against)


def _elsewhere(linked):
    """Whether they are two firms of two cities: they share nothing of one seat, only a group's site or mail, or their very names name both."""
    one_seat = _shares(linked, ("phone", "address", "contact")) & ~_of_two_cities(linked)
    return _is(linked.step("place"), ELSEWHERE) & ~one_seat & ~_is(linked.step("credit_code"), SAME)


def _of_two_cities(linked):
    """Whether each name names a city, and not the same one."""
    codes = [companynames.city_in(name) for name in _parsed(linked) or ()] or [""]
    found = np.zeros(len(linked.left), dtype=bool)
    for size in (PROVINCE, CITY):
        known = np.array([int(code[:size]) if len(code) >= size else 0 for code in codes])
        one, other = known[linked.left], known[linked.right]
        found |= (one > 0) & (other > 0) & (one != other)
    return found


def _registered(linked):
    """Whether two rows tell the same registered name of the same city: brand and trade together are given to one firm there, by law."""
    full = _of_names(linked, lambda name: name.is_full and len(name.core) >= BRAND_AND_TRADE and not name.is_latin)
    return _is(linked.step("company"), SAME) & _in_one_city(linked) & (full[linked.left] | full[linked.right])


def _of_names(linked, holds):
    """For each row whether something holds of its firm's name."""
    return np.array([name is not None and holds(name) for name in _parsed(linked) or ()] or [False])


def _in_one_city(linked):
    """Whether both rows are known to be in one city, not only in one province."""
    column = next((each.comparison.column for each in linked.evidence if each.name == "place"), None)
    if column is None:
        return np.False_
    is_city = np.array([len(code) > PROVINCE or code in CITIES_WITHOUT_PROVINCE for code in column.values] + [False])
    return _is(linked.step("place"), SAME) & is_city[column.codes[linked.left]]


def _sure_company(linked, same_code):
    """The names are close, nothing contradicts, and something besides the name agrees."""
    name = linked.step("company")
    elsewhere = _is(linked.step("place"), ELSEWHERE)
    # 恒达科技有限公司 and 恒达网络科技有限公司 are both names in full, so none is the other one shortened.
    full = _of_names(linked, lambda name: name.is_full)
    two_names = _is(name, Name.SHORTENED) & full[linked.left] & full[linked.right]
    return (_among(name, CLOSE_NAMES) & _shares(linked) & ~elsewhere & ~two_names) | (same_code & _among(name, (*CLOSE_NAMES, Name.ABBREVIATED, NOTHING)))


def _known_person(linked):
    """One name in full, and a number or account that is given to one person only: that is as good in a table of three rows as in a million."""
    return _among(linked.step("name"), (Person.SAME, Person.SOUNDS_SAME)) & _own(linked, GIVEN_TO_ONE)


def _sure_person(linked):
    """The names are close and something of the person's own agrees; or one name in one firm, with nothing against it."""
    name = linked.step("name")
    if name is None:
        return np.ones(len(linked.left), dtype=bool)
    own, against = _own(linked), _against(linked)
    # One firm is known by its name, its switchboard or its domain.
    in_one_firm = _among(linked.step("company"), CLOSE_NAMES) | _shares(linked, ("landline", "domain"))
    in_one_firm = in_one_firm & ~_is(linked.step("company"), Name.OTHER) & ~_is(linked.step("place"), ELSEWHERE)
    by_name = _among(name, (Person.SAME, Person.SOUNDS_SAME)) & (own | (in_one_firm & ~against))
    by_slip = _is(name, Person.SLIP) & own & ~against
    # 王总 and 王小明 with one mobile or account, which nobody else has: colleagues of one surname hardly ever share it.
    other_firm = _is(linked.step("company"), Name.OTHER)
    by_surname = _is(name, Person.COULD_BE) & _own(linked, GIVEN_TO_ONE) & ~_of_several(linked) & ~other_firm & ~against
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
    """Pairs with a row whose mobile or mailbox is known to be another person's as well: the boss's, which the assistant answers."""
    shared = _own(linked, GIVEN_TO_ONE) & linked.apart
    rows = np.zeros(max(linked.left.max(initial=0), linked.right.max(initial=0)) + 1, dtype=bool)
    rows[linked.left[shared]] = rows[linked.right[shared]] = True
    return rows[linked.left] | rows[linked.right]


def _shares(linked, wanted=None):
    """Whether telephone, address, domain, mail or person agree, or one of those wanted."""
    found = np.zeros(len(linked.left), dtype=bool)
    for evidence in wanted or AGREEING:
        found |= _among(linked.step(evidence), AGREEING[evidence])
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
