"""One firm as it really is: what its rows would say if nobody ever made a mistake."""

from dataclasses import dataclass, replace

from bench.linkage.addresses import Address, new_address
from bench.linkage.codes import credit_code, registration_number
from bench.linkage.letters import pinyin
from bench.linkage.lists.persons import MAIL_HOSTS
from bench.linkage.lists.trades import ENGLISH, FORMS, SHORTER_TRADES
from bench.linkage.numbers import landline, mobile
from bench.linkage.person_names import new_name
from crm.core.regions import short_name


@dataclass(frozen=True)
class Naming:
    """The parts of a firm's name, written one behind the other."""

    region: str
    brand: str
    bracket: str
    trade: str
    form: str
    branch: str = ""

    def written(self) -> str:
        """深圳市恒达（华南）机械有限公司苏州分公司."""
        bracket = f"（{self.bracket}）" if self.bracket else ""
        return self.region + self.brand + bracket + self.trade + self.form + self.branch


@dataclass
class Firm:
    """What stays the same over all rows of one entity; `keeps` names what no corruption may take, or nobody could tell it from its neighbour."""

    naming: Naming
    address: Address
    mobiles: list
    landlines: list
    people: list
    mail: str
    domain: str
    code: str
    old_number: str
    scene: str = ""
    scene_number: int = 0
    entity: int = 0
    group: int = 0
    keeps: frozenset = frozenset()
    old_naming: Naming | None = None
    old_address: Address | None = None
    far_address: Address | None = None

    @property
    def latin(self) -> str:
        """The brand in Latin letters, one word."""
        return pinyin(self.naming.brand)

    @property
    def english_trade(self) -> str:
        """Machinery for 精密机械; what has no word of its own is an industry."""
        return next((word for chinese, word in ENGLISH.items() if chinese in self.naming.trade), "Industrial")


def new_firm(words, draw, *, brand=None, trade=None, city=None, form=None) -> Firm:
    """A made-up firm; what is given is kept."""
    address = new_address(words, draw, city)
    brand, trade = _new_business(words, draw, brand, trade, address.city)
    naming = new_naming(draw, brand, trade, address.city, form or draw.weighted(FORMS))
    if not draw.claim(naming.written()):  # no two firms are registered under one name
        naming = replace(naming, region=address.city.name, bracket="")
    code = credit_code(address.district.code, draw)
    people = [new_name(words, draw) for _person in range(draw.pick([1, 1, 2, 2, 3]))]
    firm = Firm(
        naming=naming,
        address=address,
        mobiles=[mobile(draw) for _one in range(draw.pick([1, 1, 2]))],
        landlines=[landline(address.city.area_code, draw) for _one in range(draw.pick([1, 1, 2]))],
        people=people,
        mail="",
        domain=draw.unused(lambda: new_domain(brand, draw)),
        code=code,
        old_number=registration_number(code[2:8], draw),
    )
    firm.mail = draw.unused(lambda: new_mail(firm, draw))
    return with_history(firm, words, draw)


def _new_business(words, draw, brand, trade, city):
    """Brand and trade: no two firms of one city are called the same, the registry sees to that."""
    if brand and trade:
        is_free(brand, trade, city, draw)
        return brand, trade
    while True:
        business = brand or new_brand(words, draw), trade or draw.pick(words.trades)
        if is_free(*business, city, draw):
            return business


def is_free(brand, trade, city, draw) -> bool:
    """Take this name in this city, in the short form of the trade too; whether nobody had it before."""
    return draw.claim((brand, SHORTER_TRADES.get(trade, trade), city.name))


def new_domain(brand, draw) -> str:
    """A domain made of the brand's pinyin."""
    behind = draw.pick(["", "", draw.pick(["cn", "group", "tech", "js", "gd", "china"]), draw.digits(draw.number(1, 4))])
    return pinyin(brand) + behind + draw.pick([".com", ".com", ".cn", ".com.cn", ".net"])


def with_history(firm, words, draw):
    """Some firms were called otherwise once, and some have moved."""
    if draw.chance(0.15):
        firm.old_naming = replace(firm.naming, brand=new_brand(words, draw))
    if draw.chance(0.15):
        firm.old_address = firm.address.elsewhere(words, draw)
    if draw.chance(0.05):
        firm.far_address = new_address(words, draw)
    return firm


def new_brand(words, draw) -> str:
    """A few names are everywhere, most are rare."""
    if draw.chance(0.02):
        return draw.pick(words.mixed)
    return draw.uneven(words.coined) if draw.chance(0.35) else draw.pick(words.brands)


def new_naming(draw, brand, trade, city, form) -> Naming:
    """The registered name: with city, province or nothing in front, or the place in brackets."""
    style = draw.weighted({"city": 45, "long": 25, "province": 8, "bracket": 10, "none": 12})
    front = {"city": city.short, "long": city.name, "province": short_name(city.province)}.get(style, "")
    return Naming(front, brand, city.short if style == "bracket" else "", trade, form)


def new_mail(firm, draw) -> str:
    """info@ the own domain, or a mailbox at one of the providers."""
    if draw.chance(0.55):
        return f"{draw.pick(['info', 'sales', 'service', 'admin', 'office', 'market'])}@{firm.domain}"
    box = draw.pick([firm.latin + draw.digits(2), draw.digits(draw.number(8, 11)), firm.latin + draw.pick(["_sales", "", ""]) + draw.digits(4)])
    return f"{box}@{draw.weighted(MAIL_HOSTS)}"
