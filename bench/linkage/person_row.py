"""One line of a sheet about a person, while it is being made."""

from bench.linkage.person import Person
from bench.linkage.row import Row

COLUMNS = {
    "name": "姓名", "company": "公司", "department": "部门", "title": "职务", "mobile": "手机", "phone": "电话", "email": "邮箱", "wechat": "微信",
    "city": "城市", "address": "地址", "gender": "性别", "birthday": "生日", "source": "来源",
}  # fmt: skip
ENGLISH_COLUMNS = {
    "name": "Name", "company": "Company", "department": "Department", "title": "Title", "mobile": "Mobile",
    "phone": "Phone", "email": "Email", "wechat": "WeChat",
    "city": "City", "address": "Address", "gender": "Gender", "birthday": "Birthday", "source": "Source",
}  # fmt: skip


class PersonRow(Row):
    """A choice among the person's posts, numbers and mailboxes, written into cells, which are then spoiled."""

    def __init__(self, person: Person, draw):
        super().__init__(person)
        self.person = person
        self.job = draw.pick(person.jobs)
        self.mobile = person.mobiles[0] if draw.chance(0.65) else draw.pick(person.mobiles)
        self.mail = self.job.mail if draw.chance(0.6) else person.mail
        self.note_choices()

    def note_choices(self):
        """A second post or number is a change the report wants to know about."""
        if self.job != self.person.jobs[0]:
            self.did.append("changed job")
        if self.mobile != self.person.mobiles[0]:
            self.did.append("new mobile number")

    def state(self):
        """What a corruption can change."""
        return tuple(self.cells.items())

    def write(self, company: str, source: str):
        """Put the choices into cells; the firm's name comes as some sheet writes it."""
        person, job, place = self.person, self.job, self.job.firm.address
        self.cells = {
            "name": person.name,
            "company": company,
            "department": job.department,
            "title": job.title,
            "mobile": self.mobile,
            "phone": job.phone,
            "email": self.mail,
            "wechat": person.wechat,
            "city": place.city.name,
            "address": place.written(),
            "gender": person.gender,
            "birthday": person.birthday,
            "source": source,
        }

    def facts(self) -> dict[str, int]:
        """What a reader learns from this row and how much it tells; two rows of one person should share six points."""
        place = self.job.firm.address
        values = {
            "name": (self.person.name, 3), "company": (self.job.firm.naming.brand, 2), "mobile": (self.mobile, 4), "phone": (self.job.phone, 1),
            "email": (self.mail, 1 if self.mail == self.job.firm.mail else 4), "wechat": (self.person.wechat, 4), "city": (place.city.name, 1),
            "birthday": (self.person.birthday, 3),
        }  # fmt: skip
        found = {f"{column} {value}": points for column, (value, points) in values.items() if self.cells[column] and column not in self.lost}
        if "name" in self.lost and "surname" not in self.lost:
            found[f"surname {self.person.surname}"] = 1
        return found | ({f"surname {self.person.surname}": 0} if "name" not in self.lost else {})
