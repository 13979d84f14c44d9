"""Which rows of a sheet name its columns: under a title, in one row or in two or three, cells joined or not."""

import re
from dataclasses import dataclass
from datetime import date, time

from crm.core.text import narrow
from crm.importexport.refusals import MOST_COLUMNS, refused

# The header is looked for in so many rows: a title or a note may stand above it.
HEADER_WITHIN = 10
DEEPEST = 3
JOIN = " / "
LONGEST_NAME = 40
LONGEST_HEADER = 100
# What stands in a row of data and never names a column.
DATA = re.compile(r"\+?[\d\s()-]{7,20}|[^@\s]{1,64}@[^@\s]{1,200}\.[a-z]{2,20}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """The rows that name the columns (the first one and how many, from 1 on; none is 0 rows) and the names themselves."""

    row: int
    depth: int
    names: list[str]

    @property
    def last_row(self) -> int:
        """Behind this row the data begin."""
        return self.row + self.depth - 1 if self.depth else self.row - 1


def find_header(head, merged=(), row=None, depth=None) -> Header:
    """The header in the first rows of a sheet; `row` and `depth` are a person's correction, depth 0 means that there is none.

    `merged` are joined cells as ((top, left), (bottom, right)), counted from 0.
    """
    widths = [sum(map(filled, cells)) for cells in head]
    if not any(widths):
        raise refused("empty" if len(head) < HEADER_WITHIN else "no_header")
    place = row - 1 if row else next(place for place, width in enumerate(widths) if width * 2 >= max(widths))
    if place >= len(head) or not widths[place]:
        raise refused("no_header")
    if depth is None:
        place, depth = _extent(head, place, merged, fixed=row is not None)
    if max(map(len, head)) > MOST_COLUMNS and max(map(_last, head)) >= MOST_COLUMNS:
        raise refused("too_many_columns")
    if depth == 0:
        return Header(place + 1, 0, [letters(column) for column in range(max(map(_last, head[place:])) + 1)])
    names = _names(head[place : place + depth], [_moved(one, place) for one in merged])
    if not any(re.search(r"[^\W\d]", name) for name in names):
        raise refused("no_header")
    return Header(place + 1, depth, _told_apart(names))


def filled(cell) -> bool:
    """Whether a person sees something in the cell."""
    return cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())


def letters(column: int) -> str:
    """The column as the spreadsheet program calls it: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def parts(name: str) -> list[str]:
    """The names of a column from the top row to the bottom one."""
    return name.split(JOIN)


def _extent(head, place, merged, fixed):
    """First row and number of rows, groups above and names below included; 0 rows where the first row is data already."""
    if _is_data(head[place]):
        return place, 0
    top = place
    while not fixed and top > 0 and place - top < DEEPEST - 1 and _is_group(head[top - 1], head[top], merged, top - 1):
        top -= 1
    bottom = place
    while bottom + 1 < len(head) and bottom - top < DEEPEST - 1 and _is_divided(head, merged, bottom):
        bottom += 1
    return top, bottom - top + 1


def _is_data(cells):
    """Whether a row holds what no header holds: telephone numbers, addresses, days, mostly numbers."""
    found = [cell for cell in cells if filled(cell)]
    telling = [cell for cell in found if not isinstance(cell, int | float) and _tells(cell)]
    numbers = [cell for cell in found if isinstance(cell, int | float) and not 1900 <= cell <= 2100]
    return bool(telling) or len(numbers) * 2 > len(found)


def _is_group(above, cells, merged, row):
    """Whether the row above divides the names below it into groups: several words, each over a stretch of columns."""
    words = [column for column, cell in enumerate(above) if filled(cell)]
    if len(words) < 2 or not all(_is_name(above[column]) for column in words):
        return False
    joined = [one for one in merged if one[0][0] == row and one[1][1] > one[0][1]]
    if merged:
        return bool(joined)
    below = [column for column, cell in enumerate(cells) if filled(cell)]
    return set(words) <= set(below) and len(words) < len(below) and max(below) > words[-1]


def _is_divided(head, merged, row):
    """Whether the row below names what this row leaves open, and says nothing where this row has named a column already."""
    cells, below = head[row], head[row + 1]
    named = [column for column, cell in enumerate(below) if filled(cell)]
    if not named or not all(_is_name(below[column]) for column in named) or _is_data(below):
        return False
    if any(one[0][0] <= row < one[1][0] for one in merged):
        return True
    joined = [one for one in merged if one[0][0] == row and one[1][0] == row and one[1][1] > one[0][1]]
    if joined:
        return all(any(one[0][1] <= column <= one[1][1] for one in joined) for column in named)
    gaps = [column for column in named if column >= len(cells) or not filled(cells[column])]
    if not gaps or not filled(cells[0] if cells else None):
        return False
    covered = {column - 1 for column in gaps} | set(gaps)
    if set(named) <= covered and len(named) < sum(map(filled, cells)) + len(gaps):
        return True
    return row + 2 < len(head) and any(_tells(head[row + 2][column]) for column in named if column < len(head[row + 2]))


def _tells(cell):
    """Whether the cell holds what no header holds."""
    return isinstance(cell, int | float | date | time) or (isinstance(cell, str) and bool(DATA.fullmatch(cell[:LONGEST_HEADER].strip())))


def _is_name(cell):
    return isinstance(cell, str) and len(cell.strip()) <= LONGEST_NAME and not cell.strip().replace(".", "").isdigit()


def _names(rows, merged):
    """One name for each column: what stands above it in every row of the header, once."""
    width = max(map(_last, rows)) + 1
    grid = [[_plain(cells[column]) if column < len(cells) else "" for column in range(width)] for cells in rows]
    for (top, left), (bottom, right) in merged:
        if 0 <= top < len(grid) and left < width:
            for row in range(top, min(bottom, len(grid) - 1) + 1):
                for column in range(left, min(right, width - 1) + 1):
                    grid[row][column] = grid[top][left]
    if not merged:
        for row in grid[:-1]:
            _spread(row, grid[-1])
    return [JOIN.join(dict.fromkeys(name for row in grid if (name := row[column]))) for column in range(width)]


def _spread(row, last):
    """Without joined cells, a group reaches to the next word of its row."""
    for column in range(1, len(row)):
        if not row[column] and last[column]:
            row[column] = row[column - 1]


def _plain(cell):
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(narrow(str(cell)[:LONGEST_HEADER]).split()) if filled(cell) else ""


def _last(cells):
    return max((column for column, cell in enumerate(cells) if filled(cell)), default=-1)


def _moved(one, by):
    (top, left), (bottom, right) = one
    return (top - by, left), (bottom - by, right)


def _told_apart(names):
    """Equal names get a number, so that a mapping can speak of each; a column without a name keeps none."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return found
