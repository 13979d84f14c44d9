"""Firms that look alike and are not one: what every sales office trips over. Each scene makes a few firms that belong together."""

from dataclasses import replace

from bench.linkage.firm import is_free, new_firm
from bench.linkage.numbers import landline, mobile, switchboard

NAME = frozenset({"name", "trade", "brand", "former"})


def sister_firms(words, draw):
    """恒达机械 and 恒达电子: one owner, one address, one telephone. Related."""
    first = new_firm(words, draw)
    firms = [first]
    for trade in _other_trades(first.naming.trade, words, draw, draw.number(1, 3)):
        sister = new_firm(words, draw, brand=first.naming.brand, trade=trade, city=first.address.city)
        sister.address = first.address if draw.chance(0.8) else first.address.next_door(draw)
        sister.mobiles, sister.landlines = first.mobiles, first.landlines
        sister.people = [*first.people[:1], *sister.people[:1]] if draw.chance(0.5) else sister.people
        sister.domain = first.domain
        sister.mail = first.mail if draw.chance(0.6) else sister.mail
        firms.append(sister)
    return _scene(firms, "sister firms", NAME, related=True)


def branches(words, draw):
    """The firm and its 分公司 in other cities. Related."""
    parent = new_firm(words, draw, form="有限公司")
    firms = [parent]
    for city in {draw.weighted(words.city_weights): 1 for _branch in range(draw.number(1, 4))}:
        branch = new_firm(words, draw, brand=parent.naming.brand, trade=parent.naming.trade, city=city)
        branch.naming = replace(parent.naming, branch=city.short + draw.pick(["分公司", "分公司", "办事处", "营业部"]))
        branch.domain, branch.old_naming = parent.domain, None
        branch.mail = parent.mail if draw.chance(0.3) else branch.mail
        firms.append(branch)
    return _scene(firms, "branches", NAME | {"branch", "place", "region"}, related=True)


def subsidiaries(words, draw):
    """苏州恒达机械有限公司 beside 深圳恒达机械有限公司, of one group with one website. Related."""
    parent = new_firm(words, draw)
    firms = [parent]
    for city in {draw.weighted(words.city_weights): 1 for _firm in range(draw.number(1, 4))}:
        if not is_free(parent.naming.brand, parent.naming.trade, city, draw):
            continue
        firm = new_firm(words, draw, brand=parent.naming.brand, trade=parent.naming.trade, city=city, form="有限公司")
        firm.naming = replace(firm.naming, region=city.short, bracket="")
        firm.domain, firm.mail = parent.domain, parent.mail if draw.chance(0.4) else firm.mail
        firms.append(firm)
    parent.naming = replace(parent.naming, region=parent.address.city.short, bracket="")
    return _scene(firms, "subsidiaries", NAME | {"place"}, related=True)


def agents_address(words, draw):
    """A 代理记账 firm lends its address and telephone to many clients."""
    agent = new_firm(words, draw)
    phone, box = landline(agent.address.city.area_code, draw), mobile(draw)
    firms = []
    for _client in range(draw.number(5, 31)):
        client = new_firm(words, draw, city=agent.address.city)
        client.address = agent.address if draw.chance(0.7) else agent.address.next_door(draw)
        client.landlines, client.mobiles = [phone], [box] if draw.chance(0.7) else client.mobiles
        client.mail = agent.mail if draw.chance(0.5) else client.mail
        client.old_naming = client.old_address = None
        firms.append(client)
    return _scene(firms, "agent's address", NAME)


def one_person_behind(words, draw):
    """Three firms of one owner: same mobile, same contact, nothing else."""
    first = new_firm(words, draw)
    others = [new_firm(words, draw, city=first.address.city) for _firm in range(2)]
    for firm in others:
        firm.mobiles, firm.people = first.mobiles[:1], first.people[:1]
        firm.mail = first.mail if draw.chance(0.3) else firm.mail
    return _scene([first, *others], "one person behind several firms", NAME)


def namesakes_elsewhere(words, draw):
    """The same brand and trade in other cities, strangers to each other."""
    first = new_firm(words, draw)
    cities = {draw.weighted(words.city_weights).name: None for _firm in range(4)}
    others = [
        new_firm(words, draw, brand=first.naming.brand, trade=first.naming.trade, city=city)
        for city in words.cities
        if city.name in cities and is_free(first.naming.brand, first.naming.trade, city, draw)
    ]
    for firm in (first, *others):
        city = firm.address.city
        firm.naming = replace(firm.naming, region="" if firm.naming.bracket else draw.pick([city.short, city.name]))
    return _scene([first, *others], "namesake in another city", NAME | {"place", "letters"})


def one_character_apart(words, draw):
    """恒达机械 and 恒泰机械 of one city, strangers."""
    first = new_firm(words, draw, brand=draw.pick(words.coined))
    trade, city = first.naming.trade, first.address.city
    near = [brand for brand in words.coined if _apart(brand, first.naming.brand) == 1]
    free = [brand for brand in draw.sample(near, min(6, len(near))) if is_free(brand, trade, city, draw)]
    others = [new_firm(words, draw, brand=brand, trade=trade, city=city) for brand in free[:2]]
    return _scene([first, *others], "one character apart", NAME | {"letters"})


def successor(words, draw):
    """Another firm moved into the rooms that the first one left."""
    first = new_firm(words, draw)
    second = new_firm(words, draw, city=first.address.city, trade=first.naming.trade if draw.chance(0.5) else None)
    second.address = first.address
    second.landlines = first.landlines if draw.chance(0.3) else second.landlines
    return _scene([first, second], "successor at the address", NAME)


def franchise(words, draw):
    """Shops of one brand all over the country with one service number. Related at most."""
    first = new_firm(words, draw)
    number, firms = switchboard(draw), []
    for _shop in range(draw.number(3, 9)):
        shop = new_firm(words, draw, brand=first.naming.brand, trade=first.naming.trade, form="店")
        shop.naming = replace(shop.naming, region="", bracket="", form="", branch=draw.unused(lambda shop=shop: _shop_name(shop, draw)))
        shop.landlines = [number] if draw.chance(0.6) else shop.landlines
        shop.domain, shop.old_naming = first.domain, None
        firms.append(shop)
    return _scene(firms, "franchise", NAME | {"branch", "place", "region"}, related=True)


def _shop_name(shop, draw):
    place = draw.pick([shop.address.city.short, ""]) + shop.address.district.name.rstrip("区县市")
    behind = draw.pick(["", shop.address.road[:2], draw.pick("一二三四五六七八九")])
    return f"（{place}{behind}店）"


def business_park(words, draw):
    """One switchboard and one address for all firms of a park."""
    host = new_firm(words, draw)
    host.address = replace(host.address, house=draw.pick(words.parks))
    firms = []
    for _tenant in range(draw.number(3, 12)):
        tenant = new_firm(words, draw, city=host.address.city)
        tenant.address, tenant.landlines = host.address.next_door(draw), host.landlines[:1]
        firms.append(tenant)
    return _scene(firms, "business park", NAME)


SCENES = {
    sister_firms: 20, branches: 16, subsidiaries: 10, agents_address: 3, one_person_behind: 10, namesakes_elsewhere: 14, one_character_apart: 14,
    successor: 8, franchise: 4, business_park: 4,
}  # fmt: skip


def _apart(one, other):
    return sum(left != right for left, right in zip(one, other, strict=True))


def _other_trades(trade, words, draw, count):
    others = [other for other in words.trades if other[:2] != trade[:2]]
    return draw.sample(others, count)


def _scene(firms, name, keeps, related=False):
    for firm in firms:
        firm.scene, firm.keeps, firm.group = name, keeps, int(related)
    return firms
