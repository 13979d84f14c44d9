"""What stands between an opportunity and a later stage: one list of sentences, for the board's hints and the refusal alike.

Each stage asks for something before it is left (PRODUCT A5.4); higher rooms add what they know:

    @gates.asks("negotiation")
    def a_contract(opportunity):
        if not …: yield Missing("contract", _("Draft the contract."))
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from crm.core import clock
from deals.opportunities.models import Stage


class Missing(NamedTuple):
    """A thing that is missing: the field to fill in, and the sentence that asks for it."""

    field: str
    sentence: object


Check = Callable[[object], Iterator[Missing]]
_checks: dict[str, list[Check]] = defaultdict(list)


def asks(stage_code: str) -> Callable[[Check], Check]:
    """Register a check that must find nothing before the stage of this code is left for a later one."""

    def register(check: Check) -> Check:
        if check not in _checks[stage_code]:
            _checks[stage_code].append(check)
        return check

    return register


def missing(opportunity, stage, stages=None) -> list[Missing]:
    """What must be added before the opportunity may move on to this stage; nothing is asked for on the way back.

    `stages` are the open stages in their order, where the caller has them at hand.
    """
    if stage.position <= opportunity.stage.position:
        return []
    found = list(_always(opportunity))
    for left in stages if stages is not None else Stage.objects.filter(kind=Stage.Kind.OPEN):
        if opportunity.stage.position <= left.position < stage.position:
            found += [one for check in _checks[left.code] for one in check(opportunity)]
    return found


def what_is_missing(opportunity, stage, stages=None) -> list:
    """The same as sentences."""
    return [one.sentence for one in missing(opportunity, stage, stages)]


def _always(opportunity):
    if not opportunity.amount:
        yield Missing("amount", _("The expected amount is missing."))
    if opportunity.expected_close is None:
        yield Missing("expected_close", _("The expected close date is missing."))
    elif opportunity.expected_close < clock.today():
        yield Missing("expected_close", _("The expected close date has passed."))


@asks("need")
def _need(opportunity):
    if not opportunity.need:
        yield Missing("need", _("Describe what the customer needs."))
    if not (opportunity.company and opportunity.company.industry):
        yield Missing("industry", _("Say what type of customer it is: the industry is missing."))


@asks("demo")
def _demo(opportunity):
    if not opportunity.demo_note:
        yield Missing("demo_note", _("Record the demo."))


@asks("quote")
def _quote(opportunity):
    if not opportunity.quote_note:
        yield Missing("quote_note", _("Note the quote that was sent."))
    if not opportunity.decision_path:
        yield Missing("decision_path", _("Describe how the customer decides and pays."))


@asks("test")
def _test(opportunity):
    if not opportunity.test_result:
        yield Missing("test_result", _("Record the result of the trial."))
