"""/healthz says that the process lives, whatever else does not, when the programs of the mail last ran, and whether the
policy that most mail hangs on is in use."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from meetings.models import FollowUpPolicy
from tests.factories import make_forum
from tracker.mail.models import LastRun

pytestmark = pytest.mark.django_db

ON = "default follow-up policy: on"


def health(client, **headers):
    response = client.get("/healthz", headers=headers)
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain")
    assert "no-store" in response["Cache-Control"]
    return response.content.decode("ascii").splitlines()


def test_healthz_when_nothing_ever_ran_says_so(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert health(client) == ["ok", "beat: never", "planner: never", "relay: never", ON]


CHANGES = {
    "switched off": lambda policies: policies.update(is_active=False),
    "given to a forum": lambda policies: policies.update(forum=make_forum()),
    "deleted": lambda policies: policies.delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_healthz_when_nobody_is_asked_by_default_says_so(client, change):
    change(FollowUpPolicy.objects.all())
    assert health(client)[4:] == ["default follow-up policy: off"]


@pytest.mark.parametrize("language", ["en", "ur", "zh-hans"])
def test_healthz_when_the_programs_ran_says_when_in_english(client, language):
    now = timezone.now().replace(microsecond=0)
    LastRun.note("planner", now - timedelta(minutes=3, seconds=5), "12 planned")
    LastRun.note("relay", now - timedelta(days=2, hours=5), "")
    lines = health(client, accept_language=language)
    assert lines == [
        "ok",
        "beat: never",
        f"planner: {now - timedelta(minutes=3, seconds=5):%Y-%m-%dT%H:%M:%SZ} (3 minutes ago)",
        f"relay: {now - timedelta(days=2, hours=5):%Y-%m-%dT%H:%M:%SZ} (2 days ago)",
        ON,
    ]


def test_healthz_when_the_database_cannot_be_read_still_answers(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    assert health(client) == [
        "ok",
        "beat: unknown",
        "planner: unknown",
        "relay: unknown",
        "default follow-up policy: unknown",
    ]
