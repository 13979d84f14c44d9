"""What people typed stays text on every page, and every page has a policy that would not run it."""

from html.parser import HTMLParser
from itertools import groupby

import pytest
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from crm.accounts import keptviews
from crm.accounts.models import Pool, Role, SavedView, Team, User
from crm.importexport.models import ImportRun, KeptMapping
from customers.companies import options
from customers.companies import services as companies
from customers.companies.models import Option
from deals.leads import services as leads
from deals.opportunities.models import LostReason, Stage
from tests.addresses import addresses

pytestmark = pytest.mark.django_db
# Each would leave a tag, an attribute or a script of the name “kmx” if it got out of the place it stands in.
GROUPS = {
    "tags": ["<kmx>", "<img src=x onkmx=1>", "<svg/onload=kmx()>", "<script>kmx()</script>", "<!--<kmx>-->", "<ifr\x0bame src=//kmx>"],
    "ways out": ['"><kmx>', "'><kmx>", '" onkmx="1', "' onkmx='1", "` onkmx=1", "</title><kmx>", "</textarea><kmx>", "</option><kmx>"],
    "in scripts": ["</script><kmx>", "\u2028kmx()", "'-kmx()-'", '\\"-kmx()//', "{{kmx}}", "{% kmx %}", "${kmx()}", "%3Ckmx%3E", "&lt;kmx&gt;"],
}
# What code reads as a code: another value there is no text but a broken row.
CODES = {
    "currency", "region", "industry", "size", "source", "grade", "number", "code", "state", "external_id", "picked", "category", "stage",
    "channel", "language", "password", "username", "email", "timezone", "noun", "list_name", "query", "credit_code", "mobile", "phone", "domain",
}  # fmt: skip
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "data-url"}
GUESSES = ("q", "name", "next", "sort", "cursor", "view", "cols", "group", "before", "owner", "company", "kind", "part", "tag", "title", "stage")


class Reader(HTMLParser):
    """Notes everything that a browser would take for a part of the page rather than for text."""

    def __init__(self):
        super().__init__()
        self.found, self.script = [], None

    def handle_starttag(self, tag, attrs):
        if "kmx" in tag:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or "kmx" in name:
                self.found.append(f"<{tag} {name}>")
            if name in ADDRESSES and (value or "").strip().lower().startswith(("javascript:", "data:text", "//kmx")):
                self.found.append(f"<{tag} {name}={value}>")
        self.script = tag == "script" and dict(attrs).get("type") != "application/json"

    def handle_endtag(self, tag):
        self.script = False

    def handle_data(self, data):
        if self.script and "kmx" in data:
            self.found.append(data[:60])


def fill(row, payloads):
    """Put as many of the payloads as fit into every text a person may write, and into tags."""
    for field in row._meta.concrete_fields:
        name = field.name
        if field.choices or name in CODES or name.endswith("_key") or field.primary_key:
            continue
        if isinstance(field, models.CharField | models.TextField):
            own = f" {row.pk}" if field.unique else ""
            value = fitting(payloads, (field.max_length or 2000) - len(own)) + own
        elif getattr(field, "base_field", None) is not None and isinstance(field.base_field, models.CharField):
            value = [fitting([payload], field.base_field.max_length or 40) for payload in payloads]
        else:
            continue
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: value})


def fitting(payloads, limit):
    """The payloads one after the other, as far as they fit whole; at least a tag."""
    text = ""
    for payload in payloads:
        if len(text) + len(payload) <= limit:
            text += payload
    return text or "<kmx>"[:limit]


@pytest.fixture
def crowded(world, people):
    """The world with every text replaced; `crowded(payloads)` does it."""

    def crowd(payloads):
        keptviews.save_view(by=people.admin, list_name="companies", name=payloads[0], query=f"q={payloads[0]}")
        Pool.objects.create(name="公海", noun="leads").members.add(people.admin)
        rows = [*world.values(), *User.objects.filter(is_system=False)]
        for model in (Team, Role, SavedView, Pool, Option, Stage, LostReason):
            rows += model.objects.all()
        for row in rows:
            fill(row, payloads)
        options.forget()

    return crowd


@pytest.mark.parametrize("group", GROUPS)
def test_no_page_takes_what_somebody_typed_for_its_own(group, crowded, world, people, signed_in):
    payloads = GROUPS[group]
    crowded(payloads)
    client = signed_in(people.admin)
    wrong, asked = {}, dict.fromkeys(GUESSES, payloads[0]) | {"q": payloads[-1]}
    for address in addresses():
        answer = client.get(address.url(world), asked, headers={"referer": "javascript:kmx()"})
        assert answer.status_code < 500, address.name
        assert_strict(answer, address.name)
        if found := escaped(answer):
            wrong[address.name] = found
    assert wrong == {}


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_in_an_uploaded_sheet_becomes_part_of_a_page(group, sheet, upload, media, people, signed_in, run_jobs):
    """Its name, its heads, its cells, the rows that were not taken, and the name a mapping is kept under."""
    payloads, client = GROUPS[group], signed_in(people.admin)
    rows = [["客户名称", "员工数", *payloads], *([payload, payload, *payloads] for payload in payloads), ["甲公司", payloads[0], *payloads]]
    name = payloads[0].replace("/", "")
    page = client.post("/imports/new/", {"kind": "companies", "file": upload(sheet(f"{name}.csv", *rows))}, follow=True)
    run = ImportRun.objects.get()
    places = {f"column-{place}": "" for place in range(2, len(rows[0]))} | {"column-0": "name", "column-1": "employees", "mode": "create", "dates": "mdy"}
    seen = [page, client.post(f"/imports/{run.pk}/mapping/", places)]
    assert [row["outcome"] for row in seen[1].context["rows"]] == ["rejected"] * len(seen[1].context["rows"])
    seen.append(client.post(f"/imports/{run.pk}/mapping/", places | {"start": "1", "keep_as": payloads[-1]}, follow=True))
    run_jobs()
    seen += [client.get(url) for url in (f"/imports/{run.pk}/", "/imports/", "/jobs/", "/imports/new/?kind=companies", "/notifications/")]
    assert KeptMapping.objects.get().name == payloads[-1]
    for answer in seen:
        assert_strict(answer, "imports")
        assert escaped(answer) == []
    shown = seen[3].content.decode()
    assert "kmx" in shown
    assert "kmx" in client.get(f"/imports/{run.pk}/rejected/")["Content-Disposition"]


@pytest.mark.parametrize("group", GROUPS)
def test_no_message_about_what_was_done_speaks_as_a_page(group, people, signed_in):
    client, wrong = signed_in(people.admin), {}
    for payload in GROUPS[group]:
        company = companies.create({"name": f"{payload}公司"}, by=people.admin, even_if_known=True)
        lead = leads.create({"name": payload}, by=people.admin, owner=people.admin, even_if_known=True)
        acts = {
            "edit": (f"/customers/companies/{company.pk}/edit/", {"name": f"{payload}有限公司", "version": company.version}),
            "tag": ("/customers/companies/bulk/tags/", {"id": [company.pk], "asked": "1", "tag": payload, "query": f"q={payload}"}),
            "hand over": ("/customers/companies/bulk/assignment/", {"id": [company.pk], "asked": "1", "owner": people.rep_a.pk, "reason": payload}),
            "invalid": (f"/deals/leads/{lead.pk}/invalidity/", {"reason": payload}),
            "valid": (f"/deals/leads/{lead.pk}/validity/", {}),
            "bin": (f"/customers/companies/{company.pk}/bin/", {}),
            "restore": (f"/customers/companies/{company.pk}/restoration/", {}),
            "refused": (f"/customers/companies/{company.pk}/edit/", {"name": payload, "website": f"javascript:{payload}"}),
        }
        for name, (url, values) in acts.items():
            answer = client.post(url, values, follow=True)
            assert answer.status_code in (200, 409, 422), (name, payload)
            if found := escaped(answer):
                wrong[name, payload] = found
    assert wrong == {}


def escaped(answer):
    """What got out of its place in an answer."""
    if answer.streaming or not answer["Content-Type"].startswith("text/html"):
        assert answer["X-Content-Type-Options"] == "nosniff"
        return []
    reader = Reader()
    reader.feed(answer.content.decode())
    return [text for text, _group in groupby(reader.found)]


def test_pages_for_nobody_in_particular_have_the_policy_too(world):
    for address in addresses():
        assert_strict(Client().get(address.url(world)), address.name)


def assert_strict(answer, name):
    """The policy of an HTML answer."""
    if answer.status_code in (301, 302, 303) or not answer["Content-Type"].startswith("text/html"):
        return
    policy = answer.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, name
    assert "frame-ancestors 'none'" in policy, name
    assert "unsafe" not in policy, name


def test_the_administration_allows_its_skin_and_no_script_in_a_page(world, people, signed_in):
    client = signed_in(people.admin)
    for url in (reverse("admin:index"), reverse("admin:accounts_user_changelist"), reverse("admin:accounts_user_change", args=[people.rep_a.pk])):
        answer = client.get(url)
        assert answer.status_code == 200
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part.strip())
        assert policy["script-src"].split() == ["'self'", "'unsafe-eval'"]
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize("website", ["javascript:kmx()", " JaVaScRiPt:kmx()", "data:text/html,<kmx>", "vbscript:kmx"])
def test_an_address_that_is_a_script_is_no_website(website, people, signed_in):
    answer = signed_in(people.rep_a).post("/api/v1/companies/", {"name": "甲公司", "website": website}, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["field"] == "website"
