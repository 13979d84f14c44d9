"""Which records keep files, and who may read them; rooms register theirs with `keep_files_of`."""

from dataclasses import dataclass

from django.db.models import Model, Q
from django.urls import reverse

from crm.activity.spine import kind_of
from crm.core import rights
from crm.core.masking import HIDDEN, MASKED
from crm.core.models import CompanyChild
from crm.core.registry import Registry


@dataclass(frozen=True)
class Holder:
    """A kind of record that keeps files, and the name of its page."""

    model: type[Model]
    page: str

    @property
    def noun(self):
        """The plural that rights speak of."""
        return self.model.noun

    def url(self, pk):
        """The page of one record."""
        return reverse(self.page, args=[pk])


holders: Registry[Holder] = Registry("keeper of files")


def holder_of(kind) -> Holder | None:
    """What was registered for this kind of record."""
    model = kind.model_class()
    return holders.get(getattr(model, "noun", ""))


def reads_files_of(actor, noun) -> bool:
    """Whether nothing about these records is covered for the person: what is masked on the page may stand in a file."""
    guarded = (*rights.nouns[noun].masked_fields, f"{noun}.*")
    return all(actor.field_rule(field) not in (HIDDEN, MASKED) for field in guarded)


def with_those_beneath(record, actor) -> Q:
    """The files of a record, and of a company those of everything under it that this person may see and read."""
    wanted = Q(kind=kind_of(record), object_id=record.pk)
    for holder in holders:
        if _lies_under(holder.model, type(record)) and reads_files_of(actor, holder.noun):
            rows = holder.model.objects.visible_to(actor).filter(company=record)
            wanted |= Q(kind=kind_of(holder.model), object_id__in=rows.values("pk"))
    return wanted


def _lies_under(model, company):
    return issubclass(model, CompanyChild) and model._meta.get_field("company").related_model is company
