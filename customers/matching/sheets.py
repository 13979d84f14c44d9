"""Finding duplicates in spreadsheets before they are imported: one sheet in itself, or two with each other."""

import csv
import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from crm.core.errors import Invalid
from crm.importexport.reading import open_sheet
from crm.importexport.writing import csv_cell
from customers.matching import columns, reasons, splinkengine
from customers.matching.deciding import companies_apart, decide_companies, decide_people, people_apart
from customers.matching.evidence import Table, of_companies, of_people
from customers.matching.linking import link

HEADER = ("left_id", "right_id", "left_ref", "right_ref", "score", "decision", "reasons")
GUESSED_FROM = 400
PEOPLE_KINDS = ("name", "given_name", "family_name")


@dataclass
class Source:
    """A sheet as texts: its name, its rows with the numbers the spreadsheet program shows, and what its columns hold."""

    name: str
    numbers: list[int]
    rows: list[list[str]]
    columns: list[columns.Column]

    def by_kind(self, kind):
        """The texts of all columns of a kind."""
        return [[row[place] for row in self.rows] for place, column in enumerate(self.columns) if column.kind == kind]

    def refs(self, header):
        """What names each row: the id column, or the number of the row."""
        places = [place for place, column in enumerate(self.columns) if (column.header == header if header else column.kind == "ref")]
        if header and not places:
            raise Invalid(_("There is no column “%(name)s” in %(file)s.") % {"name": header, "file": self.name}, code="no_such_column", field="id")
        return [row[places[0]] for row in self.rows] if places else [str(number) for number in self.numbers]


def read(path, mapping=None) -> Source:
    """Read a sheet; `mapping` (header → kind, "" for none) goes before what is guessed."""
    sheet = open_sheet(path)
    lines = list(sheet.lines())
    rows = [[_text(cell) for cell in line.cells] for line in lines]
    guessed = columns.guess(sheet.headers, list(islice(rows, GUESSED_FROM)))
    return Source(Path(path).name, [line.number for line in lines], rows, _mapped(guessed, mapping or {}))


def match(sources: list[Source], engine="own"):
    """Link one sheet with itself or two with each other; pairs as `Decided` gives them, with reasons in words."""
    table, groups = _table(sources)
    if engine == "splink":
        for left, right, score, decision, said in splinkengine.link(table, groups):
            yield left, right, score, str(decision), reasons.words(said)
        return
    people = table.has(*PEOPLE_KINDS)
    if not people and not table.has("company"):
        raise Invalid(_("No column holds names of people or companies. Say with a mapping which one does."), code="no_names", field="file")
    evidence, apart, decide = (of_people, people_apart, decide_people) if people else (of_companies, companies_apart, decide_companies)
    linked = link(evidence(table), table.rows, apart, groups)
    decided = decide(linked, table.rows)
    for left, right, score, decision, place in decided.pairs():
        yield left, right, score, str(decision), reasons.words(reasons.found(linked, place))


def write(pairs, sources, id_headers, out):
    """Write the pairs as CSV; nothing is written where they cannot be found."""
    ids = [str(number) for source in sources for number in source.numbers]
    refs = [ref for source, header in zip(sources, id_headers, strict=True) for ref in source.refs(header)]
    pairs = list(pairs)
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(
            [ids[left], ids[right], csv_cell(refs[left]), csv_cell(refs[right]), f"{score:.9f}", decision, words]
            for left, right, score, decision, words in pairs
        )
    return len(pairs)


def mapping_of(path):
    """A mapping file: JSON, header → kind."""
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid(_("The mapping file cannot be read: %(why)s") % {"why": error}, code="mapping", field="mapping") from error
    unknown = {kind for kind in found.values() if kind and kind not in columns.HEADERS} if isinstance(found, dict) else {"?"}
    if unknown:
        raise Invalid(
            _("The mapping names what is not known: %(kinds)s. Known are: %(known)s.")
            % {"kinds": ", ".join(sorted(unknown)), "known": ", ".join(columns.HEADERS)},
            code="mapping",
            field="mapping",
        )
    return found


def _table(sources):
    kinds = [kind for kind in columns.HEADERS if kind != "ref" and all(source.by_kind(kind) for source in sources)]
    # Each sheet may have another number of columns of a kind; the missing ones are empty.
    found = {}
    for kind in kinds:
        parts = [source.by_kind(kind) for source in sources]
        width = max(map(len, parts))
        found[kind] = [
            [text for source, part in zip(sources, parts, strict=True) for text in (part[place] if place < len(part) else [""] * len(source.rows))]
            for place in range(width)
        ]
    rows = sum(len(source.rows) for source in sources)
    groups = np.repeat([0, 1], [len(source.rows) for source in sources]) if len(sources) == 2 else None
    return Table(found, rows), groups


def _mapped(guessed, mapping):
    return [columns.Column(column.header, mapping.get(column.header, column.kind)) for column in guessed]


def _text(cell):
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
