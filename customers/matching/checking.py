"""Whether we know somebody already: one service for form, import, API, conversion and web form."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection, models

from crm.core.errors import Conflict
from crm.core.registry import Registry
from customers.matching import paths, ruleset, telling
from customers.matching.comparisons import COMPARISONS
from customers.matching.facts import Facts
from customers.matching.judging import Verdict, judge
from customers.matching.models import Action
from customers.matching.subjects import subjects

# What is found beside a new record and is no reason to stop: whoever keeps a list of pairs to review registers
# `function(record, findings, by)` here; it is called in the transaction of the verb.
reported: Registry = Registry("reader of likenesses")

HOLD_SQL = "SELECT pg_advisory_xact_lock(hashtextextended(held, 0)) FROM unnest(%s::text[]) AS held ORDER BY held"
VALUES = {"mobile": "mobiles", "phone": "phones", "email": "emails", "wechat": "wechats", "domain": "domains"}


@dataclass(frozen=True)
class Finding:
    """A record that somebody new of the noun `asked` may be. `action` is that of the strictest rule that holds, None where none does."""

    noun: str
    record: models.Model
    verdict: Verdict
    asked: str
    action: str | None = None
    field: str = ""

    @property
    def score(self):
        """From 0 to 100."""
        return self.verdict.score

    @property
    def decision(self):
        """same, review or related."""
        return self.verdict.decision


def check(noun: str, rows: list[Facts], *, path=None, besides=()) -> list[list[Finding]]:
    """For each row the records it may be, the surest first; as many queries for a thousand rows as for one.

    `besides` are ids of the noun that are left out: the record itself. Everybody's records are looked through; what may be
    told of them is the business of `telling`.
    """
    rules = ruleset.of(noun, path or paths.current())
    carriers = defaultdict(list)
    for facts in rows:
        for key in facts.keys:
            carriers[key].append(facts)
    found = {facts: [] for facts in rows}
    for name in subjects[noun].against if carriers else ():
        if name in subjects:
            for record, known in subjects[name].find(set(carriers)):
                if name == noun and record.pk in besides:
                    continue
                # Two in one company are nobody's duplicate by that alone, so all carriers of a key are compared.
                for facts in {id(one): one for key in known.keys for one in carriers.get(key, ())}.values():
                    if (verdict := judge(facts, known)) is not None:
                        found[facts].append(_finding(noun, name, record, verdict, rules))
    return [sorted(found[facts], key=_surest) for facts in rows]


def refuse(noun, facts: Facts, *, by, even_if_known=False, besides=(), fields=None) -> list[Finding]:
    """Refuse a record that a rule blocks, and one that it warns of unless the person has compared them (`even_if_known`).

    Gives what is left to be reported once the record is there. With `fields`, only what these bring is asked about.
    """
    if fields is not None and not any(set(fields) & set(one.fields) for one in COMPARISONS.values()):
        return []
    hold(noun, [facts])
    findings = [one for one in check(noun, [facts], besides=besides)[0] if fields is None or _brought_by(one, fields)]
    stopping = [one for one in findings if one.action == Action.BLOCK]
    if not stopping and not even_if_known and paths.current() not in ruleset.TAKEN:
        stopping = telling.knowable([one for one in findings if one.action == Action.WARN], by)
    if stopping:
        raise refusal(noun, stopping, findings, by)
    return [one for one in findings if one.action]


def refuse_many(noun, rows: list[Facts]):
    """Refuse a bulk of which a row is blocked; what is only alike was compared before."""
    hold(noun, rows)
    for findings in check(noun, rows):
        for one in findings:
            if one.action == Action.BLOCK:
                raise Conflict(telling.sentence(one), code="duplicate", field=one.field)


def refusal(noun, stopping, findings, by) -> Conflict:
    """The answer to somebody who brings what is there already, with all that he may know of it."""
    first = stopping[0]
    code = "duplicate" if first.action == Action.BLOCK else "possible_duplicate"
    told = telling.told([*stopping, *(one for one in findings if one not in stopping)], by)
    return Conflict(telling.sentence(first, by), code=code, field=first.field, facts={"matches": told, "noun": noun})


def report(record, findings, *, by):
    """Hand what was found beside a new record to those who keep a list of it."""
    if findings:
        for reader in reported:
            reader(record, findings, by)


def hold(noun, rows, *, path=None):
    """Let those who bring the same certain value at the same moment wait for each other; freed with the transaction."""
    kinds = ruleset.certain_kinds(noun, path or paths.current()) & VALUES.keys()
    held = {f"{kind}:{value}" for facts in rows for kind in kinds for value in getattr(facts, VALUES[kind])}
    if held:
        with connection.cursor() as cursor:
            cursor.execute(HOLD_SQL, [sorted(held)])


def _finding(asked, noun, record, verdict, rules):
    rule = next((rule for rule in rules if rule.holds(verdict.holds)), None)
    if rule is None:
        return Finding(noun, record, verdict, asked)
    group = next(group for group in rule.conditions if verdict.holds >= set(group))
    return Finding(noun, record, verdict, asked, rule.action, COMPARISONS[group[0]].fields[0])


def _surest(finding):
    order = [*ruleset.ORDER, None]
    return order.index(finding.action), -finding.score, finding.noun, -finding.record.pk


def _brought_by(finding, fields):
    return any(set(fields) & set(COMPARISONS[code].fields) for code in finding.verdict.holds)
