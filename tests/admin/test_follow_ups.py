"""Tomorrow's mail as the desk shows it: who gets it and why. What is held there, or released, is so for the planner."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from meetings.followups.planner import due_digests, plan_digests
from meetings.models import Coordinator, FocalPoint, FollowUpHold, FollowUpPolicy
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, messages
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting, make_person
from tests.meetings.followups.asking import asked, make_focal_person
from tracker.mail.models import Delivery, LastRun
from tracker.records.durations import months_later
from tracker.records.edtf import in_words

pytestmark = pytest.mark.django_db

PAGE = "/admin/meetings/reminder/tomorrow/"


@pytest.fixture
def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def make_due(day, *people, **fields):
    commitment = make_commitment(due=day.isoformat(), **fields)
    for person in people:
        FocalPoint.objects.create(commitment=commitment, person=person)
    return commitment


def shown(client, query=""):
    """What the page says, by name of the person: [(reference, stage)]."""
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return {
        mail["person"].name: [(each["due"].subject.reference, each["due"].stage) for each in mail["reminders"]]
        for mail in response.context["mails"]
    }


def planned(day):
    return asked(due_digests(timezone.now(), day))


def press(client, name, *numbers, query=""):
    return client.post(PAGE + query, {name: "-".join(map(str, numbers))}, follow=True)


def words(response):
    return " ".join(response.content.decode().split())


def test_tomorrow_when_somebody_is_asked_says_whom_when_what_and_why(reviewer, tomorrow):
    person = make_focal_person("ayesha", send_hour=9, time_zone="Asia/Karachi")
    commitment = make_due(tomorrow, person, title="Set up a group")
    page = words(reviewer.get(PAGE))
    assert "1 person receives mail." in page
    assert "ayesha@example.org" in page and "at 09:00, Asia/Karachi" in page
    assert f'<a href="{address(type(commitment), "change", commitment.pk)}">Set up a group</a>' in page
    assert f'<span class="reference">{commitment.reference}</span>, asked</span>' in page
    assert '<td data-label="Says">due today</td>' in page
    why = f'On the due date (default policy) <span class="quiet">{in_words(tomorrow.isoformat())}, on the day</span>'
    assert f'<td data-label="Why on this day"> {why} </td>' in page
    following = in_words((tomorrow + timedelta(days=1)).isoformat())
    assert f'<td data-label="Then"> {following}, unless answered </td>' in page


def test_tomorrow_when_a_notice_period_ends_tells_its_coordinator_and_only_the_person_can_be_held(reviewer, tomorrow):
    person = make_focal_person("bilal")
    Coordinator.objects.create(person=person)
    entered = months_later(tomorrow + timedelta(days=7), -36).isoformat()
    agreement = make_agreement(signed=entered, validity="P36M", notice="P0M")
    agreement.events.create(kind="in_force", on=entered)
    assert shown(reviewer) == {"bilal": [(agreement.reference, -7)]}
    page = words(reviewer.get(PAGE))
    assert "the time to give notice ends</span>" in page
    assert 'name="hold_all"' in page and 'name="hold"' not in page and 'name="skip"' not in page


def test_tomorrow_when_nothing_is_due_says_so(editor):
    page = words(editor.get(PAGE))
    assert "Nobody receives mail." in page and "Nothing is held back." in page


def test_tomorrow_when_mail_goes_out_today_yet_says_so(editor, tomorrow):
    today = tomorrow - timedelta(days=1)
    make_due(tomorrow + timedelta(days=20), make_focal_person("ayesha"))
    make_due(tomorrow + timedelta(days=30), make_focal_person("bilal"))
    response = editor.get(PAGE)
    told = {mail["person"].name: mail["is_told_before"] for mail in response.context["mails"]}
    assert told == {"ayesha": True, "bilal": False}
    assert f'<a href="?day={today}"> 1 person has still to receive mail today. </a>' in words(response)
    assert list(shown(editor, f"?day={today}")) == ["ayesha"]


def test_tomorrow_when_mail_is_waiting_or_held_counts_it(administrator, reviewer, tomorrow):
    make_due(tomorrow - timedelta(days=1), make_focal_person("ayesha"), make_focal_person("bilal"))
    plan_digests(timezone.now(), tomorrow - timedelta(days=1))
    Delivery.objects.filter(pk=Delivery.objects.first().pk).update(state="held")
    page = words(administrator.get(PAGE))
    assert "1 message is waiting or under way now, 1 is held back." in page
    link = f"{address(Delivery, 'changelist')}?state__in=queued,held"
    assert f'href="{link}"' in page and link not in words(reviewer.get(PAGE))
    assert len(administrator.get(link).context["cl"].queryset) == 2


@pytest.mark.parametrize(
    ("minutes", "text", "is_silent"),
    [(None, "Planner: has never run.", True), (125, "Planner: last ran 2", True), (3, "Planner: last ran 3", False)],
)
def test_tomorrow_when_the_planner_is_silent_warns(editor, minutes, text, is_silent):
    now = timezone.now()
    LastRun.note("relay", now, "")
    if minutes:
        LastRun.note("planner", now - timedelta(minutes=minutes), "2 planned")
    page = words(editor.get(PAGE))
    assert text in page
    assert ("Mail waits until it runs." in page) is is_silent


@pytest.mark.parametrize(
    ("day", "text"),
    [("yesterday", "Choose a day from"), ("far", "Choose a day from"), ("2026-13-40", "Not a valid date")],
)
def test_tomorrow_when_asked_for_a_bad_day_says_which_ones_are_good(editor, tomorrow, day, text):
    make_due(tomorrow, make_focal_person())
    days = {"yesterday": tomorrow - timedelta(days=2), "far": tomorrow + timedelta(days=60)}
    response = editor.get(f"{PAGE}?day={days.get(day, day)}")
    assert (response.status_code, response.context["mails"]) == (200, [])
    assert text in words(response)
    last = tomorrow + timedelta(days=59)
    assert editor.get(f"{PAGE}?day={last}").context["day"] == last


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_tomorrow_is_seen_by_every_role_and_changed_by_those_who_may_hold(request, role, tomorrow):
    client, person = request.getfixturevalue(role), make_focal_person()
    commitment = make_due(tomorrow, person)
    hold = FollowUpHold.objects.create(person=make_person())
    may = role != "editor"
    assert ('name="hold"' in words(client.get(PAGE))) is may
    for name, numbers in {
        "hold": [person.pk, commitment.pk],
        "skip": [person.pk, commitment.pk],
        "hold_all": [person.pk],
        "release": [hold.pk],
    }.items():
        assert press(client, name, *numbers).status_code == (200 if may else 403), name
    assert FollowUpHold.objects.count() == (2 if may else 1)


def test_tomorrow_is_closed_to_whoever_has_no_role(client):
    assert client.get(PAGE).status_code == 302
    guest = logged_in(make_user("guest"))
    assert (guest.get(PAGE).status_code, press(guest, "hold_all", make_person().pk).status_code) == (403, 403)


def test_hold_when_pressed_stops_that_line_until_it_is_released(reviewer, tomorrow):
    person, other = make_focal_person("ayesha"), make_focal_person("bilal")
    held, free = make_due(tomorrow, person, other), make_due(tomorrow, person)
    (message,) = messages(press(reviewer, "hold", person.pk, held.pk))
    hold = FollowUpHold.objects.get()
    assert (hold.person, hold.commitment, hold.until) == (person, held, None)
    assert message.startswith(f"Held: ayesha – {held}, until it is released.")
    assert f'href="{address(FollowUpHold, "delete", hold.pk)}"' in message
    rest = {"ayesha": [(free.reference, 0)], "bilal": [(held.reference, 0)]}
    assert planned(tomorrow) == shown(reviewer) == rest
    (message,) = messages(press(reviewer, "release", hold.pk))
    assert message == f"Released: ayesha – {held}. Mail goes out again as the rules say."
    assert planned(tomorrow)["ayesha"] == [(held.reference, 0), (free.reference, 0)]


def test_hold_when_pressed_twice_holds_once(reviewer, tomorrow):
    person = make_focal_person()
    commitment = make_due(tomorrow, person)
    for _time in range(2):
        press(reviewer, "hold", person.pk, commitment.pk)
    assert FollowUpHold.objects.count() == 1


def test_skip_when_pressed_goes_on_with_the_next_stage(reviewer, tomorrow):
    person = make_focal_person("ayesha")
    commitment = make_due(tomorrow + timedelta(days=7), person)
    assert shown(reviewer) == {"ayesha": [(commitment.reference, -7)]}
    (message,) = messages(press(reviewer, "skip", person.pk, commitment.pk))
    until = FollowUpHold.objects.get().until
    assert until == tomorrow + timedelta(days=5)
    assert message.startswith(f"Held: ayesha – {commitment}, until {date_format(until)}.")
    assert (planned(tomorrow), planned(until)) == ({}, {})
    assert planned(until + timedelta(days=1)) == {"ayesha": [(commitment.reference, -1)]}


def test_skip_when_the_line_has_gone_meanwhile_says_so(reviewer, tomorrow):
    person = make_focal_person()
    commitment = make_due(tomorrow, person)
    press(reviewer, "hold", person.pk, commitment.pk)
    assert messages(press(reviewer, "skip", person.pk, commitment.pk)) == ["Nothing is left to skip: reload the page."]


def test_hold_all_when_pressed_stops_all_mail_to_the_person(reviewer, tomorrow):
    person, other = make_focal_person("ayesha"), make_focal_person("bilal")
    commitment = make_due(tomorrow, person, other)
    make_due(tomorrow, person)
    press(reviewer, "hold_all", person.pk)
    assert planned(tomorrow) == {"bilal": [(commitment.reference, 0)]}
    assert words(reviewer.get(PAGE)).count('name="release"') == 1


@pytest.mark.parametrize("value", ["x", "", "1-2-3-x", "999999-1"])
def test_button_when_its_value_is_forged_leads_nowhere(reviewer, value):
    assert reviewer.post(PAGE, {"hold": value}).status_code == 404
    assert reviewer.post(PAGE, {"nothing": "1"}).status_code == 404


def test_button_when_a_day_and_page_were_chosen_comes_back_to_them(reviewer, tomorrow):
    person, day = make_focal_person(), tomorrow + timedelta(days=3)
    response = press(reviewer, "hold", person.pk, make_due(day, person).pk, query=f"?day={day}&page=1")
    assert response.redirect_chain == [(f"{PAGE}?day={day}&page=1", 302)]


def test_tomorrow_asks_as_often_for_thirty_people_as_for_one(superuser, tomorrow, django_assert_max_num_queries):
    meeting = make_meeting()
    make_due(tomorrow, make_focal_person("p0"), meeting=meeting)
    FollowUpHold.objects.create(person=make_focal_person("h0"))
    with django_assert_max_num_queries(99) as once:
        assert len(shown(superuser)) == 1
    for number in range(1, 30):
        make_due(tomorrow, make_focal_person(f"p{number}"), meeting=meeting)
        FollowUpHold.objects.create(person=make_focal_person(f"h{number}"))
    with django_assert_max_num_queries(len(once)):
        assert len(shown(superuser)) == 30


def test_tomorrow_when_there_are_many_people_shows_fifty_a_page(editor, tomorrow):
    make_due(tomorrow, *(make_focal_person(f"p{number:02}") for number in range(51)))
    assert list(shown(editor)) == [f"p{number:02}" for number in range(50)]
    assert list(shown(editor, "?page=2")) == ["p50"]
    assert f'href="?day={tomorrow}&amp;page=2"' in words(editor.get(PAGE))


def test_tomorrow_is_linked_from_the_index_and_from_the_lists(administrator):
    assert reverse("admin:meetings_reminder_tomorrow") == PAGE
    for page in ("/admin/", reverse("admin:meetings_reminder_changelist"), address(Delivery, "changelist")):
        assert f'href="{PAGE}"' in words(administrator.get(page)), page


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_desk_and_tomorrow_warn_while_the_policy_that_most_mail_hangs_on_is_off(request, role):
    client, warning = request.getfixturevalue(role), "The default follow-up policy is switched off."
    pages = ("/admin/", PAGE)
    assert [warning in words(client.get(page)) for page in pages] == [False, False]
    FollowUpPolicy.objects.update(is_active=False)
    FollowUpPolicy.objects.create(forum=make_forum())
    link = f'<a href="{address(FollowUpPolicy, "changelist")}">Follow-up policies</a>'
    assert [warning in words(client.get(page)) and link in words(client.get(page)) for page in pages] == [True, True]
    FollowUpPolicy.objects.create()
    assert [warning in words(client.get(page)) for page in pages] == [False, False]
