"""One person as they really are, with the firms they work and have worked for."""

from dataclasses import dataclass

from bench.linkage.firm import Firm
from bench.linkage.letters import pinyin
from bench.linkage.lists.persons import DEPARTMENTS, ENGLISH_FEMALE, ENGLISH_MALE, MAIL_HOSTS, TITLES
from bench.linkage.numbers import mobile
from bench.linkage.person_names import new_name, surname_of


@dataclass(frozen=True)
class Job:
    """A place of work: the firm, what the card says, the line on the desk and the mailbox there."""

    firm: Firm
    department: str
    title: str
    phone: str
    mail: str


@dataclass
class Person:
    """What stays the same over all rows of one entity."""

    name: str
    gender: str
    jobs: list
    mobiles: list
    mail: str
    wechat: str
    birthday: str
    english: str
    scene: str = ""
    scene_number: int = 0
    entity: int = 0
    group: int = 0
    keeps: frozenset = frozenset()

    @property
    def surname(self) -> str:
        """欧阳 or 王."""
        return surname_of(self.name)

    @property
    def given(self) -> str:
        """What comes behind the surname."""
        return self.name[len(self.surname) :]

    @property
    def latin(self) -> tuple[str, str]:
        """Surname and given name in pinyin, each one word: wang, xiaoming."""
        return pinyin(self.surname), pinyin(self.given)


def new_person(words, draw, firm, *, name=None, other_firm=None) -> Person:
    """A made-up person of this firm; with another firm, one who has changed the job."""
    name, gender = name or new_name(words, draw), draw.pick("男女")
    number = mobile(draw)
    jobs = [new_job(firm, name, draw)]
    if other_firm:
        jobs.append(new_job(other_firm, name, draw))
    return Person(
        name=name,
        gender=gender,
        jobs=jobs,
        mobiles=[number, mobile(draw)] if draw.chance(0.18) else [number],
        mail=draw.unused(lambda: _private_mail(name, draw)),
        wechat=draw.unused(lambda: _wechat(name, number, draw)),
        birthday=f"{draw.number(1958, 2003)}-{draw.number(1, 13):02d}-{draw.number(1, 29):02d}" if draw.chance(0.4) else "",
        english=draw.pick(ENGLISH_MALE if gender == "男" else ENGLISH_FEMALE),
    )


def new_job(firm, name, draw) -> Job:
    """A post in the firm; many are reached by the switchboard and one mailbox for all."""
    title = draw.pick(list(TITLES))
    mail = draw.unused(lambda: _box_at_work(firm, name, draw)) if draw.chance(0.6) else firm.mail
    direct = draw.chance(0.25)
    phone = firm.landlines[0] + f"-{draw.number(100, 900)}" if direct else firm.landlines[0]
    return Job(firm, DEPARTMENTS[title], title, phone, mail)


def _box_at_work(firm, name, draw):
    letters = "".join(pinyin(letter)[0] for letter in name)
    return draw.pick([pinyin(name), pinyin(name), letters, letters + draw.digits(2), f"{pinyin(name)}{draw.number(1, 9)}"]) + f"@{firm.domain}"


def _private_mail(name, draw):
    host = draw.weighted(MAIL_HOSTS)
    latin = pinyin(name)
    box = draw.digits(draw.number(7, 11)) if host == "qq.com" else latin + draw.pick([draw.digits(2), draw.digits(4), "_" + draw.digits(3)])
    return f"{box}@{host}"


def _wechat(name, number, draw):
    latin = "".join(pinyin(letter)[0] for letter in name)
    return draw.pick([number, f"wxid_{draw.digits(10)}", latin + draw.digits(6), latin + number[-4:], pinyin(name) + draw.digits(3)])
