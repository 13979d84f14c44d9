"""What can be imported: each room declares its fields once, and names the verbs that take the rows in.

importers.add("companies", Importer(
    "companies", _("Companies"), model=Company, fields=[Field("name", _("Company name"), names=("客户名称",)), …],
    clean=clean, create_many=create_many, update=update, ...))
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.core.registry import Registry
from crm.importexport import cells

# What a lookup gives for a text that fits more than one record.
SEVERAL = object()
# The code of a refusal that costs the field and not the row: a word that is on no list. It stays in the report, and can be corrected beforehand.
UNKNOWN_WORD = "unknown_word"


@dataclass(frozen=True)
class Related:
    """How a text of the sheet names another record: `find(texts, actor)` gives a dict of text to record or SEVERAL.

    All texts of a chunk are looked up at once. With `itself`, the record may be made by another row of the same sheet.
    """

    find: Callable[[set[str], object], dict]
    itself: bool = False


@dataclass(frozen=True)
class Field:
    """One thing a column may mean: its words, the headers by which it is recognised, and how a cell is read.

    `names` are further headers, separated by commas. `key` fields may be chosen to find the record that a row changes; `out(record)` is the cell of an export.
    """

    name: str
    label: object
    names: str = ""
    parse: Callable = cells.text
    required: bool = False
    related: Related | None = None
    key: bool = False
    out: Callable | None = None
    help: object = ""

    def is_one_line(self, model) -> bool:
        """Whether line ends have no place in it: it fills a short text of the model, under its own name or that of its noun."""
        known = {one.name: one for one in model._meta.concrete_fields}
        return isinstance(known.get(self.name) or known.get(self.name.partition("_")[2]), models.CharField)


@dataclass(frozen=True)
class Twin:
    """A record that a new row would repeat: which field says so, and the sentence for the reader.

    Where it `blocks`, the row is left out as a duplicate; else it is taken in, and the sentence is kept as a warning.
    """

    record: models.Model
    field: str
    message: object
    blocks: bool = True


def same_fields(record, clean) -> bool:
    """Whether every clean value stands in the record already."""
    return all(hasattr(record, name) and getattr(record, name) == value for name, value in clean.items())


@dataclass(frozen=True)
class Importer:
    """How one kind of spreadsheet comes in.

    `clean(values, by, record=None)` gives the values in their stored form or refuses with a sentence for each field;
    `create_many(rows, by)` takes clean rows in and gives the records in the same order, all of them or a refusal;
    `update(record, values, by)` changes one record; `delete(record, by)` takes a created one back.
    `identities(values)` gives what makes a row the same as another, `twins(identities, by)` the records that are there
    already, `certain(identity)` whether two rows of one sheet with this identity are the same or only alike; `find(field,
    texts, by)` the records that rows are meant to change. `warn(values)` gives what is odd about
    clean values but no reason to refuse them: (field, code, sentence). `same(record, clean)` says that nothing would change,
    so that no verb needs to be asked. `ahead` says that no row needs what another row of the sheet makes, so that rows are
    read and checked while those before them are still being written. `beside(record)` gives what a new row made besides its record,
    of nouns that are imported as well: it is taken back with the import. `needs` is the right to import; with `exports` the same columns go out again,
    `related` and `prefetch` are what they need of other tables.
    """

    kind: str
    label: object
    model: type[models.Model]
    fields: tuple[Field, ...]
    clean: Callable
    create_many: Callable
    update: Callable | None = None
    delete: Callable | None = None
    identities: Callable[[dict], Iterable[Hashable]] = lambda values: ()
    twins: Callable[[set, object], dict] = lambda identities, by: {}
    certain: Callable[[Hashable], bool] = lambda identity: True
    find: Callable[[str, set, object], dict] | None = None
    warn: Callable[[dict], Iterable] = lambda values: ()
    same: Callable = same_fields
    needs: str = ""
    beside: Callable[[models.Model], Iterable[models.Model]] = lambda record: ()
    related: tuple[str, ...] = ()
    prefetch: tuple[str, ...] = ()
    exports: bool = True
    ahead: bool = False
    url_name: str = ""
    names: dict = field(default_factory=dict, compare=False)

    def __post_init__(self):
        self.names.update({name.name: name for name in self.fields})

    @property
    def right(self) -> str:
        """The right that opens the import."""
        return self.needs or f"{self.kind}.import"

    def key_fields(self) -> list[Field]:
        """The fields by which a row may find its record."""
        return [one for one in self.fields if one.key]


importers: Registry[Importer] = Registry("importer")


def one_by_one(create) -> Callable:
    """`create_many` of a noun whose verb takes one record at a time: `create(row, by)` gives the record."""
    return lambda rows, *, by: [create(row, by) for row in rows]


def importers_for(actor) -> list[Importer]:
    """What this person may import."""
    return [importer for importer in importers if actor.may(importer.right)]


def external_id(label=None):
    """The field that every noun has: the number by which another program knows the record."""
    return Field(
        "external_id",
        label or _("External ID"),
        key=True,
        names="外部编号, 外部id, 原系统编号, 编号, external id, id",
        help=_("The number of the record in the program it comes from."),
    )
