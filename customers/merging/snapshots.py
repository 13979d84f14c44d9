"""A record as plain values: what the journal keeps of it, and what it gets back."""

from datetime import date
from decimal import Decimal


def snapshot(record):
    """Every column of the record as JSON holds it, to the microsecond and the cent."""
    return {field.attname: _plain(getattr(record, field.attname)) for field in record._meta.concrete_fields}


def python(record, name, value):
    """A value of the journal as the record holds it."""
    field = next(found for found in record._meta.concrete_fields if found.attname == name)
    return (field.target_field if field.is_relation else field).to_python(value)


def _plain(value):
    if isinstance(value, date):  # moments too
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value
