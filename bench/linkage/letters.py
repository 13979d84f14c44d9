"""One character for another: homophones, look-alikes, traditional forms."""

from functools import lru_cache

from pypinyin import lazy_pinyin

from bench.linkage.lists.brands import BRANDS, FIRST, SECOND
from bench.linkage.lists.characters import LOOK_ALIKES, TRADITIONAL
from bench.linkage.lists.persons import COMMON_GIVEN, GIVEN, SURNAMES

MORE = """
横衡恒珩 鑫欣新馨心 宏弘鸿洪红 达答大 源元原园圆缘远 瑞锐睿 泰太 盛胜晟圣 佳嘉家加 信鑫 诚成城程承 华骅桦 博伯搏 永勇咏 立力利丽励 明铭名鸣 辉晖徽 康
伟玮炜纬 通同桐童 海 天添 顺舜 丰峰锋枫 兴星 杰捷洁 凯恺楷 毅义艺逸益奕 宇雨语羽 涛滔 静婧靖 敏民 丽莉俐 芳方 娜那 强蔷 磊蕾 军君俊 洋阳扬杨 艳燕雁
超朝 霞侠 平萍 刚钢 玲灵铃 婷亭 鹏朋 斌彬宾 波博 飞菲 梅媚 宁凝 健建剑 晓小晓 文雯 志智 国果 荣容蓉 龙隆 云芸 晨辰尘 梓子紫 涵晗含 轩萱 浩皓昊 琪奇祺
琳林霖 颖影莹 欣心 怡宜仪 倩茜 思斯 雅亚 慧惠会 秀绣 英瑛 桂贵 春椿 冬东 德得 仁人 和禾合 富福 金锦 银吟 安案 百柏 万婉 亿翼 美镁 优悠 品频 乐勒 张章 王汪
""".split()


@lru_cache(maxsize=1)
def _sounds() -> dict[str, str]:
    """Syllable → the characters of names that are read so."""
    letters = sorted({*"".join(BRANDS), *FIRST, *SECOND, *"".join(GIVEN + COMMON_GIVEN + SURNAMES), *"".join(MORE)})
    found: dict[str, str] = {}
    for letter in letters:
        found[_sound(letter)] = found.get(_sound(letter), "") + letter
    return found


@lru_cache(maxsize=8192)
def _sound(letter):
    return lazy_pinyin(letter)[0]


@lru_cache(maxsize=65536)
def pinyin(text: str) -> str:
    """The text in small Latin letters without blanks or tones: 恒达 → hengda."""
    return "".join(lazy_pinyin(text)).lower()


def homophone(text: str, draw, where: str = "") -> str:
    """One character of the text (inside `where`, if that occurs in it) as another one that sounds the same."""
    begin = max(text.find(where), 0)
    places = [begin + place for place, letter in enumerate(where or text) if begin + place < len(text) and _others(text[begin + place])]
    if not places:
        return text
    place = draw.pick(places)
    return text[:place] + draw.pick(_others(text[place])) + text[place + 1 :]


def _others(letter):
    return _sounds().get(_sound(letter), "").replace(letter, "")


def look_alike(text: str, draw) -> str:
    """One character as another one that looks nearly the same."""
    places = [place for place, letter in enumerate(text) if letter in LOOK_ALIKES]
    if not places:
        return text
    place = draw.pick(places)
    return text[:place] + draw.pick(LOOK_ALIKES[text[place]]) + text[place + 1 :]


def traditional(text: str) -> str:
    """The text in traditional characters, as in Hong Kong and Taiwan."""
    return "".join(TRADITIONAL.get(letter, letter) for letter in text)
