"""How long the search for duplicates takes among very many companies, and how much memory: the same steps as the job in the house."""

import csv
import resource
import time
from pathlib import Path

from bench.linkage.firms import company_sheet
from bench.linkage.trial import Trial
from customers.matching import columns
from customers.matching.deciding import companies_apart, decide_companies
from customers.matching.evidence import Table, of_companies
from customers.matching.linking import link

# The generator draws from a limited vocabulary: so many rows at a time keep the names as different as they are out there.
PART = 100_000
FIRST_SEED = 21


def sheet_of(rows, folder: Path) -> Path:
    """A sheet of so many companies with their duplicates; made once, the same everywhere."""
    path = folder / f"companies_{rows}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            _write(rows, csv.writer(stream))
        unfinished.rename(path)
    return path


def measure(path: Path) -> dict:
    """CPU seconds up to each step, the pairs compared and told, and the most memory this process ever had."""
    began, found = time.process_time(), {}

    def note(step):
        found[f"{step}_cpu_s"] = round(time.process_time() - began, 1)

    table = _table(path)
    rows = table.rows
    note("read")
    evidence = of_companies(table)
    note("taken_apart")
    linked = link(evidence, rows, companies_apart)
    note("linked")
    decided = decide_companies(linked, rows)
    told = sum(1 for _pair in decided.pairs())
    note("decided")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"rows": rows, **found, "compared": len(linked.left), "pairs": told, "peak_mb": peak}


def _write(rows, writer):
    for place, start in enumerate(range(0, rows, PART)):
        sheet = company_sheet(min(PART, rows - start), FIRST_SEED + place, Trial(False, False), vocabulary=None, english=False)
        if not start:
            writer.writerow(["ref", *sheet.columns.values()])
        for ref, row in zip(sheet.refs(), sheet.rows, strict=True):
            writer.writerow([f"{place}-{ref}", *(row.cells[name] for name in sheet.columns)])


def _table(path):
    with path.open(encoding="utf-8", newline="") as stream:
        lines = csv.reader(stream)
        headers = next(lines)
        found = [[] for _header in headers]
        for line in lines:
            for column, text in zip(found, line, strict=True):
                column.append(text)
    guessed = columns.guess(headers, [list(row) for row in zip(*(column[: columns.LOOKED_AT] for column in found), strict=True)])
    kinds: dict[str, list] = {}
    for column, cells in zip(guessed, found, strict=True):
        if column.kind and column.kind != "ref":
            kinds.setdefault(column.kind, []).append(cells)
    return Table(kinds, len(found[0]))
