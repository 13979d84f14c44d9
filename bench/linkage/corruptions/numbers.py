"""Telephone numbers of firms; their mere writing differs in every row anyway."""

from bench.linkage.corruptions.register import corruption
from bench.linkage.numbers import landline, mobile
from bench.linkage.numbers_written import marked


@corruption("phone", 8, loses="mobile")
def shortened_by_excel(row, draw):
    """1.38E+10: the last digits are gone."""
    digits = row.mobile
    if row.cells["mobile"] and digits:
        row.cells["mobile"] = f"{digits[0]}.{digits[1:3]}E+10"


@corruption("phone", 10, loses="mobile")
def new_mobile(row, draw):
    """The firm is reached on a mobile that no other row has."""
    if row.cells["mobile"]:
        row.cells["mobile"] = mobile(draw)


@corruption("phone", 10, loses="phone")
def new_landline(row, draw):
    """A fixed line that no other row has."""
    if row.cells["phone"]:
        row.cells["phone"] = landline(row.place.city.area_code, draw)


@corruption("phone", 12)
def area_code_missing(row, draw):
    """68881234."""
    row.cells["phone"] = row.landline.partition("-")[2] if row.landline.count("-") == 1 and row.cells["phone"] else row.cells["phone"]


@corruption("phone", 12)
def extension_added(row, draw):
    """0755-68881234转802."""
    if row.cells["phone"]:
        row.cells["phone"] += draw.pick(["转", "-", " 转 ", "ext", "分机", "#"]) + str(draw.number(100, 900))


@corruption("phone", 12)
def mobile_in_phone_column(row, draw):
    """One column for all numbers, the mobile in it."""
    if row.cells["mobile"] and draw.chance(0.7):
        row.cells["phone"], row.cells["mobile"] = row.cells["mobile"], ""
        row.lost.add("phone")


@corruption("phone", 8)
def two_numbers_in_one_cell(row, draw):
    """13812345678/0755-68881234."""
    if row.cells["mobile"] and row.cells["phone"]:
        row.cells["phone"] = row.cells["mobile"] + draw.pick(["/", "、", " ", ";", "，"]) + row.cells["phone"]


@corruption("phone", 4)
def word_before_number(row, draw):
    """手机：138…"""
    column = draw.pick(["phone", "mobile"])
    if row.cells[column]:
        row.cells[column] = marked(row.cells[column], draw)


@corruption("phone", 5, loses="phone mobile")
def digit_mistyped(row, draw):
    """One digit of a number is another one."""
    column, number = draw.pick([("phone", row.landline), ("mobile", row.mobile)])
    if row.cells[column] and number:
        place = len(number) - draw.number(1, 6)
        row.cells[column] = number[:place] + str((int(number[place]) + draw.number(1, 10)) % 10 if number[place].isdecimal() else 0) + number[place + 1 :]
