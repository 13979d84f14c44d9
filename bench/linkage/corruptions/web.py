"""Websites, mail addresses, and what lands in the wrong column."""

from bench.linkage.corruptions.register import corruption
from crm.core.regions import short_name


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
