"""What recurs has its next dates beside its rule: while it is typed, and on the page as it was saved."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.admin.recurrence import next_dates_in_words
from meetings.models import Commitment
from tests.admin.conftest import make_user
from tests.admin.desk import address, shown
from tests.admin.test_browser import log_in
from tests.factories import make_agreement, make_commitment, make_meeting
from tests.meetings.followups.asking import TODAY
from tracker.accounts.models import User
from tracker.records import edtf

PAGE = "/admin/meetings/commitment/next-dates/"
UNREADABLE = "Not a rule of recurrence yet. Write it as in FREQ=MONTHLY;INTERVAL=2."


@pytest.mark.parametrize(
    ("rule", "due", "words"),
    [
        (
            "FREQ=MONTHLY;INTERVAL=3",
            "2026-11-30",
            "Every 3 months: 30 November 2026, 28 February 2027, 30 May 2027, 30 August 2027, 30 November 2027",
        ),
        (
            "FREQ=MONTHLY",
            "2026-08-31",
            "Every month: 30 November 2026, 31 December 2026, 31 January 2027, 28 February 2027, 31 March 2027",
        ),
        (
            "FREQ=YEARLY",
            "2024-02-29",
            "Every year: 28 February 2027, 29 February 2028, 28 February 2029, 28 February 2030, 28 February 2031",
        ),
        ("FREQ=YEARLY;COUNT=4", "2024-12", "Every year, 4 times: 31 December 2026, 31 December 2027"),
        ("FREQ=YEARLY;COUNT=2", "2020-12", "Every year, 2 times: no date is left"),
        ("FREQ=MONTHLY;BYDAY=1FR;COUNT=1", "2026-12-01", "Next dates: 4 December 2026"),
        (
            "FREQ=DAILY",
            "1900-01-01",
            "Every day: 23 November 2026, 24 November 2026, 25 November 2026, 26 November 2026, 27 November 2026",
        ),
        ("FREQ=MONTHLY;INTERVAL=", "2026-11-30", UNREADABLE),
        ("FREQ=HOURLY", "", UNREADABLE),
        (
            "FREQ=MONTHLY",
            "",
            "Every month: enter a due date, or a meeting or agreement with a date; it recurs from there",
        ),
        ("", "2026-11-30", ""),
    ],
)
def test_next_dates_are_the_rule_in_words_and_five_days_from_today_on(rule, due, words):
    assert next_dates_in_words(Commitment(recurrence=rule, due=due), TODAY) == words


@pytest.mark.django_db
def test_next_dates_count_from_the_promise_where_nothing_is_due_and_not_with_it():
    meeting, agreement = make_meeting(held="2026-11-23"), make_agreement(signed="2026-11-24")
    first = [
        next_dates_in_words(Commitment(recurrence="FREQ=YEARLY", **made), TODAY)
        for made in ({"meeting": meeting}, {"agreement": agreement}, {"meeting": meeting, "due": "2026-11-23"})
    ]
    assert [words.split(",")[0] for words in first] == [
        "Every year: 23 November 2027",
        "Every year: 24 November 2027",
        "Every year: 23 November 2026",
    ]


def days(first, number=5):
    return [first + timedelta(days=each) for each in range(number)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "every"), [("en", "Every day: {}"), ("ur", "ہر روز: {}"), ("zh-hans", "每天：{}")]
)
def test_typed_rule_is_answered_in_the_language_of_the_editor(client, language, every):
    user = make_user("editor", "editor")
    User.objects.filter(pk=user.pk).update(language=language)
    client.force_login(user)
    today = timezone.localdate()
    response = client.get(PAGE, {"recurrence": "FREQ=DAILY", "due": f"{today:%d.%m.%Y}"})
    assert response["Content-Type"] == "text/plain"
    found = response.content.decode()
    assert found.startswith(every.format("").strip())
    with_day = [edtf.in_words(day.isoformat()) for day in days(today)]
    assert (language != "en") or found == every.format(", ".join(with_day))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        {"meeting": "abc", "agreement": "²"},
        {"meeting": "99999999999999999999", "agreement": "-1"},
        {"due": "some day"},
        {"recurrence": "x" * 300},
        {"recurrence": "FREQ=YEARLY;COUNT=0"},
        {},
    ],
)
def test_crafted_question_for_dates_is_answered_as_an_empty_one(editor, query):
    response = editor.get(PAGE, {"recurrence": "FREQ=DAILY"} | query)
    assert response.status_code == 200
    assert response.content.decode() in (
        "",
        UNREADABLE,
        "Every day: enter a due date, or a meeting or agreement with a date; it recurs from there",
    )


@pytest.mark.django_db
def test_dates_are_told_to_whoever_may_see_commitments_alone(client, editor):
    assert editor.post(PAGE).status_code == 405
    assert client.get(PAGE).status_code == 302
    user = User.objects.create_user("nobody", "nobody@example.org", "a long pass phrase", is_staff=True)
    client.force_login(user)
    assert client.get(PAGE).status_code == 403


@pytest.mark.django_db
def test_dates_stand_on_the_page_once_it_is_saved(editor):
    today = timezone.localdate()
    commitment = make_commitment(state="draft", due=today.isoformat())
    page = address(Commitment, "change", commitment.pk)
    data = shown(editor.get(page)) | {"recurrence": "FREQ=DAILY;COUNT=2"}
    response = editor.post(page, data | {"_continue": "1"}, follow=True)
    dates = ", ".join(edtf.in_words(day.isoformat()) for day in days(today, 2))
    expected = f'<output class="next-dates" data-address="{PAGE}">Every day, 2 times: {dates}</output>'
    assert expected in response.content.decode()
    assert '<output class="next-dates"' in editor.get(address(Commitment, "add")).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "every"), [("en", "Every 3 months"), ("ur", "ہر 3"), ("zh-hans", "每3个月")])
def test_dates_follow_what_is_typed(browser_page, language, every):
    user = make_user("editor", "editor")
    User.objects.filter(pk=user.pk).update(language=language)
    page = browser_page
    log_in(page, "editor")
    page.goto("/admin/meetings/commitment/add/")
    output = page.locator("output.next-dates")
    assert output.inner_text() == ""
    page.fill("#id_due", "30 November 2099")
    page.locator("#id_recurrence").press_sequentially("FREQ=MONTHLY;INTERVAL=3", delay=20)
    expect(output).to_contain_text("2100")
    assert (output.inner_text().startswith(every), output.inner_text().count("2100")) == (True, 4)
    page.fill("#id_recurrence", "FREQ=")
    expect(output).not_to_contain_text("2100")
    page.fill("#id_recurrence", "")
    expect(output).to_have_text("")
