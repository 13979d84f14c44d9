"""Importing and exporting in the browser."""

import csv
import io

import pytest
from django.urls import reverse

from crm.activity.models import Activity
from crm.importexport import exports
from crm.importexport.models import ImportRun, KeptMapping
from crm.importexport.reading import open_sheet
from customers.companies import services as companies
from customers.companies.models import Company

NEW, LIST = "/imports/new/", "/imports/"


@pytest.fixture
def sent(sheet, upload, signed_in, people, media):
    """Send a sheet of companies as the manager; the run."""

    def send(*rows, by=None, name="a.csv"):
        client = signed_in(by or people.manager)
        response = client.post(NEW, {"kind": "companies", "file": upload(sheet(name, *rows))})
        assert response.status_code == 303, response.context["form"].errors
        return ImportRun.objects.latest("pk")

    return send


def test_a_sheet_is_sent_looked_at_started_and_shown(sent, client, run_jobs):
    run = sent(["客户名称", "成立年份"], ["苏州晶锐", "2008"], ["坏年份", "没有这种年份"])
    page = client.get(f"/imports/{run.pk}/mapping/")
    assert [row["outcome"] for row in page.context["rows"]] == ["created", "rejected"]
    assert not Company.objects.exists()
    answer = client.post(f"/imports/{run.pk}/mapping/", {"column-0": "name", "column-1": "established", "mode": "create", "dates": "mdy", "start": "1"})
    assert answer["Location"] == f"/imports/{run.pk}/"
    assert b"progress" in client.get(f"/imports/{run.pk}/").content
    assert "HX-Refresh" not in client.get(f"/imports/{run.pk}/?part=progress", headers={"HX-Request": "true"}).headers
    run_jobs()
    assert client.get(f"/imports/{run.pk}/?part=progress", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    page = client.get(f"/imports/{run.pk}/")
    assert [found.row for found in page.context["not_taken"]] == [3]
    assert Company.objects.get().name == "苏州晶锐"
    assert client.get(LIST).context["rows"][0]["run"] == run


def test_rejected_rows_come_back_as_a_sheet_that_can_be_corrected(sent, client, run_jobs, tmp_path):
    run = sent(["客户名称", "成立年份", "随便"], ["坏年份", "没有这种年份", "x"], ["好公司", "", ""])
    client.post(f"/imports/{run.pk}/mapping/", {"column-0": "name", "column-1": "established", "mode": "create", "dates": "mdy", "start": "1"})
    run_jobs()
    path = tmp_path / "back.xlsx"
    path.write_bytes(b"".join(client.get(f"/imports/{run.pk}/rejected/").streaming_content))
    sheet = open_sheet(path)
    assert sheet.headers[:3] == ["客户名称", "成立年份", "随便"]
    rows = list(sheet.lines())
    assert [row.cells[:4] for row in rows] == [["坏年份", "没有这种年份", "x", 2.0]]
    assert "没有这种年份" in rows[0].cells[4]


def test_columns_can_be_chosen_and_are_remembered_for_the_next_sheet(sent, client, people):
    run = sent(["Firma", "Branche"], ["Acme", "电子"])
    page = client.get(f"/imports/{run.pk}/mapping/")
    assert page.context["refusal"].code == "nothing_mapped"
    client.post(f"/imports/{run.pk}/mapping/", {"column-0": "name", "column-1": "industry", "mode": "create", "dates": "mdy", "keep_as": "德国", "start": "1"})
    assert KeptMapping.objects.get().name == "德国"
    again = sent(["Branche", "Firma"], ["电子", "Bolt"])
    assert again.mapping["columns"] == {"Firma": "name", "Branche": "industry"}


def test_a_required_column_that_is_missing_is_asked_for_before_anything_starts(sent, client):
    run = sent(["行业"], ["电子"])
    answer = client.post(f"/imports/{run.pk}/mapping/", {"column-0": "industry", "mode": "create", "dates": "mdy", "start": "1"})
    assert answer.status_code == 422
    assert answer.context["refusal"].code == "missing_required"
    run.refresh_from_db()
    assert not run.is_started


def test_a_file_that_is_no_table_is_refused_at_the_file(signed_in, people, media, tmp_path, upload):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    answer = signed_in(people.manager).post(NEW, {"kind": "companies", "file": upload(path)})
    assert answer.status_code == 422
    assert len(answer.context["form"].errors["file"]) == 1
    assert not ImportRun.objects.exists()


def test_more_than_fifty_megabytes_are_not_read_to_their_end(signed_in, people, media, tmp_path, monkeypatch):
    monkeypatch.setattr("crm.importexport.uploads.MOST_BODY", 1000)
    answer = signed_in(people.manager).post(NEW, {"kind": "companies", "file": io.BytesIO(b"x" * 5000)})
    assert answer.status_code == 422
    assert "50 MB" in str(answer.context["form"].errors["file"])


def test_somebody_elses_import_is_not_there(sent, signed_in, people, client):
    run = sent(["客户名称"], ["Acme"], by=people.rep_a)
    for user in (people.rep_b, people.lead_south):
        signed_in(user)
        for page in ("", "mapping/", "rejected/"):
            assert client.get(f"/imports/{run.pk}/{page}").status_code == 404
    signed_in(people.manager)
    assert client.get(f"/imports/{run.pk}/mapping/").status_code == 200


def test_who_may_import_nothing_is_told_so(signed_in, people):
    assert signed_in(people.telesales).get(NEW).status_code == 403


def test_an_empty_sheet_names_every_column(signed_in, people, tmp_path):
    answer = signed_in(people.manager).get("/imports/template/?kind=companies")
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    content = path.read_bytes()
    assert content.startswith(b"PK")
    assert signed_in(people.telesales).get("/imports/template/?kind=companies").status_code == 403
    assert signed_in(people.manager).get("/imports/template/?kind=nonsense").status_code == 404


def read_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_an_export_has_the_rows_columns_and_order_of_the_list(signed_in, people):
    for name, industry in (("Bolt", "electronics"), ("Acme", "electronics"), ("Cord", "textile")):
        companies.create({"name": name, "industry": industry}, by=people.rep_a)
    client = signed_in(people.manager)
    query = "industry=electronics&sort=name&cols=name,industry,owner"
    page = client.get(f"/exports/companies/?{query}")
    assert page.context["count"] == 2
    rows = read_csv(client.post(f"/exports/companies/?{query}", {"format": "csv"}))
    assert [row[0] for row in rows[1:]] == ["Acme", "Bolt"]
    assert [row[2] for row in rows[1:]] == ["林小雨", "林小雨"]
    event = Activity.objects.get(verb="exports.made")
    assert (event.actor, event.data["rows"], event.data["list"]) == (people.manager, 2, "companies")
    assert "industry=electronics" in event.data["query"]


def test_an_export_ends_at_the_scope_of_the_right_to_export(signed_in, people):
    companies.create({"name": "Mine"}, by=people.rep_a)
    companies.create({"name": "Theirs"}, by=people.rep_c)
    rows = read_csv(signed_in(people.rep_a).post("/exports/companies/", {"format": "csv"}))
    assert [row[0] for row in rows[1:]] == ["Mine"]
    assert signed_in(people.telesales).get("/exports/companies/").status_code == 403
    assert signed_in(people.manager).get("/exports/nonsense/").status_code == 404


def test_masked_fields_stay_masked_on_their_way_out(signed_in, people):
    people.outsourced.role.rights["companies.export"] = "own"
    people.outsourced.role.save()
    company = companies.create({"name": "Acme", "phone": "13800138000", "credit_code": "91350100M000100Y43"}, by=people.manager)
    companies.assign([company], to=people.outsourced, by=people.manager)
    client = signed_in(people.outsourced)
    rows = read_csv(client.post("/exports/companies/?cols=name,phone,credit_code", {"format": "csv"}))
    assert rows[1][0] == "Acme"
    assert all("*" in cell for cell in rows[1][1:])
    assert b"91350100M000100Y43" not in client.get("/customers/companies/?cols=name,credit_code").content


def test_a_long_export_is_made_in_the_background(signed_in, people, run_jobs, media, monkeypatch):
    monkeypatch.setattr(exports, "DIRECTLY", 2)
    for number in range(3):
        companies.create({"name": f"Company {number}"}, by=people.manager)
    client = signed_in(people.manager)
    answer = client.post("/exports/companies/?sort=name", {"format": "csv"})
    assert run_jobs() == 1
    job_url = answer["Location"]
    rows = read_csv(client.get(f"{job_url}file/"))
    assert [row[0] for row in rows[1:]] == ["Company 0", "Company 1", "Company 2"]
    assert Activity.objects.filter(verb="exports.made", data__rows=3).count() == 1


def test_the_list_leads_to_both(signed_in, people):
    companies.create({"name": "Acme"}, by=people.manager)
    page = signed_in(people.manager).get(reverse("customers:companies:list")).content.decode()
    assert "/imports/new/?kind=companies" in page
    assert "/exports/companies/?" in page
