"""What a person's name consists of, and how two stand to each other."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from crm.core.text import fold, pinyin_key, squash
from customers.matching.simplified import simplified
from customers.matching.sounds import sound

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


class Person(IntEnum):
    """How two names stand to each other, the closest first."""

    SAME = 1
    SOUNDS_SAME = 2
    SLIP = 3
    COULD_BE = 4
    OTHER = 5


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name taken apart: the plain name, how it sounds (syllables sorted), its surname, and whether only that is known."""

    plain: str
    syllables: tuple
    surname: str
    is_surname_alone: bool
    is_latin: bool


@lru_cache(maxsize=200_000)
def parse(name: str) -> Parsed:
    """Take a person's name apart."""
    words = HONORIFIC.sub("", fold(name)).strip()
    if HAN.search(words):
        words = _name_in(words)
    if not HAN.search(words):
        parts = tuple(sorted(UMLAUT.sub(r"\1u", part) for part in re.split(r"[^a-zü]+", words) if part))
        return Parsed("".join(parts), parts, "", words != fold(name).strip() and len(parts) == 1, True)
    plain = re.sub(r"[\W\d_]+", "", squash(words))
    plain = simplified("".join(HAN.findall(plain)) or plain)
    plain = FAMILIAR.sub(r"\1总", plain)
    bare = TITLE.sub("", plain) if len(plain) >= 2 else plain
    surname = plain[:2] if plain[:2] in DOUBLE_SURNAMES else plain[:1]
    alone = bare != plain and len(bare) <= len(surname)
    kept = bare if bare and (alone or len(bare) >= 2) else plain
    syllables = tuple(UMLAUT.sub(r"\1u", part) for part in pinyin_key(kept, person=True).split())
    return Parsed(kept, syllables, surname, alone, False)


def _name_in(words):
    """The part that is the name, where something stands beside it; a name with a blank in it (李 小明) stays whole."""
    parts = [part for part in BETWEEN.split(words) if part]
    if len(parts) < 2 or _is_one_name(parts):
        return words
    if names := [part for part in parts if _looks_like_a_name(part)]:
        return names[0]
    latin = " ".join(part for part in parts if not HAN.search(part))
    if len(latin) > 2:
        return latin
    return parts[0] if 2 <= len(parts[0]) <= LONGEST_APART and parts[0] not in REMARKS else words


def _is_one_name(parts):
    whole = "".join(parts)
    return len(HAN.findall(whole)) == len(whole) <= LONGEST_APART and len(parts[0]) <= 2 and parts[0] not in REMARKS


def _looks_like_a_name(part):
    return 2 <= len(part) <= LONGEST_APART + 2 and part not in REMARKS and (part[0] in SURNAMES or part[:2] in DOUBLE_SURNAMES)


def compare(one: Parsed, other: Parsed) -> Person | None:
    """How two names stand to each other; None where nothing can be said."""
    if not one.plain or not other.plain:
        return None
    if one.plain == other.plain:
        return Person.COULD_BE if one.is_surname_alone else Person.SAME
    if one.is_latin or other.is_latin:
        return _latin(one, other)
    if one.is_surname_alone or other.is_surname_alone:
        return Person.COULD_BE if one.surname == other.surname else Person.OTHER
    return _full_names(one, other)


def _full_names(one, other):
    if set(one.syllables).isdisjoint(other.syllables):
        return Person.OTHER
    if one.syllables == other.syllables or sorted(one.plain) == sorted(other.plain):
        return Person.SOUNDS_SAME
    by_sight = max(len(one.plain), len(other.plain)) >= 3 and OSA.distance(one.plain, other.plain, score_cutoff=1) <= 1
    by_sound = OSA.distance("".join(one.syllables), "".join(other.syllables), score_cutoff=1) <= 1
    return Person.SLIP if by_sight or by_sound else Person.OTHER


def _latin(one, other):
    sounds = ["".join(sorted("".join(name.syllables))) for name in (one, other)]
    if sounds[0] == sounds[1]:
        return Person.SOUNDS_SAME
    if one.is_surname_alone or other.is_surname_alone:
        return Person.COULD_BE if set(one.syllables) & set(other.syllables) else Person.OTHER
    if one.is_latin != other.is_latin:
        # A Chinese with a foreign first name (Kevin Wang) shares the surname at most.
        han, latin = (other, one) if one.is_latin else (one, other)
        return Person.COULD_BE if han.syllables and sound(han.surname) in latin.syllables else None
    likeness = JaroWinkler.similarity(one.plain, other.plain)
    return Person.SLIP if likeness >= 0.92 else Person.OTHER
