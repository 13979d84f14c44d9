"""The records above this floor that one can talk about: leads and opportunities register themselves here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from crm.core.errors import Invalid
from crm.core.registry import Registry


@dataclass(frozen=True)
class About:
    """One such kind of record, and what it wants to know; the record is locked when it is told.

    `refuse` (record) refuses when nothing more can be said to it; `contacted` (record, at, outcome, event) notes a new
    contact, `last_contact` (record, at) what is the last one after a correction; `next_step` (record, at, title) what
    comes next, None where the record keeps no next step.
    """

    model: type
    refuse: Callable
    contacted: Callable
    last_contact: Callable
    next_step: Callable | None = None


abouts: Registry[About] = Registry("subject of interactions")


def of(record) -> About:
    """What was registered for the kind of this record."""
    return abouts[record.noun]


def load(noun, pk, by):
    """The record a page or a program names, if this person may see it."""
    about = abouts.get(noun)
    record = about and about.model.objects.visible_to(by).filter(pk=pk).first()
    if record is None:
        raise Invalid(_("There is no such record in your reach."), field="about", code="out_of_reach")
    return record


def reference(row):
    """The lead or opportunity that a row is about, by its key alone and not loaded; None where there is none."""
    return _model_of(row)(pk=row.about_id) if row.about_id else None


def record_of(row):
    """The lead or opportunity that an interaction or a follow-up is about, locked; None where there is none."""
    if row.about_id is None:
        return None
    return _model_of(row)._base_manager.select_for_update(no_key=True, of=("self",)).get(pk=row.about_id)


def _model_of(row):
    return ContentType.objects.get_for_id(row.about_kind_id).model_class()
