"""The servers behind the tests do what the tests believe they do."""

import smtplib
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.db import connection

from tests.services import postgres
from tests.services.postgres import throwaway_postgres
from tracker.celery import app

ROOT = Path(__file__).resolve().parent.parent
COUNT_GROUPS = """
import django; django.setup()
from django.contrib.auth.models import Group
print(Group.objects.filter(name="made by the test").count())
"""


def test_process_environment_when_used_leads_to_the_database_of_the_test(process_environment):
    Group.objects.create(name="made by the test")
    result = subprocess.run(
        [sys.executable, "-c", COUNT_GROUPS],
        cwd=ROOT,
        env=process_environment,
        capture_output=True,
        text=True,
    )
    assert (result.stdout, result.stderr) == ("1\n", "")


@pytest.mark.once
@pytest.mark.django_db
def test_sqlite_connection_when_opened_uses_wal_and_checks_foreign_keys():
    with connection.cursor() as cursor:
        found = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 1, 20_000]
    assert connection.transaction_mode == "IMMEDIATE"


def test_smtp_sink_when_django_sends_mail_keeps_message_and_envelope(smtp_sink):
    send_mail("Due soon", "Please tell us.", "tracker@example.org", ["focal@example.org"])
    (received,) = smtp_sink.wait_for(1)
    assert (received.sender, received.recipients) == ("tracker@example.org", ("focal@example.org",))
    assert received.message["Subject"] == "Due soon"


def test_smtp_sink_when_told_to_refuse_gives_the_answers(smtp_sink):
    smtp_sink.refuse("gone@example.org")
    smtp_sink.answer_next("451 4.3.0 later")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send_mail("a", "b", "tracker@example.org", ["gone@example.org"])
    assert refused.value.recipients["gone@example.org"][0] == 550
    with pytest.raises(smtplib.SMTPDataError) as later:
        send_mail("a", "b", "tracker@example.org", ["focal@example.org"])
    assert later.value.smtp_code == 451
    send_mail("a", "b", "tracker@example.org", ["focal@example.org"])
    assert len(smtp_sink.messages) == 1


def test_celery_worker_process_when_killed_answers_no_more(celery_worker_process):
    worker = celery_worker_process()
    # Asked again: who is asked in the moment before it listens hears nothing.
    assert any(app.control.ping(timeout=1, limit=1) for _time in range(20))
    worker.kill()
    assert app.control.ping(timeout=0.2) == []


def test_valkey_when_asked_for_is_empty(valkey):
    with redis.Redis.from_url(valkey) as client:
        assert client.dbsize() == 0


def test_throwaway_postgres_without_any_on_the_machine_runs_the_one_of_pg0(monkeypatch):
    pytest.importorskip("pg0")
    monkeypatch.setattr(postgres, "installed_binaries", lambda: [])
    with throwaway_postgres() as url:
        folder = Path(url.partition("host=")[2])
        with psycopg.connect(host=str(folder), user="tracker", dbname="tracker") as client:
            assert client.info.encoding == "utf-8"
            assert client.execute("SHOW listen_addresses").fetchone() == ("",)
        assert (folder / "pg0").exists() and folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


@pytest.mark.once
def test_throwaway_postgres_keeps_its_data_from_block_to_block_unless_the_first_fails(tmp_path):
    kept = tmp_path / "kept"

    def run(statement):
        with throwaway_postgres(kept=kept) as url:
            folder = url.partition("host=")[2]
            with psycopg.connect(host=folder, user="tracker", dbname="tracker", autocommit=True) as client:
                return client.execute(statement)

    with pytest.raises(psycopg.errors.UndefinedTable):
        run("SELECT * FROM kept")
    assert not kept.exists()
    run("CREATE TABLE kept AS SELECT 7 AS number")
    with pytest.raises(psycopg.errors.UndefinedTable):
        run("SELECT * FROM nothing")
    assert run("SELECT number FROM kept").rowcount == 1


def test_browser_page_when_opened_shows_the_live_server(browser_page):
    browser_page.goto("/admin/login/")
    assert browser_page.get_by_role("button", name="Log in").is_visible()


def test_browser_page_when_a_page_breaks_the_content_policy_notes_it(browser_page):
    browser_page.goto("/admin/login/")
    browser_page.evaluate("document.head.appendChild(document.createElement('script')).text = '1'")
    assert len(browser_page.problems) == 1
    assert "Content Security Policy directive 'script-src 'self''" in browser_page.problems[0]
    browser_page.problems.clear()


@pytest.mark.parametrize("_", ["before", "after"])
@pytest.mark.django_db(transaction=True)
def test_transactional_test_when_another_ran_before_finds_what_migrations_made(_):
    assert Group.objects.filter(name="editor").exists()
    Group.objects.all().delete()
