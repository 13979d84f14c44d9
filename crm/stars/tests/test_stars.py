"""Stars: one's own, put and taken off on every path, followed by lists, merges and nobody else's eyes."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.activity.models import Activity
from crm.stars import services
from crm.stars.models import Star
from customers.companies import services as companies
from customers.merging import services as merging

pytestmark = pytest.mark.django_db
LIST = "/customers/companies/"


@pytest.fixture
def company(people):
    """A company of rep_a."""
    return companies.create({"name": "苏州恒立达精密机械有限公司"}, by=people.rep_a)


def starred(client):
    return [row.pk for row in client.get(LIST, {"starred": "true"}).context["result"].rows]


def test_a_record_is_marked_once_and_unmarked_once(company, people):
    assert services.star(company, by=people.rep_a)
    assert not services.star(company, by=people.rep_a)
    assert services.unstar(company, by=people.rep_a)
    assert not services.unstar(company, by=people.rep_a)
    told = Activity.objects.filter(verb__in=["people.starred", "people.unstarred"]).order_by("pk")
    assert list(told.values_list("verb", "data__record")) == [("people.starred", company.pk), ("people.unstarred", company.pk)]


def test_the_button_marks_and_the_page_remembers(company, people, signed_in):
    client = signed_in(people.rep_a)
    url = f"{LIST}{company.pk}/"
    assert client.post(f"/stars/companies/{company.pk}/", {"on": "1", "next": url}).url == url
    page = unescape(client.get(url).content.decode())
    assert 'name="on" value="0"' in page
    assert starred(client) == [company.pk]
    part = client.post(f"/stars/companies/{company.pk}/", {"on": "0"}, headers={"hx-request": "true"})
    assert part.content.decode().startswith('<form class="km-star"')
    assert starred(client) == []


def test_a_star_is_nobody_else_s(company, people, signed_in):
    services.star(company, by=people.rep_a)
    assert starred(signed_in(people.lead_east)) == []
    assert 'name="on" value="1"' in signed_in(people.lead_east).get(f"{LIST}{company.pk}/").content.decode()


def test_what_one_does_not_see_one_cannot_mark(company, people, signed_in):
    client = signed_in(people.rep_c)
    assert client.post(f"/stars/companies/{company.pk}/", {"on": "1"}).status_code == 404
    assert client.post(f"/stars/shoes/{company.pk}/", {"on": "1"}).status_code == 404
    assert client.post(f"/api/v1/companies/{company.pk}/star/").status_code == 404
    assert not Star.objects.exists()


def test_a_record_that_goes_to_somebody_else_leaves_my_marked_ones(company, people, signed_in):
    services.star(company, by=people.rep_a)
    companies.assign([company], to=people.rep_c, by=people.manager)
    assert starred(signed_in(people.rep_a)) == []


def test_the_api_marks_and_its_list_is_narrowed_by_it(company, people, signed_in):
    client = signed_in(people.rep_a)
    assert client.post(f"/api/v1/companies/{company.pk}/star/").status_code == 204
    assert [row["id"] for row in client.get("/api/v1/companies/?starred=true").json()["results"]] == [company.pk]
    assert client.delete(f"/api/v1/companies/{company.pk}/star/").status_code == 204
    assert client.get("/api/v1/companies/?starred=true").json()["results"] == []


def test_stars_follow_a_merge_and_marked_twice_is_marked_once(company, people, signed_in):
    twin = companies.create({"name": "苏州恒立达精密机械"}, by=people.rep_a, even_if_known=True)
    for record in (company, twin):
        services.star(record, by=people.rep_a)
    services.star(company, by=people.lead_east)
    merging.merge(twin, [company], by=people.admin)
    assert starred(signed_in(people.rep_a)) == [twin.pk]
    assert starred(signed_in(people.lead_east)) == [twin.pk]


def test_the_page_of_a_record_asks_nothing_more_for_it(company, people, signed_in):
    client, url = signed_in(people.rep_a), f"{LIST}{company.pk}/"
    client.get(url)
    services.star(company, by=people.rep_a)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    about_stars = [query["sql"] for query in asked if "stars_star" in query["sql"]]
    assert len(about_stars) == 1
    assert about_stars[0].startswith('SELECT "customers_company"')
