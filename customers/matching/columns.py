"""What the columns of any spreadsheet of people or companies hold: guessed from their headers and from what is in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from stdnum.cn import ric, uscc

from crm.core.errors import Invalid
from crm.core.phones import parse as parse_phone
from crm.core.text import fold, squash

# Kind → headers as people write them, folded; the longest that fits decides.
HEADERS = {
    "ref": "id|编号|序号|客户编号|记录号|ref|rec id|record id|rec_id|external id|external_id|外部编号|主键|uuid|key",
    "company": (
        "公司|公司名称|企业|企业名称|单位|单位名称|客户名称|客户|厂商|机构名称|商户名称|company|company name|"
        "organisation|organization|account|account name|firm|employer|business name|所在公司|工作单位"
    ),
    "short_name": "简称|公司简称|企业简称|客户简称|short name|alias",
    "name": "姓名|名字|名称|联系人姓名|name|full name|fullname|contact name|person",
    "contact": "联系人|主要联系人|负责人|法人|法定代表人|经办人|contact|contact person|legal representative|representative",
    "given_name": "名|given name|given_name|first name|first_name|firstname|forename",
    "family_name": "姓|family name|family_name|surname|last name|last_name|lastname",
    "credit_code": (
        "统一社会信用代码|社会信用代码|信用代码|税号|纳税人识别号|注册号|工商注册号|营业执照号|credit code|credit_code|"
        "tax number|tax id|tax no|vat|registration number|registration no"
    ),
    "id_number": (
        "身份证|身份证号|身份证号码|证件号|证件号码|id number|id card|identity card|ssn|soc sec id|soc_sec_id|social security number|passport|national id"
    ),
    "mobile": "手机|手机号|手机号码|移动电话|联系手机|mobile|mobile phone|cell|cell phone|cellphone",
    "phone": (
        "电话|电话号码|座机|固定电话|固话|联系电话|公司电话|办公电话|联系方式|传真|phone|phone number|telephone|tel|"
        "landline|office phone|work phone|contact number"
    ),
    "email": "邮箱|电子邮箱|电子邮件|邮件|email|e-mail|mail|email address|e-mail address",
    "wechat": "微信|微信号|wechat|weixin|wechat id",
    "website": "网址|网站|官网|主页|公司网站|website|web|url|homepage|web site|domain",
    "street": "街道|street|address 1|address_1|address1|street address|street name|road",
    "street_number": "门牌号|street number|street_number|house number|house no",
    "address_2": "address 2|address_2|address2|locality",
    "address": ("地址|详细地址|联系地址|办公地址|注册地址|公司地址|通讯地址|经营地址|所在地址|address|full address|office address|mailing address"),
    "province": "省|省份|所在省|省市|province|state|region",
    "city": "市|城市|所在城市|地级市|city|town|suburb",
    "region": "地区|区域|所在地|省市区|所在地区|area",
    "district": "区|区县|县|县区|district|county",
    "postcode": "邮编|邮政编码|postcode|post code|zip|zip code|postal code",
    "birth_date": "生日|出生日期|出生年月|birth date|birthday|date of birth|date_of_birth|dob|birth_date",
    "title": "职务|职位|岗位|头衔|称谓|title|job title|position|role",
    "department": "部门|department|dept|division",
    "gender": "性别|gender|sex",
    "industry": "行业|所属行业|industry|sector",
}
BY_HEADER = {header: kind for kind, headers in HEADERS.items() for header in headers.split("|")}
# What is told of people, and what of firms alone.
PEOPLES_OWN = frozenset({"title", "department", "wechat", "gender", "birth_date", "id_number"})
FIRMS_OWN = frozenset({"credit_code", "website", "short_name"})
NAMES_OF_PEOPLE = frozenset({"name", "given_name", "family_name"})
LOOKED_AT = 400  # filled cells of a column
SURE = 0.6  # so much of what is in a column must look like it
_WORDS = re.compile(r"[\s_\-/()（）:：*.]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}")
_WEB = re.compile(r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cn|net|org|io|top|xyz|vip)(?:\.cn)?(?:/\S*)?")
_COMPANY = re.compile(r"公司|集团|厂$|店$|中心$|商行|合作社|事务所|研究院|\b(?:ltd|inc|llc|gmbh|corp)\b")
_ADDRESS = re.compile(r"[路街道巷弄里村镇]\S{0,6}\d+|\d+号|\d+室")
_PERSON = re.compile(r"[\u3400-\u9fff·]{2,4}")
_LONG = re.compile(r"[\u3400-\u9fff]{5}")
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d/%m/%Y", "%Y年%m月%d日")


@dataclass(frozen=True)
class Column:
    """One column of the spreadsheet: its header and what it is taken for, "" when it is not compared."""

    header: str
    kind: str


def guess(headers, rows) -> list[Column]:
    """What each column holds: by its header, else by what is in it; `rows` are lists of texts, a few hundred are enough."""
    cells = [[text for row in rows if (text := str(row[place]).strip())][:LOOKED_AT] for place in range(len(headers))]
    found = [Column(header, _by_header(header) or _by_content(inside)) for header, inside in zip(headers, cells, strict=True)]
    return _settled(found, cells)


def _by_header(header):
    words = _WORDS.sub(" ", fold(header)).strip()
    if words in BY_HEADER:
        return BY_HEADER[words]
    joined = words.replace(" ", "")
    if joined in BY_HEADER:
        return BY_HEADER[joined]
    # 客户手机1, 联系电话2, 公司全称（中文）: the longest known header inside it, of two characters at least.
    inside = [known for known in BY_HEADER if len(known) > 1 and not known.isascii() and known in joined]
    inside += [known for known in BY_HEADER if known.isascii() and len(known) > 3 and re.search(rf"\b{re.escape(known)}\d*\b", words)]
    return BY_HEADER[max(inside, key=lambda known: (len(known), joined.rfind(known)))] if inside else ""


def _by_content(cells):
    if not cells:
        return ""
    for kind, looks in CONTENT.items():
        if sum(map(looks, cells)) >= SURE * len(cells):
            return kind
    return ""


def _settled(columns, cells):
    """What a name stands for, said by the columns beside it and by what is in them: 名称 may be a firm's, 联系人 is who a sheet of people is about."""
    kinds = {column.kind for column in columns}
    if "company" not in kinds and "name" in kinds and (_tells_of_firms(kinds) or _holds_firms(columns, cells)):
        return _instead(columns, "name", "company")
    if "contact" in kinds and not kinds & NAMES_OF_PEOPLE and ("company" not in kinds or _is_of_people(columns)):
        return _instead(columns, "contact", "name")
    if {"company", "name"} <= kinds and kinds & FIRMS_OWN and not kinds & PEOPLES_OWN and _is_contact(columns):
        return _instead(columns, "name", "contact")
    return columns


def _instead(columns, kind, other):
    return [Column(column.header, other if column.kind == kind else column.kind) for column in columns]


def _tells_of_firms(kinds):
    return bool(kinds & (FIRMS_OWN | {"contact"})) and not kinds & (PEOPLES_OWN | NAMES_OF_PEOPLE - {"name"})


def _holds_firms(columns, cells):
    """Whether most of what stands under 名称 is too long for a person, or ends as firms do."""
    inside = [text for column, texts in zip(columns, cells, strict=True) if column.kind == "name" for text in texts]
    return sum(bool(_COMPANY.search(fold(text)) or _LONG.search(squash(text))) for text in inside) > len(inside) / 2


def _is_of_people(columns):
    """Whether a sheet with 公司 and 联系人 is one of people: it says what nobody says of a firm and nothing that only a firm has.

    Where neither is there, or both, the sheet is about what stands first.
    """
    kinds = [column.kind for column in columns]
    firms, people = not FIRMS_OWN.isdisjoint(kinds), not PEOPLES_OWN.isdisjoint(kinds)
    return people if firms is not people else kinds.index("contact") < kinds.index("company")


def _is_contact(columns):
    return all("contact" in fold(column.header) or "联系人" in column.header for column in columns if column.kind == "name")


def _is_phone(text):
    try:
        parse_phone(text)
    except Invalid:
        return False
    return True


def _is_date(text):
    for form in _DATES:
        try:
            return 1900 <= datetime.strptime(text, form).year <= 2100  # noqa: DTZ007 - a day without a time
        except ValueError:
            continue
    return False


CONTENT: dict[str, Callable[[str], bool]] = {
    "email": lambda text: bool(_EMAIL.fullmatch(squash(text))),
    "website": lambda text: bool(_WEB.fullmatch(squash(text))),
    "id_number": ric.is_valid,
    "credit_code": uscc.is_valid,
    "birth_date": _is_date,
    "phone": _is_phone,
    "company": lambda text: bool(_COMPANY.search(fold(text))) and not _ADDRESS.search(text),
    "address": lambda text: bool(_ADDRESS.search(text)),
    "name": lambda text: bool(_PERSON.fullmatch(squash(text))),
}
