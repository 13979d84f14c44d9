"""A list as a spreadsheet: its rows, columns and order, inside the scope of the right to export, masked as on the page."""

from html import unescape
from pathlib import Path

from django.http import QueryDict
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm.activity.spine import event
from crm.core import clock
from crm.core.errors import Invalid
from crm.core.masking import mask_text
from crm.core.policy import require
from crm.importexport import events, writing
from crm.importexport.reading import chunks
from crm.importexport.vcardout import CONTENT_TYPE, VCF, card_makers, text_of, write_cards
from crm.jobs import services as jobs
from crm.web.lists import Listing, list_pages
from crm.web.tables import Drawing

JOB = "exports.make"
DIRECTLY = 5_000
BATCH = 500


class Export:
    """One list of one person, by its query string."""

    def __init__(self, noun, query, *, by):
        require(by, f"{noun}.export")
        self.noun, self.by, self.page = noun, by, list_pages[noun]()
        self.query = QueryDict(query, mutable=True)
        for name in ("cursor", "part"):
            self.query.pop(name, None)
        self.listing = Listing(self.page, by, self.query)

    @property
    def rows(self):
        """The rows of the list that may be exported, in its order."""
        scope = self.by.scope(self.page.model, "export")
        rows = self.listing.ordered().select_related(*self.page.related)
        return rows if scope.everything else rows.filter(scope.condition(self.page.model))

    def count(self) -> int:
        """How many rows there are, counted to the end."""
        return self.rows.order_by().count()

    def headers(self) -> list[str]:
        """The heads of the list's columns."""
        return [str(column.label) for column in self.listing.columns]

    def cells(self, told=lambda done: None):
        """The cells of each row; `told` hears from time to time how many rows are done."""
        done = 0
        for rows in chunks(self.rows.iterator(chunk_size=BATCH), BATCH):
            drawing = Drawing(self.by, self.listing.columns, rows)
            for row in rows:
                yield [cell_of(column, row, drawing) for column in drawing.columns]
            done += len(rows)
            told(done)

    def cards(self, told=lambda done: None):
        """The rows as cards for a telephone."""
        maker, done = card_makers[self.noun], 0
        rows = self.rows.select_related(*maker.related).prefetch_related(*maker.prefetch)
        for batch in chunks(rows.iterator(chunk_size=BATCH), BATCH):
            yield from maker.cards(batch, self.by)
            done += len(batch)
            told(done)

    def write(self, path: Path, form: str, told=lambda done: None) -> None:
        """Write the list as a spreadsheet, or as cards."""
        if form == VCF:
            return write_cards(path, self.cards(told))
        return writing.write(path, form, self.headers(), self.cells(told))

    def file_name(self, form: str) -> str:
        """What the file is called: the list and the day."""
        return f"{self.page.title}-{timezone.localdate(clock.now()):%Y%m%d}.{form}"


def formats(noun) -> dict[str, str]:
    """In which forms a list can go out, with their types of content."""
    return writing.FORMATS | ({VCF: CONTENT_TYPE} if noun in card_makers else {})


def made(export: Export, form: str, *, rows: int) -> None:
    """Note who took what out of the house: the list, its filters, how many rows."""
    with event(events.EXPORTED, by=export.by, subject=export.by) as found:
        found.data.update(list=export.noun, query=export.query.urlencode(), rows=rows, format=form)


def card_of(noun, pk, *, by) -> tuple[str, str]:
    """One record as a card, by name and text; it is noted as every export is. None where there is no such record for the person."""
    maker = card_makers[noun]
    require(by, f"{noun}.export")
    row = maker.model.objects.visible_to(by, "export").select_related(*maker.related).filter(pk=pk).first()
    if row is None:
        return None
    with event(events.EXPORTED, by=by, subject=by) as found:
        found.data.update(list=noun, query=f"id={pk}", rows=1, format=VCF)
    return str(row), text_of(maker.cards([row], by)[0])


def start(noun, query, form, *, by):
    """Make a long export in the background."""
    if form not in formats(noun):
        raise Invalid(_("The format is csv or xlsx."), field="format", code="bad_format")
    return jobs.start(JOB, by=by, args={"noun": noun, "query": query, "format": form})


def make(run):
    """The background side: the file belongs to whoever asked for it."""
    export, form = Export(run.args["noun"], run.args["query"], by=run.by), run.args["format"]
    total = export.count()
    export.write(run.new_file(export.file_name(form)), form, lambda done: run.progress(done, total))
    with run.step(total, total):
        made(export, form, rows=total)
    return {"rows": total}


def cell_of(column, row, drawing):
    """The value of a cell: plain where the column has one, else its words; masked where the reader may not see it whole."""
    if column.value is not None and not drawing.hides(column.guarded):
        return column.value(row)
    shown = column.cell(row, drawing)
    text = unescape(strip_tags(shown)) if isinstance(shown, SafeString) else shown
    if column.guarded and drawing.hides(column.guarded) and text and "*" not in str(text):
        return mask_text(str(text))
    return text
