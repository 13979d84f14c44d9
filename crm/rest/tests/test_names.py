"""The description of the API tells its parts apart, and how to sign in."""

from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator


def test_no_two_parts_share_a_name_and_calls_say_which_token_they_want(capsys):
    reverse("api:schema")  # the addresses, and with them the endpoints, are there
    drawn = SchemaGenerator().get_schema(public=True)
    told = capsys.readouterr().err
    assert "identical names" not in told
    assert "could not resolve authenticator" not in told
    assert drawn["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert {"token": []} in drawn["paths"]["/api/v1/companies/"]["get"]["security"]
