"""What two sets of facts are to each other: a decision, a score from 0 to 100, and the reasons in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.matching import firmnames
from customers.matching.comparisons import Pair, holding
from customers.matching.firmnames import Standing
from customers.matching.personnames import Person

SAME, REVIEW, RELATED = "same", "review", "related"
OWN = ("mobile", "wechat", "email")
CLOSE = (Person.SAME, Person.SOUNDS_SAME, Person.SLIP)
CLOSE_NAMES = (Standing.EQUAL, Standing.SAME, Standing.SOUNDS_SAME)


@dataclass(frozen=True)
class Verdict:
    """What a pair is: `holds` are the codes of the comparisons that hold."""

    pair: Pair
    holds: frozenset
    decision: str
    score: int

    def reasons(self, is_open=True) -> str:
        """Why, in the reader's language. For a record that he may not see (not `is_open`) nothing of its name is told."""
        return pgettext("between reasons", "; ").join([*_agreeing(self), *_names(self, is_open)])


def judge(one, other) -> Verdict | None:
    """The verdict on two sets of facts; None where they have nothing to do with each other."""
    pair = Pair(one, other)
    holds = holding(pair)
    found = _as_people(pair, holds) if one.person and other.person else _as_firms(pair, holds)
    return Verdict(pair, holds, *found) if found else None


def _as_firms(pair, holds):
    """Two firms, or a firm and somebody of whom only the firm is known."""
    shares = {"phone", "domain"} & holds
    if "credit_code" in holds:
        return SAME, 100
    if pair.one.credit_code and pair.other.credit_code:
        # Two codes are two legal persons, whatever they are called.
        return _of_two_codes(pair, shares)
    if set(OWN) & holds and pair.names not in (Standing.EQUAL, Standing.SAME):
        return REVIEW, 75
    return _by_names(pair.names, shares)


def _by_names(names, shares):
    """By how the names stand to each other; what they share besides makes it surer."""
    decision, alone, together = {
        Standing.EQUAL: (SAME, 95, 98),
        Standing.SAME: (SAME, 90, 93),
        Standing.SOUNDS_SAME: (REVIEW, 70, 85),
        Standing.NEAR: (REVIEW, 50, 65),
        Standing.KIN: (RELATED, 40, 50),
    }.get(names, (RELATED, 0, 30))
    score = together if shares else alone
    return (decision, score) if score else None


def _of_two_codes(pair, shares):
    if pair.names == Standing.EQUAL:
        return REVIEW, 60
    return (RELATED, 40) if shares or pair.names in (*CLOSE_NAMES, Standing.KIN) else None


def _as_people(pair, holds):
    """Two people: what is somebody's own counts most, a switchboard hardly at all."""
    own = set(OWN) & holds
    beside = {"company", "phone", "name"} & holds
    if pair.people in CLOSE:
        if own:
            return SAME, 97 if "mobile" in own else 95
        return (REVIEW, 75 if pair.people == Person.SAME else 60) if beside else None
    if pair.people == Person.COULD_BE and own:
        return SAME, 90
    if own:
        return REVIEW, 65
    if pair.people == Person.COULD_BE and beside:
        return REVIEW, 45
    return (RELATED, 25) if beside else None


def _agreeing(verdict):
    """“same phone, e-mail”"""
    words = {
        "credit_code": _("credit code"),
        "phone": _("phone"),
        "email": _("e-mail"),
        "domain": _("domain"),
        "wechat": _("WeChat"),
        "person": pgettext("person", "name"),
        "company": _("company"),
    }
    same = [word for code, word in words.items() if code in verdict.holds and not (code == "company" and verdict.pair.one.is_firm)]
    same += [_("company name")] if "full_name" in verdict.holds and verdict.pair.one.is_firm else []
    return [_("same %(things)s") % {"things": pgettext("between the words of a list", ", ").join(same)}] if same else []


def _names(verdict, is_open):
    """How the names stand to each other, where they are not written the same."""
    pair, found = verdict.pair, []
    if pair.one.person and pair.other.person and pair.people not in (Person.SAME, None):
        found.append(_PEOPLE[pair.people]())
    if pair.names is None or not pair.one.is_firm or "full_name" in verdict.holds:
        return found
    if pair.names in (Standing.EQUAL, Standing.SAME):
        piece = firmnames.difference(pair.one.firm, pair.other.firm) if is_open else ""
        found.append(_("name differs by “%(piece)s”") % {"piece": piece} if piece else _("name written otherwise"))
    elif pair.names == Standing.KIN:
        found.append(_kin(pair))
    elif pair.names in _NAMES:
        found.append(_NAMES[pair.names]())
    return found


def _kin(pair):
    if pair.one.parsed_firm.mark != pair.other.parsed_firm.mark:
        return _("branch or subsidiary")
    same_core = pair.one.parsed_firm.key == pair.other.parsed_firm.key
    return _("the same name in another place") if same_core else _("same brand, other business")


_NAMES = {Standing.SOUNDS_SAME: lambda: _("name sounds the same"), Standing.NEAR: lambda: _("names are much alike")}
_PEOPLE = {
    Person.SOUNDS_SAME: lambda: _("person's name sounds the same"),
    Person.SLIP: lambda: _("person's name is one character apart"),
    Person.COULD_BE: lambda: _("could be the same person"),
    Person.ONE_APART: lambda: _("person's name is one character apart"),
    Person.OTHER: lambda: _("another name of the person"),
}
