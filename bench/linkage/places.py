"""Cities, districts and their codes: our own list, and the official divisions where the folder with them is at hand."""

import csv
import gzip
import zlib
from dataclasses import dataclass, field

from bench.linkage.lists.places import ANYWHERE, CITIES, DISTRICTS
from crm.core.regions import short_name

RARE = 0.4  # weight of a city that only the official list has


@dataclass(frozen=True)
class District:
    """A district of a city with its six-digit code and its towns."""

    name: str
    code: str
    towns: tuple = ()


@dataclass(frozen=True)
class City:
    """A city as firms name it: province, area code of its telephones, districts."""

    province: str
    name: str
    area_code: str
    weight: float
    districts: tuple = field(default=(), compare=False)

    @property
    def short(self) -> str:
        """深圳市 is 深圳."""
        return short_name(self.name)


def cities(divisions=None) -> list[City]:
    """All cities; `divisions` is the folder with provinces.csv, cities.csv, areas.csv and streets.csv.gz, or None."""
    official = _official(divisions) if divisions else {}
    own = {city.name: city for city in _own(official)}
    rest = [City(province, name, _code_of(name), RARE, districts) for (province, name), districts in official.items() if name not in own]
    return sorted([*own.values(), *rest], key=lambda city: (-city.weight, city.name))


def _own(official):
    known = {line.split()[0]: line.split()[1:] for line in DISTRICTS.strip().splitlines()}
    provinces = {}
    for entry in CITIES.replace("\n", "|").split("|"):
        province, _colon, words = entry.strip().partition(": ")
        for name, area_code, weight in zip(*[iter(words.split())] * 3, strict=True):
            number = provinces.setdefault(province, len(provinces) + 11)
            fallback = [District(district, _made_up(number, name, district)) for district in known.get(name, ANYWHERE)]
            yield City(province, name, area_code, float(weight), official.get((province, name)) or tuple(fallback))


def _made_up(province, city, district):
    return f"{province}{zlib.crc32(f'{city}{district}'.encode()) % 10000:04d}"


def _code_of(name):
    """An area code of three digits for a city whose own one nobody wrote down; always the same."""
    return f"0{300 + zlib.crc32(name.encode()) % 700}"


def _official(folder):
    provinces = {row["code"]: row["name"] for row in _rows(folder / "provinces.csv")}
    names = {row["code"]: row["name"] for row in _rows(folder / "cities.csv")}
    towns = {}
    for row in _rows(folder / "streets.csv.gz"):
        towns.setdefault(row["areaCode"], []).append(row["name"])
    found = {}
    for row in _rows(folder / "areas.csv"):
        name = names[row["cityCode"]]
        province = provinces[row["provinceCode"]]
        if name in ("市辖区", "县"):
            name = province
        if "直辖" in name:
            continue
        district = District(row["name"], row["code"], tuple(towns.get(row["code"], ())[:12]))
        found.setdefault((province, name), []).append(district)
    return {place: tuple(districts) for place, districts in found.items()}


def _rows(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        yield from csv.DictReader(stream)
