"""The spreadsheets of the imports: companies, and people at them in twelve columns; the same for a seed everywhere."""

import random
from datetime import date, timedelta
from pathlib import Path

from django.db import connection
from stdnum.cn import uscc

from bench.names import FIRST, FORMS, GIVEN, SECOND, SEED, SURNAMES, THIRD
from bench.names import PLACES as SEATS
from crm.importexport.writing import write_xlsx

HEADERS = "姓名 客户名称 职位 部门 手机 座机 邮箱 微信 决策角色 性别 生日 地区".split()
POSITIONS = "采购经理 设备部经理 总经理 财务主管 生产厂长 工艺工程师 质量主管 行政专员 副总经理 技术总监 仓库主管 销售经理".split()
DEPARTMENTS = "采购部 设备部 总经办 财务部 生产部 技术部 质量部 行政部 仓储部 销售部".split()
ROLES = "决策人 影响者 使用者 把关人 支持者".split()
PLACES = "苏州 上海 广州 深圳 杭州 宁波 无锡 南京 武汉 成都 青岛 天津 长沙 合肥 郑州 厦门".split()
AREAS = "0512 021 020 0755 0571 0574 0510 025 027 028 0532 022 0731 0551 0371 0592".split()
MAILS = "163.com qq.com 126.com sina.com outlook.com aliyun.com".split()
# Of a hundred rows one cannot be taken and one is somebody who is there already, as in sheets of real life.
WRONG, KNOWN = 97, 101
NUMBERS = "SELECT norm FROM customers_contactpoint WHERE kind = 'mobile' AND contact_id IS NOT NULL ORDER BY id LIMIT 2000"


COMPANY_HEADERS = "客户名称 简称 统一社会信用代码 行业 人数 地区 地址 网址 电话 标签 备注 外部编号".split()
TRADES = "装备制造 电子 食品饮料 物流仓储".split()


def write_companies(path: Path, rows: int) -> None:
    """Write the sheet of so many companies, no name twice."""
    rng = random.Random(SEED)
    write_xlsx(path, COMPANY_HEADERS, (_company(rng, number, name) for number, name in enumerate(names(rows))))


def write_people(path: Path, rows: int, companies: int) -> None:
    """Write the sheet of so many people, each at one of the companies of the other sheet."""
    write_xlsx(path, HEADERS, _people(rows, names(companies)))


def names(number) -> list[str]:
    """So many names of companies."""
    rng, found = random.Random(SEED + 1), {}
    while len(found) < number:
        parts = rng.choice(SEATS), rng.choice(FIRST) + rng.choice(SECOND) + rng.choice(FIRST), rng.choice(THIRD), rng.choice(FORMS)
        found["".join(parts)] = None
    return [*found]


def _company(rng, number, name):
    place, body = rng.randrange(len(PLACES)), f"91320500{rng.randrange(10**9):09d}"
    address = f"{PLACES[place]}市{rng.choice(SECOND)}{rng.choice(FIRST)}路{rng.randrange(1, 2000)}号"
    site = f"www.km{number:x}.com" if rng.random() < 0.5 else ""
    phone = f"{AREAS[place]}-{rng.randrange(2, 9)}{number:07d}"[: len(AREAS[place]) + 9]
    words = [rng.choice(TRADES), rng.randrange(5, 5000), PLACES[place], address, site, phone]
    return [name, name[2:6], body + uscc.calc_check_digit(body), *words, "重点、展会" if rng.random() < 0.3 else "", "", f"IMP{number}"]


def _people(rows, companies):
    rng = random.Random(SEED)
    known = _column(NUMBERS)
    letters = sorted({letter for word in (*FIRST, *SECOND, *GIVEN) for letter in word})
    for number in range(rows):
        yield _person(rng, number, companies[rng.randrange(len(companies))], letters, known)


def _person(rng, number, company, letters, known):
    """One row. Two in three have three characters to their name, two in three a telephone on their desk."""
    name = rng.choice(SURNAMES) + rng.choice(letters) + (rng.choice(letters) if rng.random() < 0.7 else "")
    mobile = f"1{3 + number % 7}{(number * 7368787 + 500_000_003) % 10**9:09d}"
    place = rng.randrange(len(PLACES))
    desk = f"{AREAS[place]}-{rng.randrange(2, 9)}{rng.randrange(10**6):06d}{rng.randrange(10)}" if rng.random() < 0.66 else ""
    if number % WRONG == WRONG - 1:
        mobile = mobile[:-1]
    elif known and number % KNOWN == KNOWN - 1:
        mobile = known[number // KNOWN % len(known)].removeprefix("+86")
    mail = f"u{number}.{rng.randrange(10**6)}@{rng.choice(MAILS)}" if rng.random() < 0.8 else ""
    wechat = f"wx_{number:x}{rng.randrange(10**5)}" if rng.random() < 0.5 else ""
    born = date(1960, 1, 1) + timedelta(rng.randrange(15_000)) if rng.random() < 0.5 else None
    words = [rng.choice(POSITIONS), rng.choice(DEPARTMENTS)]
    return [name, company, *words, mobile, desk, mail, wechat, rng.choice(ROLES), "女" if rng.random() < 0.5 else "男", born, PLACES[place]]


def _column(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]
