"""One line of a sheet about a firm, while it is being made."""

from bench.linkage.firm import Firm
from bench.linkage.row import Row

COLUMNS = {
    "name": "公司名称", "province": "省份", "city": "城市", "district": "区县", "address": "地址", "phone": "电话", "mobile": "手机",
    "code": "统一社会信用代码", "website": "网址", "email": "邮箱", "contact": "联系人", "source": "来源",
}  # fmt: skip
ENGLISH_COLUMNS = {
    "name": "Company", "province": "Province", "city": "City", "district": "District", "address": "Address", "phone": "Phone", "mobile": "Mobile",
    "code": "Credit Code", "website": "Website", "email": "Email", "contact": "Contact", "source": "Source",
}  # fmt: skip


class FirmRow(Row):
    """First the parts are chosen and spoiled, then they are written into cells, then the cells are spoiled."""

    def __init__(self, firm: Firm, draw):
        super().__init__(firm)
        self.naming, self.place = firm.naming, firm.address
        self.with_place = True
        self.landline, self.mobile = draw.pick(firm.landlines) if firm.landlines else "", draw.pick(firm.mobiles) if firm.mobiles else ""
        self.contact = draw.pick(firm.people) if firm.people else ""

    def with_one_number(self, draw):
        """The sheet has one column for numbers, with whatever somebody knew."""
        self.landline, self.mobile = draw.pick([number for number in (self.landline, self.mobile) if number] or [""]), ""

    def state(self):
        """What a corruption can change."""
        return (self.naming, self.place, self.with_place, self.landline, self.mobile, self.contact, tuple(self.cells.items()))

    def write(self, source: str):
        """Put the parts into cells."""
        firm, city = self.firm, self.place.city
        self.cells = {
            "name": self.naming.written(),
            "province": city.province,
            "city": city.name,
            "district": self.place.district.name,
            "address": self.place.written(self.with_place),
            "phone": self.landline,
            "mobile": self.mobile,
            "code": firm.code,
            "website": "www." + firm.domain,
            "email": firm.mail,
            "contact": self.contact,
            "source": source,
        }

    def facts(self) -> dict[str, int]:
        """What a reader learns from this row and how much it tells, in points; two rows of one firm should share six of them."""
        shown = {name for name, value in self.cells.items() if value} - self.lost
        found = {f"address {self.place.written()}": 3, f"site {self.firm.domain}": 4, f"mail {self.firm.mail}": 4}
        found = {fact: points for fact, points in found.items() if _FIELD[fact.split()[0]] in shown}
        found |= {f"{kind} {value}": points for kind, value, points in self._simple() if _FIELD.get(kind, kind) in shown}
        return found | self._name_facts(shown) | self._place_facts(shown)

    def _simple(self):
        return [("phone", self.landline, 4), ("mobile", self.mobile, 4), ("contact", self.contact, 2), ("code", self.firm.code, 6)]

    def _name_facts(self, shown):
        if "name" not in shown and self.cells["name"]:
            return {"brand": 2} if "brand" not in self.lost and "former" not in self.lost else {}
        return {"name": 2, "brand": 2} if "name" in shown else {}

    def _place_facts(self, shown):
        city = self.place.city
        says = "city" in shown or ("address" in shown and self.with_place) or city.short in self.cells["name"] or city.area_code[1:] in self.cells["phone"]
        return {f"place {city.name}": 2} if says else {}


_FIELD = {"address": "address", "site": "website", "mail": "email"}
