"""What a person's name consists of, and how two stand to each other."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from crm.core.text import fold, pinyin_key, squash
from customers.matching.lookalikes import look_alike
from customers.matching.simplified import simplified
from customers.matching.sounds import sound, syllables

AREAS = (
    "生产 人事 财务 销售 采购 技术 项目 市场 运营 产品 行政 工程 设备 质量 品质 质检 研发 大区 区域 客户 客服 商务 仓库 仓储 物流 车间 门店 外贸 内贸 信息 "
    "安全 法务 业务 售后 售前 企划 策划 渠道 电商 供应链 维修 后勤 办公室"
)
RANKS = (
    "董事长 副董事长 副总经理 总经理 副总裁 总裁 总监 副总 副经理 经理 副主任 主任 主管 先生 女士 小姐 老师 工程师 博士 教授 老板 副厂长 厂长 副部长 部长 科长 "
    "处长 局长 校长 院长 会计 出纳 采购 师傅 店长 组长 队长 站长 行长 所长 董秘 秘书 助理 专员 业务员 采购员 销售员 文员 财务 法人 "
    "老总 代表 顾问 律师 医生 总 工 姐 哥 董 校 院 科"
)
TITLE = re.compile(f"(?:{AREAS.replace(' ', '|')})*(?:{RANKS.replace(' ', '|')})$|(?:{AREAS.replace(' ', '|')})+部$")
HONORIFIC = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof)\.?\s+|[(（].*[)）]$")
# Of those marks these never stand inside a name.
BESIDE = re.compile(r"[@\-—_/|,，、:：;；()（）\[\]【】]")
HAN = re.compile(r"[\u3400-\u9fff]")
# What people put beside a name in a telephone's book: 冯小姐@峡光, 朱稹士 科联, 客户-张三, ding hewen-远兴.
BETWEEN = re.compile(r"[@\s\-—_/|,，、:：;；()（）\[\]【】]+")
# The most frequent surnames: with one of them a name begins, with anything else a firm or a remark.
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙"
    "万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游裴席卫查屈鲍覃霍翁隋"
    "甘景单包司柏宁柯阮桂闵解强华车冉房边阴闫佘肖商饶巫卞冷晏苑尚滕宗丘骆晋全诸葛储明计麦虞池宫窦党蒲艾应邬敖占井娄原蓝鞠封涂衡步邝桑仇连简"
)
LONGEST_APART = 4
REMARKS = frozenset("客户 老客户 新客户 意向客户 联系人 采购 老板 朋友 供应商 同学 技术 财务 商务 销售 重要 备用 以前 成交".split())
FAMILIAR = re.compile(r"^[老小阿大]([\u3400-\u9fff])$")
UMLAUT = re.compile(r"^(l|n)(?:v|ü|yu|ue)$")
DOUBLE_SURNAMES = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 南宫 夏侯 长孙 宇文 端木 独孤 轩辕 申屠 太史 闻人 呼延 百里 东郭 西门".split()
)


LATIN_SLIP = 0.92  # Jaro-Winkler
# First names from abroad that could be read as a surname and a given name: 林达 is hardly ever meant.
FIRST_NAMES = frozenset("linda lina lisa lena lila luna anna hanna nina mina dana diana maya tina gina susan alan dean amanda sara".split())


class Person(IntEnum):
    """How two names stand to each other, the closest first."""

    SAME = 1
    SOUNDS_SAME = 2
    SLIP = 3
    COULD_BE = 4
    ONE_APART = 5
    OTHER = 6


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name taken apart: the plain name, how it sounds (syllables, of a Latin name its words), its surname.

    `is_surname_alone`: 王总, Mr Wang. `is_foreign`: in Latin letters, and some word of it cannot be read as Chinese (Kevin).
    """

    plain: str
    syllables: tuple
    surname: str
    is_surname_alone: bool
    is_latin: bool
    is_foreign: bool = False


@lru_cache(maxsize=200_000)
def parse(name: str) -> Parsed:
    """Take a person's name apart."""
    folded = simplified(fold(name))
    words = HONORIFIC.sub("", folded).strip()
    if HAN.search(words):
        words = _name_in(words)
    if not HAN.search(words):
        parts = tuple(sorted(_one_umlaut(part) for part in re.split(r"[^a-zü]+", words) if part))
        alone = words != folded.strip() and len(parts) == 1
        return Parsed("".join(parts), parts, "", alone, True, not alone and not _is_pinyin_name(parts))
    plain = re.sub(r"[\W\d_]+", "", squash(words))
    plain = "".join(HAN.findall(plain)) or plain
    plain = FAMILIAR.sub(r"\1总", plain)
    bare = TITLE.sub("", plain) if len(plain) >= 2 else plain
    surname = plain[:2] if plain[:2] in DOUBLE_SURNAMES else plain[:1]
    alone = len(plain) == 1 or (bare != plain and len(bare) <= len(surname))
    kept = bare if bare and (alone or len(bare) >= 2) else plain
    syllables = tuple(_one_umlaut(part) for part in pinyin_key(kept, person=True).split())
    return Parsed(kept, syllables, surname, alone, False)


def _one_umlaut(syllable):
    """lü is written lv, lu, lyu and lue; here always lu."""
    return UMLAUT.sub(r"\1u", syllable)


def _is_pinyin_name(parts):
    """Whether all of it can be read as Chinese, and it is more than one syllable: wang xiaoming, wangxiaoming; but not kevin."""
    if len(parts) == 1:
        return parts[0] not in FIRST_NAMES and bool(_pinyin(at_least=2).fullmatch(parts[0]))
    return all(map(_pinyin(at_least=1).fullmatch, parts))


@cache
def _pinyin(at_least):
    # Made when the first name asks for it: most processes never compare names.
    each = "|".join(sorted({_one_umlaut(syllable) for syllable in syllables()}, key=len, reverse=True))
    return re.compile(f"(?:{each}){{{at_least},}}")


def _name_in(words):
    """The part that is the name, where something stands beside it; a name with a blank in it (李 小明) stays whole."""
    parts = [part for part in BETWEEN.split(words) if part]
    if len(parts) < 2 or _is_one_name(words, parts):
        return words
    if names := [part for part in parts if _looks_like_a_name(part)]:
        return names[0]
    chinese = [part for part in parts if HAN.search(part)]
    latin = " ".join(part for part in parts if not HAN.search(part))
    if len(chinese) == 1 and len(latin) > 2 and not _is_pinyin_name(tuple(latin.split())) and _could_be_a_name(chinese[0]):
        return chinese[0]  # a rare surname beside a foreign first name: winnie/盖正葵
    if len(latin) > 2:
        return latin
    return parts[0] if _could_be_a_name(parts[0]) else words


def _could_be_a_name(part):
    return 2 <= len(part) <= LONGEST_APART and part not in REMARKS


def _is_one_name(words, parts):
    """李 小明, 欧阳·娜娜; but 张丹-洋臣 and 张丹 洋臣 are a person and a firm."""
    whole = "".join(parts)
    is_surname = len(parts[0]) == 1 or parts[0] in DOUBLE_SURNAMES or len(whole) <= LONGEST_APART - 1
    return len(HAN.findall(whole)) == len(whole) <= LONGEST_APART and is_surname and not BESIDE.search(words) and parts[0] not in REMARKS


def _looks_like_a_name(part):
    return 2 <= len(part) <= LONGEST_APART + 2 and part not in REMARKS and (part[0] in SURNAMES or part[:2] in DOUBLE_SURNAMES)


def compare(one: Parsed, other: Parsed) -> Person | None:
    """How two names stand to each other; None where nothing can be said."""
    if not one.plain or not other.plain:
        return None
    if one.plain == other.plain:
        return Person.COULD_BE if one.is_surname_alone else Person.SAME
    if one.is_latin and other.is_latin:
        return _both_latin(one, other)
    if one.is_latin != other.is_latin:
        return _across_scripts(*((other, one) if one.is_latin else (one, other)))
    if one.is_surname_alone or other.is_surname_alone:
        return Person.COULD_BE if sound(one.surname) == sound(other.surname) else Person.OTHER
    return _full_names(one, other)


def _full_names(one, other):
    if set(one.syllables).isdisjoint(other.syllables):
        return Person.OTHER
    if one.syllables == other.syllables or sorted(one.plain) == sorted(other.plain):
        return Person.SOUNDS_SAME
    if len(one.plain) == len(other.plain):
        return _of_one_length(one, other)
    # A character is missing: 晓明 for 王晓明.
    return Person.SLIP if max(len(one.plain), len(other.plain)) >= 3 and OSA.distance(one.plain, other.plain, score_cutoff=1) <= 1 else Person.OTHER


def _of_one_length(one, other):
    """One character apart: by ear or by eye it is a slip, else 张建华 and 张建军, brothers more often than a slip."""
    apart = [pair for pair in zip(one.plain, other.plain, strict=True) if pair[0] != pair[1]]
    if [_by_ear(syllable) for syllable in one.syllables] == [_by_ear(syllable) for syllable in other.syllables]:
        return Person.SLIP
    if len(apart) != 1:
        return Person.OTHER
    if look_alike(*apart[0]):
        return Person.SLIP
    # Of two characters the surname says nothing: half the country has one of twenty.
    return Person.ONE_APART if len(one.plain) >= 3 or one.plain[1:] == other.plain[1:] else Person.OTHER


def _by_ear(syllable):
    """What half the country does not tell apart by ear: zh and z, ch and c, sh and s, n and l, an and ang."""
    return re.sub("ng$", "n", re.sub("^n", "l", re.sub("^([zcs])h", r"\1", syllable)))


def _both_latin(one, other):
    if _letters(one.plain) == _letters(other.plain):
        return Person.SOUNDS_SAME
    shared = set(one.syllables) & set(other.syllables)
    if one.is_surname_alone or other.is_surname_alone:
        return Person.COULD_BE if shared else Person.OTHER
    if one.is_foreign != other.is_foreign:
        # Kevin Wang and Wang Xiaoming; Kevin alone says nothing of a Chinese name.
        return Person.COULD_BE if shared else _of_a_first_name(one if one.is_foreign else other)
    return Person.SLIP if JaroWinkler.similarity(one.plain, other.plain) >= LATIN_SLIP else Person.OTHER


def _across_scripts(han, latin):
    """A name in characters and one in Latin letters; a surname may be read in two ways (盖: ge, gai)."""
    readings = {_letters("".join(han.syllables)), _letters(sound(han.plain))}
    if _letters(latin.plain) in readings:
        return Person.SOUNDS_SAME
    if han.is_surname_alone or latin.is_surname_alone or latin.is_foreign:
        return Person.COULD_BE if _has_surname(latin, han) else _of_a_first_name(latin)
    return Person.SLIP if any(OSA.distance(_letters(latin.plain), reading, score_cutoff=1) <= 1 for reading in readings) else Person.OTHER


def _has_surname(latin, han):
    """Whether a word of the Latin name is the surname, or a name written in one word begins with it (xiana: 夏)."""
    read = {_one_umlaut(sound(han.surname)), *han.syllables[:1]}
    return not read.isdisjoint(latin.syllables) or (not latin.is_foreign and any(map(latin.plain.startswith, read)))


def _of_a_first_name(latin):
    """Kevin can be anybody; Kevin Wang and Mr Wang are no Li."""
    return None if latin.is_foreign and len(latin.syllables) == 1 else Person.OTHER


def _letters(text):
    """The letters in their order in the alphabet: xiaoming wang as well as wang xiaoming."""
    return "".join(sorted(text))
