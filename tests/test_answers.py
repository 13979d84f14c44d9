"""What a form answers: 303 once it is done, 422 when it cannot be taken, 409 when it is too late for it."""

import pytest
from django.db import transaction
from django.urls import reverse

from crm.testing.fixtures import PASSWORD
from tests.addresses import addresses

pytestmark = pytest.mark.django_db
# The answers a post may get from somebody who may do everything: done, done in place, not a form, not there, too late, not taken.
USUAL = {303, 204, 404, 405, 409, 422}
# Pages that a post draws without anything being done or refused, and why.
DRAWN = {
    "accounts:tokens": "the secret of a new key is on this answer and nowhere else",
    "importexport:mapping": "shows what the chosen columns would lead to",
    "importexport:export": "the answer is the file",
}
JUNK = ({}, {"asked": "1"}, {"name": "", "version": "x", "amount": "viel", "reason": "", "due_at": "gestern", "owner": "0", "stage": "nirgends", "email": "@"})


def asked(client, url, values):
    """The answer; what it did is taken back."""
    with transaction.atomic():
        answer = client.post(url, values)
        transaction.set_rollback(True)
    return answer


def pages():
    """Every address that is no program's."""
    return [address for address in addresses() if not address.name.startswith("api:")]


@pytest.mark.parametrize("values", JUNK, ids=["nothing", "nothing, asked", "junk"])
def test_no_form_answers_otherwise_than_all_others(values, world, people, signed_in):
    client, wrong = signed_in(people.admin), {}
    for address in pages():
        answer = asked(client, address.url(world), values)
        asking = ":bulk-" in address.name and "asked" not in values  # the first post of a bulk change asks for what it needs
        if answer.status_code not in USUAL and address.name not in DRAWN and not asking:
            wrong[address.name] = answer.status_code
    assert not wrong, "\n".join(f"{name} {code}" for name, code in sorted(wrong.items()))


def test_what_was_done_answers_see_other_wherever_it_is_done(world, people, signed_in):
    """One act of every shape of page: a form, a button, many at once, a message read, a language chosen."""
    client, lead, company, follow_up = signed_in(people.rep_a), world["leads"], world["companies"], world["followups"]
    acts = {
        f"/deals/leads/{lead.pk}/edit/": {"name": "嘉兴", "version": lead.version},
        f"/deals/leads/{lead.pk}/invalidity/": {"reason": "空号"},
        f"/deals/leads/{lead.pk}/validity/": {},
        reverse("interactions:followups:complete", args=[follow_up.pk]): {},
        "/customers/companies/bulk/tags/": {"id": [company.pk], "asked": "1", "tag": "重点"},
        f"/queue/{lead.pk}/": {"channel": "phone", "outcome": "unreached"},
        "/notifications/reading/": {"up_to": "1"},
        "/language/": {"language": "en"},
    }
    assert {url: asked(client, url, values).status_code for url, values in acts.items()} == dict.fromkeys(acts, 303)


def test_what_comes_too_late_answers_conflict_and_what_cannot_be_taken_says_so(world, people, signed_in):
    client, lead, contract = signed_in(people.rep_a), world["leads"], world["contracts"]
    order = world["orders"]
    late = {
        f"/deals/contracts/{contract.pk}/signature/": {"signed_on": "2026-01-05"},
        f"/deals/orders/{order.pk}/edit/": {"version": order.version},
        f"/deals/leads/{lead.pk}/edit/": {"name": "嘉兴", "version": lead.version + 7},
        f"/deals/leads/{lead.pk}/unconversion/": {"reason": ""},
    }
    bad = {
        f"/deals/leads/{lead.pk}/invalidity/": {"reason": ""},
        f"/deals/leads/{lead.pk}/edit/": {"name": "嘉兴", "mobile": "12", "version": lead.version},
        "/customers/companies/new/": {"name": ""},
        "/customers/companies/bulk/tags/": {"id": [world["companies"].pk], "asked": "1", "tag": ""},
        "/me/tokens/": {"name": ""},
    }
    assert {url: asked(client, url, values).status_code for url, values in late.items()} == dict.fromkeys(late, 409)
    assert {url: asked(client, url, values).status_code for url, values in bad.items()} == dict.fromkeys(bad, 422)


def test_signing_in_answers_as_its_maker_wants(people, client):
    assert client.post("/accounts/login/", {"login": "rep_a", "password": PASSWORD}).status_code == 302
