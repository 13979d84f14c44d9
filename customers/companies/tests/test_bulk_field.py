"""One field of many companies is changed at once: the same rules as for one, one event each, as many statements for forty as for five."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.activity.models import Activity
from crm.activity.undo import undo
from crm.core.errors import Invalid
from customers.companies import completeness, services
from customers.companies.cleaning import COMMON
from customers.companies.forms import CompanyForm
from customers.companies.models import Company
from customers.companies.views import BulkField

pytestmark = pytest.mark.django_db
LIST = "/customers/companies/"
FIELD = f"{LIST}bulk/field/"


@pytest.fixture
def firms(make_company):
    """Three companies without an industry, the last one a machine builder."""
    return [make_company("甲"), make_company("乙"), make_company("丙", industry="machinery")]


def industries():
    return list(Company.objects.order_by("pk").values_list("industry", flat=True))


def chosen(rows, **more):
    return {"id": [row.pk for row in rows], "query": "sort=name", **more}


def test_those_that_differ_get_the_value_an_event_and_their_completeness_the_others_stay(people, firms):
    touched = services.update_many(firms, {"industry": "machinery"}, by=people.rep_a)
    assert touched == firms[:2]
    assert industries() == ["machinery"] * 3
    rows = list(Company.objects.order_by("pk"))
    assert [row.version for row in rows] == [2, 2, 1]
    assert [row.completeness for row in rows] == [completeness.score(row) for row in rows]
    assert rows[0].completeness > firms[0].completeness
    told = Activity.objects.filter(verb="companies.updated").order_by("object_id")
    assert [(act.object_id, act.data["fields"]) for act in told] == [(row.pk, ["industry"]) for row in firms[:2]]
    assert len({act.data["within"] for act in told}) == 1


def test_the_whole_is_taken_back_at_once(people, firms):
    services.update_many(firms, {"industry": "electronics"}, by=people.rep_a)
    undo(Activity.objects.filter(verb="companies.updated").first().data["within"], by=people.rep_a)
    assert industries() == ["", "", "machinery"]
    assert [row.completeness for row in Company.objects.order_by("pk")] == [firm.completeness for firm in firms]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"industry": "Alchemie"}, "industry"), ({"employees": -1}, "employees"), ({"established": 208}, "established"), ({"region": "99"}, "region")],
)
def test_what_one_company_may_not_have_many_may_not_have(people, firms, values, field):
    with pytest.raises(Invalid) as alone:
        services.update(firms[0], values, by=people.rep_a)
    with pytest.raises(Invalid) as together:
        services.update_many(firms, values, by=people.rep_a)
    assert list(together.value.errors) == [field]
    assert str(together.value.errors) == str(alone.value.errors)
    assert Activity.objects.filter(verb="companies.updated").count() == 0


@pytest.mark.parametrize("field", ["name", "credit_code", "phone", "parent", "website", "tags", "external_id", "owner", "completeness"])
def test_what_each_company_has_for_itself_is_not_changed_in_bulk(people, firms, field):
    with pytest.raises(Invalid) as refused:
        services.update_many(firms, {field: "x"}, by=people.rep_a)
    assert (refused.value.code, list(refused.value.errors)) == ("not_in_bulk", [field])


def test_forty_take_the_statements_that_five_take(people, make_company):
    rows = [make_company(f"第{n}号客户") for n in range(55)]

    def taken(some, value):
        with CaptureQueriesContext(connection) as captured:
            assert len(services.update_many(some, {"grade": value}, by=people.rep_a)) == len(some)
        return len(captured)

    taken(rows[:5], "A")
    assert taken(rows[:5], "B") == taken(rows[5:45], "B")


def test_first_the_field_is_chosen_and_then_its_value_in_the_control_of_the_form(people, firms, in_english):
    browser = in_english(people.rep_a)
    first = browser.post(FIELD, chosen(firms))
    assert first.status_code == 200
    assert re.findall(r'<option value="(\w+)"', first.text.split('name="field"')[1].split("</select>")[0]) == list(COMMON)
    assert '<select name="industry"' in first.text
    assert 'data-url="/pick/regions/"' in browser.post(FIELD, chosen(firms, field="region")).text
    assert '<input type="number" name="employees"' in browser.post(FIELD, chosen(firms, field="employees")).text
    assert industries() == ["", "", "machinery"]


def test_the_page_changes_the_field_says_how_many_and_leads_back_to_the_list(people, firms, in_english):
    browser = in_english(people.rep_a)
    done = browser.post(FIELD, chosen(firms, asked=1, field="industry", industry="machinery"))
    assert (done.status_code, done.url) == (303, f"{LIST}?sort=name")
    assert "Industry: 2 records changed · 1 had the value already" in browser.get(done.url).text
    assert industries() == ["machinery"] * 3
    again = browser.post(FIELD, chosen(firms, asked=1, field="industry", industry="machinery"), follow=True)
    assert "All of them had this value already." in again.text


@pytest.mark.parametrize(("field", "value", "emptied"), [("industry", "machinery", ""), ("employees", 12, None), ("region", "3205", "")])
def test_a_field_is_emptied_only_when_that_is_said(people, make_company, in_english, field, value, emptied):
    firm, browser = make_company(**{field: value}), in_english(people.rep_a)
    silent = browser.post(FIELD, chosen([firm], asked=1, field=field))
    assert (silent.status_code, "or tick “Empty it”." in silent.text) == (422, True)
    both = browser.post(FIELD, chosen([firm], asked=1, field=field, empty="on", **{field: value}))
    assert (both.status_code, "Either a new value or none." in both.text) == (422, True)
    firm.refresh_from_db()
    assert getattr(firm, field) == value
    assert browser.post(FIELD, chosen([firm], asked=1, field=field, empty="on")).status_code == 303
    firm.refresh_from_db()
    assert getattr(firm, field) == emptied


@pytest.mark.parametrize("field", ["", "name", "phone", "owner", "nirgends"])
def test_no_field_but_those_on_offer_is_taken_from_an_answer(people, firms, signed_in, field):
    answer = signed_in(people.rep_a).post(FIELD, chosen(firms, asked=1, field=field, empty="on", name="x"))
    assert answer.status_code == 422
    assert industries() == ["", "", "machinery"]


def test_a_refusal_of_the_verb_stands_at_the_field(people, firms, in_english):
    answer = in_english(people.rep_a).post(FIELD, chosen(firms, asked=1, field="established", established="208"))
    assert answer.status_code == 422
    assert "A year of four digits, such as 2008." in answer.text.split('name="established"')[1]
    assert 'value="208"' in answer.text


def test_only_companies_in_reach_are_changed_and_nothing_without_the_right(people, firms, make_company, signed_in):
    foreign = make_company("丁", by=people.rep_c)
    values = chosen([firms[0], foreign], asked=1, field="grade", grade="A")
    assert signed_in(people.finance).post(FIELD, values).status_code == 403
    assert signed_in(people.rep_a).post(FIELD, values).status_code == 303
    assert list(Company.objects.filter(grade="A")) == [firms[0]]


def test_every_field_of_the_form_may_be_changed_in_bulk_or_is_each_companys_own():
    own = {"once", "version", "name", "short_name", "credit_code", "parent", "phone", "website", "tags", "notes"}
    assert set(CompanyForm.base_fields) == own | set(BulkField.fields)
    assert not own & set(BulkField.fields)


def test_the_bar_of_the_list_offers_it_to_those_who_may_change_companies(people, firms, signed_in):
    assert f'formaction="{FIELD}"' in signed_in(people.rep_a).get(LIST).text
    assert f'formaction="{FIELD}"' not in signed_in(people.finance).get(LIST).text


def test_without_scripts_the_acts_on_chosen_rows_stand_below_the_list(people, firms, signed_in):
    page = signed_in(people.rep_a).get(LIST).text
    below = page[page.index("</table>") :].partition("<noscript>")[2].partition("</noscript>")[0]
    assert re.findall(r'<button [^>]*form="km-bulk"[^>]*formaction="([^"]+)"', below) == re.findall(r'<button form="km-bulk" formaction="([^"]+)"', page)
    assert FIELD in below
