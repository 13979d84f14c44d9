"""Rows about people."""

from bench.linkage.corruptions.register import corruption
from bench.linkage.letters import homophone, look_alike, traditional
from bench.linkage.lists.persons import TITLES
from bench.linkage.numbers import mobile


@corruption("person", 10, loses="letters")
def homophone_in_a_name(row, draw):
    """张玮 for 张伟."""
    row.cells["name"] = homophone(row.cells["name"], draw, row.person.given)


@corruption("person", 6, loses="letters")
def look_alike_in_a_name(row, draw):
    """A character that only looks the same."""
    row.cells["name"] = look_alike(row.cells["name"], draw)


@corruption("person", 6)
def name_in_traditional_characters(row, draw):
    """張偉."""
    row.cells["name"] = traditional(row.cells["name"])


@corruption("person", 10, loses="letters")
def name_in_pinyin(row, draw):
    """Wang Xiaoming."""
    surname, given = row.person.latin
    row.cells["name"] = draw.pick(
        [f"{surname.title()} {given.title()}", f"{surname.upper()} {given.title()}", f"{surname} {given}", f"{surname.title()}{given.title()}"]
    )


@corruption("person", 6, loses="letters")
def given_name_first(row, draw):
    """Xiaoming Wang, Xiaoming, Wang."""
    surname, given = row.person.latin
    row.cells["name"] = draw.pick(["{1} {0}", "{1}, {0}", "{0}, {1}"]).format(surname.title(), given.title())


@corruption("person", 8, loses="name")
def surname_and_title(row, draw):
    """王总."""
    row.cells["name"] = row.person.surname + (TITLES[row.job.title] or draw.pick(["先生", "女士", "工", "经理"]))


@corruption("person", 5, loses="name")
def surname_and_mr_or_ms(row, draw):
    """王先生."""
    row.cells["name"] = row.person.surname + ("先生" if row.person.gender == "男" else draw.pick(["女士", "小姐"]))


@corruption("person", 5, loses="name surname letters")
def english_first_name(row, draw):
    """Kevin."""
    row.cells["name"] = row.person.english


@corruption("person", 6)
def english_first_name_beside(row, draw):
    """王晓明 Kevin, Kevin Wang."""
    row.cells["name"] = draw.pick(
        [f"{row.person.name} {row.person.english}", f"{row.person.name}（{row.person.english}）", f"{row.person.english}/{row.person.name}"]
    )


@corruption("person", 8)
def title_behind_name(row, draw):
    """王晓明总经理, 王晓明（采购）."""
    row.cells["name"] += draw.pick(
        [row.job.title, f"({row.job.title})", " 先生" if row.person.gender == "男" else " 女士", "-" + (row.job.department or "公司")]
    )


@corruption("person", 8)
def blanks_in_a_name(row, draw):
    """王　伟."""
    name, gap = row.cells["name"], draw.pick([" ", "\u3000", "\u200b", "  ", "·"])
    row.cells["name"] = name[:1] + gap + name[1:]


@corruption("personal", 8, loses="mobile")
def mobile_shortened_by_excel(row, draw):
    """1.39E+10."""
    if row.cells["mobile"]:
        row.cells["mobile"] = f"{row.mobile[0]}.{row.mobile[1:3]}E+10"


@corruption("personal", 6, loses="mobile")
def mobile_mistyped(row, draw):
    """One digit is another one."""
    if row.cells["mobile"]:
        place = draw.number(3, 11)
        row.cells["mobile"] = row.mobile[:place] + str((int(row.mobile[place]) + draw.number(1, 10)) % 10) + row.mobile[place + 1 :]


@corruption("personal", 6, loses="mobile")
def mobile_of_the_moment(row, draw):
    """A number that no other row has."""
    if row.cells["mobile"]:
        row.cells["mobile"] = mobile(draw)


@corruption("personal", 12)
def mobile_in_the_phone_column(row, draw):
    """One column for all numbers."""
    if row.cells["mobile"]:
        row.cells["phone"], row.cells["mobile"] = row.cells["mobile"], ""
        row.lost |= {"phone"}


@corruption("personal", 10)
def mobile_as_wechat(row, draw):
    """微信同号."""
    if row.cells["mobile"]:
        row.cells["wechat"] = draw.pick([row.mobile, "同手机", "微信同号"])
        row.lost |= {"wechat"}


@corruption("personal", 8)
def mail_in_capitals(row, draw):
    """WANGWEI@HENGDA.COM."""
    row.cells["email"] = draw.pick([row.cells["email"].upper(), f"<{row.cells['email']}>" if row.cells["email"] else "", row.cells["email"].replace("@", "＠")])


@corruption("personal", 4, loses="email")
def mail_mistyped(row, draw):
    """wangwei@hengda.con."""
    if row.cells["email"]:
        row.cells["email"] = draw.pick([row.cells["email"].replace(".com", ".con"), row.cells["email"].replace("@", "", 1), row.cells["email"][1:]])


@corruption("personal", 8)
def title_written_otherwise(row, draw):
    """GM for 总经理."""
    other = {"总经理": "GM", "销售经理": "Sales Manager", "采购经理": "采购", "工程师": "Engineer", "会计": "财务", "业务员": "销售"}
    row.cells["title"] = other.get(row.cells["title"], row.cells["title"])


@corruption("personal", 6)
def birthday_written_otherwise(row, draw):
    """1980/5/6, 1980年5月6日, 05-06."""
    if row.person.birthday and row.cells["birthday"]:
        year, month, day = row.person.birthday.split("-")
        row.cells["birthday"] = draw.pick(
            [f"{year}/{int(month)}/{int(day)}", f"{year}年{int(month)}月{int(day)}日", f"{year}{month}{day}", f"{year}.{month}.{day}"]
        )


@corruption("personal", 5)
def gender_written_otherwise(row, draw):
    """M, 先生."""
    row.cells["gender"] = draw.pick({"男": ["M", "先生", "male"], "女": ["F", "女士", "female"]}.get(row.cells["gender"], [""]))
