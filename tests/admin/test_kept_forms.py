"""Forms that arrive without the right to be saved: kept for whoever opened them, and for nobody else."""

import html
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.middleware.csrf import get_token
from django.test import Client
from django.utils import timezone

from agreements.models import Theme
from meetings.models import Meeting
from tests.admin.desk import address, errors, shown
from tests.admin.two_editors import choices, form, send
from tracker.records.models import Publishable, SentForm

State = Publishable.State


@pytest.fixture
def meeting(draft_meeting):
    return draft_meeting


def test_a_form_when_the_session_has_ended_comes_back_after_the_log_in(client, editor, meeting):
    mine = form(editor, meeting) | {"summary": "Typed for an hour"}
    response = client.post(address(Meeting, "change", meeting.pk), mine)
    assert response.status_code == 302 and response["Location"].startswith("/admin/login/?next=")
    login = {"username": editor.user.email, "password": "a long pass phrase"}
    back = client.post(response["Location"], login)
    given_back = shown(client.get(back["Location"]))
    assert given_back["summary"] == "Typed for an hour"
    assert Meeting.objects.get().summary == "As found"
    response = send(client, meeting, given_back)
    assert response.status_code == 302, errors(response)
    assert Meeting.objects.get().summary == "Typed for an hour"
    assert SentForm.objects.get().values is None


def test_a_new_record_when_the_session_has_ended_comes_back_too(client, editor):
    data = shown(editor.get(address(Theme, "add"))) | {"name": "Cloud", "slug": "cloud"}
    client.post(address(Theme, "add"), data)
    index = editor.get("/admin/").content.decode()
    (link,) = re.findall(r'href="([^"]*kept=[^"]*)"', index)
    assert shown(editor.get(html.unescape(link)))["name"] == "Cloud"
    assert not Theme.objects.exists()


def test_what_was_kept_is_shown_to_nobody_else(client, editor, colleague, superuser, meeting):
    client.post(address(Meeting, "change", meeting.pk), form(editor, meeting) | {"summary": "Secret"})
    kept = SentForm.objects.get()
    for other in (colleague, superuser):
        response = other.get(f"{address(Meeting, 'change', meeting.pk)}?kept={kept.token}")
        assert shown(response)["summary"] == "As found"
        assert "kept=" not in other.get("/admin/").content.decode()


def test_what_was_kept_when_changed_meanwhile_is_compared(client, editor, colleague, meeting):
    client.post(address(Meeting, "change", meeting.pk), form(editor, meeting) | {"summary": "Mine"})
    send(colleague, meeting, form(colleague, meeting), summary="Theirs")
    kept = SentForm.objects.get(values__isnull=False)
    response = editor.get(f"{address(Meeting, 'change', meeting.pk)}?kept={kept.token}")
    assert choices(response) == ["//summary"]


def test_what_was_kept_is_shown_no_more_after_a_day(client, editor, meeting):
    client.post(address(Meeting, "change", meeting.pk), form(editor, meeting) | {"summary": "Mine"})
    SentForm.objects.update(sent_at=timezone.now() - timedelta(hours=24, seconds=1))
    response = editor.get(f"{address(Meeting, 'change', meeting.pk)}?kept={SentForm.objects.get().token}")
    assert shown(response)["summary"] == "As found"


def test_a_form_of_nobody_when_it_was_not_signed_is_not_kept(client, meeting):
    client.post(address(Meeting, "change", meeting.pk), {"_opened": "forged", "summary": "x" * 1000})
    assert not SentForm.objects.exists()


def test_a_form_when_another_log_in_made_its_mark_void_is_kept(editor, meeting):
    mine = form(editor, meeting) | {"summary": "Typed before"}
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user)
    response = strict.post(address(Meeting, "change", meeting.pk), mine)
    assert response.status_code == 403
    assert shown(strict.get(response.context["kept"]))["summary"] == "Typed before"
    assert strict.post(address(Meeting, "change", meeting.pk), {}).status_code == 403


@pytest.mark.parametrize("has_worked_here", [True, False])
def test_a_large_form_when_the_session_has_ended_is_kept_for_who_worked_here(editor, meeting, has_worked_here):
    mine = form(editor, meeting) | {"summary": "x" * 100_000}
    del editor.cookies[settings.SESSION_COOKIE_NAME]
    if not has_worked_here:
        del editor.cookies["desk"]
    response = editor.post(address(Meeting, "change", meeting.pk), mine)
    assert response.status_code == (302 if has_worked_here else 413)
    assert [len(each.values["summary"][0]) for each in SentForm.objects.all()] == [100_000] * has_worked_here


def test_a_form_when_nobody_used_the_session_for_long_is_kept(editor, meeting):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor.user)
    page = strict.get(address(Meeting, "change", meeting.pk))
    mine = shown(page) | {"summary": "Typed slowly", "csrfmiddlewaretoken": get_token(page.wsgi_request)}
    session = strict.session
    session["used_at"] = session["begun_at"] = 0
    session.save()
    response = strict.post(address(Meeting, "change", meeting.pk), mine)
    assert response.status_code == 302 and "kept" in response["Location"]
    assert SentForm.objects.get().values["summary"] == ["Typed slowly"]


@pytest.mark.parametrize("choice", ["//", "x/+99/", "x/+/", "outcomes/1", "x/" + "9" * 40 + "/y", "/²/z", "\x01"])
def test_a_crafted_choice_chooses_nothing(editor, meeting, choice):
    data = form(editor, meeting) | {f"_choice:{choice}": "theirs", "_chosen": "1", "place": "Islamabad"}
    assert send(editor, meeting, data).status_code == 302
    assert Meeting.objects.get().place == "Islamabad"
