"""Cards of telephones and mail programs come in as rows, and contacts go out as cards that come in again."""

from datetime import date

import pytest

from crm.activity.models import Activity
from crm.core.errors import Invalid
from crm.importexport.reading import open_sheet
from crm.importexport.vcardout import Card, folded, text_of
from customers.companies import services as companies
from customers.contacts import services as contacts
from customers.contacts.models import Contact

QP_GBK = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=CD=F5;=B7=BC;;;\r\n"
    b"ORG;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=BC=D7=\r\n=B9=AB=CB=BE\r\nTEL;CELL:13800138001\r\nTEL;WORK;FAX:051262881234\r\nEND:VCARD\r\n"
)
OLD_RAW = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=gb2312:王;芳\nTEL;HOME:0512-62881234\nEND:VCARD\n".encode("gbk")
IPHONE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:王;芳;;;\r\nFN:王芳\r\nORG:甲公司;采购部;\r\nTITLE:采购经理\r\nitem1.TEL;type=pref:+86 138-0013-8001\r\n"
    "item1.X-ABLabel:_$!<Mobile>!$_\r\nTEL;TYPE=WORK:0512-62881234\r\nTEL;TYPE=CELL:13900139002\r\nEMAIL;TYPE=INTERNET:wang@jia.example\r\n"
    "ADR;TYPE=WORK:;;工业园区星湖街\r\n 328号;苏州市;江苏省;215000;中国\r\nNOTE:展会认识\\, 需要报价；\\n备注第二行\r\nX-WECHAT:wx_wang\r\n"
    "CATEGORIES:客户,展会\r\nBDAY:1990-03-05\r\nUID:urn:uuid:4fbe\r\nPHOTO;ENCODING=b;TYPE=PNG:" + "QUJD" * 15 + "\r\n " + "QUJD" * 18 + "\r\nEND:VCARD\r\n"
)  # fmt: skip
NEWEST = (
    'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Wang Fang\r\nN:Wang;Fang;;;\r\nTEL;VALUE=uri;TYPE="cell,voice":tel:+8613800138001\r\nGENDER:F\r\n'
    "BDAY:19900305\r\nIMPP;X-SERVICE-TYPE=WeChat:x-apple:wx_wang\r\nADR:;;1 Main St;Springfield;IL;;USA\r\nEND:VCARD\r\n"
)
NAMES = [
    "name",
    "company",
    "department",
    "position",
    "mobile",
    "phone",
    "email",
    "wechat",
    "qq",
    "gender",
    "birthday",
    "address",
    "url",
    "tags",
    "notes",
    "uid",
]


def read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [dict(zip(NAMES, line.cells, strict=True)) for line in open_sheet(path).lines()]


def some(cells, *names):
    return [cells[name] for name in names]


def test_quoted_printable_in_gbk_with_soft_line_ends(tmp_path):
    (cells,) = read(tmp_path / "a.vcf", QP_GBK)
    assert some(cells, "name", "company", "mobile", "phone") == ["王芳", "甲公司", "13800138001", ""]


def test_raw_gbk_of_an_old_mail_program(tmp_path):
    (cells,) = read(tmp_path / "a.vcf", OLD_RAW)
    assert some(cells, "name", "mobile", "phone") == ["王芳", "", "0512-62881234"]


def test_folded_lines_labels_escapes_and_further_numbers_of_an_iphone(tmp_path):
    (cells,) = read(tmp_path / "a.vcf", IPHONE)
    assert some(cells, "name", "company", "department", "position") == ["王芳", "甲公司", "采购部", "采购经理"]
    assert some(cells, "mobile", "phone", "email", "wechat") == ["+86 138-0013-8001", "0512-62881234", "wang@jia.example", "wx_wang"]
    assert some(cells, "birthday", "address", "tags", "uid") == ["1990-03-05", "江苏省苏州市工业园区星湖街328号", "客户,展会", "4fbe"]
    assert cells["notes"].startswith("展会认识, 需要报价；\n备注第二行\n")
    assert "13900139002" in cells["notes"]


def test_version_four_with_addresses_of_telephones_and_services(tmp_path):
    (cells,) = read(tmp_path / "a.vcf", NEWEST)
    assert some(cells, "name", "mobile", "wechat", "gender", "birthday") == ["Wang Fang", "+8613800138001", "wx_wang", "female", "1990-03-05"]
    assert cells["address"] == "1 Main St, Springfield, IL"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_several_cards_in_any_encoding(tmp_path, encoding):
    found = read(tmp_path / "a.vcf", (IPHONE + "\r\n" + IPHONE.replace("王芳", "李雷")).encode(encoding))
    assert [cells["name"] for cells in found] == ["王芳", "李雷"]


def test_a_file_without_a_whole_card_is_refused(tmp_path):
    for content in (b"BEGIN:VCARD\nFN:x\n", b"BEGIN:VCARD\n" + b"x" * 1000):
        with pytest.raises(Invalid) as refusal:
            read(tmp_path / "a.vcf", content)
        assert refusal.value.code == "no_rows"


def test_cards_come_in_by_the_same_rules_as_rows(tmp_path, take_in, report, people):
    path = tmp_path / "a.vcf"
    path.write_bytes(IPHONE.encode() + NEWEST.replace("tel:+8613800138001", "tel:138").encode())
    companies.create({"name": "甲公司"}, by=people.manager)
    run = take_in("contacts", path, by=people.manager)
    assert (run.created, run.rejected) == (1, 1)
    assert {line["row"] for line in report(run)["rejected"]} == {2}
    contact = Contact.objects.get()
    assert (contact.name, contact.company.name, contact.position, contact.external_id) == ("王芳", "甲公司", "采购经理", "4fbe")
    assert {(point.kind, point.value) for point in contact.points.all()} == {
        ("mobile", "+8613800138001"), ("landline", "+8651262881234"), ("email", "wang@jia.example"), ("wechat", "wx_wang"),
    }  # fmt: skip
    assert take_in("contacts", path, by=people.manager).duplicates == 1


def test_company_and_person_come_out_of_one_card(tmp_path, take_in, people):
    path = tmp_path / "a.vcf"
    path.write_bytes(IPHONE.encode())
    assert take_in("customers", path, by=people.manager).created == 1
    assert Contact.objects.get().company.address == "江苏省苏州市工业园区星湖街328号"


@pytest.fixture
def wang(people):
    firm = companies.create({"name": "甲公司"}, by=people.rep_a)
    given = {"name": "王芳", "company": firm, "position": "采购，经理", "mobile": "13800138001", "email": "wang@jia.example", "wechat": "wx_wang",
             "notes": "第一行\n第二行; 还有, 这些\\", "birthday": date(1990, 3, 5), "external_id": "K1", "gender": "female"}  # fmt: skip
    return contacts.create(given, by=people.rep_a)


def test_a_contact_goes_out_as_a_card_and_comes_back_unchanged(wang, signed_in, people, take_in, tmp_path):
    answer = signed_in(people.manager).get(f"/exports/contacts/{wang.pk}/card/")
    path = tmp_path / "a.vcf"
    path.write_bytes(b"".join(answer.streaming_content))
    assert "attachment" in answer["Content-Disposition"]
    assert all(len(line) <= 75 for line in path.read_bytes().split(b"\r\n"))
    assert Activity.objects.filter(verb="exports.made", data__format="vcf").count() == 1
    run = take_in("contacts", path, by=people.manager, mode="update", key="external_id")
    assert (run.updated, run.unchanged, run.rejected) == (0, 1, 0)


def test_a_list_goes_out_as_cards_within_the_right_to_export(wang, signed_in, people):
    other = companies.create({"name": "乙公司"}, by=people.rep_c)
    contacts.create({"name": "李雷", "company": other, "position": "厂长", "mobile": "13800138002"}, by=people.rep_c)
    text = b"".join(signed_in(people.rep_a).post("/exports/contacts/", {"format": "vcf"}).streaming_content).decode()
    assert (text.count("BEGIN:VCARD"), "FN:王芳" in text, "李雷" in text) == (1, True, False)
    assert signed_in(people.rep_a).get(f"/exports/contacts/{Contact.objects.get(name='李雷').pk}/card/").status_code == 404
    assert signed_in(people.telesales).get(f"/exports/contacts/{wang.pk}/card/").status_code in (403, 404)
    assert signed_in(people.manager).get("/exports/companies/1/card/").status_code == 404


def test_what_is_masked_stays_out_of_a_card(wang, signed_in, people):
    people.outsourced.role.rights |= {"contacts.export": "own", "contacts.view": "own"}
    people.outsourced.role.save()
    contacts.assign([wang], to=people.outsourced, by=people.manager)
    text = b"".join(signed_in(people.outsourced).get(f"/exports/contacts/{wang.pk}/card/").streaming_content).decode()
    assert "13800138001" not in text
    assert "*" not in text


def test_no_character_is_cut_in_two_and_no_line_is_too_long():
    written = text_of(Card("王" * 60, notes="备注，" * 100))
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    assert folded("a" * 75) == "a" * 75
