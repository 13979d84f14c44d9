"""The words that rows are made of, split for ever into a half that may be looked at and one that is kept unseen."""

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.linkage import places
from bench.linkage.draw import in_unseen_half, mixed
from bench.linkage.lists import brands, persons, trades
from bench.linkage.lists import places as place_words
from crm.core.text import squash

_BRAND = re.compile(r"[\u4e00-\u9fff]{2,4}")
_LISTED = re.compile(r"^(?:\*?ST|PT|退市|XD|XR|DR|N|C)|(?:[A-Z]|[-－].*|退|股份|科技|集团|控股|电子|实业|环保|生物|医药|药业|电气|智能|材料|新材)$")
_TRADE_END = re.compile("(?:集团|" + "|".join(sorted(trades.TRADES, key=len, reverse=True)) + ")$")


@dataclass
class Vocabulary:
    """Words for one sheet; `unseen` says from which half they are."""

    folder: Path | None = None
    unseen: bool = False

    @cached_property
    def cities(self):
        """Cities, the large ones first."""
        everything = places.cities(self._find("provinces.csv"))
        return [city for city in everything if self._mine(city.name)]

    @cached_property
    def city_weights(self):
        """For the weighted draw."""
        return {city: city.weight for city in self.cities}

    @cached_property
    def brands(self):
        """Real and coined names of firms, without trade and legal form."""
        found = {*brands.BRANDS, *self._listed_brands(), *self._short_forms()} - brands.TOO_COMMON
        return self._half(found)

    @cached_property
    def coined(self):
        """Two characters of the usual ones: hundreds of firms share them, and many differ by one character."""
        return self._half({first + second for first in brands.FIRST for second in brands.SECOND if first != second})

    @cached_property
    def mixed(self):
        """Brands with Latin letters or figures."""
        return self._half(brands.MIXED)

    @cached_property
    def trades(self):
        """机械, 电子科技, 物流 …"""
        return self._half(trades.TRADES)

    @cached_property
    def roads(self):
        """Names of streets."""
        return self._half(place_words.STREETS)

    @cached_property
    def buildings(self):
        """Names of office buildings."""
        return self._half(place_words.BUILDINGS)

    @cached_property
    def parks(self):
        """Names of business parks and markets."""
        return self._half(place_words.PARKS)

    @cached_property
    def given_names(self):
        """Given names; the very common ones are in both halves, there is no other Zhang Wei."""
        listed = [name[1:] for name in self._lines("person_names_synthetic.txt") if 2 <= len(name) <= 3]
        return self._half({*persons.GIVEN, *listed})

    def _half(self, words):
        return [word for word in mixed(words) if self._mine(word)]

    def _mine(self, word):
        return in_unseen_half(word) == self.unseen

    def _short_forms(self):
        forms = (_TRADE_END.sub("", name) for name in self._lines("company_short_forms_5000.txt"))
        return {name for name in forms if _BRAND.fullmatch(name)}

    def _listed_brands(self):
        folder = self._find("a_share_short_names.csv")
        if folder is None:
            return set()
        with (folder / "a_share_short_names.csv").open(encoding="utf-8") as stream:
            names = [squash(row["short_name"]).upper() for row in csv.DictReader(stream)]
        shorter = (_LISTED.sub("", _LISTED.sub("", name)) for name in names)
        return {name for name in shorter if _BRAND.fullmatch(name)}

    def _lines(self, name):
        folder = self._find(name)
        return (folder / name).read_text(encoding="utf-8").split() if folder else []

    def _find(self, name):
        """The folder that holds this file: the one given, or one just inside it."""
        candidates = [self.folder, *sorted(path for path in self.folder.iterdir() if path.is_dir())] if self.folder else []
        return next((folder for folder in candidates if (folder / name).exists()), None)
