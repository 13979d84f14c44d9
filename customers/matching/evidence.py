"""What two rows can be compared by: for every kind of column how to compare it, how rare a value is, and where to look for pairs."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from crm.core.text import fold, squash
from customers.matching import addresses, companynames, days, personnames, places, ways
from customers.matching.linkage import comparing, parsed, sets
from customers.matching.linkage.comparing import SAME, Comparison
from customers.matching.linkage.fields import MISSING, Coded, coded


@dataclass
class Evidence:
    """One thing compared: `comparison` gives steps for pairs, `rarity` the number of rows that carry what a pair shares.

    `blocks` are columns of codes in which candidates are looked for; `weak` ones (a surname) only together with another.
    What is in one `bundle` comes together (the address
    and the telephone of an agent): of such evidence the strongest counts whole, the rest in part.
    """

    name: str
    comparison: object
    rarity: Callable
    blocks: list[np.ndarray]
    bundle: str = ""
    weak: list[np.ndarray] = field(default_factory=list)
    parsed: list = field(default_factory=list)

    def levels(self, left, right):
        """The steps of these pairs."""
        return self.comparison.levels(left, right)


class Table:
    """A spreadsheet by kinds: `columns` holds for each kind a list of columns (lists of texts), all equally long."""

    def __init__(self, columns: dict[str, list[list[str]]], rows: int):
        self.columns, self.rows = columns, rows

    def has(self, *kinds):
        """Whether there is any column of these kinds."""
        return any(kind in self.columns for kind in kinds)

    def texts(self, kind):
        """The first column of a kind; empty texts where there is none."""
        return self.columns[kind][0] if kind in self.columns else [""] * self.rows

    def forget(self, *kinds):
        """Give back the memory of columns that have done their part."""
        for kind in kinds:
            self.columns.pop(kind, None)

    def all(self, *kinds):
        """All columns of these kinds."""
        return [column for kind in kinds for column in self.columns.get(kind, [])]


# Of a person these are the firm's: colleagues share them.
FIRMS_OWN = ("company", "landline", "domain", "address", "place")


def of_companies(table: Table) -> list[Evidence]:
    """What companies are compared by."""
    names = company_name(table)
    found = [names, address(table), place(table, names)]
    table.forget("company")
    table.forget("address", "province", "city", "district", "region")
    found += [phones(table), codes(table, "credit_code")]
    table.forget("phone", "mobile", "credit_code")
    found += [domains(table), mails(table), person(table, "contact") if table.has("contact") else None]
    return [each for each in found if each]


def of_people(table: Table) -> list[Evidence]:
    """What people are compared by. What belongs to the firm (its name, seat, switchboard, domain) is one bundle: it does not tell colleagues apart."""
    found = [person(table, "name") if table.has("name") else None]
    found += [words(table, kind) for kind in ("given_name", "family_name")]
    names = company_name(table) if table.has("company") else None
    found += [mobiles(table), landlines(table), mails(table), domains(table), names]
    found += [codes(table, "id_number"), wechats(table), birthdays(table)]
    found += [address(table), place(table, names)] if not table.has("street", "address_2") else []
    found += [codes(table, kind) for kind in ("street_number", "postcode")]
    found += [words(table, kind) for kind in ("street", "address_2")]
    if table.has("street", "address_2"):
        found += [words(table, "city"), few(table, "province")]
    found += [few(table, kind) for kind in ("gender",)]
    found = [each for each in found if each]
    for each in found:
        each.bundle = "firm" if each.name in FIRMS_OWN else ""
    return found


def company_name(table) -> Evidence | None:
    """The name of a company, taken apart."""
    texts = table.texts("company")
    column = coded(fold(text) for text in texts)
    if not len(column.values):
        return None
    taken = [companynames.parse(value) for value in column.values]
    comparison = Comparison("company", Coded(taken, column.codes), len(companynames.Name), parsed.by_parts(companynames.compare))
    core = _over(column, [name.core for name in taken])
    blocks = [core, *(_over(column, parts) for parts in _name_parts(taken))]
    return Evidence("company", comparison, _count_of(core), blocks, parsed=[taken[code] if code >= 0 else None for code in column.codes])


def _name_parts(taken):
    yield [name.sound for name in taken]
    yield [name.core[:2] if not name.is_latin else name.core[:5] for name in taken]
    yield ["".join(name.sound[:7]) for name in taken]
    yield [name.core[-4:] for name in taken]
    yield [name.core[1:4] for name in taken]


def address(table) -> Evidence | None:
    """An address, taken apart."""
    columns = table.all("address")
    if not columns:
        return None
    column = coded(squash(text) for text in columns[0])
    taken = [addresses.parse(value) for value in column.values]
    comparison = Comparison("address", Coded(taken, column.codes), len(addresses.Address), parsed.by_parts(addresses.compare))
    plain = _over(column, [each.plain for each in taken])
    house = _over(column, [f"{each.road}{each.number}" if each.road and each.number else "" for each in taken])
    return Evidence("address", comparison, _count_of(np.where(house >= 0, house + plain.max(initial=0) + 1, plain)), [plain, house], bundle="seat")


def phones(table) -> Evidence | None:
    """All telephone numbers of a row, whichever column they stand in."""
    return _numbers(table, "phone", lambda number: True)


def mobiles(table) -> Evidence | None:
    """Numbers that belong to a person."""
    return _numbers(table, "mobile", _is_own, bundle="", slips=True)


def landlines(table) -> Evidence | None:
    """Numbers that ring for a whole firm."""
    return _numbers(table, "landline", lambda number: not _is_own(number))


def _is_own(number):
    return ways.is_mobile(number) or ways.is_nearly_mobile(number)


def _numbers(table, name, wanted, bundle="seat", slips=False):
    columns = table.all("mobile", "phone", *(("wechat",) if name == "mobile" else ()))
    if not columns:
        return None
    numbers = [[number for text in texts for number in ways.phones(text) if wanted(number)] for texts in zip(*columns, strict=True)]
    shared = sets.shared(name, numbers, slips=slips)
    return Evidence(name, shared, _count_of_shared(shared), [*shared.columns, *shared.ends], bundle=bundle)


def domains(table) -> Evidence | None:
    """Web sites, and the domains of mail addresses that are a firm's own."""
    columns = table.all("website", "email")
    if not columns:
        return None
    shared = sets.shared("domain", [[found for text in texts if (found := ways.domain(text))] for texts in zip(*columns, strict=True)], end=0)
    return Evidence("domain", shared, _count_of_shared(shared), shared.columns, bundle="web")


def mails(table) -> Evidence | None:
    """Mail addresses."""
    columns = table.all("email")
    if not columns:
        return None
    column = coded(address if ways.is_personal(address := ways.mail(text)) else "" for text in columns[0])
    local = _over(column, [value.partition("@")[0] for value in column.values])
    return Evidence("email", Comparison("email", column, len(ways.Mail), ways.mails_apart), _count_of(column.codes), [column.codes, local], bundle="web")


def person(table, kind) -> Evidence:
    """A person's name, taken apart."""
    column = coded(fold(text) for text in table.texts(kind))
    taken = [personnames.parse(value) for value in column.values]
    comparison = Comparison(kind, Coded(taken, column.codes), len(personnames.Person), parsed.by_parts(personnames.compare))
    plain = _over(column, [name.plain for name in taken])
    sound = _over(column, ["".join(sorted(name.syllables)) for name in taken])
    surname = _over(column, [name.surname or (name.syllables[0] if name.syllables else "") for name in taken])
    return Evidence(kind, comparison, _first_of(_count_of(plain), _count_of(sound)), [plain, sound], weak=[surname])


def words(table, kind) -> Evidence | None:
    """Words and Western names."""
    if not table.has(kind):
        return None
    column = coded(squash(text) for text in table.texts(kind))
    close, steps = comparing.name_like()
    return Evidence(kind, Comparison(kind, column, steps, close), _count_of(column.codes), [column.codes, _over(column, [v[:4] for v in column.values])])


def codes(table, kind) -> Evidence | None:
    """Numbers, codes and dates."""
    if not table.has(kind):
        return None
    return _coded(kind, coded(squash(text).upper().replace("-", "").replace("/", "") for text in table.texts(kind)))


def wechats(table) -> Evidence | None:
    """WeChat accounts, wherever they stand; a mobile number in their place is compared as a number."""
    if not table.has("wechat"):
        return None
    return _coded("wechat", coded(ways.wechat(*texts) for texts in zip(*table.all("wechat", "mobile"), strict=True)))


def birthdays(table) -> Evidence | None:
    """Dates of birth, however they are written."""
    if not table.has("birth_date"):
        return None
    return _coded("birth_date", coded(days.digits(text) for text in table.texts("birth_date")))


def _coded(kind, column):
    close, steps = comparing.number_like()
    return Evidence(kind, Comparison(kind, column, steps, close), _count_of(column.codes), [column.codes])


def few(table, kind) -> Evidence | None:
    """Words of a short list."""
    if not table.has(kind):
        return None
    column = coded(squash(text) for text in table.texts(kind))
    close, steps = comparing.exact()
    return Evidence(kind, Comparison(kind, column, steps, close), _count_of(column.codes), [column.codes])


def place(table, names=None) -> Evidence | None:
    """Province and city: from their own columns or the address, else from the firm's name, else from where its fixed line rings."""
    columns = [table.texts(kind) for kind in ("region", "province", "city", "district", "address")]
    found = [_city_of(*texts) for texts in zip(*columns, strict=True)]
    if names is not None:
        found = [code or companynames.city_in(name) for code, name in zip(found, names.parsed, strict=True)]
    column = coded(places.by_area_codes(found, table.all("phone", "mobile")))
    if not len(column.values):
        return None
    return Evidence("place", Comparison("place", column, 3, _places_apart), _count_of(column.codes), [])


def _city_of(region, province, city, district, address):
    codes = [places.city_of(text) for text in (f"{province}{city}", city, region, f"{city}{district}", district, province) if text]
    codes.append(places.city_of(address[:15]) if address else "")
    return max(codes, key=len, default="")


def _places_apart(one, other):
    return np.array([2 if places.agree(a, b) else 3 for a, b in zip(one, other, strict=True)], dtype=np.int8)


def _over(column: Coded, parts: list[str]) -> np.ndarray:
    """For each row the code of something derived from its value."""
    return coded(parts, column.codes).codes


def _count_of(codes):
    counts = np.bincount(codes[codes >= 0], minlength=1)

    def rarity(left, right, _levels):
        shared = np.where(codes[left] == codes[right], codes[left], MISSING)
        return np.where(shared >= 0, counts[shared], 0)

    return rarity


def _first_of(closer, wider):
    """How rare what a pair shares is: by the closer value, where they have none in common by the wider one (the name, its sound)."""

    def rarity(left, right, levels):
        found = closer(left, right, levels)
        return np.where(found > 0, found, wider(left, right, levels))

    return rarity


def _count_of_shared(shared):
    def rarity(left, right, levels):
        found = np.zeros(len(left), dtype=np.int64)
        same = levels == SAME
        found[same] = shared.rows_with(shared.shared(left[same], right[same]))
        return found

    return rarity
