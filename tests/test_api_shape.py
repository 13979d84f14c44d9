"""The API keeps what its description promises, whatever is sent: no fault of ours, no answer that is not written there."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from crm.accounts import services as accounts
from tests.addresses import API_NOUN

load_all_checks()
PROMISES = [CHECKS.get_one(name) for name in ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")]
EXAMPLES = 6
NOWHERE = 2  # examples with ids that were drawn: nearly all of them name no record, which answers before it looks at the rest
ENDPOINT = {noun: f"/api/v1/{noun}/" for noun in API_NOUN.values()}
pytestmark = pytest.mark.django_db


@pytest.fixture
def token(people):
    """What the administrator's programs send: a token that may read and change everything."""
    _token, secret = accounts.issue_token(people.admin, name="shape", scopes=["*:read", "*:write"], by=people.admin)
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def api(world, token, settings):
    """The description of the API, as a program reads it."""
    settings.ALLOWED_HOSTS = ["localhost"]
    # Like Django's own test client: the requests share the transaction of the test.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/schema/?format=json", get_wsgi_application(), headers=token)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_answers_as_its_description_says(api, world, token, monkeypatch):
    monkeypatch.setattr("crm.rest.throttling.PerKey.allow_request", lambda *args: True)
    broken = {}
    for found in api.get_all_operations():
        operation = found.ok()
        ids = known(operation, world)
        for path_parameters, number in ((ids, EXAMPLES), (None, NOWHERE)) if ids else ((None, EXAMPLES),):
            complaint = complaint_about(operation, token, path_parameters, number)
            if complaint:
                broken[operation.label] = complaint
    assert broken == {}, "\n\n".join(f"{label}\n{text}" for label, text in broken.items())


def known(operation, world):
    """The ids of records that exist, for the places in the path."""
    for noun, endpoint in ENDPOINT.items():
        if operation.path.startswith(endpoint) and noun in world:
            return {name: str((world["orders"] if name == "order" else world[noun]).pk) for name in (one.name for one in operation.path_parameters)}
    return {}


def complaint_about(operation, token, path_parameters, number):
    """What was wrong with the answers to well-formed and to ill-formed calls of one operation; empty when nothing was."""

    @examples(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(operation.as_strategy(mode, path_parameters=path_parameters) for mode in modes(operation)))
    def ask(case):
        with transaction.atomic():
            try:
                case.call_and_validate(headers=token, checks=PROMISES)
            finally:
                transaction.set_rollback(True)

    try:
        ask()
    except BaseExceptionGroup as group:
        return "\n".join(str(failure) for failure in group.exceptions)
    return ""


def modes(operation):
    """Well-formed calls, and ill-formed ones where there is something to get wrong."""
    takes = any((operation.body, operation.query, operation.path_parameters))
    return (GenerationMode.POSITIVE, GenerationMode.NEGATIVE) if takes else (GenerationMode.POSITIVE,)
