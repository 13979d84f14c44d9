"""Products: one code each, prices that make sense, and a life after they are no longer sold."""

from decimal import Decimal

import pytest

from crm.activity.models import Activity
from crm.core.errors import Conflict, Invalid, NotAllowed
from deals.products import events, services
from deals.products.cleaning import clean
from deals.products.models import Product, ProductCategory


def test_a_product_keeps_what_was_typed_and_makes_its_category(people):
    product = services.create({"name": " 智造 MES ", "code": "MES-1", "category": "软件", "list_price": "98,000", "floor_price": "80000.5"}, by=people.admin)
    product.refresh_from_db()
    assert (product.name, product.code, product.category.name) == ("智造 MES", "MES-1", "软件")
    assert (product.list_price, product.floor_price, product.tax_rate) == (Decimal("98000.00"), Decimal("80000.50"), 13)
    assert product.is_active


def test_a_second_product_of_the_same_code_is_refused_whatever_the_case(make_product, people):
    make_product(code="mes-1")
    with pytest.raises(Conflict) as refused:
        services.create({"name": "另一个", "code": "MES-1"}, by=people.admin)
    assert (refused.value.code, refused.value.field) == ("duplicate", "code")
    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": ""}, "code"),
        ({"name": " "}, "name"),
        ({"list_price": "-0.01"}, "list_price"),
        ({"floor_price": "-1"}, "floor_price"),
        ({"list_price": "1.005"}, "list_price"),
        ({"list_price": "NaN"}, "list_price"),
        ({"list_price": "10000000000000000"}, "list_price"),
        ({"tax_rate": "100.01"}, "tax_rate"),
        ({"category": "长" * 81}, "category"),
        ({"is_active": False}, "is_active"),
    ],
)
def test_what_a_product_cannot_be_is_refused_by_its_field(people, values, field):
    with pytest.raises(Invalid) as refused:
        services.create({"name": "产品", "code": "P", **values}, by=people.admin)
    assert field in refused.value.errors
    assert not Product.objects.exists()


def test_every_problem_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        clean({"name": "", "code": "", "list_price": "-1", "tax_rate": "abc"})
    assert set(refused.value.errors) == {"name", "code", "list_price", "tax_rate"}


def test_an_emptied_price_is_none_for_the_floor_and_nothing_for_the_list(make_product, people):
    product = make_product(list_price="100", floor_price="80")
    product = services.update(product, {"list_price": "", "floor_price": ""}, by=people.admin)
    assert (product.list_price, product.floor_price) == (0, None)


def test_a_retired_product_is_no_longer_on_sale_and_can_be_offered_again(make_product, people):
    product = make_product()
    services.retire(product, by=people.admin)
    services.retire(product, by=people.admin)
    assert not Product.objects.on_sale().exists()
    assert Activity.objects.filter(verb=events.RETIRED).count() == 1
    assert services.offer(product, by=people.admin).is_active


def test_saving_what_is_already_so_leaves_no_event(make_product, people):
    product = make_product("MES", list_price="100.00")
    services.update(product, {"name": "MES", "list_price": "100"}, by=people.admin)
    assert not Activity.objects.filter(verb=events.UPDATED).exists()


def test_many_products_share_their_new_categories_and_have_an_event_each(people):
    rows = [clean({"name": f"产品 {n}", "code": f"C{n}", "category": "备件" if n % 2 else "整机"}) for n in range(20)]
    services.create_many(rows, by=people.admin)
    assert ProductCategory.objects.count() == 2
    assert Product.objects.filter(category__name="备件").count() == 10
    assert Activity.objects.filter(verb=events.CREATED).count() == 20


def test_the_same_request_sent_twice_makes_one_product(people):
    values = {"name": "产品", "code": "P"}
    first, second = (services.create(values, by=people.admin, once="key-1") for _ in range(2))
    assert first == second
    assert Product.objects.count() == 1


def test_a_rep_sees_every_product_and_changes_none(make_product, people):
    product = make_product()
    assert list(Product.objects.visible_to(people.rep_a)) == [product]
    assert not Product.objects.visible_to(people.rep_a, "edit").exists()
    with pytest.raises(NotAllowed):
        services.update(product, {"name": "改名"}, by=people.rep_a)
