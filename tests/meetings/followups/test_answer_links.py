"""The link of an answer page: whom it lets answer what, for how long, and what closes it."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from agreements.models import Person
from meetings.followups import answers
from meetings.followups.answers import stop_link
from meetings.models import FocalPoint, OrganisationFocalPoint, ProgressUpdate, Reminder
from tests.factories import make_country, make_forum, make_organisation
from tests.meetings.followups.asking import make_due, make_focal_person
from tests.meetings.followups.reminders import make_reminder
from tracker.accounts.models import User
from tracker.records.models import DataVersion

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


@pytest.fixture
def today():
    return timezone.now().date()


@pytest.fixture
def reminder(today):
    person = make_focal_person("Ayesha Khan", email="ayesha@example.org")
    commitment = make_due(today=today, title="Set up a working group")
    FocalPoint.objects.create(commitment=commitment, person=person, side=make_country("PAK"))
    return make_reminder(commitment, person)


def to(reminder):
    return answers.link(reminder).removeprefix(SITE)


@pytest.fixture
def link(reminder):
    return to(reminder)


def rows():
    models = (Reminder, ProgressUpdate, DataVersion)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def closed(client, link, status, words):
    before = rows()
    for method in (client.get, client.head, lambda address: client.post(address, {"answer": "done"})):
        response = method(link)
        assert response.status_code == status
        assert response["Cache-Control"] == "no-store, private"
    assert words in client.get(link).content.decode()
    assert "Set up a working group" not in client.get(link).content.decode()
    assert rows() == before


@pytest.mark.parametrize("token", ["x", "x:y:z", "WzFd:1xV0cp:t8_XAv4Tq7Q2ESWCYC5CXaINzf", "%20", "ا", "a" * 5000])
def test_link_that_is_forged_is_not_found(client, reminder, token):
    closed(client, f"/follow-up/{token}/", 404, "not complete")


def test_link_after_its_days_has_expired(client, reminder, monkeypatch, settings):
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() - settings.FOLLOWUP_LINK_DAYS * 86400 - 5)
    link = answers.link(reminder).removeprefix(SITE)
    monkeypatch.undo()
    closed(client, link, 410, "has expired")


def test_link_that_is_out_of_date_says_so_in_the_language_of_its_reader(client, reminder, link, settings):
    Person.objects.filter(pk=reminder.person_id).update(language="ur")
    Reminder.objects.all().delete()
    assert client.get(link)["Content-Language"] == "ur"
    settings.FOLLOWUP_LINK_DAYS = 0
    assert client.get(link)["Content-Language"] == "ur"
    FocalPoint.objects.all().delete()
    Person.objects.all().delete()
    assert client.get(link)["Content-Language"] == "en"


def test_link_when_the_commitment_was_given_to_another_person_is_closed(client, reminder, link, today):
    point = FocalPoint.objects.get()
    point.ends = today - timedelta(days=3)
    point.starts = today - timedelta(days=9)
    point.save()
    closed(client, link, 410, "Somebody else is in charge now")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "withdrawn"}, "no longer asked"),
        ({"state": "draft"}, "no longer asked"),
        ({"state": "in_review", "publish_at": timezone.now() + timedelta(days=1)}, "no longer asked"),
        ({"closure": "dropped"}, "commitment is closed"),
    ],
)
def test_link_when_the_commitment_was_withdrawn_or_closed_is_closed(client, reminder, link, fields, words):
    for name, value in fields.items():
        setattr(reminder.commitment, name, value)
    reminder.commitment.save()
    closed(client, link, 410, words)


def test_link_when_its_reminder_is_gone_or_another_is_closed(client, reminder, link):
    Reminder.objects.filter(pk=reminder.pk).update(person=make_focal_person("other"))
    closed(client, link, 410, "no longer asked")
    Reminder.objects.all().delete()
    closed(client, link, 410, "no longer asked")


def test_link_when_the_due_date_was_moved_asks_with_the_new_one(client, reminder, link):
    reminder.commitment.due = "2199-05-01"
    reminder.commitment.save()
    assert "1 May 2199" in client.get(link).content.decode()
    assert client.post(link, {"answer": "on_track"}).status_code == 302


def test_link_when_the_due_date_was_taken_back_still_asks(client, reminder, link):
    reminder.commitment.due, reminder.commitment.due_rule = "", "conditional"
    reminder.commitment.save()
    assert "No longer has a due date" in client.get(link).content.decode()
    assert client.post(link, {"answer": "on_track"}).status_code == 302


def test_link_of_somebody_whose_account_was_closed_is_closed(client, reminder, link):
    reminder.person.user = User.objects.create_user("ayesha", "a@example.org", is_active=False)
    reminder.person.save()
    closed(client, link, 410, "Somebody else is in charge now")
    reminder.person.user.is_active = True
    reminder.person.user.save()
    assert client.get(link).status_code == 200


def test_link_after_the_key_of_the_site_was_changed_works_on(client, link, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key of more than fifty characters, 0123456789-0123456789"
    assert client.post(link, {"answer": "done"}).status_code == 302
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(link).status_code == 404


def test_link_that_stops_mail_lets_nobody_answer(client, reminder):
    token = stop_link(reminder.person).removeprefix(f"{SITE}/follow-up/stop/")
    closed(client, f"/follow-up/{token}", 404, "not complete")


# Others who may answer


@pytest.fixture
def above(reminder):
    """The deputy, the supervisor and the secretariat of the commitment, each with a reminder of their own."""
    people = {name: make_focal_person(name, country=make_country("LKA")) for name in ("Dara", "Chen", "Omar")}
    FocalPoint.objects.update(deputy=people["Dara"], supervisor=people["Chen"])
    forum = make_forum("jec", secretariat=make_organisation("secretariat"))
    reminder.commitment.meeting.forum = forum
    reminder.commitment.meeting.save()
    reminder.commitment.save()
    OrganisationFocalPoint.objects.create(organisation=forum.secretariat, person=people["Omar"])
    roles = {"Dara": "asked", "Chen": "supervisor", "Omar": "secretariat"}
    return {name: make_reminder(reminder.commitment, people[name], role=role) for name, role in roles.items()}


@pytest.mark.parametrize(
    ("name", "words", "side"),
    [
        ("Dara", "You were asked as the deputy of Ayesha Khan.", "PAK"),
        ("Chen", "You are informed as the supervisor of those in charge", "PAK"),
        ("Omar", "You are informed as the secretariat of the forum", "LKA"),
    ],
)
def test_link_of_those_beside_and_above_lets_them_answer_for_their_side(client, above, name, words, side):
    address = to(above[name])
    assert words in client.get(address).content.decode()
    assert client.post(address, {"answer": "on_track"}).status_code == 302
    update = ProgressUpdate.objects.get()
    assert (update.answered_by.name, update.side.code) == (name, side)
    assert client.post(address, {"answer": "done"}).status_code == 409


def test_page_of_who_is_in_charge_speaks_of_no_other_capacity(client, reminder, link, above):
    page = client.get(link).content.decode()
    assert "as the deputy" not in page and "You were told as" not in page


def test_answers_of_two_people_stand_side_by_side(client, reminder, link, above):
    for address in (link, to(above["Chen"])):
        assert client.post(address, {"answer": "on_track"}).status_code == 302
    assert ProgressUpdate.objects.count() == 2


@pytest.mark.parametrize("name", ["Dara", "Chen", "Omar"])
def test_link_of_those_beside_and_above_is_closed_with_their_office(client, above, name):
    FocalPoint.objects.update(deputy=None, supervisor=None)
    OrganisationFocalPoint.objects.all().delete()
    closed(client, to(above[name]), 410, "Somebody else is in charge now")


def test_link_of_who_was_only_told_as_supervisor_answers_nothing_else(client, reminder, above):
    stranger = make_reminder(reminder.commitment, above["Chen"].person)  # as if they had been asked
    closed(client, to(stranger), 410, "Somebody else is in charge now")
