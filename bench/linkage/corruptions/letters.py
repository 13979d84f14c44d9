"""Names of firms: what happens to their letters."""

from bench.linkage.corruptions.register import corruption
from bench.linkage.letters import homophone, look_alike, pinyin, traditional

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@corruption("name", 6, loses="letters")
def homophone_typed(row, draw):
    """横达 for 恒达."""
    row.cells["name"] = homophone(row.cells["name"], draw, row.naming.brand)


@corruption("name", 4, loses="letters")
def look_alike_typed(row, draw):
    """恒迖 for 恒达."""
    row.cells["name"] = look_alike(row.cells["name"], draw)


@corruption("name", 4)
def traditional_characters(row, draw):
    """恒達機械有限公司."""
    row.cells["name"] = traditional(row.cells["name"])


@corruption("name", 6)
def half_width_brackets(row, draw):
    """恒达(深圳)机械有限公司."""
    row.cells["name"] = row.cells["name"].replace("（", "(").replace("）", ")")


@corruption("name", 6)
def remark_behind_name(row, draw):
    """What a salesperson wanted not to forget."""
    row.cells["name"] += draw.pick(["（老客户）", "-已注销?", "(重要)", " 已成交", "（勿重复录入）", "*", "【展会】", "（王总介绍）", "--待跟进", "（已搬迁）"])


@corruption("name", 8)
def blanks_in_name(row, draw):
    """Blanks, zero-width marks and full-width ones from web pages."""
    name, blank = row.cells["name"], draw.pick([" ", "  ", "\u200b", "\u3000", "\ufeff", "\t"])
    place = draw.number(0, len(name) + 1)
    row.cells["name"] = name[:place] + blank + name[place:]


@corruption("name", 3, loses="letters")
def letter_missing(row, draw):
    """恒机械有限公司."""
    name, place = row.cells["name"], _somewhere(row, draw)
    row.cells["name"] = name[:place] + name[place + 1 :] if len(name) > 3 else name


@corruption("name", 3, loses="letters")
def letter_doubled(row, draw):
    """恒达达机械有限公司."""
    name, place = row.cells["name"], _somewhere(row, draw)
    row.cells["name"] = name[: place + 1] + name[place:]


@corruption("name", 4, loses="letters")
def letters_transposed(row, draw):
    """达恒机械有限公司."""
    name, place = row.cells["name"], _somewhere(row, draw, 1)
    row.cells["name"] = name[:place] + name[place : place + 2][::-1] + name[place + 2 :]


@corruption("name", 5)
def full_width_letters(row, draw):
    """ＡＢＣ and －."""
    row.cells["name"] = row.cells["name"].translate(_WIDE)


@corruption("name", 4)
def english_name_beside(row, draw):
    """恒达机械有限公司 Hengda Machinery."""
    english = f"{row.firm.latin.title()} {row.firm.english_trade}"
    row.cells["name"] += draw.pick([f" {english}", f"({english})", f"/{english.upper()}"])


@corruption("name", 3)
def former_name_in_brackets(row, draw):
    """恒达机械有限公司（原泰和机械有限公司）."""
    if row.firm.old_naming:
        row.cells["name"] += draw.pick(["（原{}）", "(曾用名：{})", "【原名{}】"]).format(row.firm.old_naming.written())


@corruption("name", 3, loses="name brand former")
def pinyin_instead(row, draw):
    """shenzhen hengda jixie."""
    words = [row.place.city.short if draw.chance(0.5) else "", row.naming.brand, row.naming.trade]
    written = " ".join(pinyin(word) for word in words if word)
    row.cells["name"] = draw.pick([written, written.upper(), written.title()])


@corruption("name", 6, loses="name brand former")
def english_name_instead(row, draw):
    """Hengda Machinery Co., Ltd."""
    firm, ending = row.firm, draw.pick(["Co., Ltd.", "Co.,Ltd", "Ltd", "Limited", "Inc."])
    city = _capital(row.place.city.short) + " " if draw.chance(0.5) else ""
    row.cells["name"] = f"{city}{firm.latin.capitalize()} {firm.english_trade} {ending}"


def _capital(chinese):
    return pinyin(chinese).capitalize()


def _somewhere(row, draw, before_end=0):
    """A place in the name, but not in the mark of a branch, which alone tells it from its parent."""
    name, branch = row.cells["name"], row.naming.branch
    end = name.find(branch) if branch and branch in name else len(name)
    return draw.number(0, max(end - before_end, 1))
