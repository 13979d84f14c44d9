"""What the verbs of companies do and refuse."""

from datetime import timedelta

import pytest
from django.utils import translation

from crm.activity.models import Activity, OwnershipChange
from crm.activity.timeline import timeline
from crm.core import clock
from crm.core.errors import Conflict, Invalid, NotAllowed, WrongState
from customers.companies import regions, services
from customers.companies.models import Company, Step
from customers.contacts.models import ContactPoint
from customers.matching.firmnames import name_key

pytestmark = pytest.mark.django_db

CODE = "91320594MA1X7K3L0Q"


def refusal(kind, call):
    with pytest.raises(kind) as refused:
        call()
    return refused.value


# --- creating -------------------------------------------------------------------------------------


def test_a_new_company_belongs_to_its_author_and_is_a_potential_customer_from_that_moment(people, at):
    moment = at("2026-11-20 09:00")
    company = services.create({"name": " 苏州恒立达精密机械有限公司 "}, by=people.rep_a)
    assert (company.name, company.owner, company.team) == ("苏州恒立达精密机械有限公司", people.rep_a, people.east_1)
    assert (company.step, company.potential_at, company.opportunity_at) == (Step.POTENTIAL, moment, None)


def test_what_is_typed_is_kept_in_one_form(people):
    company = services.create(
        {
            "name": "恒立达", "credit_code": "91320594 ma1x7k3l0q", "industry": "装备制造", "size": "100–499 人", "region": "江苏苏州",
            "website": "HLD-JM.example/", "phone": "(0512) 6888-1234", "tags": [" 重点 ", "重点", ""], "source": "referral",
        },
        by=people.rep_a,
    )  # fmt: skip
    assert (company.credit_code, company.industry, company.size, company.region) == (CODE, "machinery", "s500", "3205")
    assert (company.website, company.domain, company.phone) == ("https://hld-jm.example", "hld-jm.example", "+8651268881234")
    assert (company.tags, company.source) == (["重点"], "referral")
    # credit code 20, industry 15, size 10, region 15, website 10, phone 10, source 10; the address is missing
    assert company.completeness == 90


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "x" * 201), ("credit_code", "123"), ("phone", "1381234"), ("website", "not a site"), ("industry", "炼金术"),
        ("region", "亚特兰蒂斯"), ("grade", "E"), ("employees", -1), ("revenue", -1), ("established", 99),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_field(people, field, value):
    found = refusal(Invalid, lambda: services.create({"name": "恒立达", field: value}, by=people.rep_a))
    assert set(found.errors) == {field}
    assert not Company.objects.exists()


def test_nobody_slips_in_a_field_of_the_machine(people):
    for field in ("owner", "step", "completeness", "deleted_at", "pool", "name_key"):
        found = refusal(Invalid, lambda field=field: services.create({"name": "恒立达", field: 1}, by=people.rep_a))
        assert (found.code, found.field) == ("unknown_field", field)


def test_whoever_may_not_create_creates_nothing(people):
    assert refusal(NotAllowed, lambda: services.create({"name": "恒立达"}, by=people.finance)).facts == {"right": "companies.create"}


def test_a_credit_code_stands_once_and_names_are_asked_about(people, make_company):
    make_company(credit_code=CODE)
    found = refusal(Conflict, lambda: services.create({"name": "另一家", "credit_code": CODE}, by=people.rep_c, even_if_known=True))
    assert (found.code, found.field) == ("duplicate", "credit_code")
    found = refusal(Conflict, lambda: services.create({"name": "苏州恒立达精密机械有限公司"}, by=people.rep_c))
    assert (found.code, found.field) == ("possible_duplicate", "name")
    assert services.create({"name": "苏州恒立达精密机械有限公司"}, by=people.rep_c, even_if_known=True).pk


def test_a_code_in_the_bin_is_free_until_it_is_taken_again(people, make_company):
    first = make_company(credit_code=CODE)
    services.delete(first, by=people.rep_a)
    make_company("宁波海澜仓储物流有限公司", credit_code=CODE)
    assert refusal(Conflict, lambda: services.restore(first, by=people.rep_a)).field == "credit_code"


def test_a_key_makes_a_request_count_once(people):
    one = services.create({"name": "恒立达"}, by=people.rep_a, once="k")
    assert services.create({"name": "恒立达"}, by=people.rep_a, once="k") == one
    assert refusal(Conflict, lambda: services.create({"name": "别的"}, by=people.rep_a, once="k")).code == "key_reused"
    assert services.create({"name": "别的"}, by=people.rep_b, once="k") != one


def test_the_switchboard_is_among_the_numbers_that_are_searched(people, make_company):
    company = make_company(phone="0512-68881234")
    assert ContactPoint.objects.get(company=company).digits == "051268881234"
    services.update(company, {"phone": "0512-68880000"}, by=people.rep_a)
    assert ContactPoint.objects.get(company=company).digits == "051268880000"
    services.update(company, {"phone": ""}, by=people.rep_a)
    assert not ContactPoint.objects.filter(company=company).exists()


# --- changing -------------------------------------------------------------------------------------


def test_a_correction_counts_a_version_and_a_repetition_leaves_no_trace(people, make_company):
    company = make_company()
    assert services.update(company, {"short_name": "恒立达"}, by=people.rep_a).version == 2
    events = Activity.objects.count()
    assert services.update(company, {"short_name": "恒立达"}, by=people.rep_a).version == 2
    assert Activity.objects.count() == events


def test_the_second_of_two_editors_is_told(people, make_company):
    company = make_company()
    services.update(company, {"short_name": "恒立达"}, by=people.manager, version=1)
    found = refusal(Conflict, lambda: services.update(company, {"short_name": "HLD"}, by=people.rep_a, version=1))
    assert (found.code, found.facts) == ("stale", {"version": 2})


def test_a_new_name_is_found_sorted_and_matched_by_itself(people, make_company):
    company = services.update(make_company(), {"name": "重庆长安汽车股份有限公司"}, by=people.rep_a)
    assert company.sort_key.startswith("chong qing chang an")
    assert company.name_key == name_key("长安汽车有限公司") != name_key("长城汽车有限公司")


def test_a_company_is_not_its_own_group(people, make_company):
    company = make_company()
    assert set(refusal(Invalid, lambda: services.update(company, {"parent": company}, by=people.rep_a)).errors) == {"parent"}


def test_a_colleague_of_another_team_changes_nothing(people, make_company):
    company = make_company()
    for verb in (lambda: services.update(company, {"notes": "x"}, by=people.rep_c), lambda: services.delete(company, by=people.rep_c)):
        refusal(NotAllowed, verb)


def test_whoever_reads_a_field_masked_sets_it_once_and_never_again(people):
    company = services.create({"name": "恒立达", "phone": "0512-68881234"}, by=people.outsourced)
    assert refusal(NotAllowed, lambda: services.update(company, {"phone": "0512-68880000"}, by=people.outsourced)).field == "phone"
    assert services.update(company, {"phone": "0512-68881234", "notes": "x"}, by=people.outsourced).notes == "x"


def test_a_company_handed_over_takes_team_ledger_and_people_along(people, acme):
    moved = services.assign([acme.company], to=people.rep_c, by=people.lead_east, reason="换区")
    assert [(row.owner, row.team) for row in moved] == [(people.rep_c, people.east_2)]
    ledger = OwnershipChange.objects.get(object_id=acme.company.pk)
    assert (ledger.from_owner, ledger.to_owner, ledger.cause, ledger.reason) == (people.rep_a, people.rep_c, "assigned", "换区")
    acme.contact.refresh_from_db()
    assert (acme.contact.co_owner, acme.contact.co_team) == (people.rep_c, people.east_2)
    assert services.assign([acme.company], to=people.rep_c, by=people.lead_east) == []


def test_nothing_is_handed_to_who_has_left_or_by_who_may_not(people, make_company):
    company = make_company()
    refusal(NotAllowed, lambda: services.assign([company], to=people.rep_b, by=people.rep_a))
    people.rep_b.is_active = False
    assert refusal(Invalid, lambda: services.assign([company], to=people.rep_b, by=people.lead_east)).code == "inactive"


def test_a_bulk_change_that_reaches_too_far_changes_nothing(people, make_company):
    near, far = make_company(), make_company("深圳市米乐多焊接设备有限公司", by=people.lead_south)
    rows = [near, far]
    calls = [
        lambda: services.assign(rows, to=people.rep_b, by=people.lead_east),
        lambda: services.tag_many(rows, "VIP", by=people.lead_east),
        lambda: services.update_many(rows, {"grade": "A"}, by=people.lead_east),
        lambda: services.delete_many(rows, by=people.lead_east),
    ]
    for call in calls:
        assert refusal(WrongState, call).code == "partly_out_of_reach"
    near.refresh_from_db()
    assert (near.owner, near.tags, near.grade, near.deleted_at) == (people.rep_a, [], "", None)


def test_names_and_codes_are_not_changed_in_bulk(people, make_company):
    rows = [make_company("甲"), make_company("乙")]
    assert refusal(Invalid, lambda: services.update_many(rows, {"name": "丙"}, by=people.rep_a)).code == "not_in_bulk"
    assert {row.grade for row in services.update_many(rows, {"grade": "A"}, by=people.rep_a)} == {"A"}
    assert Activity.objects.filter(verb="companies.updated").count() == 2


def test_a_shared_company_is_seen_with_its_people_and_not_changed(people, acme):
    services.share(acme.company, with_user=people.rep_c, by=people.lead_east)
    again = type(people.rep_c).objects.get(pk=people.rep_c.pk)
    assert list(Company.objects.visible_to(again)) == [acme.company]
    assert list(type(acme.contact).objects.visible_to(again)) == [acme.contact]
    refusal(NotAllowed, lambda: services.update(acme.company, {"notes": "x"}, by=again))


# --- the chain ------------------------------------------------------------------------------------


def test_a_step_fills_what_lies_below_it_and_the_earliest_time_counts(people, make_company, at):
    at("2026-11-20 09:00")
    company, signed = make_company(), clock.now() - timedelta(days=30)
    with services.event("tests.happened", by=people.rep_a) as found:
        company = services.reach(company, Step.SIGNED, at=signed, event_of=found)
    assert (company.step, company.potential_at, company.opportunity_at, company.signed_at, company.paid_at) == (3, signed, signed, signed, None)
    with services.event("tests.happened", by=people.rep_a) as found:
        company = services.reach(company, Step.OPPORTUNITY, at=clock.now(), event_of=found)
    assert (company.step, company.opportunity_at) == (3, signed)


def test_a_contact_entered_late_does_not_move_the_last_contact_back(make_company, at):
    company, later, earlier = make_company(), at("2026-11-20 15:00"), at("2026-11-18 09:00")
    services.note_contact(company.pk, at=later)
    services.note_contact(company.pk, at=earlier)
    company.refresh_from_db()
    assert company.last_contact_at == later


# --- words ----------------------------------------------------------------------------------------


def test_the_timeline_says_what_changed_from_what_to_what(people, make_company):
    company = make_company(industry="machinery", region="3205")
    services.update(company, {"industry": "software", "region": "330106", "grade": "A"}, by=people.rep_a)
    services.assign([company], to=people.rep_b, by=people.lead_east, reason="换区")
    with translation.override("en"):
        handed, changed, added = [(e.title, e.body, [(c.field, c.old, c.new) for c in e.changes]) for e in timeline(company, people.rep_b)]
    assert handed == ("Handed over: 林小雨 → 周明", "换区", [])
    assert changed[0] == "Company changed"
    assert set(changed[2]) == {("industry", "Machinery", "Software & IT"), ("region", "江苏 苏州", "浙江 杭州 西湖区"), ("grade", "", "A")}
    assert added[0] == "Company added"


@pytest.mark.parametrize(
    ("text", "code"),
    [("江苏", "32"), ("江苏省", "32"), ("苏州", "3205"), ("320500", "3205"), ("131000", "1310"), ("320508", "320508"),
     ("江苏苏州姑苏区", "320508"), ("西湖区", None), ("999999", None), ("北京", "11"), ("江苏省苏州市", "3205"), ("广东/深圳/南山", "440305"),
     ("恩施土家族苗族自治州", "4228"), ("恩施州", "4228"), ("北京市市辖区朝阳区", "110105"), ("吉林吉林", "2202"), ("香港", "81"), ("东莞市", "4419"),
     ("苏州北京", None)],
)  # fmt: skip
def test_regions_are_known_by_code_and_by_every_unambiguous_name(text, code):
    assert regions.code_of(text) == code
