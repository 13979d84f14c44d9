"""Names of firms: which of their parts are written, and in which order."""

from dataclasses import replace

from bench.linkage.corruptions.register import corruption
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


@corruption("naming", 10, loses="region")
def region_into_brackets(row, draw):
    """恒达（深圳）机械有限公司."""
    if row.naming.region:
        row.naming = replace(row.naming, region="", bracket=row.place.city.short)


@corruption("naming", 8, loses="region")
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


@corruption("naming", 14, loses="name brand former")
def former_name(row, draw):
    """The name from before the change of name."""
    row.naming = row.firm.old_naming or row.naming


@corruption("naming", 8)
def initials_of_the_trade(row, draw):
    """恒达精机 for 恒达精密机械, as on the stock exchange."""
    trade = row.naming.trade
    short = trade[0] + trade[2] if len(trade) >= 4 else trade[:2]
    row.naming = replace(row.naming, region="", bracket="", trade=short, form=draw.pick(["", "", "股份"]))


@corruption("naming", 4, loses="trade name")
def brand_and_holding(row, draw):
    """恒达股份, 恒达集团, 恒达公司: what a firm is called in its own city."""
    row.naming = replace(row.naming, region="", bracket="", trade="", form=draw.pick(["股份", "集团", "公司", "实业"]))


@corruption("naming", 4, loses="trade name")
def city_and_brand(row, draw):
    """深圳恒达."""
    row.naming = replace(row.naming, region=row.place.city.short, bracket="", trade="", form="")


@corruption("naming", 5, loses="region")
def district_in_front(row, draw):
    """深圳市宝安区恒达机械厂."""
    city = row.place.city
    row.naming = replace(row.naming, region=draw.pick([city.name, city.short, ""]) + row.place.district.name, bracket="")


@corruption("naming", 3, loses="region")
def region_behind_trade(row, draw):
    """恒达机械（深圳）有限公司."""
    if row.naming.region or row.naming.bracket:
        row.naming = replace(row.naming, region="", bracket="", trade=f"{row.naming.trade}（{row.place.city.short}）")
