"""How addresses, websites and mail addresses of firms are spoiled."""

from dataclasses import replace

from bench.linkage.corruption import corruption
from crm.core.regions import short_name


@corruption("place", 22)
def address_without_province_and_city(row, draw):
    """宝安区科技路8号."""
    row.with_place = False


@corruption("place", 8, loses="address")
def moved_within_the_city(row, draw):
    """The address from before or after the firm moved."""
    row.place = row.firm.old_address or row.place


@corruption("place", 12)
def room_left_off(row, draw):
    """Down to the house, or to the building."""
    row.place = replace(row.place, room="")


@corruption("place", 8)
def building_instead_of_number(row, draw):
    """国际大厦3楼 without street and number."""
    if row.place.house:
        row.place = replace(row.place, road="", number="")


@corruption("place", 8)
def town_left_off(row, draw):
    """Without 镇 and 街道."""
    row.place = replace(row.place, town="")


@corruption("address", 10)
def number_written_otherwise(row, draw):
    """12弄, 12-1号, №12."""
    old = row.place.number
    bare = old.removesuffix("号")
    row.cells["address"] = row.cells["address"].replace(old, draw.pick([f"{bare}弄", f"{bare}#", f"{bare}-1号", bare, f"{bare} 号", f"{bare}號"]), 1)


@corruption("address", 8)
def place_names_shortened(row, draw):
    """广东深圳宝安 for 广东省深圳市宝安区."""
    for name in (row.place.city.province, row.place.city.name):
        row.cells["address"] = row.cells["address"].replace(name, short_name(name), 1)


@corruption("address", 6)
def blanks_and_commas_in_address(row, draw):
    """广东省 深圳市，宝安区."""
    gap = draw.pick([" ", "，", "-", "·", "/"])
    for name in (row.place.city.province, row.place.city.name, row.place.district.name):
        row.cells["address"] = row.cells["address"].replace(name, name + gap, 1)


@corruption("address", 5)
def hint_behind_address(row, draw):
    """近地铁站."""
    if row.cells["address"]:
        row.cells["address"] += draw.pick(["（近地铁站）", "（银行旁边）", "，正门右侧", "(加油站对面)", " 收货地址", "（仓库）"])


@corruption("address", 5)
def room_number_as_digits(row, draw):
    """3-305 for 3层305室."""
    room = row.place.room
    row.cells["address"] = (
        row.cells["address"].replace(room, room.replace("层", "-").replace("幢", "-").replace("室", "").replace("楼", "F")) if room else row.cells["address"]
    )


@corruption("web", 16)
def website_with_scheme_or_path(row, draw):
    """https://…/about.html."""
    if row.cells["website"]:
        domain = row.firm.domain
        row.cells["website"] = draw.pick(
            [
                f"http://www.{domain}",
                f"https://{domain}/",
                f"https://www.{domain}/about.html",
                f"HTTP://WWW.{domain.upper()}",
                f"http://www.{domain}/index.php?lang=cn",
            ]
        )


@corruption("web", 8)
def website_bare(row, draw):
    """Without www."""
    row.cells["website"] = row.cells["website"].removeprefix("www.")


@corruption("web", 8)
def mail_in_capitals_or_brackets(row, draw):
    """<INFO@HENGDA.COM>."""
    if row.cells["email"]:
        mail = row.cells["email"]
        row.cells["email"] = draw.pick([mail.upper(), f"<{mail}>", f"mailto:{mail}", f"{mail};", mail.replace("@", "＠")])


@corruption("web", 6, loses="website")
def website_of_a_platform(row, draw):
    """The shop on a market place."""
    if row.cells["website"]:
        row.cells["website"] = draw.pick(["https://shop{}.1688.com", "https://shop{}.taobao.com", "https://{}.b2b.hc360.com"]).format(
            row.firm.latin + draw.digits(3)
        )


@corruption("web", 6, loses="email")
def mail_of_an_employee(row, draw):
    """A private mailbox of whoever dealt with it."""
    if row.cells["email"]:
        row.cells["email"] = f"{draw.digits(draw.number(8, 11))}@qq.com"


@corruption("field", 5)
def province_and_city_swapped(row, draw):
    """Columns slipped by one."""
    row.cells["province"], row.cells["city"] = row.cells["city"], row.cells["province"]


@corruption("field", 5)
def contact_behind_name(row, draw):
    """恒达机械有限公司-王伟."""
    if row.cells["contact"]:
        row.cells["name"] += draw.pick(["-", " ", "/", "—"]) + row.cells["contact"]


@corruption("field", 5)
def contact_and_phone_swapped(row, draw):
    """The number in the column of the person."""
    row.cells["contact"], row.cells["phone"] = row.cells["phone"], row.cells["contact"]


@corruption("field", 6)
def region_names_shortened(row, draw):
    """广东 and 深圳 in their columns."""
    row.cells["province"], row.cells["city"] = short_name(row.cells["province"]), short_name(row.cells["city"])


@corruption("field", 4)
def placeholder_instead_of_nothing(row, draw):
    """无, -, N/A, 不详."""
    empty = [name for name, value in row.cells.items() if not value]
    if empty:
        row.cells[draw.pick(empty)] = draw.pick(["无", "-", "N/A", "不详", "/", "暂无", "0"])
