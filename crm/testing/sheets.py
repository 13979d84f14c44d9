"""What tests of imports start from: small spreadsheets, a folder of their own, an import from beginning to end."""

import csv
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from crm.importexport import services
from crm.importexport.reports import report_of


@pytest.fixture
def sheet(tmp_path):
    """`sheet("a.csv", ["Name"], ["Acme"])` writes rows into a file, by its name as CSV or XLSX; the path."""

    def write(name, *rows, encoding="utf-8", delimiter=","):
        path = tmp_path / name
        if path.suffix == ".csv":
            with path.open("w", encoding=encoding, newline="") as file:
                csv.writer(file, delimiter=delimiter).writerows(rows)
        else:
            with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
                page = book.add_worksheet()
                for number, row in enumerate(rows):
                    page.write_row(number, 0, row)
        return path

    return write


@pytest.fixture
def media(settings, tmp_path):
    """Uploaded files of this test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def take_in(media, run_jobs):
    """`take_in("companies", path, by=user)` imports a file to its end; the run."""

    def take(kind, path, *, by, **choices):
        run = services.receive(kind, Path(path), Path(path).name, by=by)
        services.start(run, by=by, **choices)
        run_jobs()
        run.refresh_from_db()
        return run

    return take


@pytest.fixture
def report():
    """The report of a run."""
    return report_of


@pytest.fixture
def upload():
    """A file as a browser sends it."""
    return lambda path: SimpleUploadedFile(Path(path).name, Path(path).read_bytes())
