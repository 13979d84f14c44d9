"""Several leads become one, and several again (PRODUCT A4.7 to A4.9)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import Client

from crm.accounts import services as accounts
from crm.accounts.models import Role, Share
from crm.activity.dispatch import dispatch_all
from crm.activity.models import StateChange
from crm.core import clock
from crm.core.errors import NotAllowed, WrongState, conflict_of
from crm.notifications.models import Notice
from customers.duplicates.models import DuplicatePair
from customers.merging import proposing, services
from customers.merging.kinds import kinds
from customers.merging.models import Merge
from deals.leads import conversion, scoring
from deals.leads import services as leads
from deals.leads.models import Lead
from interactions.followups import services as followups
from interactions.followups.models import FollowUp
from interactions.log import services as log
from interactions.log.models import Interaction

pytestmark = pytest.mark.django_db
PAGE = "/deals/leads/merging/"


def said(lead, by, outcome="interested"):
    """Somebody spoke to the lead."""
    return log.log({"channel": "phone", "key_points": "谈了设备联网", "about": lead, "outcome": outcome}, by=by)


def promised(lead, by, days=1):
    """Somebody has to call the lead."""
    return followups.plan({"title": f"回访 {lead.name}", "about": lead, "due_at": clock.now() + timedelta(days=days)}, by=by)


def customer(lead, people):
    """The lead becomes a customer."""
    company = {"name": "苏州恒立达精密机械有限公司"}
    contact = {"name": "沈国栋", "position": "经理", "mobile": "13812347788"}
    return conversion.convert(lead, by=people.manager, company=company, contact=contact, code_reason="还没有", even_if_known=True)


def state(*records):
    """All that the leads show and what hangs on them, as plain values."""
    found = {}
    for record in records:
        row = Lead._base_manager.get(pk=record.pk)
        kept = {name: value for name, value in vars(row).items() if name not in ("_state", "version", "updated_at")}
        for model in (Interaction, FollowUp):
            kept[model.__name__] = sorted(model.objects.filter(about_id=row.pk).values_list("pk", "owner_id", "co_owner_id", "co_team_id"))
        found[row.pk] = kept
    return found


@pytest.fixture
def four(at, people, make_lead):
    """Four writings of one lead, of three people, each begun a day after the one before."""
    found = []
    rows = (
        ("沈国栋", people.rep_a, {"person": "沈国栋", "mobile": "13812347788", "need": "要两台"}),
        ("苏州恒立达精密机械有限公司", people.rep_b, {"person": "沈总", "wechat": "sgd_88", "need": "再要两台", "tags": ["展会"]}),
        ("恒立达机械", people.rep_c, {"person": "沈国栋", "industry": "machinery", "tags": ["重点"]}),
        ("恒立达", people.rep_a, {"person": "沈经理", "email": "shen@hld.cn"}),
    )
    for number, (name, by, values) in enumerate(rows):
        at(f"2026-03-0{2 + number} 10:00")
        lead = make_lead(name, by=by, **values)
        if number in (1, 2):
            said(lead, by, "interested" if number == 1 else "again")
        promised(lead, by, days=30 - 2 * number)
        found.append(lead)
    at("2026-03-10 10:00")
    return [Lead.objects.get(pk=lead.pk) for lead in found]


def test_all_that_hung_on_four_leads_hangs_on_one(four, people):
    before = proposing.counts_of(Lead, [lead.pk for lead in four])
    services.merge(four[0], four[1:], by=people.manager)
    after = proposing.counts_of(Lead, [lead.pk for lead in four])
    assert (before.all, after.all, after.total(four[0])) == (6, 6, 6)
    kept = Lead.objects.get(pk=four[0].pk)
    assert list(Lead.objects.live()) == [kept]
    assert {row.co_owner_id for model in (Interaction, FollowUp) for row in model.objects.all()} == {people.rep_a.pk}


def test_the_result_knows_what_all_knew_and_stands_where_the_furthest_stood(four, people):
    services.merge(four[0], four[1:], by=people.manager)
    kept = Lead.objects.get(pk=four[0].pk)
    assert (kept.name, kept.person, kept.mobile, kept.wechat, kept.email) == ("苏州恒立达精密机械有限公司", "沈国栋", "+8613812347788", "sgd_88", "shen@hld.cn")
    assert (kept.need, kept.tags, kept.industry) == ("要两台\n\n再要两台", ["重点", "展会"], "machinery")
    assert (kept.state, kept.last_outcome) == ("working", "again")
    assert (str(kept.first_contact_at.date()), str(kept.last_contact_at.date())) == ("2026-03-03", "2026-03-04")
    assert kept.next_step == "回访 恒立达"
    assert kept.score == sum(part.points for part in scoring.explain(kept))
    assert StateChange.objects.filter(object_id=kept.pk).order_by("-id").first().to_state == "working"


def test_unmerged_at_once_everything_is_as_it_was(four, people):
    before = state(*four)
    services.unmerge(services.merge(four[0], four[1:], by=people.manager), by=people.manager)
    assert state(*four) == before


def test_four_merged_three_fields_edited_two_rows_added_and_taken_back(four, people, at):
    """PRODUCT A4.8, by hand."""
    before = state(*four)
    done = services.merge(four[0], four[1:], by=people.manager)
    at("2026-03-12 10:00")
    kept = leads.update(Lead.objects.get(pk=four[0].pk), {"position": "总经理", "need": "改了", "tags": ["重点", "新"]}, by=people.rep_a)
    talk, call = said(kept, people.rep_a), promised(kept, people.rep_a, days=0.5)
    answer = services.unmerge(done, by=people.manager)
    assert answer.edits == {"position": ["", "总经理"], "need": ["要两台\n\n再要两台", "改了"], "tags": [["重点", "展会"], ["重点", "新"]]}
    assert answer.added == {"interactions.Interaction.about_id": [talk.pk], "interactions.FollowUp.about_id": [call.pk]}
    assert answer.left == {}
    after = state(*four)
    first = after.pop(four[0].pk)
    assert after == {pk: values for pk, values in before.items() if pk != four[0].pk}
    assert (first["name"], first["mobile"], first["wechat"]) == ("沈国栋", "+8613812347788", "")
    assert (first["position"], first["need"], first["tags"]) == ("总经理", "改了", ["新"])
    assert (first["state"], first["last_contact_at"], first["first_contact_at"]) == ("working", talk.at, talk.at)
    assert first["next_step"] == "回访 苏州恒立达精密机械有限公司"
    assert len(first["FollowUp"]) == 2


def test_what_others_had_promised_falls_to_the_owner_and_returns(four, people):
    owners = [people.rep_a.pk, people.rep_b.pk, people.rep_c.pk, people.rep_a.pk]
    done = services.merge(four[0], four[1:], by=people.manager)
    assert set(FollowUp.objects.values_list("owner", flat=True)) == {people.rep_a.pk}
    services.unmerge(done, by=people.manager)
    assert [FollowUp.objects.get(about_id=lead.pk).owner_id for lead in four] == owners


def test_a_lead_in_a_pool_goes_to_the_owner_of_the_other_and_returns_to_the_pool(people, make_lead, pool):
    """The number is covered in the pool and open again with the owner."""
    lies, owned = make_lead("恒立达", by=people.manager, pool=pool), make_lead("恒立达机械", by=people.rep_b, mobile="13812347788")
    before = state(lies, owned)
    done = services.merge(lies, [owned], by=people.manager)
    lies.refresh_from_db()
    assert (lies.owner, lies.pool, lies.state) == (people.rep_b, None, "pending")
    services.unmerge(done, by=people.manager)
    assert state(lies, owned) == before
    assert StateChange.objects.filter(object_id=lies.pk).order_by("-id").first().to_state == "unassigned"


def test_an_invalid_lead_is_valid_by_one_that_is_open_and_invalid_again_afterwards(people, make_lead):
    wrong, good = make_lead("恒立达"), make_lead("恒立达机械")
    wrong = leads.invalidate(wrong, reason="空号", by=people.rep_a)
    before = state(wrong, good)
    done = services.merge(wrong, [good], by=people.manager)
    wrong.refresh_from_db()
    assert (wrong.state, wrong.invalid_reason, wrong.closed_at) == ("pending", "", None)
    services.unmerge(done, by=people.manager)
    assert state(wrong, good) == before


def test_a_lead_that_is_a_customer_is_not_merged_and_one_converted_since_not_taken_apart(people, make_lead):
    one, two, three = make_lead("恒立达", person="沈总"), make_lead("恒立达机械"), make_lead("恒立达精机")
    done = services.merge(one, [two], by=people.manager)
    customer(one, people)
    for act in (lambda: services.merge(three, [one], by=people.manager), lambda: services.unmerge(done, by=people.manager)):
        with pytest.raises(WrongState) as refused:
            act()
        assert refused.value.code == "lead_converted"
    conversion.unconvert(one, by=people.manager)
    assert len(services.unmerge(done, by=people.manager).records) == 2


def test_a_covered_number_is_not_set_unseen_but_the_lead_that_has_it_can_stay(people, make_lead, pool):
    numbered, bare = (make_lead(name, by=people.manager, pool=pool, **ways) for name, ways in (("恒立达", {"mobile": "13812347788"}), ("恒立达机械", {})))
    with pytest.raises(WrongState) as refused:
        services.merge(bare, [numbered], by=people.manager)
    assert refused.value.code == "lead_veiled"
    services.merge(numbered, [bare], by=people.manager)
    assert Lead.objects.live().get().mobile == "+8613812347788"


def test_what_a_person_may_not_write_stays_as_the_survivor_has_it(people, make_lead):
    Role.objects.filter(code="manager").update(fields={"leads.mobile": "mask"})
    manager = type(people.manager).objects.get(pk=people.manager.pk)
    first, second = make_lead("恒立达"), make_lead("恒立达机械", mobile="13812347788")
    assert proposing.proposal(kinds["leads"], first, [first, second], manager)["mobile"] == ""
    with pytest.raises(NotAllowed):
        services.merge(first, [second], {"mobile": "+8613812347788"}, by=manager)


def test_who_was_shown_one_sees_the_result_and_whoever_lost_one_is_told(people, make_lead):
    first, second = make_lead("恒立达"), make_lead("恒立达机械", by=people.rep_c)
    Share.objects.create(noun="leads", object_id=second.pk, user=people.rep_b)
    services.merge(first, [second], by=people.manager)
    assert Lead.objects.visible_to(type(people.rep_b).objects.get(pk=people.rep_b.pk)).get() == first
    dispatch_all()
    assert Notice.objects.get(user=people.rep_c, code="leads.merged").url == f"/deals/leads/{first.pk}/"


@pytest.fixture
def two(people, make_lead):
    """A lead of rep_a, and another writing of it."""
    first = make_lead("苏州恒立达精密机械有限公司", person="沈国栋", mobile="13812347788")
    return SimpleNamespace(first=first, second=make_lead("恒立达机械", person="沈国栋", mobile="13812347788", need="要两台"))


def test_the_page_merges_and_old_addresses_lead_on(two, people, signed_in):
    browser = signed_in(people.rep_a)
    browser.cookies["km_language"] = "en"
    text = browser.get(f"{PAGE}?ids={two.first.pk},{two.second.pk}").content.decode()
    assert "same phone" in text
    sent = {"ids": f"{two.first.pk},{two.second.pk}", "survivor": two.first.pk}
    assert browser.post(PAGE, sent)["Location"] == f"/deals/leads/{two.first.pk}/"
    assert browser.get(f"/deals/leads/{two.second.pk}/")["Location"] == f"/deals/leads/{two.first.pk}/"
    assert browser.get(f"/activity/leads/{two.second.pk}/")["Location"] == f"/activity/leads/{two.first.pk}/"
    panels = browser.get(f"/deals/leads/{two.first.pk}/panels/").content.decode()
    assert f"/customers/merges/{Merge.objects.get().pk}/unmerging/" in panels
    assert "Merged: 恒立达机械" in browser.get(f"/activity/leads/{two.first.pk}/").content.decode()
    browser.post(f"/customers/merges/{Merge.objects.get().pk}/unmerging/")
    assert browser.get(f"/deals/leads/{two.second.pk}/").status_code == 200


def test_lists_menus_and_the_hint_of_another_lead_lead_to_the_page(two, people, signed_in):
    browser = signed_in(people.rep_a)
    chosen = {"id": [two.first.pk, two.second.pk]}
    assert browser.post("/deals/leads/bulk/merging/", chosen)["Location"] == f"{PAGE}?ids={two.first.pk},{two.second.pk}"
    page = browser.get(f"/deals/leads/{two.first.pk}/").content.decode()
    assert f'{PAGE}?ids={two.first.pk}"' in page
    assert f"{PAGE}?ids={two.first.pk},{two.second.pk}" in page
    assert "/deals/leads/bulk/merging/" in browser.get("/deals/leads/").content.decode()


@pytest.mark.parametrize(("who", "code"), [("telesales", 403), ("service", 403), ("rep_c", 409), ("lead_east", 303)])
def test_who_may_merge(two, people, signed_in, who, code):
    answer = signed_in(getattr(people, who)).post(PAGE, {"ids": f"{two.first.pk},{two.second.pk}", "survivor": two.first.pk})
    assert answer.status_code == code


def test_leads_let_in_beside_others_wait_on_the_list_of_pairs(two, people, signed_in):
    pair = DuplicatePair.objects.get(noun="leads")
    browser = signed_in(people.rep_a)
    page = browser.get("/customers/leads/duplicates/").content.decode()
    assert "恒立达机械" in page
    assert PAGE in page
    assert browser.post(f"/customers/duplicates/{pair.pk}/decision/", {"state": "different"}).status_code == 303
    assert "恒立达机械" not in browser.get("/customers/leads/duplicates/").content.decode()


def test_a_pair_with_a_customer_waits_for_nobody(two, people):
    customer(two.second, people)
    assert not DuplicatePair.objects.visible_to(people.manager).exists()


def test_programs_ask_first_then_merge_and_take_it_back(two, people):
    _token, secret = accounts.issue_token(people.manager, name="test", scopes=["leads:read", "leads:write"], by=people.manager)
    program = Client(headers={"authorization": f"Bearer {secret}"})
    url, given = f"/api/v1/leads/{two.first.pk}/", {"others": [two.second.pk], "values": {"position": "经理"}}
    asked = program.post(f"{url}merging/", {**given, "dry_run": True}, content_type="application/json").json()
    assert (asked["merge"], Merge.objects.count()) == (None, 0)
    done = program.post(f"{url}merging/", given, content_type="application/json").json()
    assert done == asked | {"merge": Merge.objects.get().pk}
    assert (program.get(url).json()["position"], program.get(url).json()["need"]) == ("经理", "要两台")
    assert program.get(f"/api/v1/leads/{two.second.pk}/").status_code == 308
    back = program.post(f"{url}unmerging/", {}, content_type="application/json").json()
    assert back["records"] == [two.first.pk, two.second.pk]


def test_what_is_said_while_two_leads_are_merged_lies_under_the_one_that_stays_or_is_refused(committed, people, run_together):
    kept, gone = (leads.create({"name": name}, by=people.rep_a) for name in ("恒立达精密", "恒立达机械"))

    def act(number):
        if number == 4:
            return services.merge(kept, [gone], by=people.manager)
        return (said if number % 2 else promised)(gone, people.rep_a)

    outcomes = run_together(act, 9)
    assert [found for found in outcomes if isinstance(found, Exception) and conflict_of(found) is None and not hasattr(found, "code")] == []
    assert Merge.objects.count() == 1
    for model in (Interaction, FollowUp):
        assert not model.objects.filter(about_id=gone.pk).exists()
    made = [found for found in outcomes if isinstance(found, Interaction | FollowUp)]
    assert Interaction.objects.count() + FollowUp.objects.count() == len(made)


def test_the_database_refuses_a_row_about_a_lead_that_was_merged_away(committed, people):
    kept, gone = (leads.create({"name": name}, by=people.rep_a) for name in ("恒立达精密", "恒立达机械"))
    talk = said(kept, people.rep_a)
    services.merge(kept, [gone], by=people.manager)
    with pytest.raises(Exception) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE interactions_interaction SET about_id = %s WHERE id = %s", [gone.pk, talk.pk])
    assert conflict_of(refused.value).code == "merged"
