"""What counts as the database gone, and what is a failure of the job's own."""

import psycopg2
import pytest
from django.db import DatabaseError, DataError, IntegrityError, OperationalError, ProgrammingError, connection

from crm.accounts.models import Role
from crm.jobs.away import means_gone


def raised_from(kind, cause):
    """A failure as Django hands on what the driver raised."""
    try:
        raise kind(str(cause)) from cause
    except DatabaseError as failure:
        return failure


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["DatabaseError", "OperationalError"])
def test_a_line_that_broke_in_the_middle_of_an_answer_means_that_the_database_is_gone(kind):
    wrapped = {"DatabaseError": DatabaseError, "OperationalError": OperationalError}[kind]
    assert means_gone(raised_from(wrapped, getattr(psycopg2, kind)("server closed the connection unexpectedly")))


@pytest.mark.django_db
def test_what_the_driver_or_django_refuses_by_itself_is_a_failure_of_the_job():
    connection.ensure_connection()
    assert not means_gone(raised_from(ProgrammingError, psycopg2.ProgrammingError("can't adapt type 'object'")))
    assert not means_gone(raised_from(DataError, psycopg2.DataError("integer out of range")))
    assert not means_gone(DatabaseError("Save with update_fields did not affect any rows."))


@pytest.mark.django_db(transaction=True)
def test_what_the_server_refuses_is_a_failure_of_the_job():
    with pytest.raises(IntegrityError) as refused:
        Role.objects.create(code="rep", name="Twice")
    assert not means_gone(refused.value)
