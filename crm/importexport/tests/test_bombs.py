"""Files made to burst a reader are refused in one sentence, within two seconds and without much memory (S11)."""

import io
import os
import subprocess
import sys
import zipfile

from django.conf import settings

SCRIPT = """
import sys, time, resource
from pathlib import Path
import django; django.setup()
from crm.core.errors import Invalid
from crm.importexport.reading import open_sheet
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    start = time.process_time()
    try:
        for line in open_sheet(Path(path)).lines():
            pass
        code = "taken"
    except Invalid as refusal:
        code = refusal.code
    print(code, time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
BOOK = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
LINKS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";" if n == 0 else ("&" + chr(97 + n) + ";") * 10}">' for n in range(12)
) + "]>"  # fmt: skip
MEGA = 1024 * 1024


def packed(path, parts, level=6):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        for name, blocks in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for block in [blocks] if isinstance(blocks, bytes | str) else blocks:
                    part.write(block.encode() if isinstance(block, str) else block)


def sheet_of(*rows):
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


def noise(size):
    """Text that packs to about a twentieth, as what people write does at best."""
    return b"".join(os.urandom(32).hex().encode() * 16 for _piece in range(size // 1024))


def zip_bomb(path):
    packed(path, {"xl/worksheets/sheet1.xml": (b" " * (16 * MEGA) for _block in range(64)), "xl/sharedStrings.xml": b"<sst/>"}, level=1)


def nested(path):
    """Ten thousand parts, each of them small."""
    packed(path, {f"xl/worksheets/sheet{number}.xml": "<worksheet/>" for number in range(1, 10_000)})


def shared_strings(path):
    block = b"<si><t>" + noise(MEGA) + b"</t></si>"
    packed(
        path, {"xl/worksheets/sheet1.xml": sheet_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), "xl/sharedStrings.xml": (block for _n in range(160))}, 1
    )


def million_columns(path):
    packed(path, {"xl/worksheets/sheet1.xml": sheet_of('<row r="1">' + "".join('<c r="ZZZ1"><v>1</v></c>' for _n in range(100_000)) + "</row>")})


def nameless_cells(path):
    """Cells without their address: nobody says how far they reach."""
    block = "<row>" + "".join(f"<c><v>{digits}</v></c>" for digits in os.urandom(20_000)) + "</row>"
    packed(path, {"xl/worksheets/sheet1.xml": (block for _n in range(300))}, 1)


def laughs(path):
    packed(path, {"xl/worksheets/sheet1.xml": LAUGHS + sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>&m;</t></is></c></row>')})


def laughs_of_strings(path):
    packed(
        path,
        {
            "xl/worksheets/sheet1.xml": sheet_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
            "xl/sharedStrings.xml": LAUGHS + "<sst><si><t>&m;</t></si></sst>",
        },
    )


def wide_csv(path):
    path.write_bytes(b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000)


def long_line(path):
    path.write_bytes(b"Name\n" + b"x" * (40 * MEGA))


def picture(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x06" + os.urandom(1000))


def picture_and_book(path):
    """A picture behind whose end a workbook is packed: what it is called by its beginning counts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", BOOK)
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0" + buffer.getvalue())


def climbing(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../../../tmp/keman-was-here", "x")
        archive.writestr("xl/workbook.xml", BOOK)


def sparse(path):
    """Two gigabytes of nothing: refused by its size, not one byte of it is read."""
    with path.open("wb") as file:
        file.truncate(2 * 1024 * MEGA)


BOMBS = {
    "unpacks_too_large": [zip_bomb, shared_strings, nested],
    "too_many_columns": [million_columns, wide_csv],
    "too_many_cells": [nameless_cells],
    "broken": [laughs, laughs_of_strings, climbing],
    "not_a_table": [picture, picture_and_book],
    "too_large": [sparse],
    "long_cell": [long_line],
}


def test_bombs_are_refused_quickly_and_in_little_memory(tmp_path):
    """All of them one after the other in one process, as a worker meets them."""
    cases = [(code, make) for code, makers in BOMBS.items() for make in makers]
    for _code, make in cases:
        make(tmp_path / make.__name__)
    command = [sys.executable, "-c", SCRIPT, *[str(tmp_path / make.__name__) for _code, make in cases]]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "crm.settings.test"}
    lines = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True, timeout=120, env=environment).stdout.splitlines()
    found = {make.__name__: line.split() for (_code, make), line in zip(cases, lines, strict=True)}
    assert {name: said[0] for name, said in found.items()} == {make.__name__: code for code, make in cases}
    assert {name: float(said[1]) for name, said in found.items() if float(said[1]) > 2} == {}
    assert {name: int(said[2]) for name, said in found.items() if int(said[2]) > 200} == {}
