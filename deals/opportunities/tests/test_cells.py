"""A value changed in its place in a list: through the form's field and the same verb, with a check against others."""

from datetime import date
from decimal import Decimal

import pytest

from deals.opportunities import services

pytestmark = pytest.mark.django_db

LIST = "/deals/opportunities/"


@pytest.fixture
def deal(people, make_company):
    values = {"name": "MES II", "company": make_company(), "amount": "620000", "expected_close": date(2026, 12, 18)}
    return services.create(values, by=people.rep_a)


def cell(deal, name):
    return f"{LIST}{deal.pk}/cell/{name}/"


def opened(browser, deal, name):
    """What the field of a cell posts beside the value."""
    context = browser.get(cell(deal, name)).context
    return {"version": context["record"].version, "before": context["before"]}


def test_a_list_marks_the_cells_that_its_reader_may_change(deal, people, signed_in):
    assert 'data-edit="amount"' in signed_in(people.rep_a).get(LIST).content.decode()
    assert "data-edit" not in signed_in(people.finance).get(LIST).content.decode()


def test_a_value_changed_in_its_cell_is_saved_and_shown_as_the_list_shows_it(deal, people, signed_in):
    browser = signed_in(people.rep_a)
    answer = browser.post(cell(deal, "amount"), {"amount": "645000.5"} | opened(browser, deal, "amount"))
    assert answer.status_code == 200
    assert answer.content.decode().strip() == '<td class="num p3" data-edit="amount">645,000.50</td>'
    deal.refresh_from_db()
    assert deal.amount == Decimal("645000.50")


def test_what_cannot_be_taken_is_422_and_keeps_what_was_typed(deal, people, signed_in):
    browser = signed_in(people.rep_a)
    answer = browser.post(cell(deal, "amount"), {"amount": "-5"} | opened(browser, deal, "amount"))
    assert (answer.status_code, 'value="-5"' in answer.content.decode()) == (422, True)
    deal.refresh_from_db()
    assert deal.amount == Decimal(620000)


def test_whoever_is_second_with_the_same_value_reads_both_and_may_insist(deal, people, signed_in):
    browser = signed_in(people.rep_a)
    mine = opened(browser, deal, "amount")
    services.update(deal, {"amount": "700000"}, by=people.lead_east)
    refused = browser.post(cell(deal, "amount"), {"amount": "650000"} | mine)
    text = refused.content.decode()
    assert (refused.status_code, "700,000.00" in text, 'value="650000"' in text) == (409, True, True)
    again = {"version": refused.context["record"].version, "before": refused.context["before"]}
    assert browser.post(cell(deal, "amount"), {"amount": "650000"} | again).status_code == 200
    deal.refresh_from_db()
    assert deal.amount == Decimal(650000)


def test_a_change_of_another_value_meanwhile_is_no_conflict(deal, people, signed_in):
    browser = signed_in(people.rep_a)
    mine = opened(browser, deal, "amount")
    services.update(deal, {"name": "MES III"}, by=people.lead_east)
    assert browser.post(cell(deal, "amount"), {"amount": "650000"} | mine).status_code == 200
    deal.refresh_from_db()
    assert (deal.amount, deal.name) == (Decimal(650000), "MES III")


def test_only_columns_that_say_so_are_changed_and_only_by_whoever_may_change_the_record(deal, people, signed_in):
    assert signed_in(people.rep_a).get(cell(deal, "stage")).status_code == 404
    assert signed_in(people.rep_c).get(cell(deal, "amount")).status_code == 404
    assert signed_in(people.finance).get(cell(deal, "amount")).status_code == 403
