"""The rules in force: those a house starts with, what they say in words, and what they make of a pair."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.core.kept import Kept
from customers.matching.comparisons import COMPARISONS
from customers.matching.models import Action, MatchRule, Noun, Path

ALL = [path.value for path in Path]
ASKED = [Path.FORM.value, Path.API.value, Path.CONVERSION.value]
TAKEN = [Path.IMPORT.value, Path.WEB_FORM.value]
# Strictest first.
ORDER = [Action.BLOCK, Action.WARN, Action.REPORT]

# Certain keys block, what is only alike warns (PRODUCT A4.2, A4.3). An import has nobody to ask: there the same name in
# full, and the same person with the same number, is the row that was imported before.
DEFAULTS = {
    Noun.COMPANIES: [
        ([["credit_code"]], ALL, Action.BLOCK),
        ([["full_name"]], [Path.IMPORT.value], Action.BLOCK),
        ([["name"], ["sound", "domain"], ["sound", "phone"]], [*ASKED, Path.IMPORT.value], Action.WARN),
        ([["name"], ["sound", "domain"], ["sound", "phone"]], [Path.WEB_FORM.value], Action.REPORT),
        ([["domain"]], ALL, Action.REPORT),
    ],
    Noun.CONTACTS: [
        ([["mobile"]], ALL, Action.BLOCK),
        ([["email"]], [Path.IMPORT.value], Action.BLOCK),
        ([["email"], ["wechat"], ["person", "company"], ["person", "phone"]], [*ASKED, Path.IMPORT.value], Action.WARN),
        ([["email"], ["wechat"], ["person", "company"], ["person", "phone"]], [Path.WEB_FORM.value], Action.REPORT),
    ],
    Noun.LEADS: [
        ([["full_name", "mobile"], ["full_name", "wechat"], ["full_name", "email"]], [Path.IMPORT.value], Action.BLOCK),
        ([["mobile"], ["wechat"], ["email"], ["name", "person"]], [*ASKED, Path.IMPORT.value], Action.WARN),
        ([["mobile"], ["wechat"], ["email"], ["name", "person"]], [Path.WEB_FORM.value], Action.REPORT),
    ],
}  # fmt: skip


def install(rule_model) -> None:
    """Give a house without rules those it starts with."""
    if rule_model.objects.exists():
        return
    for noun, rules in DEFAULTS.items():
        for number, (conditions, paths, action) in enumerate(rules, start=1):
            rule_model.objects.create(noun=noun.value, conditions=conditions, paths=paths, action=action.value, position=number * 10)


_rules = Kept(lambda: list(MatchRule.objects.filter(is_active=True)))
forget = _rules.forget


def of(noun: str, path: str) -> list[MatchRule]:
    """The rules in force for a noun on a way in, the strictest first."""
    found = [rule for rule in _rules() if rule.noun == noun and path in rule.paths]
    return sorted(found, key=lambda rule: (ORDER.index(rule.action), rule.position))


def certain_kinds(noun: str, path: str) -> set[str]:
    """The comparisons that block alone: whoever brings such a value waits for those who bring the same one."""
    return {group[0] for rule in of(noun, path) if rule.action == Action.BLOCK for group in rule.conditions if len(group) == 1}


def words(rule: MatchRule) -> str:
    """The rule in a sentence, in the reader's language."""
    groups = [_(" and ").join(str(COMPARISONS[code].label) for code in group if code in COMPARISONS) for group in rule.conditions]
    ways = pgettext("between the words of a list", ", ").join(str(Path(path).label) for path in rule.paths if path in ALL)
    sentence = {
        Action.BLOCK: _("%(ways)s: refuse in case of %(conditions)s."),
        Action.WARN: _("%(ways)s: ask before saving in case of %(conditions)s."),
        Action.REPORT: _("%(ways)s: save, and put on the review list, in case of %(conditions)s."),
    }[rule.action]
    if rule.action == Action.WARN and set(TAKEN) & set(rule.paths):
        sentence += _(" Where nobody can be asked, it is saved and noted.")
    found = sentence % {"ways": ways, "conditions": _(", or ").join(groups)}
    return found[:1].upper() + found[1:]
