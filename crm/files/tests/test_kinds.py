"""What may be kept: by name and by content, never by one of them alone."""

import pytest

from crm.core.errors import Invalid
from crm.files.kinds import kind_of
from crm.files.naming import clean_name

PDF, PNG, JPG, ZIP, OLE = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "head", "media_type"),
    [
        ("合同.PDF", PDF, "application/pdf"),
        ("铭牌.jpg", JPG, "image/jpeg"),
        ("报价.xlsx", ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("发票.ofd", ZIP, "application/ofd"),
        ("录音.m4a", b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        ("说明.txt", "三条产线".encode("gb18030"), "text/plain"),
        ("说明.txt", "三条产线".encode("utf-16"), "text/plain"),
        ("数电票.xml", b'<?xml version="1.0"?><Invoice/>', "text/plain"),
        ("来信.eml", b"From: a@b.cn\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><body>hi", "text/plain"),
        # A chat saved the picture under another ending, and a document with a password is packed the old way.
        ("截图.jpg", PNG, "image/png"),
        ("方案.docx", OLE, "application/msword"),
    ],
)
def test_documents_are_taken_by_what_they_are(name, head, media_type):
    assert kind_of(name, head).media_type == media_type


@pytest.mark.parametrize(
    ("name", "head", "code"),
    [
        ("setup.exe", b"MZ\x90\x00", "active"),
        ("合同.pdf", b"MZ\x90\x00", "active"),
        ("照片.png", b"\x7fELF\x02", "active"),
        ("run.txt", b"#!/bin/sh\nrm -rf /", "active"),
        ("快捷方式.pdf", b"\x4c\x00\x00\x00\x01\x14\x02\x00", "active"),
        ("照片.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script>", "active"),
        ("说明.txt", b"\n  <!DOCTYPE html><title>x</title>", "active"),
        ("票.xml", b'<?xml version="1.0"?><svg onload="alert(1)"/>', "active"),
        ("页.html", b"<html>", "unknown_kind"),
        ("画.svg", b"<svg/>", "unknown_kind"),
        ("脚本.js", b"alert(1)", "unknown_kind"),
        ("盘.iso", b"\x00" * 64, "unknown_kind"),
        ("无后缀", PDF, "unknown_kind"),
        ("合同.pdf.exe", PDF, "unknown_kind"),
        ("合同.pdf", PNG, "not_what_it_says"),
        ("合同.pdf", b"", "not_what_it_says"),
        ("说明.txt", b"\x00\x01\x02", "not_what_it_says"),
    ],
)
def test_what_is_hostile_or_unknown_is_refused(name, head, code):
    with pytest.raises(Invalid) as refused:
        kind_of(name, head)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\林\\合同.pdf", "合同.pdf"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("报价 <三>.xlsx", "报价 _三_.xlsx"),
        (".pdf", "pdf"),
        ("长" * 300 + ".pdf", "长" * 146 + ".pdf"),
    ],
)
def test_a_name_keeps_its_words_and_loses_what_misleads(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize("given", ["", "///", "\u200b\u202e", ". ."])
def test_a_name_of_nothing_is_refused(given):
    with pytest.raises(Invalid) as refused:
        clean_name(given)
    assert refused.value.code == "nameless"
