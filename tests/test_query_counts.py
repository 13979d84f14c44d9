"""A list of fifty rows costs the statements that a list of five costs; the numbers are a reviewed file."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.importexport import sheets
from crm.importexport.exports import Export
from crm.importexport.importers import importers
from crm.web.lists import list_pages

BASELINE = Path(__file__).parent / "query_counts.json"
LISTS = {
    "companies": "customers:companies:list", "contacts": "customers:contacts:list", "interactions": "interactions:log:list",
    "followups": "interactions:followups:list", "products": "deals:products:list", "leads": "deals:leads:list",
    "opportunities": "deals:opportunities:list", "contracts": "deals:contracts:list", "orders": "deals:orders:list",
    "payments": "deals:payments:list", "instalments": "deals:payments:instalments", "tickets": "feedback:tickets:list",
}  # fmt: skip
UNIQUE = ("number", "code")
pytestmark = pytest.mark.usefixtures("nothing_ages")


def multiply(record, times):
    """So many copies of a record, with numbers of their own."""
    model = type(record)
    for n in range(times):
        copy = model._base_manager.get(pk=record.pk)
        copy.pk = None
        for field in UNIQUE:
            if hasattr(copy, field):
                setattr(copy, field, f"{getattr(copy, field)}-{n}-{times}")
        if hasattr(copy, "position") and model.noun == "instalments":
            copy.position = 100 + n + times
        copy.save(force_insert=True)


def statements(client, url):
    """How many statements a page takes, once its caches are warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(captured)


@pytest.mark.django_db
@pytest.mark.parametrize("noun", sorted(LISTS))
def test_a_longer_list_takes_no_more_statements(noun, world, people, signed_in):
    client, url = signed_in(people.manager), reverse(LISTS[noun])
    multiply(world[noun], 4)
    few = statements(client, url)
    multiply(world[noun], 44)
    assert statements(client, url) == few
    assert few == json.loads(BASELINE.read_text()).get(noun), "another number of statements: review it and write it into query_counts.json"


@pytest.mark.django_db
@pytest.mark.parametrize("noun", sorted(set(LISTS) - {"instalments"}))
def test_the_api_takes_no_more_statements_for_more_rows(noun, world, people, signed_in):
    client, url = signed_in(people.manager), f"/api/v1/{noun}/"
    multiply(world[noun], 4)
    few = statements(client, url)
    multiply(world[noun], 44)
    assert statements(client, url) == few


@pytest.mark.django_db
@pytest.mark.parametrize("noun", sorted(noun for noun in LISTS if noun in importers and importers[noun].exports))
def test_an_export_takes_a_statement_more_for_five_hundred_rows_and_none_for_a_row(noun, world, people, tmp_path):
    importer, by = importers[noun], people.admin
    multiply(world[noun], 4)
    few = written(importer, tmp_path, by)
    multiply(world[noun], 44)
    assert written(importer, tmp_path, by) == few


@pytest.mark.django_db
@pytest.mark.parametrize("noun", sorted(LISTS))
def test_a_list_that_is_exported_takes_no_more_statements_for_more_rows(noun, world, people):
    reverse(LISTS[noun])  # lists are known once the addresses are

    def taken():
        list(Export(noun, "", by=people.admin).cells())
        export = Export(noun, "", by=people.admin)
        with CaptureQueriesContext(connection) as captured:
            assert len(list(export.cells())) > 4
        return len(captured)

    multiply(world[noun], 4)
    few = taken()
    multiply(world[noun], 44)
    assert taken() == few


def written(importer, folder, by):
    """How many statements the export by the command takes, once its caches are warm."""
    sheets.write(importer, folder / "a.csv", "csv", by=by)
    with CaptureQueriesContext(connection) as captured:
        assert sheets.write(importer, folder / "a.csv", "csv", by=by) > 4
    return len(captured)


def test_every_list_is_measured():
    assert set(dict(list_pages.items())) <= set(LISTS)
