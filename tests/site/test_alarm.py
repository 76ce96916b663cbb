"""Administrators hear of a standstill by another mail server, once when it begins and once when it is over."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.services.smtp import SmtpSink
from tracker.mail.models import LastRun

pytestmark = pytest.mark.django_db

GOOD, BAD = "All is in order.\n", "Not in order: {}."


@pytest.fixture
def another_way(settings, smtp_sink):
    """A mail server that is not the usual one; the usual one has gone away."""
    other = SmtpSink()
    other.start()
    smtp_sink.go_away()
    settings.ALARM_EMAIL = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": other.port,
    }
    settings.ALARM_TO = ["admin@example.net", "deputy@example.net"]
    yield other
    other.stop()
    smtp_sink.come_back()


@pytest.fixture
def look(tmp_path, capsys, monkeypatch):
    """Runs the command at a moment from now; returns what it said."""
    now = timezone.now()

    def at(minutes=0):
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=minutes))
        try:
            call_command("watch", memory=tmp_path / "alarm.json")
        except CommandError as error:
            return str(error)
        return capsys.readouterr().out

    return at


def run(minutes_ago=0, *names):
    for name in names or ("beat", "relay", "planner"):
        LastRun.note(name, timezone.now() - timedelta(minutes=minutes_ago), "")


def test_alarm_comes_once_each_day_and_once_when_it_is_over(another_way, look, valkey):
    run()
    assert look() == GOOD and another_way.messages == []
    assert look(30) == look(35) == look(90) == BAD.format("beat, worker")
    (first,) = another_way.wait_for(1)
    assert first.recipients == ("admin@example.net", "deputy@example.net")
    assert first.message["Subject"] == "http://testserver: not in order: beat, worker"
    assert "wakes nobody" in first.message.get_payload() and "comes again each day" in first.message.get_payload()
    look(30 + 24 * 60)
    assert len(another_way.messages) == 2
    run(0, "beat")
    assert look(30 + 24 * 60 + 5) == BAD.format("worker")
    assert another_way.messages[-1].message["Subject"] == "http://testserver: not in order: worker"
    run()
    assert look(30 + 24 * 60 + 6) == GOOD == look(30 + 24 * 60 + 7)
    assert [each.message["Subject"] for each in another_way.messages[3:]] == [
        "http://testserver: all is in order again"
    ]


def test_alarm_without_another_way_is_said_and_ends_with_an_error(look, valkey, settings, mailoutbox):
    assert settings.ALARM_TO == []
    assert look() == BAD.format("worker")
    assert mailoutbox == []


def test_alarm_when_the_broker_is_gone_too_names_it(another_way, look, settings):
    settings.REDIS_URL = "unix:///tmp/nobody-listens-here.sock"
    assert look() == BAD.format("broker, worker")
    assert len(another_way.messages) == 1


def test_alarm_when_the_other_way_fails_too_says_so_and_is_tried_again(another_way, look, valkey):
    another_way.go_away()
    assert look().startswith("Not in order: worker. Word could not be sent: ")
    another_way.come_back()
    assert look(5) == BAD.format("worker")
    assert len(another_way.messages) == 1
