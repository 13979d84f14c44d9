"""What a person must have is asked on every way in, and a sheet keeps its good rows (PRODUCT A13.1); how fresh a number is shows (A13.6)."""

import csv
import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from crm.core import clock
from customers.contacts import services
from customers.contacts.models import Contact

pytestmark = pytest.mark.django_db

FIELDS = {"name": "沈丽华", "company": None, "position": "副总", "mobile": "13998760021"}
HEADERS = {"name": "姓名", "company": "公司", "position": "职位", "mobile": "手机"}


def by_page(browser, company, left_out, **_given):
    values = FIELDS | {"company": company.pk}
    return browser.post("/customers/contacts/new/", {name: value for name, value in values.items() if name != left_out}).status_code == 303


def by_api(browser, company, left_out, **_given):
    values = FIELDS | {"company": company.pk}
    given = {name: value for name, value in values.items() if name != left_out}
    return browser.post("/api/v1/contacts/", given, content_type="application/json").status_code == 201


def by_sheet(browser, company, left_out, *, folder, by):
    """The bad row stands between two good ones, which are taken."""
    good = FIELDS | {"company": company.name}
    rows = [good | {"name": "甲", "mobile": "13998760022"}, {**good, left_out: ""}, good | {"name": "乙", "mobile": "13998760023"}]
    with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS.values())
        writer.writerows([[row[name] for name in HEADERS] for row in rows])
    with pytest.raises(SystemExit) as ended:
        call_command("import", "contacts", str(folder / "rows.csv"), user=by.username, report=str(folder / "report.json"))
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert (ended.value.code, report["created"], [row["row"] for row in report["rejected"]]) == (1, 2, [3])
    return Contact.objects.filter(name="沈丽华").exists()


@pytest.mark.parametrize("left_out", FIELDS)
@pytest.mark.parametrize("way", [by_page, by_api, by_sheet])
def test_what_a_person_must_have_is_asked_on_every_way(way, left_out, make_company, people, signed_in, tmp_path):
    given = {"folder": tmp_path, "by": people.rep_a} if way is by_sheet else {}
    assert not way(signed_in(people.rep_a), make_company(), left_out, **given)
    assert not Contact.objects.filter(name="沈丽华").exists()


def test_a_number_verified_more_than_180_days_ago_is_amber_and_a_dead_one_says_so(people, acme, in_english, at):
    moment = at("2026-03-02 10:00")
    point = services.verify(acme.contact.points.get(), by=people.rep_a)
    url = f"/customers/contacts/{acme.contact.pk}/"
    at(moment + timedelta(days=180))
    page = in_english(people.rep_a).get(url).content.decode()
    assert "verified 2 Mar" in page
    assert "km-bare km-ok" in page
    at(moment + timedelta(days=180, minutes=1))
    assert "km-bare km-warn" in in_english(people.rep_a).get(url).content.decode()
    services.mark_invalid(point, by=people.rep_a)
    page = in_english(people.rep_a).get(url).content.decode()
    assert ("invalid" in page, "km-bare km-warn" in page) == (True, False)
    point.refresh_from_db()
    assert point.verified_at == clock.now()
