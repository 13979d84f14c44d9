"""Which province, city and district an address, a name or a telephone number speaks of, and how surely."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from crm.core.phones import AREA_CODE, MOBILE, SERVICE
from crm.core.regions import short_name
from crm.core.text import squash
from customers.companies import regions
from customers.matching.simplified import simplified

_TAIL = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|新区|省|市|盟|县|区|旗)$")
# 南京路 and 朝阳区 are no cities: what follows a short name may show that something else is meant.
_NO_CITY = re.compile(r"[东西南北中]?(?:路|街|大道|大街|巷|区|县|镇|乡|村|桥)|[一二三四五六七八九]路")
# Area codes that ring in one place alone; where several cities share one it stands for their province.
AREA_CODES = """
10 北京市  20 广州市  21 上海市  22 天津市  23 重庆市  24 辽宁省  25 南京市  27 武汉市  28 四川省  29 陕西省
311 石家庄市  315 唐山市  351 太原市  371 河南省  379 洛阳市  411 大连市  431 长春市  451 哈尔滨市  471 呼和浩特市
510 无锡市  511 镇江市  512 苏州市  513 南通市  514 扬州市  515 盐城市  516 徐州市  517 淮安市  518 连云港市  519 常州市  523 泰州市  527 宿迁市
531 济南市  532 青岛市  533 淄博市  535 烟台市  536 潍坊市  551 合肥市  553 芜湖市
570 衢州市  571 杭州市  572 湖州市  573 嘉兴市  574 宁波市  575 绍兴市  576 台州市  577 温州市  578 丽水市  579 金华市  580 舟山市
591 福州市  592 厦门市  595 泉州市  731 湖南省  750 江门市  752 惠州市  754 汕头市  755 深圳市  756 珠海市  757 佛山市  760 中山市  769 东莞市
771 南宁市  773 桂林市  791 南昌市  851 贵州省  871 昆明市  891 拉萨市  898 海南省  931 兰州市  951 银川市  971 西宁市  991 乌鲁木齐市
"""


@cache
def area_codes() -> dict[str, str]:
    """Area code without its 0 → code of the region."""
    by_name = {name: code for code, name in sorted(regions.names().items(), reverse=True) if len(code) <= 4}
    pairs = re.findall(r"(\d{2,3}) (\S+)", AREA_CODES)
    return {area: by_name[name] for area, name in pairs}


def area_of(e164: str) -> str:
    """The area code of a stored fixed line, without its 0; "" for every other number."""
    national = e164.partition(";")[0].removeprefix("+86")
    if e164[:3] != "+86" or MOBILE.fullmatch(national) or SERVICE.fullmatch(national):
        return ""
    found = AREA_CODE.match(national)
    return found[0] if found else ""


def of_phone(e164: str) -> str:
    """The region in which a stored fixed line rings; "" for every other number, and where its area code says too little."""
    return area_codes().get(area_of(e164), "")


def of_credit_code(code: str) -> str:
    """The region in which a firm was registered, as its credit code says (characters 3 to 8)."""
    digits = code[2:8]
    if len(code) != 18 or not digits.isdigit():
        return ""
    while digits and (digits not in regions.names() or regions.names()[digits] in regions.MUNICIPAL):
        digits = digits[:-2]
    return digits


@cache
def _children():
    """Region → the names under it, long and short, to their codes; the meaningless middle of a municipality is passed through."""
    found = defaultdict(dict)
    for code, name in regions.names().items():
        if name in regions.MUNICIPAL:
            continue
        above = code[:-2]
        while above and (regions.names().get(above) in regions.MUNICIPAL or above not in regions.names()):
            above = above[:-2]
        for written in _writings(name, code):
            found[above].setdefault(written, code)
    return found


def _writings(name, code):
    short = short_name(name) if len(code) <= 4 else name
    bare = _TAIL.sub("", name)
    if len(code) <= 4:
        return {written for written in (name, short, bare) if len(written) > 1}
    return {name, bare} if name.endswith("市") and len(bare) > 1 else {name}


@cache
def _unique():
    """Names that mean one region whichever province they lie in: cities always, districts where the name occurs once."""
    seen = defaultdict(set)
    for names in _children().values():
        for written, code in names.items():
            seen[written].add(code)
    return {written: min(codes) for written, codes in seen.items() if len(codes) == 1}


@lru_cache(maxsize=50_000)
def of_text(text: str) -> str:
    """The finest region that the text begins with: 江苏省苏州市昆山市前进西路 → 320583; "" where it names none."""
    rest, code = simplified(squash(text)).removeprefix("中国"), ""
    while rest:
        names = _below(code)
        size = next((size for size in range(min(len(rest), 12), 1, -1) if rest[:size] in names and _is_place(rest, size)), 0)
        if not size:
            return code
        code, rest = names[rest[:size]], rest[size:]
    return code


def _is_place(text, size):
    """Whether the name in front is a place here: 南京市中山路 begins with one, 南京路 does not."""
    return bool(_TAIL.search(text[:size])) or not _NO_CITY.match(text[size:])


@cache
def _below(code):
    """What may follow a region in an address; at the beginning every name that means one place."""
    if not code:
        return _unique() | _children()[""]
    if len(code) == 2:
        # People leave the city out: 江苏昆山.
        return {name: found for name, found in _unique().items() if found.startswith(code) and found != code} | _children()[code]
    return _children()[code]


def contains(wide: str, narrow: str) -> bool:
    """Whether one region lies in the other or is it."""
    return narrow.startswith(wide)
