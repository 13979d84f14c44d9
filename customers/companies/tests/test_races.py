"""What happens when many do the same at once; with real commits."""

import pytest
from django.db import transaction

from crm.core.context import coming_by
from crm.core.errors import Conflict
from customers.companies import services as companies
from customers.companies.models import Company
from customers.contacts import importing
from customers.contacts import services as contacts
from customers.contacts.models import Contact

CODE = "91320594MA1X7K3L0Q"


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_credit_code_leave_one_company(people, run_together):
    outcomes = run_together(lambda n: companies.create({"name": f"恒立达 {n}", "credit_code": CODE}, by=people.rep_a), 20)
    assert Company.objects.filter(credit_code=CODE).count() == 1
    refused = [found for found in outcomes if not isinstance(found, Company)]
    assert len(refused) == 19
    assert {(type(found), found.code, found.field) for found in refused} == {(Conflict, "duplicate", "credit_code")}


@pytest.mark.django_db(transaction=True)
def test_ten_double_clicks_at_once_make_one_company(people, run_together):
    outcomes = run_together(lambda n: companies.create({"name": "恒立达"}, by=people.rep_a, once="one form"), 10)
    assert {found.pk for found in outcomes} == {Company.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_mobile_leave_one_contact(people, run_together):
    company = companies.create({"name": "恒立达"}, by=people.rep_a)
    values = {"company": company, "position": "副总", "mobile": "13998760021"}
    outcomes = run_together(lambda n: contacts.create({"name": f"沈丽华{n}"} | values, by=people.rep_a, even_if_known=True), 20)
    assert Contact.objects.count() == 1
    assert [found.code for found in outcomes if not isinstance(found, Contact)] == ["duplicate"] * 19


@pytest.mark.django_db(transaction=True)
def test_imports_and_pages_at_once_with_one_mobile_leave_one_contact(people, run_together):
    company = companies.create({"name": "恒立达"}, by=people.rep_a)

    def act(number):
        values = {"name": f"沈丽华{number}", "company": company, "position": "副总", "mobile": "13998760021"}
        if number % 2:
            return contacts.create(values, by=people.rep_a)
        with coming_by("import"), transaction.atomic():
            values = importing.check(values, people.rep_a)
            if importing.twins_of(set(importing.identities(values)), people.rep_a):
                return None
            return importing.create_many([values], by=people.rep_a)[0]

    for outcome in run_together(act, 12):
        assert outcome is None or isinstance(outcome, Contact) or outcome.code == "duplicate", outcome
    assert Contact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_person_added_during_a_hand_over_goes_along(people, run_together):
    company = companies.create({"name": "恒立达"}, by=people.rep_a)

    def act(number):
        if number == 0:
            return companies.assign([company], to=people.rep_c, by=people.manager)
        values = {"name": f"员工{number}", "company": company, "position": "员工", "mobile": f"1390000000{number}"}
        return contacts.create(values, by=people.manager)

    for outcome in run_together(act, 9):
        assert not isinstance(outcome, Exception), outcome
    assert set(Contact.objects.values_list("co_owner", flat=True)) == {people.rep_c.pk}
