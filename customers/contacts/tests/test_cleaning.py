"""What a contact may look like, and who may touch which way to reach the person."""

from datetime import date

import pytest

from crm.core.errors import Invalid
from customers.contacts import rules, services
from customers.contacts.cleaning import clean
from customers.contacts.models import Rule

pytestmark = pytest.mark.django_db


def problems(values, **more):
    with pytest.raises(Invalid) as refused:
        clean(values, **more)
    return {field: str(sentences[0]) for field, sentences in refused.value.errors.items()}


def whole(company, **more):
    return {"name": "周建明", "company": company, "position": "设备部经理", "mobile": "13812347788"} | more


def test_everything_that_is_missing_is_said_at_once():
    assert set(problems({})) == {"name", "company", "position", "mobile"}


@pytest.mark.parametrize(("code", "left_out"), [("company", "company"), ("position", "position"), ("way", "mobile")])
def test_an_administrator_can_relax_each_rule(code, left_out, acme):
    values = whole(acme.company)
    del values[left_out]
    assert set(problems(values)) == {left_out}
    Rule.objects.filter(code=code).update(is_on=False)
    rules.forget()
    clean(values)


def test_the_name_is_required_whatever_the_rules_say(acme):
    Rule.objects.update(is_on=False)
    assert set(problems({"name": " \u200b"})) >= {"name"}


@pytest.mark.parametrize(
    ("typed", "kind", "stored"),
    [
        ("13800138000", "mobile", "+8613800138000"),
        ("+86 138 0013 8000", "mobile", "+8613800138000"),
        ("１３８００１３８０００", "mobile", "+8613800138000"),
        ("+852 9123 4567", "phone", "+85291234567"),
    ],
)
def test_a_mobile_has_one_stored_form(acme, typed, kind, stored):
    points = clean(whole(acme.company, mobile=typed))["points"]
    assert [(p.kind, p.norm) for p in points] == [(kind, stored)]


def test_a_fixed_line_is_no_mobile_but_a_second_phone(acme):
    assert set(problems(whole(acme.company, mobile="010-68881234"))) == {"mobile"}
    points = clean(whole(acme.company, mobile="", phone="(010) 6888-1234 转 802"))["points"]
    assert [(p.kind, p.norm, p.digits) for p in points] == [("landline", "+861068881234;802", "01068881234")]


@pytest.mark.parametrize(
    ("way", "typed"), [("mobile", "1381234778"), ("mobile", "12812347788"), ("phone", "68881234"), ("email", "nobody@"), ("wechat", "x" * 201)]
)
def test_each_bad_way_is_refused_at_its_own_field(acme, way, typed):
    assert set(problems(whole(acme.company, **{way: typed}))) == {way}


def test_a_bad_row_of_a_list_is_named_by_its_place(acme):
    rows = [{"kind": "mobile", "value": "13812347788"}, {"kind": "email", "value": "no address"}, {"kind": "fax", "value": "1"}]
    assert set(problems(whole(acme.company, points=rows))) == {"points.1", "points.2"}


def test_equal_numbers_stand_once_and_each_kind_has_one_main_point(acme):
    rows = [{"kind": "mobile", "value": "13800000001"}, {"kind": "mobile", "value": "+86 13800000001"}, {"kind": "mobile", "value": "13800000002"}]
    points = clean({key: value for key, value in whole(acme.company, points=rows).items() if key != "mobile"})["points"]
    assert [(p.norm[-1], p.is_primary) for p in points] == [("1", True), ("2", False)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("position", "x" * 81), ("name", "x" * 201), ("gender", "unknown"), ("decision_role", "boss"), ("source", "从天而降"),
        ("region", "亚特兰蒂斯"), ("tags", ["x" * 41]), ("birthday", date(1899, 12, 31)), ("birthday", date(2999, 1, 1)),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_field(acme, field, value):
    assert set(problems(whole(acme.company, **{field: value}))) == {field}


def test_source_and_region_are_kept_as_codes_whichever_way_they_are_written(acme):
    values = clean(whole(acme.company, source="转介绍", region="苏州"))
    assert (values["source"], values["region"]) == ("referral", "3205")
    values = clean(whole(acme.company, source="Referral", region="320500"))
    assert (values["source"], values["region"]) == ("referral", "3205")


def test_nobody_slips_in_a_field_of_the_machine(acme):
    for field in ("owner", "completeness", "co_owner", "deleted_at", "id"):
        with pytest.raises(Invalid) as refused:
            clean(whole(acme.company, **{field: 1}))
        assert (refused.value.code, refused.value.field) == ("unknown_field", field)


def test_a_correction_looks_only_at_what_is_given_and_may_not_empty_what_is_required(acme):
    assert clean({"department": "生产部"}, contact=acme.contact) == {"department": "生产部"}
    assert set(problems({"position": ""}, contact=acme.contact)) == {"position"}
    assert set(problems({"mobile": ""}, contact=acme.contact)) == {"mobile"}


def test_an_old_contact_without_a_position_can_still_be_corrected(acme):
    services.Contact.objects.filter(pk=acme.contact.pk).update(position="")
    acme.contact.refresh_from_db()
    assert clean({"position": "", "department": "财务"}, contact=acme.contact)["position"] == ""


def test_whoever_reads_numbers_masked_adds_to_them_and_takes_none_away(people, acme):
    wanted = clean({"points": [{"kind": "mobile", "value": "13900000000"}]}, contact=acme.contact, by=people.outsourced)["points"]
    assert [(p.norm, p.is_primary) for p in wanted] == [("+8613812347788", True), ("+8613900000000", False)]
    whole_reader = clean({"points": [{"kind": "mobile", "value": "13900000000"}]}, contact=acme.contact, by=people.rep_a)["points"]
    assert [p.norm for p in whole_reader] == ["+8613900000000"]


def test_whoever_may_not_read_numbers_at_all_does_not_write_them(people, acme):
    people.rep_a.role.fields = {"contacts.phone": "hide"}
    assert set(problems({"mobile": "13900000000"}, contact=acme.contact, by=people.rep_a)) == {"points"}
    points = clean({"email": "z@acme.cn"}, contact=acme.contact, by=people.rep_a)["points"]
    assert {p.norm for p in points} == {"z@acme.cn", "+8613812347788"}
