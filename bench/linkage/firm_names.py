"""How names of firms are spoiled."""

from dataclasses import replace

from pypinyin import lazy_pinyin

from bench.linkage.corruption import corruption
from bench.linkage.letters import homophone, look_alike, traditional
from bench.linkage.lists.trades import LIMITED, SHORTER_TRADES
from crm.core.regions import short_name


@corruption("naming", 14)
def legal_form_dropped(row, draw):
    """恒达机械."""
    row.naming = replace(row.naming, form="")


@corruption("naming", 8)
def legal_form_shortened(row, draw):
    """恒达机械公司."""
    if row.naming.form in LIMITED:
        row.naming = replace(row.naming, form=draw.pick(["公司", "有限", "有限公司", "股份"]) if "股份" in row.naming.form else draw.pick(["公司", "有限"]))


@corruption("naming", 10)
def legal_form_changed(row, draw):
    """有限责任公司 for 有限公司."""
    if row.naming.form in LIMITED:
        other = {"有限公司": "有限责任公司", "有限责任公司": "有限公司", "股份有限公司": "有限公司"}
        row.naming = replace(row.naming, form=other.get(row.naming.form, "股份有限公司"))


@corruption("naming", 12)
def region_dropped(row, draw):
    """恒达机械有限公司 for 深圳市恒达机械有限公司."""
    row.naming = replace(row.naming, region="", bracket="")


@corruption("naming", 10)
def region_into_brackets(row, draw):
    """恒达（深圳）机械有限公司."""
    if row.naming.region:
        row.naming = replace(row.naming, region="", bracket=row.place.city.short)


@corruption("naming", 8)
def region_added(row, draw):
    """A place in front that the registered name has not, or its longer form."""
    city = row.place.city
    row.naming = replace(row.naming, region=draw.pick([city.name, city.short, city.province + city.name, short_name(city.province) + city.short]), bracket="")


@corruption("naming", 8, loses="trade name")
def brand_only(row, draw):
    """恒达."""
    row.naming = replace(row.naming, region="", bracket="", trade="", form="")


@corruption("naming", 14)
def brand_and_trade(row, draw):
    """恒达机械."""
    trade = SHORTER_TRADES.get(row.naming.trade, row.naming.trade)
    row.naming = replace(row.naming, region="", bracket="", trade=trade, form="")


@corruption("naming", 6)
def trade_shortened(row, draw):
    """电子 for 电子科技."""
    row.naming = replace(row.naming, trade=SHORTER_TRADES.get(row.naming.trade, row.naming.trade))


@corruption("naming", 4, loses="name brand former")
def former_name(row, draw):
    """The name from before the change of name."""
    row.naming = row.firm.old_naming or row.naming


@corruption("name", 5, loses="letters")
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


@corruption("name", 6, loses="name brand former")
def english_name_instead(row, draw):
    """Hengda Machinery Co., Ltd."""
    firm, ending = row.firm, draw.pick(["Co., Ltd.", "Co.,Ltd", "Ltd", "Limited", "Inc."])
    city = _capital(row.place.city.short) + " " if draw.chance(0.5) else ""
    row.cells["name"] = f"{city}{firm.latin.capitalize()} {firm.english_trade} {ending}"


def _capital(chinese):
    return "".join(lazy_pinyin(chinese)).capitalize()
