"""Collecting every problem of an input before refusing it, so that a person reads them all at once."""

from contextlib import contextmanager
from functools import cache

from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid


class Problems:
    """The sentences found so far, by field; `check()` refuses when there is one."""

    def __init__(self):
        self.errors: dict[str, list] = {}

    def add(self, field, message):
        """Note a problem of a field."""
        self.errors.setdefault(field, []).append(message)

    @contextmanager
    def of(self, field):
        """Note whatever the block refuses as a problem of the field."""
        try:
            yield
        except Invalid as found:
            self.add(field, found.message)

    def required(self, values, *fields):
        """Note each of these fields that is empty."""
        for field in fields:
            if values.get(field) in (None, "", []):
                self.add(field, _("This is required."))

    def length(self, values, model):
        """Note every text that is longer than its column."""
        for name, limit in _limits(model):
            value = values.get(name)
            if isinstance(value, str) and len(value) > limit:
                self.add(name, _("At most %(limit)d characters, %(given)d given.") % {"limit": limit, "given": len(value)})

    def choices(self, values, model):
        """Note every value that is not one of its field's choices."""
        for name, codes in _choices(model):
            value = values.get(name)
            if value and value not in codes:
                self.add(name, _("“%(value)s” is not one of the choices.") % {"value": value})

    def check(self):
        """Refuse with everything found."""
        if self.errors:
            raise Invalid.of(self.errors)


@cache
def _limits(model):
    """The texts of a model and how long they may be."""
    return [(field.name, field.max_length) for field in model._meta.concrete_fields if field.max_length]


@cache
def _choices(model):
    """The fields of a model with a fixed list, and its codes."""
    return [(field.name, dict(field.flatchoices).keys()) for field in model._meta.concrete_fields if field.choices]


def tidy(values):
    """Strip texts and drop what cannot be seen; lists lose empty and repeated entries."""
    return {key: tidied(value) for key, value in values.items()}


def one_tag(text):
    """A tag as it is kept; refuse an empty or a long one."""
    tag = tidied(str(text))
    if not 1 <= len(tag) <= 40:
        raise Invalid(_("A tag has 1 to 40 characters."), field="tag", code="tag_length")
    return tag


def tidied(value):
    """One value of these."""
    if isinstance(value, str):
        if value.isprintable():
            return value.strip()
        return value.replace("\x00", "").strip().strip("\u200b\ufeff")
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(text for item in value if (text := str(item).strip())))
    return value
