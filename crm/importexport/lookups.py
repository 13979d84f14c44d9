"""Finding the records that cells speak of: by code, external ID or name, all of a chunk at once."""

from collections import defaultdict

from django.db.models import Q

from crm.accounts.models import User
from crm.importexport.importers import SEVERAL, Related, Twin


def by_columns(model, *columns, through=None, itself=False, related=()) -> Related:
    """The live rows which the person may see, by the first column in which the text stands: `by_columns(Company, "external_id", "name")`."""

    def find(texts, actor):
        rows = model.objects.visible_to(actor).select_related(*related)
        return named(rows, columns, texts, through)

    return Related(find, itself)


def to_change(model, through=None):
    """`find` of an importer: the rows which the person may change, by the texts of a key column."""

    def find(column, texts, actor):
        return named(model.objects.visible_to(actor, "edit"), (column,), texts, through)

    return find


def named(rows, columns, texts, through=None) -> dict:
    """For each text the one row that carries it, or SEVERAL; an earlier column goes before a later one.

    `through` maps a column without an index to the indexed one and how its texts are written there.
    """
    asked = Q()
    for column in columns:
        indexed, written = (through or {}).get(column, (None, None))
        narrowed = Q(**{f"{indexed}__in": {written(text) for text in texts}}) if indexed else Q()
        asked |= narrowed & Q(**{f"{column}__in": texts})
    places: dict[str, list[dict]] = defaultdict(lambda: [{} for _column in columns])
    for row in rows.filter(asked):
        for place, column in enumerate(columns):
            text = getattr(row, column)
            if text in texts:
                places[text][place][row.pk] = row
    return {text: _only(next(found for found in levels if found)) for text, levels in places.items()}


def people(texts, actor) -> dict:
    """People by user name, external ID, e-mail address or name; small and capital letters count alike in the first three."""
    wanted = {text.casefold(): text for text in texts}
    found = {}
    rows = User.objects.filter(is_system=False)
    for name in ("username", "external_id", "email", "name"):
        open_texts = {folded: text for folded, text in wanted.items() if text not in found}
        matches: dict[str, dict] = defaultdict(dict)
        condition = Q()
        for text in open_texts.values():
            condition |= Q(**{f"{name}__iexact": text})
        for row in rows.filter(condition) if open_texts else ():
            matches[open_texts[getattr(row, name).casefold()]][row.pk] = row
        found |= {text: _only(hits) for text, hits in matches.items()}
    return found


PERSON = Related(people)


def twins_by_external_id(model, message):
    """Records of this model, bin and foreign ones included, that carry one of these external IDs: the database allows it once."""

    def find(identities, actor):
        ids = {identity[1] for identity in identities if identity[0] == "external_id"}
        rows = model._base_manager.filter(external_id__in=ids) if ids else ()
        return {("external_id", row.external_id): Twin(row, "external_id", message) for row in rows}

    return find


def own_identity(values):
    """The identity of a row by its external ID alone."""
    return [("external_id", values["external_id"])] if values.get("external_id") else []


def _only(hits):
    return next(iter(hits.values())) if len(hits) == 1 else SEVERAL
