"""Files in the browser and over the API: the same rights, and never anything a browser would run."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.accounts import services as tokens
from crm.files import services, storage
from crm.files.models import KeptFile
from crm.files.tests.conftest import PDF
from crm.importexport import uploads
from customers.companies import services as companies

pytestmark = pytest.mark.django_db


def url(company):
    return f"/files/companies/{company.pk}/"


def api(company, rest=""):
    return f"/api/v1/companies/{company.pk}/files/{rest}"


def text(answer):
    return unescape(answer.content.decode())


def test_added_on_the_page_it_stands_in_the_panel_of_the_record(company, people, signed_in, sent):
    client = signed_in(people.rep_a)
    assert client.post(url(company), {"file": sent()}).status_code == 303
    panel = text(client.get(f"/customers/companies/{company.pk}/panels/"))
    assert "合同.pdf" in panel
    assert "合同.pdf" in text(client.get(url(company)))


def test_a_refused_file_says_why_and_keeps_nothing(company, people, signed_in, sent):
    client = signed_in(people.rep_a)
    client.cookies["km_language"] = "en"
    answer = client.post(url(company), {"file": sent("页.pdf", b"<html><script>alert(1)</script>")})
    assert (answer.status_code, KeptFile.objects.count()) == (422, 0)
    assert "holds a web page or a program" in text(answer)
    assert client.post(url(company)).status_code == 422


def test_it_is_handed_out_to_be_saved_and_never_run(company, people, signed_in, sent):
    file = services.add(company, sent("报价 “三”\u202e.xml", b'<?xml version="1.0"?><a/>'), by=people.rep_a)
    answer = signed_in(people.rep_a).get(f"/files/{file.pk}/")
    assert b"".join(answer.streaming_content) == b'<?xml version="1.0"?><a/>'
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"]


def test_one_whose_content_is_gone_says_so(kept, people, signed_in):
    storage.drop(kept.token)
    assert signed_in(people.rep_a).get(f"/files/{kept.pk}/").status_code == 409


def test_who_reaches_the_record_reaches_its_files_and_nobody_else(company, kept, people, signed_in):
    download = f"/files/{kept.pk}/"
    for person, code in ((people.rep_a, 200), (people.lead_east, 200), (people.finance, 200), (people.rep_c, 404), (people.outsourced, 404)):
        client = signed_in(person)
        assert (client.get(download).status_code, client.get(url(company)).status_code) == (code, code), person
    for person, code in ((people.rep_c, 404), (people.finance, 403)):
        assert signed_in(person).post(f"/files/{kept.pk}/removal/").status_code == code, person
    assert not KeptFile.objects.get().deleted_at


def test_what_is_covered_on_the_page_is_not_read_in_a_file(people, signed_in, sent):
    company = companies.create({"name": "宁波海澜仓储物流有限公司"}, by=people.outsourced)
    services.add(company, sent(), by=people.admin)
    client = signed_in(people.outsourced)
    assert client.get(f"/customers/companies/{company.pk}/").status_code == 200
    assert "合同.pdf" not in text(client.get(f"/customers/companies/{company.pk}/panels/"))
    assert client.get(url(company)).status_code == 403
    assert client.get(f"/files/{KeptFile.objects.get().pk}/").status_code == 403


def test_removed_it_offers_the_way_back(company, kept, people, signed_in):
    client = signed_in(people.rep_a)
    page = client.post(f"/files/{kept.pk}/removal/", follow=True)
    assert f'action="/files/{kept.pk}/restoration/"' in text(page)
    assert client.get(f"/files/{kept.pk}/").status_code == 404
    client.post(f"/files/{kept.pk}/restoration/")
    assert client.get(f"/files/{kept.pk}/").status_code == 200


def test_the_tab_of_a_company_counts_what_its_page_lists(company, kept, people, signed_in):
    tabs = text(signed_in(people.rep_a).get(f"/customers/companies/{company.pk}/?part=tabs"))
    assert re.search(rf'<a href="/files/companies/{company.pk}/">\S+ <span class="km-meta">1</span></a>', tabs)


def test_a_page_of_many_files_takes_no_more_statements(company, people, signed_in, sent, django_assert_max_num_queries):
    client = signed_in(people.rep_a)
    for number in range(12):
        services.add(company, sent(f"{number}.pdf", PDF + str(number).encode()), by=people.rep_a)
    client.get(url(company))
    with django_assert_max_num_queries(9):
        assert client.get(url(company)).status_code == 200


def test_the_api_lists_adds_hands_out_and_removes(company, people, signed_in, sent):
    client = signed_in(people.rep_a)
    made = client.post(api(company), {"file": sent()})
    assert (made.status_code, made.json()["noun"], made.json()["record"], made.json()["size"]) == (201, "companies", company.pk, 9)
    pk = made.json()["id"]
    assert client.post(api(company), {"file": sent()}).json()["id"] == pk
    assert [file["name"] for file in client.get(api(company)).json()] == ["合同.pdf"]
    assert b"".join(client.get(api(company, f"{pk}/content/")).streaming_content) == PDF
    assert client.delete(api(company, f"{pk}/")).status_code == 204
    assert client.get(api(company)).json() == []


def test_the_api_refuses_as_the_page_does(company, kept, people, signed_in, sent):
    client = signed_in(people.rep_a)
    refused = client.post(api(company), {"file": sent("页.pdf", b"<html>")})
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (422, "active", "file")
    assert client.post(api(company), {"file": sent(), "owner": "1"}).status_code == 422
    assert client.post(api(company), {"file": "x"}, content_type="application/json").status_code == 415
    assert client.get(f"/api/v1/contacts/{company.pk}/files/").status_code == 404
    assert client.get(f"/api/v1/users/{company.pk}/files/").status_code == 404
    assert client.get(f"/api/v1/contacts/{company.pk}/files/{kept.pk}/content/").status_code == 404
    assert signed_in(people.rep_c).get(api(company)).status_code == 404
    assert signed_in(people.finance).post(api(company), {"file": sent()}).status_code == 403


def test_a_token_needs_the_scope_of_the_record(company, kept, people, client):
    _token, reads = tokens.issue_token(people.rep_a, name="r", scopes=["companies:read"], by=people.rep_a)
    _token, other = tokens.issue_token(people.rep_a, name="o", scopes=["contacts:write"], by=people.rep_a)
    headers = {"authorization": f"Bearer {reads}"}
    assert client.get(api(company), headers=headers).status_code == 200
    assert client.post(api(company), {"file": SimpleUploadedFile("b.pdf", PDF)}, headers=headers).status_code == 403
    assert client.get(api(company), headers={"authorization": f"Bearer {other}"}).status_code == 403


def test_what_is_larger_than_the_house_takes_is_not_read_to_its_end(company, people, signed_in, sent, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BODY", 1000)
    client = signed_in(people.rep_a)
    answer = client.post(url(company), {"file": sent(content=PDF + b"x" * 2000)})
    assert (answer.status_code, KeptFile.objects.count()) == (422, 0)
    answer = client.post(api(company), {"file": sent(content=PDF + b"x" * 2000)})
    assert (answer.status_code, answer.json()["code"], KeptFile.objects.count()) == (422, "too_large", 0)
