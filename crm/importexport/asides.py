"""Rows that stand among the others and are none: a sum, a note under the table, the header once more."""

import re

from django.utils.translation import gettext_lazy as _

from crm.core.text import narrow
from crm.importexport.headers import filled
from crm.importexport.texts import shown

TOTAL = re.compile(r"(?:合|总|小|共|累)\s*计|汇总|合计数|(?:sub|grand)?[\s-]?total|sum")
NUMBER = re.compile(r"[-+(¥￥$€]{0,3}\d[\d,.]{0,30}[)%元万亿条家户人个]{0,3}|[-—–/]{1,3}")
FOOTNOTE = re.compile(r"(?:注|备注|说明|附注|制表|填表|导出|打印|审核|统计|截止|数据来源|note|printed|exported|source)[人日时期间者]{0,4}\s{0,3}[:：]")
LONGEST = 200
TOTAL_ROW, FOOTNOTE_ROW, HEADER_AGAIN = "total_row", "footnote", "header_again"
SENTENCES = {
    TOTAL_ROW: _("This row is a sum and was left out."),
    FOOTNOTE_ROW: _("This row is a note under the table and was left out."),
    HEADER_AGAIN: _("This row names the columns once more and was left out."),
}


def aside(cells, headers) -> str:
    """Which of the three a row is; nothing for a row of the table."""
    place = next((place for place, cell in enumerate(cells) if filled(cell)), None)
    if place is None or not isinstance(cells[place], str) or len(cells[place]) > LONGEST:
        return ""
    first = narrow(cells[place]).strip().casefold()
    others = [cell for cell in cells[place + 1 :] if filled(cell)] if _may_be_aside(first, cells, headers) else None
    if others is None:
        return ""
    if TOTAL.fullmatch(first.rstrip(":：")) and all(map(_is_number, others)):
        return TOTAL_ROW
    if not others and len(headers) >= 3 and FOOTNOTE.match(first):
        return FOOTNOTE_ROW
    if others and [shown(cell) for cell in cells] == [*headers]:
        return HEADER_AGAIN
    return ""


def _may_be_aside(first, cells, headers):
    """Whether it is worth looking at the rest of the row; nearly never."""
    return bool(TOTAL.fullmatch(first.rstrip(":：")) or FOOTNOTE.match(first)) or shown(cells[0]) == headers[0]


def _is_number(cell):
    return isinstance(cell, int | float) or (isinstance(cell, str) and bool(NUMBER.fullmatch(narrow(cell[:LONGEST]).strip())))
