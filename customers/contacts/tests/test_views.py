"""The pages of contacts."""

import pytest

from customers.contacts.models import Contact

pytestmark = pytest.mark.django_db

LIST = "/customers/contacts/"


def form(**values):
    return {"name": "沈丽华", "position": "副总", "mobile": "139 9876 0021"} | values


def test_every_page_of_a_contact_answers_the_manager(people, acme, signed_in):
    browser, pk = signed_in(people.manager), acme.contact.pk
    for part in ("", "new/", f"{pk}/", f"{pk}/edit/", f"{pk}/panels/", f"{pk}/assignment/", f"{pk}/company/", "bin/", "?part=filters", "?part=columns"):
        assert browser.get(LIST + part).status_code == 200, part


def test_a_saved_form_leads_to_the_page_of_the_new_contact(people, acme, signed_in):
    browser = signed_in(people.rep_a)
    answer = browser.post(f"{LIST}new/", form(company=acme.company.pk, kind_0="mobile", value_0="13700001111", wechat="shen_lh"))
    contact = Contact.objects.get(name="沈丽华")
    assert (answer.status_code, answer.url) == (302, f"{LIST}{contact.pk}/")
    assert [(p.kind, p.value, p.is_primary) for p in contact.points.order_by("kind", "id")] == [
        ("mobile", "+8613998760021", True), ("mobile", "+8613700001111", False), ("wechat", "shen_lh", True),
    ]
