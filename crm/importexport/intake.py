"""Taking a chunk of rows in: read, look up, check, create or change; what cannot be taken says why, the rest is kept."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from crm.activity.spine import conflict_of
from crm.core.errors import Invalid, Refusal
from crm.importexport import cells
from crm.importexport.asides import SENTENCES, aside
from crm.importexport.headers import filled
from crm.importexport.importers import SEVERAL, UNKNOWN_WORD, Importer
from crm.importexport.mapping import Mapping, Plan
from crm.importexport.oldvalues import differences, kept
from crm.importexport.texts import one_line

CREATE, UPDATE, BOTH = "create", "update", "both"
MODES = (CREATE, UPDATE, BOTH)
CREATED, UPDATED, UNCHANGED, DUPLICATE, SKIPPED, REJECTED, LATER = (
    "created", "updated", "unchanged", "duplicate", "skipped", "rejected", "later",
)  # fmt: skip
WARNING = "warning"
BESIDE = "beside"  # a record of another noun that a new row made as well; the column names the noun
# Of each column, so many records that it named are kept in mind.
MOST_KNOWN = 20_000
# What the database says to a value that no column can hold.
UNSTORABLE = (DataError, OverflowError, UnicodeError)


@dataclass(frozen=True)
class Note:
    """Something to say about a cell: the column as the sheet names it, what stands there, a code, a sentence."""

    column: str
    value: str
    code: str
    message: str


@dataclass
class Row:
    """One row on its way in, and what became of it."""

    number: int
    cells: list
    values: dict = field(default_factory=dict)
    outcome: str = ""
    record: object = None
    clean: object = None
    notes: list[Note] = field(default_factory=list)
    before: dict | None = None
    after: dict | None = None

    @property
    def is_correctable(self) -> bool:
        """Whether a person can do something about it: it is refused, or a word of it is on no list."""
        return self.outcome == REJECTED or any(note.code == UNKNOWN_WORD for note in self.notes)

    @property
    def is_open(self) -> bool:
        """Whether it is still undecided what becomes of the row."""
        return not self.outcome


@dataclass(frozen=True)
class Choice:
    """How the rows are taken: only new ones, only changes, or both; by which field a row finds its record."""

    mode: str = CREATE
    key: str = ""


class Intake:
    """Takes chunks of one sheet in, for one person."""

    def __init__(self, importer: Importer, mapping: Mapping, headers, *, by, choice=Choice(), is_csv=False, from_1904=False, trying=False):
        self.importer, self.mapping, self.by, self.choice, self.trying = importer, mapping, by, choice, trying
        self.headers, self.plan = headers, Plan(importer, mapping, headers, is_csv=is_csv, from_1904=from_1904)
        # What was looked up in a sheet of new records is known for its later rows too; the verbs ask again what counts.
        self._known: dict[str, dict] = {}
        # In a trial nothing stays in the database, so the rows themselves are remembered.
        self.seen: set = set()

    @property
    def speaks_of_itself(self) -> bool:
        """Whether a row may name the record of another row."""
        return any(one.related and one.related.itself for one in self.importer.fields)

    @property
    def is_ahead(self) -> bool:
        """Whether rows may be prepared while earlier ones of the sheet are still being written."""
        itself = any(one.related and one.related.itself for _place, one, _style, _texts in self.plan.columns)
        return self.importer.ahead and self.choice.mode == CREATE and not itself and not self.trying

    def foresee(self, lines) -> None:
        """In a trial, know beforehand which names the sheet holds: a row may speak of a later one."""
        places = [place for place, one, _style, _texts in self.plan.columns if one.key]
        self.seen |= {("text", cells.shown(line.cells[place])) for line in lines for place in places if filled(line.cells[place])}

    def take(self, lines, *, last=True) -> list[Row]:
        """Take these rows in, inside the open transaction. A row that speaks of a later row is put off unless it is the `last` try."""
        return self.settle(self.prepare(lines, last=last))

    def prepare(self, lines, *, last=True) -> list[Row]:
        """Read these rows, look up what they name and check them; nothing is written."""
        rows = [Row(line.number, line.cells) for line in lines]
        for row in rows:
            self._read(row)
        if self.choice.mode != CREATE:
            self._find(rows)
        self._look_up(rows, last)
        self._check(rows)
        return rows

    def settle(self, rows) -> list[Row]:
        """Create or change the records of prepared rows, inside the open transaction; what is there already is left out."""
        self._refuse_twins(rows)
        self._create([row for row in rows if row.is_open and row.record is None])
        for row in rows:
            if row.is_open:
                self._update(row)
        return rows

    def _read(self, row):
        if self.plan.skips_row(row.cells):
            row.outcome = SKIPPED
            return
        if kind := aside(row.cells, self.headers):
            row.outcome = SKIPPED
            place = next(place for place, cell in enumerate(row.cells) if filled(cell))
            row.notes.append(Note(self.headers[place], cells.shown(row.cells[place]), kind, str(SENTENCES[kind])))
            return
        row.values, problems = self.plan.values_of(row.cells)
        for name, text, refusal in problems:
            if refusal.code == UNKNOWN_WORD:
                row.notes.append(Note(self.mapping.header_of(name) or name, text, UNKNOWN_WORD, str(refusal.message)))
            else:
                self._reject(row, name, text, refusal.code, str(refusal.message))

    def _look_up(self, rows, last):
        for one in self.importer.fields:
            if one.related is None:
                continue
            asking = [row for row in rows if row.values.get(one.name) and isinstance(row.values[one.name], str)]
            found = self._found(one, {row.values[one.name] for row in asking})
            for row in asking:
                self._connect(row, one, found.get(row.values[one.name]), last)
        for row in rows:
            for one in self.importer.fields:
                if one.related and row.values.get(one.name) == "":
                    row.values[one.name] = None

    def _found(self, one, texts):
        """The records that these texts name; in a sheet of new records each is looked up once."""
        if not texts or self.choice.mode != CREATE or one.related.itself:
            return one.related.find(texts, self.by) if texts else {}
        known = self._known.setdefault(one.name, {})
        if len(known) > MOST_KNOWN:
            known.clear()
        if fresh := texts - known.keys():
            known |= one.related.find(fresh, self.by)
        return known

    def _connect(self, row, one, record, last):
        text = row.values[one.name]
        if _stands(row.record, one.name, record, text):
            row.values[one.name] = getattr(row.record, one.name)
        elif record is SEVERAL:
            message = _("“%(value)s” fits several records; use a code or an external ID.") % {"value": text}
            self._reject(row, one.name, text, "ambiguous", message)
        elif record is not None:
            row.values[one.name] = record
        elif one.related.itself and not last and row.is_open:
            row.outcome = LATER
        elif one.related.itself and self.trying and ("text", text) in self.seen:
            row.values[one.name] = None
        else:
            self._reject(row, one.name, text, "not_found", _("“%(value)s” is not there, or you may not see it.") % {"value": text})

    def _find(self, rows):
        key = self.choice.key
        asking = [row for row in rows if row.is_open and row.values.get(key)]
        texts = {str(row.values[key]) for row in asking}
        found = self.importer.find(key, texts, self.by) if texts else {}
        for row in asking:
            row.record = found.get(str(row.values[key]))
            if row.record not in (None, SEVERAL):
                row.values = self._said(row)
            if row.record is SEVERAL:
                row.record = None
                message = _("“%(value)s” fits several records; use a code or an external ID.") % {"value": row.values[key]}
                self._reject(row, key, str(row.values[key]), "ambiguous", message)
        for row in rows if self.choice.mode == UPDATE else ():
            if row.is_open and row.record is None:
                text = str(row.values.get(key) or "")
                message = _("“%(value)s” is not there, or you may not change it.") % {"value": text}
                self._reject(row, key, text, "not_found", message)

    def _said(self, row):
        """The values that a change takes: an empty cell says nothing, it does not wipe out what is known."""
        silent, cleared = self.plan.silent(row.cells), self.plan.cleared(row.cells)
        said = {name: value for name, value in row.values.items() if name in cleared or (name not in silent and value not in (None, "", []))}
        return {name: value for name, value in said.items() if not self._keeps_its_lines(row.record, name, value)}

    def _keeps_its_lines(self, record, name, value):
        """Whether the record says the same over several lines, which are not taken away from it."""
        known = getattr(record, name, None) if name in self.plan.one_line else None
        return isinstance(known, str) and known != value and one_line(known) == value

    def _check(self, rows):
        """Ask the noun about every row, also about those that are refused already: all that is wrong is said at once."""
        for row in rows:
            if row.outcome not in ("", REJECTED):
                continue
            try:
                row.clean = self.importer.clean(self._settled(row), self.by, record=row.record)
            except Refusal as refusal:
                self._refuse(row, refusal)
            else:
                row.notes += [self._note(row, *odd) for odd in self.importer.warn(row.clean)]

    def _refuse_twins(self, rows):
        """A new row that repeats a record, or an earlier row of the sheet, is left out as a duplicate; one that is only alike is noted."""
        fresh = [(row, list(dict.fromkeys(self.importer.identities(row.clean)))) for row in rows if row.is_open and row.record is None]
        asked = {one for _row, identities in fresh for one in identities}
        twins = self.importer.twins(asked, self.by) if asked else {}
        here = set(self.seen) if self.trying else set()
        for row, identities in fresh:
            self._compare(row, [twins[one] for one in identities if one in twins], [one for one in identities if one in here])
            if row.is_open:
                here |= set(identities)
        if self.trying:
            self.seen = here | {("text", text) for row, _ids in fresh for text in row.values.values() if isinstance(text, str)}

    def _compare(self, row, twins, repeated):
        blocking = next((twin for twin in twins if twin.blocks), None)
        if blocking is not None:
            row.outcome, row.record = DUPLICATE, blocking.record
            row.notes.append(self._note(row, blocking.field, "duplicate", blocking.message))
        elif certain := next(filter(self.importer.certain, repeated), None):
            row.outcome = DUPLICATE
            row.notes.append(self._note(row, certain[0], "duplicate", _("An earlier row of this sheet says the same.")))
        else:
            row.notes += [self._note(row, twin.field, "possible_duplicate", twin.message) for twin in twins]
            row.notes += [self._note(row, one[0], "possible_duplicate", _("An earlier row of this sheet is much like this one.")) for one in repeated]

    def _create(self, rows):
        if not rows:
            return
        try:
            self._create_together(rows)
        except (Refusal, IntegrityError, *UNSTORABLE):
            for row in rows:
                self._guarded(row, lambda row=row: self._create_together([row]))

    def _create_together(self, rows):
        with transaction.atomic():
            records = self.importer.create_many([row.clean for row in rows], by=self.by)
        for row, record in zip(rows, records, strict=True):
            row.outcome, row.record = CREATED, record

    def _update(self, row):
        if self._same(row):
            row.outcome = UNCHANGED
            return

        def change():
            with transaction.atomic():
                version, before = getattr(row.record, "version", None), kept(self.importer, row.record, row.values)
                row.record = self.importer.update(row.record, dict(row.values), by=self.by)
            row.outcome = UNCHANGED if version is not None and row.record.version == version else UPDATED
            if row.outcome == UPDATED and not self.trying:
                now = self.importer.model._base_manager.get(pk=row.record.pk)
                row.before, row.after = differences(before, kept(self.importer, now, row.values))

        self._guarded(row, change)

    def _same(self, row):
        """Whether the row says nothing new, so that no verb needs to be asked."""
        return isinstance(row.clean, dict) and self.importer.same(row.record, row.clean)

    def _guarded(self, row, act):
        try:
            act()
        except Refusal as refusal:
            self._refuse(row, refusal)
        except IntegrityError as error:
            self._refuse(row, conflict_of(error) or Invalid(_("The database does not allow this row: it contradicts another record."), code="conflict"))
        except UNSTORABLE:
            self._refuse(row, Invalid(_("A value of this row cannot be kept: it is too large, or holds what is no text."), code="too_large"))

    def _settled(self, row):
        """The values of a row; of one that is refused already, those which were looked up or need not be."""
        if row.is_open:
            return dict(row.values)
        return {name: value for name, value in row.values.items() if not (self.importer.names[name].related and isinstance(value, str))}

    def _refuse(self, row, refusal):
        said = {note.column for note in row.notes if note.code != UNKNOWN_WORD}
        for name, messages in (getattr(refusal, "errors", None) or {refusal.field: [refusal.message]}).items():
            if (self.mapping.header_of(name) or name) in said:
                continue
            text = " ".join(str(message) for message in messages)
            self._reject(row, name, self._cell(row, name), refusal.code, text)

    def _reject(self, row, name, text, code, message):
        row.outcome = REJECTED
        row.notes.append(Note(self.mapping.header_of(name) or name, text, code, message))

    def _note(self, row, name, code, message):
        field = self.importer.names.get(name)
        return Note(self.mapping.header_of(name) or str(field.label if field else name), self._cell(row, name), code, str(message))

    def _cell(self, row, name):
        place = next((place for place, one, _style, _texts in self.plan.columns if one.name == name), None)
        return "" if place is None else cells.shown(row.cells[place])


def _stands(record, name, found, text) -> bool:
    """Whether the record that a row changes points to what the text names already: of several of one name that is the one meant."""
    known = getattr(record, f"{name}_id", None)
    return known is not None and known != getattr(found, "pk", None) and str(getattr(record, name)) == text


def count(rows) -> Counter:
    """How many rows came to what."""
    return Counter(row.outcome for row in rows)
