"""What an import changed, kept so that it can be put back: the values of a record by field, before and after."""

from django.db import models

from crm.importexport.importers import Importer


def kept(importer: Importer, record, names) -> dict:
    """The values of these fields as JSON; those that the record does not hold in a form of its own are not kept."""
    return {name: value for name in names if (value := _kept(importer, record, name)) is not NOTHING}


def differences(before: dict, after: dict) -> tuple[dict, dict]:
    """Only what differs, of both."""
    names = [name for name in before if before[name] != after.get(name)]
    return {name: before[name] for name in names}, {name: after.get(name) for name in names}


def revived(importer: Importer, values: dict) -> dict:
    """The same as the verbs of the noun take them."""
    return {name: _revived(importer, name, value) for name, value in values.items()}


NOTHING = object()


def _column(importer, name):
    return next((one for one in importer.model._meta.concrete_fields if one.name == name), None)


def _kept(importer, record, name):
    column, out = _column(importer, name), importer.names[name].out
    if column is not None:
        value = getattr(record, column.attname)
        return value if value is None or isinstance(value, str | int | bool | list) else column.value_to_string(record)
    return str(out(record)) if out is not None else NOTHING


def _revived(importer, name, value):
    column = _column(importer, name)
    if column is None or value is None:
        return value
    if isinstance(column, models.ForeignKey):
        return column.related_model._base_manager.filter(pk=value).first()
    return column.to_python(value)
