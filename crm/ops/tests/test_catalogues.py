"""Compiled translations without gettext's tools."""

import gettext

import pytest

from crm.ops.catalogues import compiled, faults

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
COMPANY = 'msgid "Company"\nmsgstr "公司"\n\n'
ORDER = 'msgctxt "verb"\nmsgid "Order"\nmsgstr "下单"\n\n'
LEADS = 'msgid "%d lead"\nmsgid_plural "%d leads"\nmsgstr[0] "%d 条线索"\n'


@pytest.fixture
def catalogue(tmp_path):
    def write(body: str):
        file = tmp_path / "zh_Hans/LC_MESSAGES/django.po"
        file.parent.mkdir(parents=True)
        file.write_text(HEAD + body, encoding="utf-8")
        return file

    return write


def test_what_is_compiled_is_what_gettext_reads(catalogue):
    file = catalogue(COMPANY + ORDER + LEADS)
    with compiled(file).open("rb") as machine_form:
        words = gettext.GNUTranslations(machine_form)
    assert words.gettext("Company") == "公司"
    assert words.pgettext("verb", "Order") == "下单"
    assert words.ngettext("%d lead", "%d leads", 7) == "%d 条线索"
    assert not faults(file)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Lead"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy\nmsgid "Lead"\nmsgstr "线索"\n', "marked fuzzy"),
        ('msgid "%(name)s left"\nmsgstr "%(nmae)s 已离开"\n', "placeholders differ"),
        ('msgid "{count} rows"\nmsgstr "行"\n', "placeholders differ"),
    ],
)
def test_a_reader_never_meets_a_missing_or_broken_translation(catalogue, entry, fault):
    assert [fault in line for line in faults(catalogue(entry))] == [True]
