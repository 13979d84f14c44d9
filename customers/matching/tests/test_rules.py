"""Rules for duplicates: what a house starts with, what an administrator may make of them, and what is said of a finding."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from customers.matching import ruleset
from customers.matching.comparisons import COMPARISONS
from customers.matching.facts import Facts
from customers.matching.judging import judge
from customers.matching.models import FITTING, MatchRule

pytestmark = pytest.mark.django_db
ADMIN = "/admin/customers/matchrule/"


def phones(*numbers):
    return frozenset(numbers)


def reasons(one, other, language):
    with translation.override(language):
        return judge(one, other).reasons()


def test_every_rule_a_house_starts_with_is_one_an_administrator_could_make():
    assert MatchRule.objects.count() == sum(map(len, ruleset.DEFAULTS.values()))
    for rule in MatchRule.objects.all():
        rule.full_clean()


def test_certain_keys_block_and_what_is_only_alike_does_not():
    for path in ruleset.ALL:
        assert ruleset.certain_kinds("companies", path) >= {"credit_code"}
        assert ruleset.certain_kinds("contacts", path) >= {"mobile"}
        assert all(
            "name" not in group and "sound" not in group for rule in ruleset.of("companies", path) if rule.action == "block" for group in rule.conditions
        )


@pytest.mark.parametrize(
    ("conditions", "noun"),
    [([], "companies"), ([[]], "companies"), ("name", "companies"), ([["mobile"]], "companies"), ([["nonsense"]], "leads"), ([["person"]], "contacts"),
     ([["company"]], "contacts"), ([["credit_code"]], "contacts")],
)  # fmt: skip
def test_a_rule_without_sense_is_refused(conditions, noun):
    with pytest.raises(ValidationError):
        MatchRule(noun=noun, paths=["form"], action="warn", conditions=conditions).full_clean()


def test_a_rule_reads_as_a_sentence():
    rule = MatchRule(noun="companies", paths=["form", "api"], action="warn", conditions=[["name"], ["sound", "domain"]])
    with translation.override("en"):
        assert ruleset.words(rule) == "Form, API: ask before saving in case of equal core of the name, or name that sounds the same and equal domain."


def test_the_reasons_say_what_agrees_and_what_differs_to_whoever_may_read_the_name():
    one = Facts(firm="苏州恒立达精密机械", phones=phones("+8651268881234"))
    other = Facts(firm="苏州恒立达精密机械有限公司", phones=phones("+8651268881234"))
    assert reasons(one, other, "en") == "same phone; name differs by “有限公司”"
    assert judge(one, other).reasons(is_open=False) != judge(one, other).reasons()


@pytest.mark.parametrize(
    ("one", "other", "decision"),
    [
        (Facts(firm="恒立达", credit_code="A"), Facts(firm="别的", credit_code="A"), "same"),
        (Facts(firm="恒立达科技", credit_code="A"), Facts(firm="恒立达科技有限公司", credit_code="B"), "review"),
        (Facts(firm="恒立达科技"), Facts(firm="恒立达科技有限公司"), "same"),
        (Facts(firm="恒立达科技"), Facts(firm="恒利达科技有限公司"), "review"),
        (Facts(firm="恒立达科技有限公司"), Facts(firm="恒立达科技有限公司苏州分公司", phones=phones("1")), "related"),
        (Facts(firm="甲", phones=phones("1")), Facts(firm="乙", phones=phones("1")), "related"),
        (Facts(person="沈国栋", mobiles=phones("1")), Facts(person="沈国栋", mobiles=phones("1")), "same"),
        (Facts(person="沈国栋", mobiles=phones("1")), Facts(person="李娜", mobiles=phones("1")), "review"),
        (Facts(person="沈国栋", company_id=1), Facts(person="沈国栋", company_id=1), "review"),
        (Facts(person="沈国栋", phones=phones("1")), Facts(person="李娜", phones=phones("1")), "related"),
    ],
)  # fmt: skip
def test_a_decision_is_what_a_person_would_say(one, other, decision):
    assert judge(one, other).decision == decision


def test_every_comparison_fits_somewhere():
    assert {code for codes in FITTING.values() for code in codes} == set(COMPARISONS)


def test_an_administrator_ticks_boxes_and_the_rule_is_in_force_at_once(people, signed_in):
    browser = signed_in(people.admin)
    assert browser.get(ADMIN).status_code == 200
    page = browser.get(f"{ADMIN}add/")
    assert page.status_code == 200
    given = {"noun": "companies", "paths": ["form"], "action": "block", "is_active": "on", "position": "5", "group_0": ["name", "phone"], "group_1": ["domain"]}
    assert browser.post(f"{ADMIN}add/", given).status_code == 302
    rule = MatchRule.objects.get(position=5)
    assert rule.conditions == [["name", "phone"], ["domain"]]
    assert ruleset.of("companies", "form")[0] == rule
    assert browser.get(f"{ADMIN}{rule.pk}/change/").status_code == 200
    assert browser.post(f"{ADMIN}{rule.pk}/change/", given | {"group_1": [], "group_0": ["sound"]}).status_code == 302
    assert ruleset.of("companies", "form")[0].conditions == [["sound"]]


def test_a_form_without_any_box_ticked_or_with_one_that_does_not_fit_comes_back(people, signed_in):
    browser = signed_in(people.admin)
    given = {"noun": "companies", "paths": ["form"], "action": "block", "is_active": "on", "position": "5"}
    for groups in ({}, {"group_0": ["mobile"]}):
        answer = browser.post(f"{ADMIN}add/", given | groups)
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors
    assert not MatchRule.objects.filter(position=5).exists()
