"""A message about very much: mail programs show it to its end, the way out is near its top, and one page has it all."""

import re
from datetime import timedelta

import pytest
from django.core import signing

from meetings.followups import answers, digest, sheet, sheet_mail
from meetings.followups.planner import plan_digests
from meetings.models import Coordinator, FocalPoint, ProgressUpdate, Reminder
from tests.factories import make_country, make_meeting
from tests.meetings.followups import coordinating
from tests.meetings.followups.asking import NOON, TODAY, make_due, make_focal_person, make_limited_agreement
from tests.meetings.followups.test_digest import html, render
from tracker.mail.models import Delivery
from tracker.records.models import one_change

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
# A token says in which second it was made.
LIST, STOP = re.compile(r"/follow-up/list/([^/]+)/"), re.compile(r"/follow-up/stop/([^/]+)/")
ANSWER = re.compile(r'href="http://testserver/follow-up/([^/"]+)/"')
RECORD = re.compile(r"^http://testserver/\S*commitments/COM-\d+/$", re.MULTILINE)
# Of an HTML part; larger ones are cut off.
SHOWN_TO_THE_END = 102 * 1024
SENTENCES = {
    "en": "Both sides will set up a joint desk for exporters of digital services. ",
    "ur": "فریقین ڈیجیٹل خدمات کے برآمد کنندگان کے لیے مشترکہ ڈیسک قائم کریں گے۔ ",
    "zh-hans": "双方将为数字服务出口商设立联合服务台，并每季度举行一次会议。",
}
TITLES = {"en": "Joint desk {}", "ur": "مشترکہ ڈیسک {}", "zh-hans": "联合服务台{}"}


@one_change()
def make_many(person, number, language="en", times=3):
    meeting, side = make_meeting(("PAK", "CHN")), make_country("PAK")
    for each in range(number):
        commitment = make_due(
            person,
            days=-each,
            title=f"{TITLES[language].format(each)}: {SENTENCES[language] * times}"[:200].strip(),
            text=SENTENCES[language] * times,
            meeting=meeting,
        )
        text = SENTENCES[language] * times
        ProgressUpdate.objects.create(
            commitment=commitment, state="published", side=side, as_of="2026-05", progress="limited", text=text
        )


def items_in(message):
    return len(RECORD.findall(message.body))


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize(("times", "least"), [(3, 20), (60, 15)], ids=["usual texts", "very long texts"])
def test_digest_of_45_items_is_shown_to_its_end_and_says_how_many_more_there_are(language, times, least):
    person = make_focal_person(language=language)
    make_many(person, 45, language, times)
    plan_digests(NOON)
    message = render()
    shown = items_in(message)
    assert least <= shown <= 20
    assert len(html(message).encode()) < SHOWN_TO_THE_END
    assert "45" in message.subject
    for part in (message.body, html(message)):
        first, second = LIST.findall(part)
        assert answers.message_of(first) == (Delivery.objects.get(), person) and first == second
        assert f"{shown}" in part and f"{45 - shown}" in part


def test_digest_of_twenty_items_is_whole_and_leads_nowhere_else():
    person = make_focal_person()
    make_many(person, 20)
    plan_digests(NOON)
    message = render()
    assert items_in(message) == 20
    for part in (message.body, html(message)):
        assert "All of them" not in part and "more:" not in part


def test_digest_of_many_keeps_what_is_longest_overdue_and_counts_all_that_belongs_under_a_heading(monkeypatch):
    monkeypatch.setattr(digest, "MOST_ITEMS", 3)
    person = make_focal_person()
    Coordinator.objects.create(person=person)
    make_limited_agreement(title="Pact")
    for days in (-1, -9, 3, -5, 0):
        make_due(person, days=days, title=f"Due {days}")
    plan_digests(NOON)
    message = render()
    assert message.subject == "5 commitments, first “Due -9” – 9 days overdue"
    assert [line for line in message.body.splitlines() if line.startswith(("Due ", "===="))] == [
        "======== Overdue ========",
        "Due -9",
        "Due -5",
        "Due -1",
    ]
    assert "3 overdue, 1 due today, 1 due soon" in " ".join(message.body.split())
    assert "This message has room for 3 of 6. All of them, on one page:\n" in message.body
    assert "And 3 more:\n" in message.body
    assert "Overdue <span" in html(message) and "(3)" in html(message)


def test_way_out_stands_near_the_top_of_every_letter():
    person = make_focal_person()
    make_many(person, 21)
    plan_digests(NOON)
    forum, coordinator = coordinating.make_coordinated_forum()
    coordinating.make_outstanding(forum)
    coordinating.planned()
    messages = [render(kind=digest.KIND), coordinating.letter()]
    for message, reader in zip(messages, [person, coordinator], strict=True):
        ways = [list(STOP.finditer(part)) for part in (message.body, html(message).partition("<body")[2])]
        tokens = {way[1] for part in ways for way in part}
        assert [len(part) for part in ways] == [2, 2] and len(tokens) == 1
        assert answers.person_of(*tokens) == reader
        assert ways[0][0].start() < 700 and ways[1][0].start() < 1500
        assert STOP.findall(message.extra_headers["List-Unsubscribe"]) == list(tokens)


def test_sheet_of_very_much_is_shown_to_its_end_and_notes_no_record_that_it_had_no_room_for(monkeypatch):
    forum, coordinator = coordinating.make_coordinated_forum(language="zh-hans")
    person = make_focal_person()
    words = SENTENCES["zh-hans"] * 6
    with one_change():
        for number in range(120):
            make_meeting(forum=forum, held="2026-11-01", title=f"{number} {words}"[:300])
        for number in range(60):
            coordinating.make_outstanding(forum, person, title=f"{number} {words}"[:200])
    coordinating.planned()
    delivery = Delivery.objects.get(kind=sheet.KIND)
    writer = sheet_mail.SheetWriter([delivery], NOON)
    message = writer.write(delivery)
    assert 80_000 < len(html(message).encode()) < SHOWN_TO_THE_END
    shown = message.body.count("/change/")
    assert 0 < shown < 120
    writer.once_sent(delivery)()
    assert Reminder.objects.filter(person=coordinator, role="no_outcomes").count() == shown


def test_text_that_is_too_long_for_a_letter_ends_with_an_ellipsis():
    commitment = make_due(make_focal_person(), text="word " * 300)
    ProgressUpdate.objects.create(
        commitment=commitment, state="published", assessor="A", as_of="2026", progress="limited", text="note " * 300
    )
    plan_digests(NOON)
    words = " ".join(render().body.split())
    assert words.count("word") == 100 and words.count("note") == 50 and words.count("…") == 2


# The page with all of it


@pytest.fixture
def person():
    return make_focal_person("Ayesha Khan", email="ayesha@example.org")


@pytest.fixture
def link(person):
    for number in range(3):
        make_due(person, days=-number, title=f"Number {number}")
    plan_digests(NOON)
    return answers.list_link(Delivery.objects.get(), person).removeprefix(SITE)


def rows():
    models = (Reminder, ProgressUpdate, Delivery)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_page_lists_what_the_message_says_with_its_links(client, person, link):
    before = rows()
    response = client.get(link)
    page = response.content.decode()
    assert response.status_code == 200 and "Ayesha Khan" in page
    assert {answers.reminder_of(token) for token in ANSWER.findall(page)} == set(Reminder.objects.all())
    assert all(reminder.commitment.reference in page for reminder in Reminder.objects.all())
    assert [page.index(f"Number {number}") for number in (2, 1, 0)] == sorted(
        page.index(f"Number {number}") for number in range(3)
    )
    assert rows() == before
    headers = ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")
    assert [response[name] for name in headers] == ["no-store, private", "no-referrer", "noindex, nofollow"]
    assert client.head(link).status_code == 200
    assert client.post(link, {"answer": "done"}).status_code == 405
    assert rows() == before


def test_page_leaves_out_what_was_answered_closed_or_withdrawn_meanwhile(client, link):
    first, second, third = Reminder.objects.order_by("commitment__title")
    answers.record(first, {"answer": "done"}, TODAY)
    second.commitment.state = "withdrawn"
    second.commitment.save()
    page = client.get(link).content.decode()
    assert ["Number 0" in page, "Number 1" in page, "Number 2" in page] == [False, False, True]
    FocalPoint.objects.filter(commitment=third.commitment).delete()
    response = client.get(link)
    assert (response.status_code, "no longer asked" in response.content.decode()) == (410, True)


def test_page_in_the_language_of_the_mail(client, person, link):
    type(person).objects.filter(pk=person.pk).update(language="ur")
    response = client.get(link)
    assert response["Content-Language"] == "ur" and 'dir="rtl"' in response.content.decode()


def test_link_to_the_page_is_good_for_nothing_else_and_ends_with_the_others(client, link, settings, person):
    token = link.rstrip("/").rpartition("/")[2]
    assert client.get(f"/follow-up/{token}/").status_code == 404
    assert client.get(f"/follow-up/stop/{token}/").status_code == 404
    reminder = Reminder.objects.first()
    for other in (answers.link(reminder), answers.stop_link(person)):
        token = other.rstrip("/").rpartition("/")[2]
        assert client.get(f"/follow-up/list/{token}/").status_code == 404
    with pytest.raises(signing.BadSignature):
        answers.message_of("WzEsMV0:1xV0cp:t8_XAv4Tq7Q2ESWCYC5CXaINzf")
    settings.FOLLOWUP_LINK_DAYS = 0
    response = client.get(link)
    assert (response.status_code, "has expired" in response.content.decode()) == (410, True)


@pytest.mark.parametrize("gone", ["message", "person", "reminders"])
def test_page_of_a_message_that_is_gone_is_closed(client, link, person, gone):
    if gone != "message":
        Reminder.objects.all().delete()
    if gone == "person":
        FocalPoint.objects.all().delete()
        person.delete()
    if gone == "message":
        Reminder.objects.all().delete()
        Delivery.objects.all().delete()
    assert client.get(link).status_code == 410


def test_page_asks_as_often_for_thirty_items_as_for_three(client, link, person, django_assert_num_queries):
    def count(expected):
        with django_assert_num_queries(expected):
            client.get(link)

    count(16)
    Delivery.objects.update(state=Delivery.State.SENT, sent_at=NOON)
    meeting = make_meeting()
    for _ in range(30):
        make_due(person, days=1, meeting=meeting)
    plan_digests(NOON + timedelta(days=1))
    link = answers.list_link(Delivery.objects.latest("pk"), person).removeprefix(SITE)
    with django_assert_num_queries(16):
        assert client.get(link).content.decode().count("/commitments/COM-") > 30
