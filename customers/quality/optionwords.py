"""Which entry of an administrator's list a free text means, by the words in it."""

import re

from crm.core.text import squash
from customers.companies import options

# Words of the trade for the industries a house starts with; an entry that was taken out of the list is not proposed.
INDUSTRY_WORDS = {
    "machinery": "机械 装备 机床 设备制造 自动化",
    "electronics": "电子 半导体 芯片 集成电路",
    "automotive": "汽车 汽配 新能源车",
    "chemicals": "化工 化学 涂料",
    "materials": "材料 钢铁 有色 塑料",
    "energy": "能源 电力 光伏 电网",
    "software": "软件 信息技术 信息化 系统集成 it",
    "internet": "互联网 电商 网络科技",
    "telecom": "通信 电信",
    "medical": "医疗器械",
    "pharma": "医药 制药 生物",
    "food": "食品 饮料 餐饮",
    "textile": "纺织 服装 鞋帽",
    "construction": "建筑 施工 装饰 工程",
    "property": "房地产 地产 物业",
    "logistics": "物流 仓储 运输 快递",
    "retail": "零售 批发 商贸 贸易 百货",
    "finance": "金融 银行 保险 证券 投资",
    "education": "教育 培训 学校",
    "services": "咨询 商务服务 人力资源 广告 法律",
    "public": "政府 事业单位 公共",
    "agriculture": "农业 养殖 种植",
}
RANGES = ((20, "s20"), (100, "s100"), (500, "s500"), (1000, "s1000"), (10_000, "s10000"), (10**9, "s10001"))
_NUMBERS = re.compile(r"\d[\d,]*")


def option_meant(name: str, text: str) -> tuple[str, int] | None:
    """The code of the one entry that is meant, and how sure that is; None where several are, or none."""
    if name == "size":
        return _size_meant(text)
    plain, found = squash(text), {}
    for code, words in _entries(name):
        hits = [word for word in words if word in plain]
        if hits:
            found[code] = max(map(len, hits))
    if len(found) != 1:
        return None
    code, length = next(iter(found.items()))
    return code, 90 if length >= len(plain) - 2 else 75


def size_of(employees: int) -> str:
    """The entry of the list of sizes for a number of people; "" where the house has another list."""
    code = next(code for most, code in RANGES if employees < most)
    return code if code in options.labels("size") else ""


def _size_meant(text):
    numbers = [int(found.replace(",", "")) for found in _NUMBERS.findall(squash(text)) if len(found) < 9]
    if not numbers or len(numbers) > 2:
        return None
    # 50–100 speaks of the range that both ends lie in: the upper end itself belongs to the next one.
    low, high = numbers[0], numbers[-1]
    codes = {size_of(low), size_of(max(low, high - 1))}
    return (codes.pop(), 85) if len(codes) == 1 and "" not in codes else None


def _entries(name):
    offered = options.rows()
    for row in offered:
        if row.list == name and row.is_active:
            known = INDUSTRY_WORDS.get(row.code, "").split() if name == "industry" else []
            # 软件与信息技术 is found by each of its parts.
            parts = [part for part in re.split(r"[与和、/及]", squash(row.name)) if len(part) > 1]
            yield row.code, {*known, squash(row.name), *parts}
