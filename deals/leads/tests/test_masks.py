"""A lead that waits in a masked pool: no way out tells its numbers and addresses, neither those of today nor the former ones."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from crm.activity.models import Activity
from crm.importexport.reading import open_sheet
from deals.leads import conversion, pools, services
from deals.leads.models import Lead

pytestmark = pytest.mark.django_db

# As they are written, dialled and stored; the former values come first.
SECRETS = (
    "1367654", "136 7654", "13676543210", "vorher@example.com", "wx_vorher_9",
    "1234 7788", "13812347788", "zhou@example.com", "zhou_jm_nb",
)  # fmt: skip
COLUMNS = "cols=name,phone,email,wechat"


@pytest.fixture
def veiled(make_lead, pool, people):
    """A lead whose phone, e-mail and WeChat were all changed before it went back into a masked pool."""
    lead = make_lead("宁波海澜仓储物流", by=people.rep_b, person="周建明", mobile="13676543210", email="vorher@example.com", wechat="wx_vorher_9")
    lead = services.update(lead, {"mobile": "13812347788", "email": "zhou@example.com", "wechat": "zhou_jm_nb"}, by=people.rep_b)
    return pools.return_to_pool([lead], pool=pool, by=people.rep_b, reason="没有时间")[0]


PAGES = {
    "list": f"/deals/leads/?{COLUMNS}",
    "pool": f"/deals/leads/pool/?{COLUMNS}",
    "detail": "/deals/leads/{pk}/",
    "edit": "/deals/leads/{pk}/edit/",
    "cell": "/deals/leads/{pk}/cell/phone/",
    "cell as the list shows it": "/deals/leads/{pk}/cell/phone/?shown",
    "panels": "/deals/leads/{pk}/panels/",
    "conversion": "/deals/leads/{pk}/conversion/",
    "timeline": "/activity/leads/{pk}/",
    "timeline of changes": "/activity/leads/{pk}/?group=change",
    "search by name": "/search/?q=宁波海澜",
    "search by last four": "/search/?q=7788",
    "palette": "/search/palette/?q=宁波海澜",
    "picker": "/pick/leads/?q=宁波",
    "duplicate hint": "/deals/leads/hint/?mobile=13812347788&name=宁波海澜仓储物流",
    "list over the API": "/api/v1/leads/",
    "detail over the API": "/api/v1/leads/{pk}/",
    "export page": f"/exports/leads/?{COLUMNS}",
}


def secrets_in(text, *typed):
    """What the text tells, apart from what the reader typed himself."""
    return [secret for secret in SECRETS if secret in text and not any(secret in word for word in typed)]


@pytest.mark.parametrize("who", ["rep_a", "manager", "admin"])
@pytest.mark.parametrize("way", PAGES)
def test_no_page_tells_what_a_masked_pool_covers(way, who, veiled, people, signed_in):
    answer = signed_in(getattr(people, who)).get(PAGES[way].format(pk=veiled.pk))
    assert answer.status_code in (200, 403, 404)
    assert secrets_in(answer.content.decode(), *([PAGES[way]] if "hint" in way else [])) == []


def test_the_timeline_covers_former_and_new_values_like_the_fields(veiled, people, signed_in):
    text = signed_in(people.rep_a).get(PAGES["timeline"].format(pk=veiled.pk)).content.decode()
    for covered in ("136****3210", "138****7788", "v***@example.com", "z***@example.com"):
        assert covered in text.replace(" ", ""), covered


def test_whoever_holds_the_lead_reads_what_its_number_was(veiled, people, signed_in):
    pools.claim(veiled, by=people.rep_a)
    text = signed_in(people.rep_a).get(PAGES["timeline"].format(pk=veiled.pk)).content.decode()
    assert "13676543210" in text.replace(" ", "")


def test_the_company_a_lead_became_does_not_tell_what_the_lead_covers(veiled, people, signed_in):
    conversion.convert(veiled, by=people.admin, company={"name": "宁波海澜仓储物流有限公司"}, code_reason="旧系统", contact={"position": "经理"})
    veiled.refresh_from_db()
    page = signed_in(people.admin).get(f"/activity/leads/{veiled.pk}/").content.decode()
    assert veiled.owner_id is None
    assert secrets_in(page) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_exported_list_covers_them(form, veiled, people, signed_in, tmp_path):
    answer, path = signed_in(people.manager).post(f"/exports/leads/?{COLUMNS}", {"format": form}), tmp_path / f"leads.{form}"
    path.write_bytes(b"".join(answer.streaming_content))
    cells = [str(cell) for line in open_sheet(path).lines() for cell in line.cells]
    assert "138****7788" in cells[1].replace(" ", "")
    assert secrets_in(" ".join(cells)) == []


def test_the_sheet_of_all_columns_covers_them_for_persons_and_not_for_the_house(veiled, people, tmp_path):
    call_command("export", "leads", str(tmp_path / "some.csv"), user="manager")
    assert secrets_in((tmp_path / "some.csv").read_text("utf-8-sig")) == []
    call_command("export", "leads", str(tmp_path / "all.csv"))
    assert "zhou@example.com" in (tmp_path / "all.csv").read_text("utf-8-sig")


def test_the_administration_covers_them_and_keeps_them_out_of_the_audit(veiled, people, signed_in):
    browser, page = signed_in(people.admin), reverse("admin:deals_lead_change", args=[veiled.pk])
    assert secrets_in(browser.get(page).content.decode()) == []
    form = browser.get(page).context["adminform"].form
    values = {name: form.initial.get(name) for name in form.fields} | {"position": "总监", "tags": ""}
    answer = browser.post(page, {name: value for name, value in values.items() if value is not None})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    veiled.refresh_from_db()
    assert (veiled.position, veiled.mobile) == ("总监", "+8613812347788")


def test_a_repaired_number_is_not_written_whole_into_the_audit(make_lead, people, signed_in):
    lead, browser = make_lead(mobile="13676543210"), signed_in(people.admin)
    page = reverse("admin:deals_lead_change", args=[lead.pk])
    form = browser.get(page).context["adminform"].form
    values = {name: form.initial.get(name) for name in form.fields} | {"mobile": "+8613812347788", "tags": ""}
    assert browser.post(page, {name: value for name, value in values.items() if value is not None}).status_code == 302
    assert Lead.objects.get().mobile == "+8613812347788"
    told = str(list(Activity.objects.filter(verb="admin.repaired").values_list("data", flat=True)))
    assert "mobile" in told
    assert secrets_in(told) == []
