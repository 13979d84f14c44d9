"""Products in the browser and over the API."""

import pytest

from deals.products import services
from deals.products.models import Product

pytestmark = pytest.mark.django_db
PAGES, API = "/deals/products/", "/api/v1/products/"


@pytest.fixture
def mes(people):
    return services.create({"name": "MES 基础版", "code": "MES-1", "list_price": "1000.00", "floor_price": "800.00"}, by=people.admin)


def test_every_page_of_a_product_answers_whoever_may_write_it(people, mes, signed_in):
    browser = signed_in(people.manager)
    for part in ("", "new/", f"{mes.pk}/", f"{mes.pk}/edit/", f"{mes.pk}/panels/", "?q=MES", "?part=filters", "?part=columns"):
        assert browser.get(PAGES + part).status_code == 200, part


def test_a_rep_reads_products_and_changes_none(people, mes, signed_in):
    browser = signed_in(people.rep_a)
    assert browser.get(f"{PAGES}{mes.pk}/").status_code == 200
    assert browser.get(f"{PAGES}{mes.pk}/edit/").status_code == 403
    assert browser.post(f"{PAGES}{mes.pk}/retirement/").status_code == 403
    assert "retirement/" not in browser.get(f"{PAGES}{mes.pk}/").content.decode()


def test_whoever_is_not_of_the_house_never_reads_the_floor_price(people, mes, signed_in):
    browser = signed_in(people.outsourced)
    assert "800.00" not in browser.get(f"{PAGES}{mes.pk}/").content.decode()
    assert "800.00" not in browser.get(f"{PAGES}?cols=floor_price,list_price").content.decode()
    assert browser.get(f"{API}{mes.pk}/").json()["floor_price"] == "***"


def test_sent_twice_a_form_makes_one_product(people, signed_in):
    browser = signed_in(people.manager)
    form = {"name": "网关", "code": "GW", "list_price": "50", "once": "k1"}
    assert [browser.post(f"{PAGES}new/", form).status_code for _time in (1, 2)] == [303, 303]
    assert Product.objects.filter(code="GW").count() == 1


def test_a_code_that_exists_is_told_at_its_field(people, mes, signed_in):
    answer = signed_in(people.manager).post(f"{PAGES}new/", {"name": "另一个", "code": "mes-1"})
    assert answer.status_code == 409
    assert answer.context["form"].errors["code"]


def test_a_retired_product_is_offered_no_more_and_comes_back(people, mes, signed_in):
    browser = signed_in(people.manager)
    browser.post(f"{PAGES}{mes.pk}/retirement/")
    assert "基础版" not in browser.get("/pick/products/?q=MES").content.decode()
    assert "MES 基础版" in browser.get(f"{PAGES}?on_sale=false").content.decode()
    assert browser.post(f"{API}{mes.pk}/offer/").json()["is_active"] is True
    assert "基础版" in browser.get("/pick/products/?q=MES").content.decode()


def test_a_lost_update_shows_both_and_keeps_what_was_typed(people, mes, signed_in):
    browser = signed_in(people.manager)
    services.update(mes, {"unit": "套"}, by=people.admin)
    answer = browser.post(f"{PAGES}{mes.pk}/edit/", {"name": "MES 专业版", "code": "MES-1", "version": mes.version})
    assert answer.status_code == 409
    assert "MES 专业版" in answer.content.decode()
    assert Product.objects.get().name == "MES 基础版"


def test_the_api_refuses_fields_that_cannot_be_set_by_name(people, signed_in):
    answer = signed_in(people.manager).post(API, {"name": "x", "code": "y", "is_active": False}, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["field"] == "is_active"


def test_one_idempotency_key_is_one_product(people, signed_in):
    browser = signed_in(people.manager)
    body = {"name": "网关", "code": "GW", "list_price": "50.00"}
    first, again = (browser.post(API, body, content_type="application/json", headers={"Idempotency-Key": "a"}) for _time in (1, 2))
    assert first.status_code == 201
    assert again.json()["id"] == first.json()["id"]
    other = browser.post(API, body | {"code": "GW2"}, content_type="application/json", headers={"Idempotency-Key": "a"})
    assert other.status_code == 409
