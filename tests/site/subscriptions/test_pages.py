"""The pages of subscriptions: only their forms change anything, and nobody learns who is subscribed."""

import re
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client

from tests.factories import make_agreement, make_forum
from tests.mail.side_by_side import side_by_side
from tests.site.subscriptions.readers import ASKED, NEW, ONE_CLICK, READER, SITE, ask, link, mails, make, subscribe
from tracker.mail.models import Delivery
from tracker.site.subscriptions import asking, links
from tracker.site.subscriptions.models import Subscriber, Subscription

pytestmark = pytest.mark.django_db

MARK = re.compile(r'name="opened" value="[^"]*"')
OTHER = "bilal@example.org"


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Subscriber, Subscription, Delivery)]


def path(of):
    return of.removeprefix(SITE)


# The form


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?list=agreements", ["Agreements"]),
        ("?list=commitments&country=PAK&country=CHN&schedule=overdue", ["Commitments", "Pakistan", "China", "overdue"]),
        ("?list=changes&country=PAK", ["Agreements, meetings and commitments", "Pakistan"]),
        ("?list=search&q=fibre&country=PAK", ["Search for “fibre”", "Pakistan"]),
        ("?list=agreements&record={record}", ["On fibre"]),
        ("?list=forums&record=jcc", ["Joint Committee"]),
    ],
)
def test_form_says_in_words_what_is_followed_and_is_kept_nowhere(client, query, words):
    make_forum("jcc", ["CHN", "PAK"], name="Joint Committee")
    record = make_agreement(("CHN", "PAK"), title="On fibre").reference
    before = rows()
    answer = client.get(NEW + query.format(record=record))
    page = answer.content.decode()
    assert [word for word in words if word not in page] == []
    assert (answer.status_code, answer["Cache-Control"], answer["X-Robots-Tag"], str(answer.cookies)) == (
        200,
        "private, no-store",
        "noindex, nofollow",
        "",
    )
    assert rows() == before


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("?list=commitments&country=PAK&country=CHN", 3),
        ("?list=changes&country=PAK", 6),
        ("?list=agreements&record=AGR-0001", 3),
    ],
)
def test_form_asks_the_database_for_little_and_no_more_for_many_records(
    client, django_assert_max_num_queries, query, most
):
    for _number in range(40):
        make_agreement(("CHN", "PAK"))
    with django_assert_max_num_queries(most):
        assert client.get(NEW + query).status_code == 200


@pytest.mark.parametrize("query", ["", "?list=nothing", "?list=agreements&record=AGR-9999", "?list=search&record=x&q="])
def test_form_for_what_is_not_there(client, query):
    answer = client.get(NEW + query)
    assert answer.status_code == 404 or "cannot be followed" in answer.content.decode()


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_form_for_a_hidden_record_is_that_for_none(client, state):
    hidden = make_agreement(title="Xyzzy", state=state).reference
    answers = [client.get(f"{NEW}?list=agreements&record={name}") for name in (hidden, "AGR-9999")]
    bodies = [answer.content.decode().replace(hidden, "").replace("AGR-9999", "") for answer in answers]
    assert bodies[0] == bodies[1] and {answer.status_code for answer in answers} == {404}


def test_form_for_a_withdrawn_record_says_that_it_is_gone(client):
    record = make_agreement()
    record.state = "withdrawn"
    record.withdrawal_reason = "An error"
    record.save()
    assert client.get(f"{NEW}?list=agreements&record={record.reference}").status_code == 410


def test_words_of_a_reader_are_text_on_pages_and_in_mail(client):
    query = "?list=search&q=" + quote('<b onload="x">fibre')
    assert "<b " not in client.get(NEW + query).content.decode().partition("<main")[2]
    ask(client, query)
    (message,) = mails()
    assert "<b " not in message.alternatives[0][0].partition("<table")[2]
    assert "\n" not in message.subject
    for purpose in ("confirm", "manage", "stop"):
        assert "<b " not in client.get(link(message, purpose)).content.decode().partition("<main")[2]


def test_filter_that_cannot_be_read_is_named_and_there_is_no_form(client):
    page = client.get(f"{NEW}?list=agreements&country=XXX").content.decode()
    assert "“XXX” is not a known value here." in page and "<form method" not in page
    assert ask(client, "?list=agreements&country=XXX").status_code == 200
    assert not Subscription.objects.exists()


def test_same_question_in_another_order_is_the_same_subscription(client):
    make_agreement(("CHN", "PAK"))
    ask(client, "?list=agreements&country=PAK&country=CHN&sort=title&page=1&utm_source=x")
    ask(client, "?country=CHN&list=agreements&country=PAK&country=CHN")
    assert {each.query for each in Subscription.objects.all()} == {"country=CHN&country=PAK"}


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.org, b@example.org", "a b@example.org", "é@x.org"])
def test_what_is_no_address_is_said_beside_the_field_and_nothing_saved(client, address):
    answer = ask(client, address=address)
    assert answer.status_code == 200 and "field-error" in answer.content.decode()
    assert not Subscriber.objects.exists() and mails() == []


def test_form_of_a_program_is_refused_and_what_was_typed_stays(client):
    answer = ask(client, homepage="https://spam.example").content.decode()
    assert READER in answer and "A field that is to stay empty" in answer
    assert not Subscription.objects.exists()


# Nobody learns who is subscribed


def test_answer_is_the_same_for_an_address_known_or_not(client):
    subscribe(client)
    mails()
    answers = [ask(client, address=address) for address in (READER, READER.upper(), OTHER)]
    assert {(answer.status_code, answer["Location"], answer.content) for answer in answers} == {(302, ASKED, b"")}
    assert {message.to[0] for message in mails()} == {READER, OTHER}


def test_more_messages_than_a_day_may_have_are_not_sent_and_the_answer_is_the_same(client):
    answers = [ask(client, f"?list={name}") for name in ("agreements", "meetings", "forums", "themes", "sources")]
    answers += [ask(client, "?list=countries")]
    assert {answer["Location"] for answer in answers} == {ASKED}
    assert len(mails()) == asking.MOST_MAILS_A_DAY == Subscription.objects.count() == 5
    ask(client, address=OTHER)
    assert len(mails()) == 1


# To confirm


def test_link_that_confirms_changes_nothing_when_opened(client):
    ask(client)
    (message,) = mails()
    address, before = link(message, "confirm"), rows()
    for method in (client.get, client.head, client.options, client.put):
        answer = method(address)
        assert answer["Cache-Control"] == "no-store, private" and answer["Referrer-Policy"] == "no-referrer"
    assert rows() == before
    assert "Be told of these changes by mail?" in client.get(address).content.decode()


def test_second_confirmation_changes_nothing_and_one_of_the_same_takes_the_place_of_the_first(client):
    first = subscribe(client, frequency="daily")
    Subscription.objects.filter(pk=first.pk).update(told_version=0)
    second = subscribe(client, frequency="weekly")
    before = rows()
    client.post(path(links.confirm_link(second)))
    client.post(path(links.confirm_link(first)))
    assert rows() == before
    first.refresh_from_db()
    assert (first.why_stopped, second.frequency, second.told_version) == ("replaced", "weekly", 0)
    assert Subscription.objects.active().get() == second


@pytest.mark.django_db(transaction=True)
def test_confirmations_at_once_are_one(client):
    ask(client)
    (message,) = mails()
    assert side_by_side(4, lambda: Client().post(link(message, "confirm")).status_code) == [200] * 4
    assert Subscription.objects.active().count() == 1


def test_address_with_as_many_as_one_may_have_is_told_so_by_its_own_link(client):
    for number in range(asking.MOST_OF_AN_ADDRESS):
        make(query=f"q=word{number}")
    ask(client)
    (message,) = mails()
    answer = client.post(link(message, "confirm"))
    assert answer.status_code == 409 and "20 subscriptions" in answer.content.decode()
    assert Subscription.objects.active().count() == asking.MOST_OF_AN_ADDRESS


def test_link_that_confirms_works_for_a_week(client, monkeypatch):
    ask(client)
    (message,) = mails()
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() + 8 * 24 * 3600)
    answer = client.post(link(message, "confirm"))
    assert answer.status_code == 410 and "This link has expired" in answer.content.decode()
    assert not Subscription.objects.active().exists()


# To change and to stop


def test_page_of_an_address_shows_all_it_is_told_of_and_nothing_of_others(client):
    make(query="q=fibre"), make(followed="changes"), make(OTHER, followed="meetings")
    mine = Subscriber.objects.get(address=READER).subscriptions.first()
    before = rows()
    page = client.get(path(links.manage_link(mine))).content.decode()
    assert ("fibre" in page, "Agreements, meetings and commitments" in page) == (True, True)
    assert page.count('class="managed"') == 2
    assert READER not in page and OTHER not in page
    assert rows() == before


def test_page_of_an_address_changes_and_stops_its_own_alone(client):
    mine, also, others = make(), make(followed="meetings"), make(OTHER)
    address = path(links.manage_link(mine))
    client.post(address, {"subscription": others.pk, "stop": "1"})
    client.post(address, {"subscription": others.pk, "frequency": "weekly"})
    client.post(address, {"subscription": mine.pk, "frequency": "hourly"})
    client.post(address, {"subscription": "x", "stop": "1"})
    assert {each.frequency for each in Subscription.objects.active()} == {"daily"}
    assert Subscription.objects.active().count() == 3
    client.post(address, {"subscription": mine.pk, "frequency": "weekly"})
    client.post(address, {"subscription": also.pk, "stop": "1"})
    mine.refresh_from_db(), also.refresh_from_db()
    assert (mine.frequency, also.is_active, also.why_stopped) == ("weekly", False, "by_reader")
    client.post(address, {"stop_all": "1"})
    assert list(Subscription.objects.active()) == [others]


@pytest.mark.parametrize("query", ["", "?stop=1", "?List-Unsubscribe=One-Click"])
@pytest.mark.parametrize("method", ["get", "head", "options", "put"])
def test_link_that_stops_changes_nothing_when_opened(client, method, query):
    address, before = path(links.stop_link(make())), rows()
    answer = getattr(client, method)(address + query)
    assert answer.status_code == (200 if method in ("get", "head") else 405)
    assert rows() == before


@pytest.mark.parametrize("content", [None, "application/x-www-form-urlencoded"], ids=["multipart", "urlencoded"])
def test_one_click_of_a_mail_program_stops_one_subscription(content):
    subscription, other = make(), make(followed="meetings")
    data = {"data": ONE_CLICK} if content is None else {"data": "List-Unsubscribe=One-Click", "content_type": content}
    answer = Client(enforce_csrf_checks=True).post(path(links.stop_link(subscription)), **data)
    assert (answer.status_code, str(answer.cookies)) == (200, "")
    assert list(Subscription.objects.active()) == [other]
    before = rows()
    Client().post(path(links.stop_link(subscription)), ONE_CLICK)
    assert rows() == before


def test_what_was_stopped_before_it_was_confirmed_cannot_be_confirmed(client):
    ask(client)
    (message,) = mails()
    client.post(link(message, "stop"))
    assert "not told of this any more" in client.post(link(message, "confirm")).content.decode()
    assert not Subscription.objects.active().exists()


@pytest.mark.parametrize("purpose", ["confirm", "stop", "manage"])
@pytest.mark.parametrize("token", ["x", "WzFd:1xV0cp:t8_XAv4Tq7Q2ESWCYC5CXaINzf", "%20", "ا", "a" * 5000])
def test_link_that_is_forged_is_not_found(client, purpose, token):
    make()
    before = rows()
    for method in (client.get, client.head, client.post):
        assert method(f"/subscriptions/{purpose}/{token}/").status_code == 404
    assert rows() == before


def test_link_is_good_for_one_purpose(client):
    subscription = make(confirmed_at=None, told_version=None, looked_on=None)
    tokens = {
        name: getattr(links, f"{name}_link")(subscription).split("/")[-2] for name in ("confirm", "stop", "manage")
    }
    for name, token in tokens.items():
        others = [client.post(f"/subscriptions/{other}/{token}/").status_code for other in tokens if other != name]
        assert others == [404, 404]


def test_link_of_what_was_erased_says_so(client):
    subscription = make()
    addresses = [path(each(subscription)) for each in (links.confirm_link, links.stop_link, links.manage_link)]
    Subscriber.objects.all().delete()
    assert {client.post(address).status_code for address in addresses} == {410}


@pytest.mark.parametrize(("language", "direction"), [("ur", "rtl"), ("zh-hans", "ltr")])
def test_mail_and_pages_are_in_the_language_in_which_it_was_asked(client, language, direction):
    ask(client, page=f"/{language}{NEW}")
    (message,) = mails()
    for purpose in ("confirm", "stop"):
        address = link(message, purpose)
        assert address.startswith(f"/{language}/")
        assert f'<html lang="{language}" dir="{direction}"' in client.get(address).content.decode()
    assert f'lang="{language}" dir="{direction}"' in message.alternatives[0][0]
    assert Subscription.objects.get().language == language
