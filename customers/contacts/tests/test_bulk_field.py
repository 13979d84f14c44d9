"""One field of many people is changed at once: the same rules as for one, and each stands on the timeline of the company."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.activity.models import About, Activity
from crm.activity.spine import kind_of
from crm.activity.undo import undo
from crm.core.errors import Invalid, WrongState
from customers.companies.models import Company
from customers.contacts import completeness, rules, services
from customers.contacts.forms import ContactForm
from customers.contacts.models import Contact, Rule
from customers.contacts.views import BulkField

pytestmark = pytest.mark.django_db
LIST = "/customers/contacts/"
FIELD = f"{LIST}bulk/field/"


@pytest.fixture
def team(acme, make_contact):
    """Two people of one company."""
    return [acme.contact, make_contact(acme.company, "吴倩", mobile="13700000002", decision_role="payer")]


def chosen(rows, **more):
    return {"id": [row.pk for row in rows], "query": "", **more}


def test_those_that_differ_get_the_value_and_their_completeness_and_the_company_hears_of_it(people, acme, team):
    assert services.update_many(team, {"decision_role": "payer"}, by=people.rep_a) == team[:1]
    rows = list(Contact.objects.order_by("pk"))
    assert [row.decision_role for row in rows] == ["payer", "payer"]
    assert [row.completeness for row in rows] == [completeness.score(row, list(row.points.all())) for row in rows]
    assert rows[0].completeness > team[0].completeness
    (told,) = Activity.objects.filter(verb="contacts.updated")
    assert (told.object_id, told.data["fields"], told.data["name"]) == (team[0].pk, ["decision_role"], "周建明")
    assert About.objects.filter(activity=told, kind=kind_of(Company), object_id=acme.company.pk).exists()


def test_the_whole_is_taken_back_at_once(people, team):
    services.update_many(team, {"has_left": True, "department": "采购部"}, by=people.rep_a)
    assert set(Contact.objects.values_list("has_left", "department")) == {(True, "采购部")}
    undo(Activity.objects.filter(verb="contacts.updated").first().data["within"], by=people.rep_a)
    assert set(Contact.objects.values_list("has_left", "department")) == {(False, "")}


def test_a_position_that_must_be_there_is_emptied_for_none_as_soon_as_one_has_it(people, acme, make_contact):
    rows = [acme.contact, make_contact(acme.company, "吴倩", mobile="13700000002")]
    Contact.objects.filter(pk=rows[0].pk).update(position="")
    with pytest.raises(Invalid) as refused:
        services.update_many(rows, {"position": ""}, by=people.rep_a)
    assert list(refused.value.errors) == ["position"]
    Rule.objects.update_or_create(code=Rule.Code.POSITION, defaults={"is_on": False})
    rules.forget()
    assert services.update_many(rows, {"position": ""}, by=people.rep_a) == rows[1:]


@pytest.mark.parametrize("field", ["name", "company", "mobile", "points", "birthday", "tags", "owner"])
def test_what_each_person_has_for_himself_is_not_changed_in_bulk(people, team, field):
    with pytest.raises(Invalid) as refused:
        services.update_many(team, {field: "x"}, by=people.rep_a)
    assert (refused.value.code, list(refused.value.errors)) == ("not_in_bulk", [field])


def test_who_is_out_of_reach_stops_the_whole(people, team, make_company, make_contact):
    far = make_contact(make_company("乙", by=people.rep_c), "外人", by=people.rep_c, mobile="13700000003")
    with pytest.raises(WrongState) as refused:
        services.update_many([*team, far], {"gender": "male"}, by=people.rep_a)
    assert refused.value.code == "partly_out_of_reach"
    assert not Contact.objects.filter(gender="male").exists()


@pytest.mark.parametrize(
    "verb",
    [
        lambda rows, by: services.update_many(rows, {"source": "exhibition"}, by=by),
        lambda rows, by: services.tag_many(rows, "展会", by=by),
        lambda rows, by: services.delete_many(rows, by=by),
    ],
    ids=["a field", "a tag", "the bin"],
)
def test_forty_take_the_statements_that_five_take(people, make_company, make_contact, verb):
    rows = [make_contact(make_company(f"客户{n}"), f"人{n}", mobile=f"138000000{n:02d}") for n in range(50)]

    def taken(some):
        fresh = list(Contact.objects.filter(pk__in=[row.pk for row in some]))
        with CaptureQueriesContext(connection) as captured:
            assert len(verb(fresh, people.rep_a)) == len(some)
        return len(captured)

    taken(rows[:5])
    assert taken(rows[5:10]) == taken(rows[10:])


def test_taking_forty_back_takes_the_statements_of_five(people, make_company, make_contact):
    company = make_company("苏州恒立达科技")
    rows = [make_contact(company, f"人{n}", mobile=f"138000000{n:02d}") for n in range(50)]

    def taken(some):
        services.update_many(some, {"department": "采购部"}, by=people.rep_a)
        within = Activity.objects.filter(verb="contacts.updated").latest("pk").data["within"]
        with CaptureQueriesContext(connection) as captured:
            assert len(undo(within, by=people.rep_a).restored) == len(some)
        return len(captured)

    taken(rows[:5])
    assert taken(rows[5:10]) == taken(rows[10:])


def test_yes_or_no_is_said_in_words_and_not_by_a_box_left_alone(people, team, in_english):
    browser = in_english(people.rep_a)
    page = browser.post(FIELD, chosen(team, field="has_left")).text
    assert '<select name="has_left"' in page
    assert 'name="empty"' not in page
    silent = browser.post(FIELD, chosen(team, asked=1, field="has_left"))
    assert (silent.status_code, "Give the new value." in silent.text) == (422, True)
    assert browser.post(FIELD, chosen(team, asked=1, field="has_left", has_left="1")).url == f"{LIST}?"
    assert Contact.objects.filter(has_left=True).count() == 2
    assert browser.post(FIELD, chosen(team[:1], asked=1, field="has_left", has_left="0")).status_code == 303
    assert list(Contact.objects.filter(has_left=False)) == team[:1]


def test_the_page_says_what_the_rule_refuses_at_the_field(people, team, in_english):
    answer = in_english(people.rep_a).post(FIELD, chosen(team, asked=1, field="position", empty="on"))
    assert (answer.status_code, "This is required." in answer.text) == (422, True)
    assert not Contact.objects.filter(position="").exists()


def test_every_field_of_the_form_may_be_changed_in_bulk_or_is_each_persons_own():
    own = {"once", "version", "name", "company", "mobile", "phone", "email", "wechat", "birthday", "interests", "tags", "notes"}
    assert set(ContactForm.base_fields) == own | set(BulkField.fields)
    assert not own & set(BulkField.fields)
