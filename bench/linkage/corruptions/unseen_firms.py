"""What goes wrong with firms only in the unseen part: nobody who tried the search on the seen part has met it."""

from bench.linkage.corruptions.register import corruption

_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@corruption("name", 4, loses="letters branch", unseen=True)
def name_cut_off(row, draw):
    """An old system kept ten characters."""
    row.cells["name"] = row.cells["name"][: draw.pick([10, 10, 12])]


@corruption("name", 3, unseen=True)
def scanned_wrongly(row, draw):
    """有眼公可 for 有限公司, as read from a scanned card."""
    name = row.cells["name"]
    row.cells["name"] = draw.pick([name.replace("有限", "有眼"), name.replace("公司", "公可"), name.replace("司", "同"), name.replace("技", "枝")])


@corruption("name", 3, unseen=True)
def english_form_behind_chinese_name(row, draw):
    """恒达机械 Co., Ltd."""
    row.cells["name"] = row.cells["name"].removesuffix("有限公司").removesuffix("有限责任公司") + draw.pick([" Co., Ltd.", " LTD", " Co.,Ltd"])


@corruption("name", 3, unseen=True)
def marks_around_name(row, draw):
    """「恒达机械」, 客户：恒达机械."""
    row.cells["name"] = draw.pick(["「{}」", "“{}”", "客户：{}", "{}。", "A{}", "1.{}", "★{}"]).format(row.cells["name"])


@corruption("name", 3, unseen=True)
def number_in_name(row, draw):
    """The telephone number behind the name."""
    if row.mobile:
        row.cells["name"] += draw.pick([" ", "/", ""]) + row.mobile


@corruption("phone", 6, loses="mobile", unseen=True)
def digits_transposed(row, draw):
    """Two neighbours changed their places."""
    if row.cells["mobile"]:
        place = draw.number(3, 10)
        row.cells["mobile"] = row.mobile[:place] + row.mobile[place : place + 2][::-1] + row.mobile[place + 2 :]


@corruption("phone", 5, loses="mobile", unseen=True)
def middle_hidden(row, draw):
    """138****5678."""
    if row.cells["mobile"]:
        row.cells["mobile"] = f"{row.mobile[:3]}****{row.mobile[7:]}"


@corruption("phone", 4, unseen=True)
def grouped_by_threes(row, draw):
    """138 123 456 78."""
    if row.cells["mobile"]:
        number = row.mobile
        row.cells["mobile"] = f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"


@corruption("address", 5, unseen=True)
def postcode_in_front(row, draw):
    """518000 广东省深圳市…"""
    if row.cells["address"]:
        row.cells["address"] = draw.pick(["{} {}", "{}{}", "邮编{}，{}"]).format(row.place.district.code[:4] + "00", row.cells["address"])


@corruption("address", 5, unseen=True)
def chinese_digits_in_address(row, draw):
    """三楼."""
    room = row.place.room
    if room:
        row.cells["address"] = row.cells["address"].replace(room, room.translate(_CHINESE_DIGITS))


@corruption("address", 4, unseen=True)
def address_back_to_front(row, draw):
    """科技路8号, 宝安区, 深圳市."""
    place = row.place
    if row.cells["address"]:
        row.cells["address"] = f"{place.house}{place.room}, {place.road}{place.number}, {place.district.name}, {place.city.name}"


@corruption("code", 6, unseen=True)
def word_before_code(row, draw):
    """税号：91440300…"""
    if row.cells["code"]:
        row.cells["code"] = draw.pick(["税号：", "信用代码:", "USCC "]) + row.cells["code"]


@corruption("code", 6, loses="code", unseen=True)
def code_cut_off(row, draw):
    """The last character or two are missing."""
    row.cells["code"] = row.cells["code"][: -draw.number(1, 3)]


@corruption("web", 6, unseen=True)
def mail_with_at_in_words(row, draw):
    """info[at]hengda.com."""
    row.cells["email"] = row.cells["email"].replace("@", draw.pick(["[at]", "#", " at "]))


@corruption("web", 6, loses="website", unseen=True)
def mail_in_website_column(row, draw):
    """One column was free."""
    if row.cells["email"]:
        row.cells["website"], row.cells["email"] = row.cells["email"], ""


@corruption("field", 8, unseen=True)
def address_in_name_column(row, draw):
    """恒达机械有限公司，深圳市宝安区科技路8号."""
    if row.cells["address"]:
        row.cells["name"] += draw.pick(["，", " ", "\n"]) + row.cells["address"]
