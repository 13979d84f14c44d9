"""The description of the API as programs fetch it."""

import pytest
from drf_spectacular.openapi import AutoSchema

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(monkeypatch, people, signed_in):
    """`described("en")`: the description in that language, and for how many operations it had to be worked out."""
    worked_out = []
    work_out = AutoSchema.get_operation

    def counted(schema, *args):
        worked_out.append(schema)
        return work_out(schema, *args)

    monkeypatch.setattr(AutoSchema, "get_operation", counted)
    monkeypatch.setattr("crm.rest.generator._drawn", {})
    client = signed_in(people.rep_a)

    def fetch(language):
        worked_out.clear()
        answer = client.get("/api/schema/?format=json", headers={"accept-language": language})
        assert answer.status_code == 200
        return answer.json(), len(worked_out)

    return fetch


def test_the_description_is_worked_out_once_in_each_language(described):
    chinese, first = described("zh-hans")
    assert first > 100
    assert described("zh-hans") == (chinese, 0)
    english, other = described("en")
    assert other == first
    assert [len(text["paths"]) for text in (chinese, english)] == [len(english["paths"])] * 2
    assert chinese != english
