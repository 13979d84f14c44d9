"""Every page of the menu, in both languages, light and dark: it answers, nothing fails in the browser, axe is content."""

import pytest

from crm.web import nav
from tests.world import world  # noqa: F401 - a fixture

LOOKS = [("zh-hans", "light"), ("en", "dark")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_every_page_of_the_menu_is_accessible(world, people, visit, settled, axe_finds, language, theme):  # noqa: F811
    page = visit(people.admin, language=language, theme=theme)
    urls = ["/"] + [item["url"] for section in nav.menu_for(people.admin, "") for item in section["items"]]
    urls += [f"/customers/companies/{world['companies'].pk}/", f"/deals/opportunities/{world['opportunities'].pk}/", "/customers/companies/new/"]
    wrong = {}
    for url in dict.fromkeys(urls):
        answer = page.goto(url)
        settled(page)
        found = axe_finds(page)
        if answer.status != 200 or found or page.problems:
            wrong[url] = (answer.status, found, list(page.problems))
        page.problems.clear()
    assert wrong == {}


@pytest.mark.django_db(transaction=True)
def test_no_page_of_the_menu_scrolls_sideways_on_a_phone(world, people, visit):  # noqa: F811
    page = visit(people.admin, size={"width": 360, "height": 780})
    wide = {}
    for section in nav.menu_for(people.admin, ""):
        for item in section["items"]:
            page.goto(item["url"])
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 360:
                wide[item["url"]] = width
    assert wide == {}


@pytest.mark.django_db(transaction=True)
def test_enter_that_ends_a_composition_does_not_submit(people, visit):
    page = visit(people.rep_a)
    page.goto("/customers/companies/new/")
    page.fill("[name=name]", "苏州")
    page.evaluate("document.querySelector('[name=name]').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))")
    assert page.url.endswith("/customers/companies/new/")
