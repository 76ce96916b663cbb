"""The answer page: whoever opens it changes nothing; its form records one answer, once."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from meetings.followups import answers
from meetings.followups.answers import stop_link
from meetings.models import Commitment, FocalPoint, OrganisationFocalPoint, ProgressUpdate, Reminder
from tests.factories import make_country, make_organisation
from tests.mail.side_by_side import side_by_side
from tests.meetings.followups.asking import make_due, make_focal_person
from tests.meetings.followups.reminders import make_reminder
from tests.registers.reading import parse
from tracker.accounts.models import User
from tracker.records.models import DataVersion, Revision

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


@pytest.fixture
def today():
    return timezone.now().date()


@pytest.fixture
def reminder(today):
    person = make_focal_person("Ayesha Khan", email="ayesha@example.org", send_hour=0)
    commitment = make_due(today=today, title="Set up a working group", wording="Both sides agreed.")
    FocalPoint.objects.create(commitment=commitment, person=person, side=make_country("PAK"))
    return make_reminder(commitment, person)


def to(reminder):
    return answers.link(reminder).removeprefix(SITE)


@pytest.fixture
def link(reminder):
    return to(reminder)


def rows():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Reminder, ProgressUpdate, Revision, DataVersion)
    }


@pytest.mark.parametrize("query", ["", "?answer=done", "?answer=done&text=x&submit=1"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_page_when_opened_changes_nothing(client, link, method, query):
    before = rows()
    for _ in range(3):
        response = getattr(client, method)(link + query)
        assert response.status_code == (405 if method == "options" else 200)
    assert rows() == before
    assert "sessionid" not in client.cookies


def test_page_when_opened_shows_what_is_asked_and_stays_private(client, reminder, link):
    ProgressUpdate.objects.create(
        commitment=reminder.commitment, state="published", progress="limited", as_of="2026-05", text="Terms drafted"
    )
    ProgressUpdate.objects.create(commitment=reminder.commitment, state="draft", progress="limited", text="Secret")
    response = client.get(link)
    page = response.content.decode()
    assert response["Cache-Control"] == "no-store, private"
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    for words in ("Set up a working group", "Both sides agreed.", "due today", "Terms drafted", "Ayesha Khan"):
        assert words in page
    assert "Secret" not in page and "ayesha@example.org" not in page and "checked" not in page


def test_page_opened_by_a_quick_link_has_the_answer_chosen(client, link):
    page = client.get(link + "?answer=late").content.decode()
    assert [line for line in page.split("<input") if "checked" in line] == [
        line for line in page.split("<input") if 'value="late"' in line
    ]


ANSWERS = [
    ({"answer": "done"}, {"progress": "complete"}),
    ({"answer": "on_track", "text": "Two meetings held"}, {"text": "Two meetings held"}),
    (
        {"answer": "late", "expected": "2199-03", "reason": "Funds come later", "text": "Sorry"},
        {"expected": "2199-03", "reason": "Funds come later", "text": "Sorry"},
    ),
    (
        {"answer": "late", "expected": "31.3.2199", "expected_words": "end of the term", "reason": "Funds come later"},
        {"expected": "2199-03-31", "expected_words": "end of the term", "reason": "Funds come later"},
    ),
    (
        {"answer": "late", "expected_words": "early 2199", "reason": "Funds come later"},
        {"expected_words": "early 2199", "reason": "Funds come later"},
    ),
    ({"answer": "late", "reason": "Nobody knows yet"}, {"reason": "Nobody knows yet"}),
    ({"answer": "not_mine", "responsible_words": "Ministry of IT"}, {"responsible_words": "Ministry of IT"}),
    ({"answer": "need_help"}, {}),
    ({"answer": "done", "evidence_url": "example.org/x"}, {"progress": "complete", "evidence_url": "https://example.org/x"}),
    # What belongs to another answer, and is hidden, is neither kept nor complained about.
    ({"answer": "done", "expected": "soon", "expected_words": "x" * 999}, {"progress": "complete"}),
    ({"answer": "done", "reason": "x" * 999, "responsible_words": "me"}, {"progress": "complete"}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kept"), ANSWERS, ids=lambda value: value.get("answer"))
def test_post_records_the_answer_for_review_and_confirms_it(client, reminder, link, today, data, kept):
    response = client.post(link, data)
    assert (response.status_code, response["Location"]) == (302, link)
    update = ProgressUpdate.objects.get()
    names = ("progress", "text", "expected", "expected_words", "reason", "responsible_words", "evidence_url")
    empty = dict.fromkeys(names, "")
    assert {name: getattr(update, name) for name in empty} == empty | kept
    assert (update.state, update.answer, update.reminder) == ("in_review", data["answer"], reminder)
    assert (update.commitment, update.answered_by, update.side.code) == (reminder.commitment, reminder.person, "PAK")
    assert (update.as_of, update.as_of_latest) == (today.isoformat(), today)
    reminder.commitment.refresh_from_db()
    assert reminder.commitment.progress == "no_information"  # until an editor publishes it
    page = client.get(link)
    assert page.status_code == 200 and "Your answer has been received." in page.content.decode()
    told = [value for name, value in kept.items() if name in ("text", "reason", "expected_words")]
    assert all(value in page.content.decode() for value in told)


def test_post_of_a_second_answer_says_so_and_changes_nothing(client, link):
    client.post(link, {"answer": "on_track"})
    before = rows()
    response = client.post(link, {"answer": "done"})
    assert response.status_code == 409 and "answered already" in response.content.decode()
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_post_of_two_answers_at_once_records_one_of_them(client, link):
    def post():
        return Client().post(link, {"answer": "done"}).status_code

    assert sorted(side_by_side(4, post)) == [302, 409, 409, 409]
    assert ProgressUpdate.objects.count() == 1


BAD = [
    ({}, "Choose one of the five answers."),
    ({"answer": "perhaps"}, "Select a valid choice."),
    ({"answer": "late"}, "Say in a few words why it is late."),
    ({"answer": "late", "reason": "x", "expected": "soon"}, "“soon” is not a date. Choose a day, or say in words"),
    ({"answer": "late", "reason": "x", "expected": "03/04/2199"}, "may be 3 April 2199 or 4 March 2199"),
    ({"answer": "late", "reason": "x", "expected": "31.02.2199"}, "“2199-02-31” is not a day of the calendar."),
    ({"answer": "late", "reason": "x", "expected_words": "x" * 101}, "at most 100 characters"),
    ({"answer": "late", "reason": "x", "expected": "2020"}, "This day has passed already"),
    ({"answer": "done", "evidence_url": "javascript:alert(1)"}, "Write a web address that begins with https://"),
    ({"answer": "done", "evidence_url": "ftp://example.org/"}, "Write a web address that begins with https://"),
    ({"answer": "done", "text": "x" * 4001}, "at most 4000 characters"),
    ({"answer": "done", "text": "a\x00b"}, "Null characters are not allowed."),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), BAD, ids=[message[:20] for _, message in BAD])
def test_post_of_something_wrong_says_what_and_loses_nothing(client, link, data, message):
    before = rows()
    response = client.post(link, {"text": "A long note", **data})
    page = response.content.decode()
    assert response.status_code == 200 and message in page and page.count("has not been sent yet") == 1
    assert data.get("text", "A long note")[:20].replace("\x00", "") in page.replace("\x00", "")
    typed = ("expected", "expected_words", "reason", "evidence_url")
    assert all(value in page for name, value in data.items() if name in typed)
    assert rows() == before


def test_page_asks_for_the_new_date_with_a_calendar(client, link):
    page = client.get(link).content.decode()
    assert page.count('<input type="date" id="id_expected" name="expected"') == 1


def test_post_without_any_cookie_is_taken(link):
    assert Client(enforce_csrf_checks=True).post(link, {"answer": "done"}).status_code == 302


FLOOD = SimpleUploadedFile("minutes.pdf", b"x" * 3_000_000)
FLOODS = {
    "one long field": {"data": {"answer": "done", "text": "x" * 3_000_000}},
    "an attached file": {"data": {"answer": "done", "file": FLOOD}},
    "many fields": {"data": {f"field{number}": "x" for number in range(1001)}},
    "a long body of another kind": {"data": b"x" * 3_000_000, "content_type": "text/plain"},
    "a broken form": {"data": b"x", "content_type": "multipart/form-data; boundary="},
    "an unknown charset": {"data": b"x", "content_type": "application/x-www-form-urlencoded; charset=utf-16"},
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
@pytest.mark.parametrize("page", ["answer", "stop"])
def test_post_of_what_is_no_form_of_ours_is_refused(client, reminder, link, page, flood):
    before = rows()
    FLOOD.seek(0)
    address = link if page == "answer" else stop_link(reminder.person).removeprefix(SITE)
    is_much = flood in list(FLOODS.values())[:4]
    assert client.post(address, **flood).status_code == (413 if is_much else 400)
    assert rows() == before
    reminder.person.refresh_from_db()
    assert reminder.person.unsubscribed_at is None


# Who then


@pytest.fixture
def known(reminder):
    """Colleagues known for the commitment, and people who are not."""
    organisation = make_organisation("ministry")
    reminder.commitment.parties.create(side="by", organisation=organisation)
    names = ("Bilal", "Chen", "Dara", "Esra", "Farid", "Left", "Closed")
    people = {name: make_focal_person(name) for name in names}
    people["Stranger"] = make_focal_person("Stranger", country=make_country("PAK"))
    FocalPoint.objects.update(deputy=people["Dara"], supervisor=people["Chen"])
    for name, office in (("Bilal", {}), ("Left", {"ends": date(2020, 1, 1)}), ("Closed", {})):
        FocalPoint.objects.create(commitment=reminder.commitment, person=people[name], **office)
    OrganisationFocalPoint.objects.create(
        organisation=organisation, person=people["Esra"], deputy=reminder.person, supervisor=people["Farid"]
    )
    people["Closed"].user = User.objects.create_user("closed", "closed@example.org", is_active=False)
    people["Closed"].save()
    return people


def offered(page):
    (select,) = parse(page).iter("select")
    return [option.text.strip() for option in select.iter("option")][1:]


def test_page_offers_the_colleagues_of_the_commitment_by_name_alone(client, link, known):
    page = client.get(link).content.decode()
    assert offered(page) == ["Bilal", "Chen", "Dara", "Esra", "Farid"]
    assert "Stranger" not in page and "Left" not in page and "@" not in page


def test_page_offers_nobody_where_nobody_else_is_known(client, link):
    page = client.get(link).content.decode()
    assert "<select" not in page and "Who is responsible?" in page


def test_post_of_a_picked_colleague_stores_the_person_and_shows_the_name(client, link, known):
    client.post(link, {"answer": "not_mine", "responsible": known["Esra"].pk, "responsible_words": "since May"})
    update = ProgressUpdate.objects.get()
    assert (update.responsible, update.responsible_words) == (known["Esra"], "since May")
    page = client.get(link).content.decode()
    assert "Esra" in page and "Esra@example.org" not in page


@pytest.mark.parametrize("who", ["Stranger", "Left", "nobody", "words"])
def test_post_of_somebody_who_is_not_offered_is_refused(client, link, known, who):
    before = rows()
    key = {"nobody": 10**9, "words": "x"}.get(who) or known[who].pk
    response = client.post(link, {"answer": "not_mine", "responsible": key})
    assert response.status_code == 200 and "Select a valid choice." in response.content.decode()
    assert rows() == before


def test_post_of_another_answer_keeps_nobody_picked(client, link, known):
    client.post(link, {"answer": "done", "responsible": known["Esra"].pk})
    assert ProgressUpdate.objects.get().responsible is None


# Done this time


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"recurrence": "FREQ=MONTHLY"}, "Recurring; this time due"),
        ({"due": "", "due_rule": "continuous"}, "Continuous, with no completion date"),
    ],
    ids=["recurring", "continuous"],
)
def test_done_of_what_comes_again_is_done_this_time_and_closes_nothing(client, reminder, link, fields, words):
    Commitment.objects.filter(pk=reminder.commitment_id).update(**fields)
    reminder.commitment.refresh_from_db()
    reminder.commitment.save()  # the days of the due date follow
    link = to(Reminder.objects.get())
    page = client.get(link).content.decode()
    assert words in page and "Done this time" in page and "All of it has been done." not in page
    client.post(link, {"answer": "done"})
    update = ProgressUpdate.objects.get()
    assert (update.answer, update.progress) == ("done", "")
    update.state = "published"
    update.save()
    reminder.commitment.refresh_from_db()
    assert reminder.commitment.progress == "no_information"
    assert reminder.commitment.schedule_on(date(2030, 1, 1)) != "closed"


# Asked again


def test_page_after_an_answer_was_returned_shows_the_question_and_what_was_answered(client, reminder, link, known):
    client.post(link, {"answer": "late", "reason": "Funds are short", "expected": "2199"})
    ProgressUpdate.objects.update(state="withdrawn", question="Whose funds?\nAnd since when?")
    assert "Whose funds?" in client.get(link).content.decode()  # the old link tells that it was returned
    assert client.post(link, {"answer": "done"}).status_code == 409
    again = make_reminder(reminder.commitment, reminder.person, round=1)
    page = client.get(to(again)).content.decode()
    for words in ("An editor asks", "Whose funds?<br>And since when?", "Funds are short", "What you answered on"):
        assert words in page
    assert "checked" not in page
    client.post(to(again), {"answer": "late", "reason": "Those of the ministry"})
    assert list(ProgressUpdate.objects.order_by("pk").values_list("state", "reminder")) == [
        ("withdrawn", reminder.pk),
        ("in_review", again.pk),
    ]


def test_page_of_the_deputy_shows_the_question_to_whom_they_stand_in_for(client, reminder, link, known):
    client.post(link, {"answer": "need_help", "text": "Nobody pays"})
    ProgressUpdate.objects.update(state="withdrawn", question="Which help?")
    page = client.get(to(make_reminder(reminder.commitment, known["Dara"], round=1))).content.decode()
    assert "Which help?" in page and "Nobody pays" in page and "What Ayesha Khan answered on" in page


def test_page_shows_the_question_as_long_as_the_answer_to_it_was_set_aside(client, reminder, link):
    client.post(link, {"answer": "need_help"})
    ProgressUpdate.objects.update(state="withdrawn", question="Which help?")
    client.post(to(make_reminder(reminder.commitment, reminder.person, round=1)), {"answer": "done"})
    ProgressUpdate.objects.filter(question="").update(state="withdrawn")
    later = make_reminder(reminder.commitment, reminder.person, round=1, stage=7)
    assert "Which help?" in client.get(to(later)).content.decode()


def test_page_shows_no_question_that_was_answered_since(client, reminder, link):
    client.post(link, {"answer": "need_help"})
    ProgressUpdate.objects.update(state="withdrawn", question="Which help?")
    client.post(to(make_reminder(reminder.commitment, reminder.person, round=1)), {"answer": "on_track"})
    later = make_reminder(reminder.commitment, reminder.person, round=1, stage=7)
    assert "Which help?" not in client.get(to(later)).content.decode()


def test_page_shows_no_question_to_anybody_else_nor_in_another_round(client, reminder, link, known):
    client.post(link, {"answer": "need_help"})
    ProgressUpdate.objects.update(state="withdrawn", question="Which help?")
    for another in (
        make_reminder(reminder.commitment, known["Bilal"], round=1),
        make_reminder(reminder.commitment, reminder.person, stage=7),
        make_reminder(make_due(reminder.person), reminder.person, round=1),
    ):
        page = client.get(to(another)).content.decode()
        assert "What became of" in page and "Which help?" not in page


def test_page_speaks_the_language_of_the_person_whatever_the_browser_says(client, reminder, link):
    reminder.person.language = "ur"
    reminder.person.save()
    client.cookies["django_language"] = "zh-hans"
    response = client.get(link, headers={"accept-language": "zh-CN"})
    page = response.content.decode()
    assert (response["Content-Language"], '<html lang="ur" dir="rtl"' in page) == ("ur", True)
    assert f'href="/ur/commitments/{reminder.commitment.reference}/"' in page
    assert 'id="languages"' not in page and "hreflang" not in page


@pytest.mark.parametrize(
    "changed",
    [{"title": "Another promise"}, {"text": "In other words"}, {"due": "2031"}],
    ids=lambda each: next(iter(each)),
)
def test_post_after_what_is_asked_was_changed_asks_once_more_and_takes_it_then(client, reminder, link, changed):
    asked = re.search(r'name="asked" value="(\w+)"', client.get(link).content.decode())[1]
    commitment = reminder.commitment
    for name, value in changed.items():
        setattr(commitment, name, value)
    commitment.save()
    answer = {"answer": "on_track", "text": "Half of it is built", "asked": asked}
    page = client.post(link, answer)
    assert page.status_code == 200 and not ProgressUpdate.objects.exists()
    words = page.content.decode()
    assert "was changed since you opened this page" in words and "Half of it is built" in words
    again = re.search(r'name="asked" value="(\w+)"', words)[1]
    assert again != asked
    assert client.post(link, answer | {"asked": again}).status_code == 302
    assert ProgressUpdate.objects.get().text == "Half of it is built"


def test_post_that_cannot_be_taken_gives_back_what_was_typed(client, reminder, link):
    answer = {"answer": "late", "reason": "The law is not passed", "text": "More next month"}
    assert client.post(link, answer).status_code == 302
    second = client.post(link, answer | {"text": "Typed a second time"})
    assert second.status_code == 409 and "Typed a second time" in second.content.decode()
    ProgressUpdate.objects.all().delete()
    reminder.commitment.closure = "dropped"
    reminder.commitment.save()
    closed = client.post(link, answer)
    assert closed.status_code == 410 and "More next month" in closed.content.decode()
    assert "What you typed" not in client.get(link).content.decode()
