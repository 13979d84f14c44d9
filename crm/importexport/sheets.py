"""The columns of an import going out again: what is exported so can be changed in a spreadsheet and imported back."""

from pathlib import Path

from crm.core.masking import shown
from crm.core.policy import require
from crm.importexport import writing
from crm.importexport.importers import Importer
from crm.importexport.reading import chunks

BATCH = 500


def write(importer: Importer, path: Path, form: str, *, by) -> int:
    """Write all records the person may export; how many those are."""
    noun = importer.model.noun
    require(by, f"{noun}.export")
    fields = [one for one in importer.fields if by.field_rule(f"{noun}.{one.name}") != "hide"]
    rows = importer.model.objects.visible_to(by, "export").select_related(*importer.related).prefetch_related(*importer.prefetch).order_by("pk")
    done = []
    writing.write(path, form, [str(one.label) for one in fields], _cells(rows, fields, noun, by, done))
    return sum(done)


def template(importer: Importer, path: Path) -> None:
    """An empty sheet with every column, for who starts from nothing."""
    writing.write_xlsx(path, [str(one.label) for one in importer.fields], [])


def _cells(rows, fields, noun, by, done):
    for batch in chunks(rows.iterator(chunk_size=BATCH), BATCH):
        for row in batch:
            yield [shown(by, f"{noun}.{one.name}", _cell(one, row), record=row) for one in fields]
        done.append(len(batch))


def _cell(one, row):
    if one.out is not None:
        return one.out(row)
    words = getattr(row, f"get_{one.name}_display", None)
    value = words() if words else getattr(row, one.name, "")
    return str(value) if one.related and value is not None else value
