"""Addresses of firms."""

from dataclasses import replace

from bench.linkage.corruptions.register import corruption
from bench.linkage.numbers import landline
from crm.core.regions import short_name


@corruption("place", 22)
def address_without_province_and_city(row, draw):
    """宝安区科技路8号."""
    row.with_place = False


@corruption("place", 8, loses="address")
def moved_within_the_city(row, draw):
    """The address from before or after the firm moved."""
    row.place = row.firm.old_address or row.place


@corruption("place", 4, loses="address place phone")
def moved_to_another_city(row, draw):
    """Province, city and fixed line are others now; name, code and mobile are not."""
    if row.firm.far_address:
        row.place = row.firm.far_address
        row.landline = landline(row.place.city.area_code, draw)


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
    if not old:
        return
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
