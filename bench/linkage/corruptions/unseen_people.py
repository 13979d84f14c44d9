"""What goes wrong with people only in the unseen part."""

from datetime import date

from bench.linkage.corruptions.register import corruption
from bench.linkage.letters import homophone

_SHEETS_BEGIN = date(1899, 12, 30)  # the day before day one of a spreadsheet


@corruption("person", 5, loses="name", unseen=True)
def familiar_name(row, draw):
    """小王, 老王."""
    row.cells["name"] = draw.pick(["小", "老", "阿"]) + row.person.surname


@corruption("person", 4, loses="name letters", unseen=True)
def mister_in_english(row, draw):
    """Mr. Wang."""
    row.cells["name"] = draw.pick(["Mr. ", "Mr "] if row.person.gender == "男" else ["Ms. ", "Miss "]) + row.person.latin[0].title()


@corruption("person", 4, loses="letters", unseen=True)
def surname_misheard(row, draw):
    """章伟 for 张伟."""
    row.cells["name"] = homophone(row.cells["name"], draw, row.person.surname)


@corruption("person", 4, unseen=True)
def remark_around_name(row, draw):
    """A王伟-深圳, 王伟🌹."""
    row.cells["name"] = draw.pick(["A{}", "{}🌹", "客户-{}", "{}（离职）", "{}~", "[VIP]{}"]).format(row.cells["name"])


@corruption("person", 3, loses="letters", unseen=True)
def given_name_turned_round(row, draw):
    """王明晓 for 王晓明."""
    row.cells["name"] = row.person.surname + row.person.given[::-1]


@corruption("person", 3, loses="name", unseen=True)
def given_name_only(row, draw):
    """晓明."""
    if len(row.person.given) > 1:
        row.cells["name"] = row.person.given


@corruption("personal", 5, unseen=True)
def birthday_as_serial_number(row, draw):
    """29347, as a sheet keeps dates."""
    if row.person.birthday and row.cells["birthday"]:
        row.cells["birthday"] = str((date.fromisoformat(row.person.birthday) - _SHEETS_BEGIN).days)


@corruption("personal", 5, loses="mobile", unseen=True)
def mobile_digit_missing(row, draw):
    """Ten digits."""
    if row.cells["mobile"]:
        place = draw.number(3, 11)
        row.cells["mobile"] = row.mobile[:place] + row.mobile[place + 1 :]


@corruption("personal", 5, unseen=True)
def mobile_and_phone_swapped(row, draw):
    """Each in the other's column."""
    row.cells["mobile"], row.cells["phone"] = row.cells["phone"], row.cells["mobile"]


@corruption("personal", 4, unseen=True)
def firm_behind_name(row, draw):
    """王伟-恒达机械."""
    row.cells["name"] += draw.pick(["-", "@", " "]) + row.job.firm.naming.brand


@corruption("personal", 4, loses="mobile", unseen=True)
def wechat_in_mobile_column(row, draw):
    """An account where the number should be."""
    if row.cells["wechat"]:
        row.cells["mobile"] = row.cells["wechat"]
