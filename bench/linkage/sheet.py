"""A finished sheet: the file as somebody would import it, the truth about it, and what was done to each row."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Sheet:
    """Rows in the order of the file; `columns` gives the header of each cell."""

    columns: dict
    rows: list

    def refs(self):
        """A running number as old systems give it, which says nothing about the row."""
        return [f"R{place:06d}" for place in range(1, len(self.rows) + 1)]

    def write(self, folder: Path):
        """rows.csv, truth.csv (ref, entity, group) and notes.csv (ref, scene, number, done)."""
        folder.mkdir(parents=True, exist_ok=True)
        numbered = list(zip(self.refs(), self.rows, strict=True))
        _write(folder / "rows.csv", ["ref", *self.columns.values()], ([ref, *(row.cells[name] for name in self.columns)] for ref, row in numbered))
        _write(folder / "truth.csv", ["ref", "entity", "group"], ([ref, row.firm.entity, row.firm.group or ""] for ref, row in numbered))
        notes = ([ref, row.firm.scene, row.firm.scene_number, "; ".join(row.did)] for ref, row in numbered)
        _write(folder / "notes.csv", ["ref", "scene", "number", "done"], notes)


def _write(path, header, rows):
    with path.open("w", encoding="utf-8-sig" if path.name == "rows.csv" else "utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
