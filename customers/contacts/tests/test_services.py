"""What the verbs of contacts do and refuse."""

import pytest
from django.utils import translation

from crm.activity.models import About, Activity, OwnershipChange
from crm.activity.timeline import timeline
from crm.core.errors import Conflict, Invalid, NotAllowed, WrongState
from customers.companies import services as companies
from customers.contacts import lastcontact, services
from customers.contacts.models import Contact, ContactPoint

pytestmark = pytest.mark.django_db


def person(company, **more):
    return {"name": "沈丽华", "company": company, "position": "副总", "mobile": "139 9876 0021"} | more


def verbs(record):
    return list(Activity.objects.filter(about__object_id=record.pk, about__kind__model=record._meta.model_name).order_by("pk").values_list("verb", flat=True))


def points(contact):
    return [(p.kind, p.norm, p.is_primary) for p in contact.points.order_by("kind", "norm")]


# --- creating -------------------------------------------------------------------------------------


def test_a_new_contact_carries_its_owner_and_those_of_its_company(people, make_company):
    company = make_company(by=people.rep_c)
    contact = services.create(person(company), by=people.manager, owner=people.rep_a)
    assert (contact.owner, contact.team, contact.co_owner, contact.co_team) == (people.rep_a, people.east_1, people.rep_c, people.east_2)
    assert points(contact) == [("mobile", "+8613998760021", True)]
    assert contact.points.get().digits == "13998760021"


def test_the_new_contact_stands_on_the_timeline_of_its_company(people, acme):
    assert verbs(acme.contact) == ["contacts.created"]
    assert verbs(acme.company) == ["companies.created", "contacts.created"]


def test_a_contact_goes_only_to_a_company_which_its_author_sees(people, make_company):
    foreign = make_company(by=people.rep_c)
    with pytest.raises(Invalid) as refused:
        services.create(person(foreign), by=people.rep_a)
    assert (refused.value.field, refused.value.code) == ("company", "unknown_company")
    assert not Contact.objects.exists()


def test_whoever_may_not_create_creates_nothing(people, acme):
    with pytest.raises(NotAllowed):
        services.create(person(acme.company), by=people.finance)


@pytest.mark.parametrize(
    ("way", "answer"),
    [({"mobile": "+86 138-1234-7788"}, ("duplicate", "mobile")), ({"mobile": "", "email": "Zhou@Acme.CN"}, ("possible_duplicate", "email"))],
)
def test_a_number_or_address_that_somebody_has_is_refused_without_telling_whose(people, acme, make_company, way, answer):
    services.update(acme.contact, {"email": "zhou@acme.cn"}, by=people.rep_a)
    other = make_company("宁波海澜仓储物流有限公司", by=people.rep_c)
    with pytest.raises(Conflict) as refused:
        services.create(person(other, **way), by=people.rep_c)
    assert (refused.value.code, refused.value.field) == answer
    assert "华东一组" in str(refused.value)
    assert "周建明" not in str(refused.value)


def test_an_address_may_be_shared_after_a_look_and_a_mobile_number_never(people, acme, make_company):
    services.update(acme.contact, {"email": "zhou@acme.cn"}, by=people.rep_a)
    other = make_company("宁波海澜仓储物流有限公司", by=people.rep_c)
    assert services.create(person(other, mobile="", email="zhou@acme.cn"), by=people.rep_c, even_if_known=True).pk
    with pytest.raises(Conflict):
        services.create(person(other, mobile="13812347788"), by=people.rep_c, even_if_known=True)


def test_a_number_in_the_bin_is_free_until_it_is_taken_again(people, acme):
    services.delete(acme.contact, by=people.rep_a)
    services.create(person(acme.company, mobile="13812347788"), by=people.rep_a)
    with pytest.raises(Conflict) as refused:
        services.restore(acme.contact, by=people.rep_a)
    assert (refused.value.code, refused.value.field) == ("duplicate", "mobile")


def test_a_switchboard_is_shared_by_many(people, acme):
    services.update(acme.contact, {"phone": "0512-68881234"}, by=people.rep_a)
    assert services.create(person(acme.company, phone="0512-68881234"), by=people.rep_a).pk


def test_a_double_submit_makes_one_contact(people, acme):
    one = services.create(person(acme.company), by=people.rep_a, once="k1")
    assert services.create(person(acme.company), by=people.rep_a, once="k1") == one
    with pytest.raises(Conflict) as refused:
        services.create(person(acme.company, position="总经理"), by=people.rep_a, once="k1")
    assert refused.value.code == "key_reused"
    assert Contact.objects.filter(name="沈丽华").count() == 1


def test_many_come_in_with_an_event_and_their_points_each(people, acme):
    rows = [services.clean(person(acme.company, name=f"员工{n}", mobile=f"1390000{n:04d}"), by=people.rep_a) for n in range(30)]
    made = services.create_many(rows, by=people.rep_a)
    assert ContactPoint.objects.filter(contact__in=made).count() == 30
    assert Activity.objects.filter(verb="contacts.created", object_id__in=[row.pk for row in made]).count() == 30
    assert verbs(acme.company).count("contacts.created") == 31


def test_many_for_a_company_out_of_reach_are_refused_together(people, acme, make_company):
    foreign = make_company("宁波海澜仓储物流有限公司", by=people.rep_c)
    rows = [services.clean(person(company)) for company in (acme.company, foreign)]
    with pytest.raises(Invalid):
        services.create_many(rows, by=people.rep_a)
    assert Contact.objects.count() == 1


# --- changing -------------------------------------------------------------------------------------


def test_a_correction_changes_what_is_given_and_counts_one_version(people, acme):
    contact = services.update(acme.contact, {"department": "生产部", "position": "设备部经理"}, by=people.rep_a)
    assert (contact.department, contact.version) == ("生产部", acme.contact.version + 1)
    assert Activity.objects.latest("pk").data["fields"] == ["department"]


def test_a_correction_that_changes_nothing_leaves_no_trace(people, acme):
    before = Activity.objects.count()
    services.update(acme.contact, {"position": "设备部经理", "mobile": "13812347788"}, by=people.rep_a)
    acme.contact.refresh_from_db()
    assert (acme.contact.version, Activity.objects.count()) == (1, before)


def test_the_second_of_two_editors_is_told(people, acme):
    services.update(acme.contact, {"position": "厂长"}, by=people.rep_a, version=1)
    with pytest.raises(Conflict) as refused:
        services.update(acme.contact, {"position": "总经理"}, by=people.manager, version=1)
    assert (refused.value.code, refused.value.facts) == ("stale", {"version": 2})


def test_a_new_name_is_found_by_its_pinyin(people, acme):
    contact = services.update(acme.contact, {"name": "单雄信"}, by=people.rep_a)
    assert (contact.sort_key, contact.latin) == ("shan xiong xin", "shanxiongxin sxx")


def test_a_colleague_of_another_team_changes_nothing(people, acme):
    with pytest.raises(NotAllowed):
        services.update(acme.contact, {"position": "厂长"}, by=people.rep_c)


def test_another_main_number_takes_the_place_of_the_first_and_leaves_the_rest(people, acme):
    services.update(acme.contact, {"email": "zhou@acme.cn", "wechat": "zjm"}, by=people.rep_a)
    services.update(acme.contact, {"mobile": "13700000000"}, by=people.rep_a)
    assert points(acme.contact) == [("email", "zhou@acme.cn", True), ("mobile", "+8613700000000", True), ("wechat", "zjm", True)]


def test_the_list_of_points_is_set_as_given_and_what_was_known_of_those_that_stay_is_kept(people, acme):
    point = services.verify(acme.contact.points.get(), by=people.rep_a)
    services.set_points(
        acme.contact, [{"kind": "mobile", "value": "13700000000", "is_primary": True}, {"kind": "mobile", "value": "13812347788"}], by=people.rep_a
    )
    assert points(acme.contact) == [("mobile", "+8613700000000", True), ("mobile", "+8613812347788", False)]
    kept = acme.contact.points.get(norm="+8613812347788")
    assert (kept.pk, kept.state) == (point.pk, "valid")


def test_the_event_of_a_changed_number_tells_no_more_than_its_ends(people, acme):
    services.update(acme.contact, {"mobile": "13700001234"}, by=people.rep_a)
    data = Activity.objects.latest("pk").data
    assert data["added"] == [{"kind": "mobile", "value": "137 **** 1234"}]
    assert data["removed"] == [{"kind": "mobile", "value": "138 **** 7788"}]


def test_a_number_of_somebody_else_is_noticed_in_a_correction_too(people, acme):
    other = services.create(person(acme.company), by=people.rep_a)
    with pytest.raises(Conflict):
        services.update(other, {"mobile": "13812347788"}, by=people.rep_a)
    services.update(other, {"email": "zhou@acme.cn"}, by=people.rep_a)
    services.update(acme.contact, {"email": "zhou@acme.cn"}, by=people.rep_a, even_if_known=True)
    assert services.update(other, {"department": "财务部"}, by=people.rep_a).department == "财务部"


def test_checking_a_number_notes_who_and_when_and_an_old_check_is_stale(people, acme, at):
    at("2026-03-02 10:00")
    point = services.verify(acme.contact.points.get(), by=people.rep_a)
    assert (point.state, point.verified_by, point.is_stale) == ("valid", people.rep_a, False)
    at("2026-08-29 09:59")
    assert not point.is_stale
    at("2026-08-29 10:01")
    assert point.is_stale


def test_a_dead_number_counts_no_longer_for_completeness(people, acme):
    assert acme.contact.completeness == 45  # company 15, position 15, phone 15
    services.mark_invalid(acme.contact.points.get(), by=people.rep_a)
    acme.contact.refresh_from_db()
    assert acme.contact.completeness == 30
    before = Activity.objects.count()
    services.mark_invalid(acme.contact.points.get(), by=people.rep_a)
    assert Activity.objects.count() == before


def test_a_person_who_changes_company_carries_the_new_companys_owner(people, acme, make_company):
    new = make_company("宁波海澜仓储物流有限公司", by=people.rep_c)
    services.update(acme.contact, {"has_left": True}, by=people.rep_a)
    contact = services.move(acme.contact, to=new, by=people.manager, position="总经理")
    assert (contact.company, contact.co_owner, contact.co_team, contact.position, contact.has_left) == (new, people.rep_c, people.east_2, "总经理", False)
    assert verbs(new)[-1] == verbs(acme.company)[-1] == "contacts.moved"
    assert services.move(contact, to=new, by=people.manager).version == contact.version


def test_nobody_moves_a_person_to_a_company_he_does_not_see(people, acme, make_company):
    with pytest.raises(Invalid) as refused:
        services.move(acme.contact, to=make_company("宁波海澜仓储物流有限公司", by=people.rep_c), by=people.rep_a)
    assert refused.value.field == "company"


def test_the_people_of_a_company_follow_its_owner(people, acme):
    companies.assign([acme.company], to=people.rep_c, by=people.manager)
    acme.contact.refresh_from_db()
    assert (acme.contact.owner, acme.contact.co_owner, acme.contact.co_team) == (people.rep_a, people.rep_c, people.east_2)
    assert Contact.objects.visible_to(people.rep_c).filter(pk=acme.contact.pk).exists()


def test_a_contact_entered_late_does_not_move_the_last_contact_back(acme, at):
    later, earlier = at("2026-11-20 15:00"), at("2026-11-18 09:00")
    lastcontact.note_contact(acme.contact.pk, at=later)
    lastcontact.note_contact(acme.contact.pk, at=earlier)
    acme.contact.refresh_from_db()
    assert acme.contact.last_contact_at == later


# --- many, bin, owner -----------------------------------------------------------------------------


def test_a_hand_over_writes_the_ledger_and_passes_over_those_that_are_his(people, acme):
    moved = services.assign([acme.contact], to=people.rep_b, by=people.lead_east, reason="换区")
    assert [(row.owner, row.team) for row in moved] == [(people.rep_b, people.east_1)]
    ledger = OwnershipChange.objects.latest("pk")
    assert (ledger.from_owner, ledger.to_owner, ledger.cause, ledger.reason) == (people.rep_a, people.rep_b, "assigned", "换区")
    assert services.assign([acme.contact], to=people.rep_b, by=people.lead_east) == []


def test_nothing_goes_to_somebody_who_has_left(people, acme):
    people.rep_b.is_active = False
    with pytest.raises(Invalid) as refused:
        services.assign([acme.contact], to=people.rep_b, by=people.lead_east)
    assert refused.value.code == "inactive"


@pytest.mark.parametrize("change", ["assign", "tag", "delete"])
def test_a_bulk_change_that_reaches_too_far_changes_nothing(people, acme, make_company, make_contact, change):
    far = make_contact(make_company("深圳市米乐多焊接设备有限公司", by=people.lead_south), "黎明", by=people.lead_south, mobile="13700000003")
    rows = [acme.contact, far]
    calls = {
        "assign": lambda: services.assign(rows, to=people.rep_b, by=people.lead_east),
        "tag": lambda: services.tag_many(rows, "VIP", by=people.lead_east),
        "delete": lambda: services.delete_many(rows, by=people.lead_east),
    }
    with pytest.raises(WrongState) as refused:
        calls[change]()
    assert refused.value.code == "partly_out_of_reach"
    acme.contact.refresh_from_db()
    assert (acme.contact.owner, acme.contact.tags, acme.contact.deleted_at) == (people.rep_a, [], None)


def test_a_tag_is_put_once_and_has_a_length(people, acme):
    assert services.tag_many([acme.contact], " 重点 ", by=people.rep_a)[0].tags == ["重点"]
    assert services.tag_many([acme.contact], "重点", by=people.rep_a) == []
    for bad in ("", " ", "x" * 41):
        with pytest.raises(Invalid) as refused:
            services.tag_many([acme.contact], bad, by=people.rep_a)
        assert refused.value.code == "tag_length"


def test_the_bin_gives_back_what_it_took(people, acme):
    services.delete(acme.contact, by=people.rep_a)
    assert not Contact.objects.visible_to(people.rep_a).exists()
    services.delete(acme.contact, by=people.rep_a)
    services.restore(acme.contact, by=people.rep_a)
    services.restore(acme.contact, by=people.rep_a)
    assert Contact.objects.visible_to(people.rep_a).count() == 1
    assert verbs(acme.contact) == ["contacts.created", "contacts.deleted", "contacts.restored"]


def test_a_number_in_the_bin_is_free_again(people, acme):
    services.delete(acme.contact, by=people.rep_a)
    assert services.create(person(acme.company, mobile="13812347788"), by=people.rep_a).pk


def test_the_timeline_of_a_contact_speaks_in_the_language_of_its_reader(people, acme):
    services.update(acme.contact, {"position": "厂长", "wechat": "zjm"}, by=people.rep_a)
    services.verify(acme.contact.points.get(kind="mobile"), by=people.rep_a)
    with translation.override("en"):
        lines = [(entry.title, entry.body, [(c.label, c.old, c.new) for c in entry.changes]) for entry in timeline(acme.contact, people.rep_a)]
    assert lines[0] == ("Mobile verified", "138 **** 7788", [])
    assert lines[1] == ("Contact changed", "Added: WeChat ***.", [("position", "设备部经理", "厂长")])
    assert lines[2][0] == "Contact added"
    assert About.objects.filter(object_id=acme.company.pk, kind__model="company").count() == 4
