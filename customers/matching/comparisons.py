"""The comparisons that rules are made of: what holds between two sets of facts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from crm.core.text import fold
from customers.matching import personnames
from customers.matching.facts import Facts
from customers.matching.firmnames import Standing, stand
from customers.matching.personnames import Person


class Pair:
    """Two sets of facts, and how their names stand to each other."""

    def __init__(self, one: Facts, other: Facts):
        self.one, self.other = one, other
        self.names = stand(one.parsed_firm, other.parsed_firm) if one.firm and other.firm else None
        self.people = personnames.compare(one.parsed_person, other.parsed_person) if one.person and other.person else None

    def share(self, name):
        """Whether the two have a number or an address of this kind in common."""
        return bool(getattr(self.one, name) & getattr(self.other, name))


@dataclass(frozen=True)
class Comparison:
    """One thing that a rule may ask: its words, and whether it holds for a pair. `sure` ones make certain keys."""

    label: object
    holds: Callable[[Pair], bool]
    fields: tuple[str, ...]


def _one_code(pair):
    return bool(pair.one.credit_code) and pair.one.credit_code == pair.other.credit_code


def _one_company(pair):
    if pair.one.company_id and pair.other.company_id:
        return pair.one.company_id == pair.other.company_id
    return pair.names in (Standing.EQUAL, Standing.SAME)


COMPARISONS = {
    "credit_code": Comparison(_("equal credit code"), _one_code, ("credit_code",)),
    "full_name": Comparison(_("equal name in full"), lambda pair: pair.names is not None and fold(pair.one.firm) == fold(pair.other.firm), ("name",)),
    "name": Comparison(_("equal core of the name"), lambda pair: pair.names in (Standing.EQUAL, Standing.SAME), ("name",)),
    "sound": Comparison(_("name that sounds the same"), lambda pair: pair.names in (Standing.EQUAL, Standing.SAME, Standing.SOUNDS_SAME), ("name",)),
    "mobile": Comparison(_("equal mobile number"), lambda pair: pair.share("mobiles"), ("mobile", "points")),
    "phone": Comparison(_("any equal phone number"), lambda pair: pair.share("phones"), ("phone", "mobile", "points")),
    "email": Comparison(_("equal e-mail address"), lambda pair: pair.share("emails"), ("email", "points")),
    "domain": Comparison(_("equal domain"), lambda pair: pair.share("domains"), ("website", "email", "points")),
    "wechat": Comparison(_("equal WeChat"), lambda pair: pair.share("wechats"), ("wechat", "points")),
    "person": Comparison(_("equal name of the person"), lambda pair: pair.people == Person.SAME, ("name", "person")),
    "company": Comparison(_("equal company"), _one_company, ("company",)),
}  # fmt: skip


def holding(pair: Pair) -> frozenset:
    """The codes of all comparisons that hold."""
    return frozenset(code for code, one in COMPARISONS.items() if one.holds(pair))
