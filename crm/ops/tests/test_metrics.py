"""What Prometheus reads, and who may."""

import pytest
from django.test import Client, override_settings
from prometheus_client.parser import text_string_to_metric_families

from crm.jobs.models import Job
from crm.ops import services

pytestmark = pytest.mark.django_db
NOWHERE = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere/valkey.sock"}}
TOKEN = "a-token-of-the-house"


def ask(client, **headers):
    return client.get("/metrics", headers=headers)


def figures(answer):
    """Every sample by its name and labels."""
    families = text_string_to_metric_families(answer.content.decode())
    return {(sample.name, *sorted(sample.labels.items())): sample.value for family in families for sample in family.samples}


def test_without_a_token_only_who_may_see_the_page_reads(people, make_user, signed_in):
    assert ask(Client()).status_code == 401
    assert ask(Client(), authorization="Bearer ").status_code == 401
    assert ask(signed_in(people.manager, Client())).status_code == 403
    assert ask(signed_in(people.admin, Client())).status_code == 200
    assert ask(signed_in(make_user("backup"), Client())).status_code == 200


def test_a_program_reads_with_the_token_and_with_no_other(settings):
    settings.METRICS_TOKEN = TOKEN
    assert ask(Client(), authorization=f"Bearer {TOKEN}").status_code == 200
    for wrong in ("Bearer wrong", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer é"):
        answer = ask(Client(), authorization=wrong)
        assert (answer.status_code, answer["WWW-Authenticate"], answer.content) == (401, "Bearer", b"")


def test_the_figures_are_those_of_the_page_in_the_text_form(people, signed_in):
    Job.objects.create(kind="mail.letter", actor=people.system, state="failed")
    services.end(services.begin("crm.jobs.tasks.sweep"), "ValueError: no")
    answer = ask(signed_in(people.admin))
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    found = figures(answer)
    assert found["keman_jobs", ("kind", "mail.letter"), ("state", "failed")] == 1
    assert found["keman_task_failed", ("task", "crm.jobs.tasks.sweep")] == 1
    assert found["keman_pending_migrations",] == 0
    assert found["keman_broker_up",] == 1
    assert found["keman_database_bytes",] > 1_000_000
    assert found["keman_dispatcher_parked",] == 0


def test_requests_are_counted_with_their_durations(people, signed_in):
    client = signed_in(people.admin)
    before = figures(ask(client)).get(("keman_requests_total", ("page", "GET jobs:list"), ("status", "2xx")), 0)
    client.get("/jobs/")
    found = figures(ask(client))
    assert found["keman_requests_total", ("page", "GET jobs:list"), ("status", "2xx")] >= before + 1
    page = ("page", "GET jobs:list")
    buckets = [found["keman_request_seconds_bucket", ("le", edge), page] for edge in ("0.05", "1.0", "10.0", "+Inf")]
    assert buckets == sorted(buckets)
    assert buckets[-1] == found["keman_request_seconds_count", page] >= 1


def test_without_the_broker_the_rest_is_still_told(people, signed_in):
    with override_settings(CACHES=NOWHERE):
        found = figures(ask(signed_in(people.admin)))
    assert found["keman_broker_up",] == 0
    assert ("keman_queue_messages",) not in found
    assert found["keman_disk_free_bytes",] > 0
