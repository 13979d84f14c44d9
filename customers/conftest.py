"""What the tests of this floor share."""

import re
from html import unescape
from itertools import count
from types import SimpleNamespace

import pytest

from customers.companies import options, weights
from customers.companies import services as companies
from customers.contacts import rules
from customers.contacts import services as contacts
from customers.matching import ruleset

NEXT = re.compile(r'<a class="[^"]*" href="([^"]+)" rel="(next|prev)"')
ROW = re.compile(r'<tr data-id="(\d+)"')


@pytest.fixture(autouse=True)
def fresh_lists():
    """Lists and rules are kept for seconds; a test sees its own."""
    for kept in (options, rules, ruleset, weights):
        kept.forget()
    yield
    for kept in (options, rules, ruleset, weights):
        kept.forget()


@pytest.fixture
def make_company(people):
    """`make_company("恒立达", by=people.rep_c, region="3205")`."""

    def make(name="苏州恒立达精密机械有限公司", *, by=None, **values):
        return companies.create({"name": name} | values, by=by or people.rep_a, even_if_known=True)

    return make


@pytest.fixture
def make_contact(people):
    """`make_contact(company, "周建明", mobile="138 1234 7788")`; the first has this number, each further one its own."""
    serial = count()

    def make(company, name="周建明", *, by=None, **values):
        given = {"name": name, "company": company, "position": "设备部经理", "mobile": f"138 1234 {7788 + next(serial)}"}
        return contacts.create(given | values, by=by or people.rep_a, even_if_known=True)

    return make


@pytest.fixture
def acme(make_company, make_contact):
    """A company of rep_a with one person."""
    company = make_company()
    return SimpleNamespace(company=company, contact=make_contact(company))


@pytest.fixture
def in_english(signed_in):
    """`in_english(people.rep_a)`: a browser of this person that reads English."""

    def sign_in(user):
        browser = signed_in(user)
        browser.cookies["km_language"] = "en"
        return browser

    return sign_in


class Reader:
    """A person who looks at a list: the ids on its pages, in order."""

    def __init__(self, browser, url):
        self.browser, self.url = browser, url

    def page(self, query="", follow=None):
        """The ids of one page, and the addresses of its neighbours by `next` and `prev`."""
        answer = self.browser.get(self.url + query)
        assert answer.status_code == 200
        text = answer.content.decode()
        return [int(pk) for pk in ROW.findall(text)], {rel: unescape(href) for href, rel in NEXT.findall(text)}

    def ids(self, query=""):
        """The ids of the first page."""
        return self.page(query)[0]

    def to_the_end_and_back(self, query=""):
        """The pages forward from the first to the last, and backward from there to the first."""
        rows, links = self.page(query)
        forward = [rows]
        while "next" in links:
            rows, links = self.page(links["next"])
            forward.append(rows)
        backward = [rows]
        while "prev" in links:
            rows, links = self.page(links["prev"])
            backward.append(rows)
        return forward, backward[::-1]


@pytest.fixture
def reader(signed_in):
    """`reader(people.rep_a, "/customers/companies/").ids("?owner=me")`."""
    return lambda user, url: Reader(signed_in(user), url)
