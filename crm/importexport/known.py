"""Mappings that come with the product, for sheets whose columns are known: found by their headers, as kept ones are."""

import json
from functools import cache
from pathlib import Path

from crm.core.registry import Registry
from crm.importexport.mapping import Mapping

# Name of the mapping → (kind of the import, its file).
known_mappings: Registry[tuple[str, Path]] = Registry("known mapping")


def known_mapping(importer, headers) -> Mapping | None:
    """The known mapping of this kind that speaks of most columns of the sheet, all of its own among them; None where none fits."""
    fitting = [mapping for kind, file in known_mappings if kind == importer.kind and (mapping := Mapping.read(importer, _read(file))).fits(headers)]
    return max(fitting, key=lambda mapping: len(mapping.columns), default=None)


@cache
def _read(file):
    return json.loads(file.read_text(encoding="utf-8"))
