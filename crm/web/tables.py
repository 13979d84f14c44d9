"""A list's columns, declared once: the page, the export and the API read the same declaration.

Rows are joined here from escaped strings, because a template loop costs ten times as much (docs/adr/0006).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from crm.core.keyset import Sort
from crm.core.masking import MASKED, mask_text
from crm.core.registry import Registry
from crm.web import components


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what it shows, how it is ordered, what it needs.

    `cell(row, page)` gives text (escaped here) or safe HTML; `value(row)` the plain value for spreadsheets.
    `needs` are the model fields to read; `load(rows, actor)` fetches values of other rooms for all rows at once
    and `cell` finds them in `page.loaded[name]`. `phone` is the place on a phone: p1 to p4, or none.
    """

    name: str
    label: object
    cell: Callable
    value: Callable | None = None
    sort: Sort | None = None
    numeric: bool = False
    main: bool = False
    phone: str = ""
    shown: bool = True
    guarded: str = ""
    needs: tuple[str, ...] = ()
    load: Callable | None = None
    # `total(listing)` gives the text under the column for the whole result, while it is small enough to be counted.
    total: Callable | None = None
    # The field of the form that changes the value in its place (crm/web/cells.py); none where it only shows.
    edit: str = ""
    position: int = 50


@dataclass
class Table:
    """The columns of one noun, those that other rooms add included."""

    noun: str
    columns: list[Column]
    sorts: list[Sort]
    row_url: Callable
    extra: Registry = field(default_factory=lambda: Registry("column"))

    def all_columns(self) -> list[Column]:
        """Every column, in the order in which they stand by default."""
        return sorted([*self.columns, *self.extra], key=lambda column: column.position)

    def readable_by(self, actor) -> list[Column]:
        """The columns whose fields this person may read at all."""
        return [c for c in self.all_columns() if not c.guarded or actor.field_rule(c.guarded) != "hide"]

    def chosen(self, actor, names: Iterable[str] = ()) -> list[Column]:
        """The columns to show: those named, in that order, or the ones shown by default."""
        readable = {column.name: column for column in self.readable_by(actor)}
        wanted = [readable[name] for name in names if name in readable]
        main = [column for column in readable.values() if column.main]
        if wanted:
            return [*(c for c in main if c not in wanted), *wanted]
        return [column for column in readable.values() if column.shown or column.main]


@dataclass
class Drawing:
    """What the cells of one page share, computed once and not per row."""

    actor: object
    columns: list[Column]
    rows: list
    loaded: dict = field(default_factory=dict)
    found: dict = field(default_factory=dict)  # columns that share a function share what it found
    memo: dict = field(default_factory=dict)

    def __post_init__(self):
        for column in self.columns:
            if column.load and self.rows:
                if column.load not in self.found:
                    self.found[column.load] = column.load(self.rows, self.actor)
                self.loaded[column.name] = self.found[column.load]

    def once(self, name, compute):
        """A value computed at its first use on this page (labels of a choice, a URL prefix)."""
        if name not in self.memo:
            self.memo[name] = compute()
        return self.memo[name]

    def hides(self, guarded) -> bool:
        """Whether a field must be masked for this reader."""
        return bool(guarded) and self.actor.field_rule(guarded) == MASKED

    def edits(self, column, noun) -> bool:
        """Whether this reader may change the column in its place; of a single row the server says it again."""
        if not column.edit or not self.actor.may(f"{noun}.edit"):
            return False
        return not column.guarded or self.actor.field_rule(column.guarded) == "edit"


def draw_rows(table: Table, drawing: Drawing, *, selectable: bool) -> SafeString:
    """All rows of a page as HTML."""
    classes = [_attributes(column, drawing.edits(column, table.noun)) for column in drawing.columns]
    return mark_safe("".join(_row(table, drawing, classes, row, selectable) for row in drawing.rows))  # noqa: S308 - each part is escaped


def _row(table, drawing, classes, row, selectable):
    url = conditional_escape(table.row_url(row))
    parts = [f'<tr data-id="{row.pk}">']
    if selectable:
        parts.append(f'<td class="km-check"><input type="checkbox" form="km-bulk" name="id" value="{row.pk}" aria-labelledby="r{row.pk}"></td>')
    parts.extend(_cell(column, row, drawing, attributes, url) for column, attributes in zip(drawing.columns, classes, strict=True))
    parts.append("</tr>")
    return "".join(parts)


def draw_cell(column, row, drawing, *, noun) -> SafeString:
    """One cell as its row shows it."""
    return mark_safe(_cell(column, row, drawing, _attributes(column, drawing.edits(column, noun))))  # noqa: S308 - each part is escaped


def _cell(column, row, drawing, attributes, url=""):
    shown = column.cell(row, drawing)
    if column.guarded and shown and drawing.hides(column.guarded) and "*" not in str(shown):
        shown = mask_text(str(shown))  # the net below the cells, which cover what they show in a form of their own
    if shown in (None, ""):
        return f"<td{attributes[1]}>—</td>"
    if column.main:
        return f'<td{attributes[0]}><a id="r{row.pk}" href="{url}">{conditional_escape(shown)}</a></td>'
    return f"<td{attributes[0]}>{conditional_escape(shown)}</td>"


def _attributes(column, edits):
    """The attributes of a cell with a value, and of one without."""
    edit = f' data-edit="{column.name}"' if edits else ""
    return _classes(column) + edit, _classes(column, "km-none") + edit


def _classes(column, extra=""):
    names = " ".join(filter(None, ("km-main" if column.main else "", "num" if column.numeric else "", column.phone, extra)))
    return f' class="{names}"' if names else ""


def person_cell(name="owner"):
    """A cell with the avatar and name of a person."""

    def cell(row, page):
        who = getattr(row, name)
        return page.once(("person", who.pk), lambda: components.person(who)) if who else None

    return cell


def choice_cell(name):
    """A cell with the words of a choice field, read once for the page."""

    def cell(row, page):
        labels = page.once(("choice", name), lambda: {k: str(v) for k, v in row._meta.get_field(name).flatchoices})
        value = getattr(row, name)
        return labels.get(value, value)

    return cell


def text_cell(name, guarded=""):
    """A cell with a plain value; a guarded one is masked for who may not read it whole."""

    def cell(row, page):
        value = getattr(row, name)
        return mask_text(str(value)) if value and page.hides(guarded) else value

    return cell
