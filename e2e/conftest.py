"""A real Chromium against a real server: signing in, and asking axe."""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import sync_playwright

from crm.testing.fixtures import PASSWORD

# Playwright runs a loop of its own in this thread; Django would mistake it for asynchronous code of ours.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TWO_FRAMES = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def chromium():
    """The browser of this machine."""
    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, live_server, request):
    """A page for a person: `visit(user, language="en", theme="dark", size=PHONE)`; closed at the end of the test."""
    contexts = []

    def opened(user=None, *, language="zh-hans", theme="light", size=WIDE):
        context = chromium.new_context(viewport=size, base_url=live_server.url, locale="zh-CN")
        contexts.append(context)
        cookies = {"km_language": language, "km_theme": theme}
        if user is not None:
            cookies["km_session"] = _session_of(user)
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        request.node.open_pages = [*getattr(request.node, "open_pages", []), page]
        page.set_default_timeout(15_000)
        page.on("dialog", lambda dialog: dialog.accept())
        page.under_way = set()
        page.on("request", lambda request: page.under_way.add(request))  # noqa: PLW0108 - Playwright takes no method of a set
        for ended in ("requestfinished", "requestfailed"):
            page.on(ended, lambda request: page.under_way.discard(request))  # noqa: PLW0108
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in():
    """Sign in through the form, as a person does."""

    def through_the_form(page, username):
        page.goto("/accounts/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("form button[type=submit]")
        page.wait_for_selector(".km-app")

    return through_the_form


@pytest.fixture
def settled():
    """Wait until all that a page fetches after it was loaded stands in it, and what that fetches in turn.

    The browser's own “network idle” would wait for half a second after every page.
    """

    def wait(page):
        quiet = False
        while not quiet:
            quiet = not page.under_way
            page.evaluate(TWO_FRAMES)
            quiet = quiet and not page.under_way

    return wait


@pytest.fixture
def axe_finds():
    """What axe finds wrong with the present page (WCAG 2.2 AA), in short."""

    def asked(page):
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
        return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]

    return asked


def _session_of(user):
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "crm.accounts.backend.SignIn"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep a picture of every page that was open when a test failed, beside the test's other files."""
    outcome = yield
    if call.when == "call" and call.excinfo is not None:
        for page in getattr(item, "open_pages", []):
            picture = Path(item.config.rootpath) / "var" / "failures" / f"{item.name[:60]}-{id(page)}.png"
            picture.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(picture))
            outcome.get_result().sections.append(("picture", f"{page.url} → {picture}"))


def pytest_collection_modifyitems(items):
    """Browser tests last: what is cheap to find is found first."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)
