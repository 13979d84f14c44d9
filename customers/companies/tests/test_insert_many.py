"""Very many new rows at once come to lie as single ones would."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from crm.core import clock
from crm.core.bulk import FEW, blank, insert_many
from customers.models import Company, Contact, ContactPoint

pytestmark = pytest.mark.django_db
MANY = FEW * 2
ODD = ['a "quoted" text', "a,comma;tab\tand\nline", "back\\slash \\N \\.", "", " blanks ", "汉字，。𠀀", "NULL", "nothing"]


def people(number, **values):
    now = clock.now()
    return [Contact(name=f"Person {place}", created_at=now, updated_at=now, **values) for place in range(number)]


def test_every_text_comes_back_as_it_was():
    rows = people(MANY)
    for place, row in enumerate(rows):
        row.notes, row.tags = ODD[place % len(ODD)], [text for text in ODD[: place % len(ODD)] if text]
    insert_many(rows)
    for row in rows:
        kept = Contact.objects.get(pk=row.pk)
        assert (kept.name, kept.notes, kept.tags) == (row.name, row.notes, row.tags)


def test_moments_days_numbers_and_nothing_come_back_as_they_were():
    rows = people(MANY, birthday=date(1988, 5, 20), has_left=True, completeness=7)
    rows[0].birthday, rows[0].has_left = None, False
    insert_many(rows)
    kept = {row.pk: row for row in Contact.objects.all()}
    for row in rows:
        for name in ("created_at", "birthday", "has_left", "completeness", "deleted_at", "company_id"):
            assert getattr(kept[row.pk], name) == getattr(row, name), name
    assert not rows[0]._state.adding


def test_as_many_statements_for_thousands_as_for_a_hundred():
    with CaptureQueriesContext(connection) as said:
        insert_many(people(MANY))
    with CaptureQueriesContext(connection) as said_of_more:
        insert_many(people(MANY * 4))
    assert len(said) == len(said_of_more) == 1
    assert Contact.objects.count() == MANY * 5


def test_what_the_database_does_not_allow_is_refused_as_ever_and_nothing_stays():
    rows = people(MANY)
    rows[-1].external_id = rows[0].external_id = "the same"
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        insert_many(rows)
    assert refused.value.__cause__.diag.constraint_name == "contact_external_id"
    assert not Contact.objects.exists()


def test_a_blank_row_is_the_row_that_the_model_makes():
    for model, values in ((ContactPoint, {"kind": "qq", "value": "1", "norm": "1"}), (Contact, {"name": "A", "interests": [], "tags": []})):
        # Moments are given by a function, and so by whoever makes the rows.
        moments = {name: clock.now() for name in ("created_at", "updated_at") if name in {field.name for field in model._meta.concrete_fields}}
        made, quick = model(**values, **moments), blank(model)(**values, **moments)
        for field in model._meta.concrete_fields:
            assert getattr(quick, field.attname) == getattr(made, field.attname), field.name
        assert quick._state.adding
        assert quick._state is not blank(model)(**values)._state


def test_companies_too():
    now = clock.now()
    insert_many([Company(name=f"Company {number}", name_key="x", created_at=now, updated_at=now, potential_at=now) for number in range(MANY)])
    assert Company.objects.count() == MANY
