"""The mappings that come with the product are found by the columns of a sheet, on the page as by the command."""

import json
from pathlib import Path

import pytest

from crm.importexport import services
from crm.importexport.importers import importers
from crm.importexport.known import known_mappings
from crm.importexport.models import KeptMapping

pytestmark = pytest.mark.django_db

PIPELINE = ["opportunity_id", "sales_agent", "product", "account", "deal_stage", "engage_date", "close_date", "close_value"]


def found(kind, headers, by):
    return services.mapping_for(importers[kind], headers, by=by)


def test_every_mapping_that_is_shipped_is_known_and_fits_its_own_columns(people):
    files = {path for _kind, path in known_mappings}
    assert files == set((Path(__file__).parents[2] / "mappings").rglob("*.json"))
    for kind, file in known_mappings:
        columns = [header for header, names in json.loads(file.read_text())["columns"].items() if names]
        assert set(found(kind, [*columns, "another"], people.admin).columns) == set(columns), file


def test_a_known_sheet_brings_its_translations_along(people):
    mapping = found("opportunities", PIPELINE, people.admin)
    assert mapping.columns["deal_stage"] == ("stage",)
    assert mapping.values["product"] == {"GTXPro": "GTX Pro"}


def test_a_sheet_that_lacks_one_of_its_columns_is_guessed_as_ever(people):
    assert found("opportunities", PIPELINE[1:], people.admin).values == {}


def test_a_mapping_of_ones_own_goes_before_it(people):
    KeptMapping.objects.create(user=people.admin, kind="opportunities", name="own", mapping={"columns": {"opportunity_id": "name"}})
    assert set(found("opportunities", PIPELINE, people.admin).columns) == {"opportunity_id"}


def test_the_page_says_that_values_are_translated(people, signed_in, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    sheet = tmp_path / "accounts.csv"
    sheet.write_text("account,sector,year_established,revenue,employees,office_location,subsidiary_of\nAcme,technolgy,1996,1100.04,2822,Kenya,\n")
    with sheet.open("rb") as file:
        answer = signed_in(people.admin).post("/imports/new/", {"kind": "companies", "file": file}, follow=True)
    assert answer.context["translates"]
    assert "km-banner" in answer.content.decode()
