"""Alerts: when they are due, what they tell, and that each change is told once to each who follows it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import ProgressUpdate
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting
from tests.mail.side_by_side import side_by_side
from tests.site.secrets import HIDDEN, WORD
from tests.site.subscriptions.readers import READER, alerts_of, at, mails, make, tomorrow
from tracker.mail.models import Delivery, RefusedAddress
from tracker.records.models import DataVersion
from tracker.site.subscriptions import alerts
from tracker.site.subscriptions.models import Alert, Subscription
from tracker.site.subscriptions.told import MOST_LINES

pytestmark = pytest.mark.django_db

OTHER = "bilal@example.org"


def titles(message, *known):
    return [title for title in known if title in message.body]


# When


@pytest.mark.parametrize(
    ("frequency", "moment", "day"),
    [
        ("daily", at(4, 8), date(2026, 3, 4)),
        ("daily", at(4, 7, 59), date(2026, 3, 3)),
        ("weekly", at(9, 8), date(2026, 3, 9)),
        ("weekly", at(9, 7, 59), date(2026, 3, 2)),
        ("weekly", at(15, 23), date(2026, 3, 9)),
    ],
)
def test_period_begins_at_eight_by_the_clock_of_the_site(frequency, moment, day):
    assert alerts.period(frequency, moment) == day


def test_alert_is_due_once_in_each_period_and_only_when_something_changed():
    daily, weekly = make(looked_on=date(2026, 3, 1)), make(OTHER, frequency="weekly", looked_on=date(2026, 2, 23))
    make_agreement()
    assert alerts.plan(at(2, 7)) == 0
    assert alerts.plan(at(2, 8)) == 2
    assert alerts.plan(at(2, 23)) == 0
    make_agreement()
    assert alerts.plan(at(3, 8)) == 1
    assert alerts.plan(at(4, 8)) == 0
    assert alerts.plan(at(9, 8)) == 1
    keys = set(Delivery.objects.values_list("key", flat=True))
    assert keys == {
        f"alert:{daily.pk}:2026-03-02",
        f"alert:{daily.pk}:2026-03-03",
        f"alert:{weekly.pk}:2026-03-02",
        f"alert:{weekly.pk}:2026-03-09",
    }


def test_what_changed_while_the_server_was_away_is_told_once_when_it_is_back():
    make(looked_on=date(2026, 3, 1))
    make_agreement(title="While it was away")
    assert alerts.plan(at(20, 16)) == 1
    assert alerts.plan(at(20, 17)) == 0


@pytest.mark.django_db(transaction=True)
def test_planners_at_once_queue_one_alert_for_each(settings):
    for number in range(20):
        make(f"r{number}@example.org")
    make_agreement()
    assert sum(side_by_side(4, lambda: alerts.plan(tomorrow()))) == 20
    assert Delivery.objects.count() == Alert.objects.count() == 20


def test_killed_before_its_end_a_planner_has_neither_queued_nor_moved_a_mark(monkeypatch):
    subscription = make()
    make_agreement()
    monkeypatch.setattr(Subscription.objects.__class__, "bulk_update", None, raising=False)
    with pytest.raises(TypeError):
        alerts.plan(tomorrow())
    monkeypatch.undo()
    assert (Delivery.objects.count(), Alert.objects.count()) == (0, 0)
    before = subscription.told_version
    subscription.refresh_from_db()
    assert subscription.told_version == before
    assert alerts.plan(tomorrow()) == 1


def test_planner_that_another_has_overtaken_moves_no_mark_back(monkeypatch):
    make()
    real = alerts._newest

    def overtaken(*asked):
        found = real(*asked)
        monkeypatch.setattr(alerts, "_newest", real)
        make_agreement()
        assert alerts.plan(tomorrow()) == 1
        return found

    monkeypatch.setattr(alerts, "_newest", overtaken)
    assert alerts.plan(tomorrow()) == 0
    assert Subscription.objects.get().told_version == DataVersion.current()


def test_day_that_has_its_message_leaves_what_is_new_to_the_next_one():
    make(looked_on=date(2026, 3, 1))
    make_agreement()
    assert alerts.plan(at(2, 8)) == 1
    told = Alert.objects.get().until
    Subscription.objects.update(looked_on=date(2026, 3, 1))  # as from a backup
    make_agreement()
    assert alerts.plan(at(2, 9)) == 0
    assert alerts.plan(at(3, 8)) == 1
    assert Alert.objects.latest("pk").since == told


# What


def test_alert_tells_what_changed_and_nothing_twice():
    first = make_agreement(title="First")
    make_agreement(title="Untouched")
    make()
    first.description = "Another"
    first.save()
    make_agreement(title="Second")
    message = alerts_of(1)[READER]
    assert message.subject == "2 changes: Agreements"
    assert titles(message, "First", "Second", "Untouched") == ["First", "Second"]
    assert message.body.index("Second") < message.body.index("First")
    assert "changed · " in message.body and "newly published · " in message.body
    assert alerts_of(2) == {}
    first.description = "Again"
    first.save()
    assert titles(alerts_of(3)[READER], "First", "Second") == ["First"]


def test_change_between_planning_and_sending_is_told_the_next_time_and_not_lost():
    record, other = make_agreement(title="Twice"), make_agreement(title="Once")
    make()
    for each in (record, other):
        each.description = "A change"
        each.save()
    alerts.plan(tomorrow())
    record.description = "One more"
    record.save()
    Delivery.objects.update(not_before=timezone.now())
    (message,) = mails()
    assert titles(message, "Twice", "Once") == ["Once"]
    assert titles(alerts_of(2)[READER], "Twice", "Once") == ["Twice"]


def test_what_only_the_desk_sees_is_no_change():
    record = make_agreement()
    make()
    record.editors_note = "To be looked at again"
    record.save()
    assert alerts_of() == {}


def test_answer_that_is_published_is_a_change_of_its_commitment():
    commitment = make_commitment(title="Lay fibre")
    make(followed="commitments")
    update = ProgressUpdate.objects.create(commitment=commitment, progress="partial", as_of="2026", state="in_review")
    assert alerts_of(1) == {}
    update.state = "published"
    update.save()
    assert titles(alerts_of(2)[READER], "Lay fibre") == ["Lay fibre"]


def test_alert_of_more_than_a_mail_has_room_for_says_how_many_more():
    make()
    for number in range(MOST_LINES + 3):
        make_agreement(title=f"Paper {number:02}.")
    message = alerts_of()[READER]
    assert message.subject == "33 changes: Agreements"
    assert titles(message, *(f"Paper {number:02}." for number in range(33))) == [f"Paper {n:02}." for n in range(3, 33)]
    assert "And 3 more:\nhttp://testserver/agreements/" in message.body
    assert message.alternatives[0][0].count("newly published") == MOST_LINES


def test_each_is_told_of_what_they_follow(client):
    forum = make_forum("jcc", ["CHN", "PAK"])
    record = make_agreement(("LKA", "PAK"), title="One record")
    make("all@example.org", "changes")
    make("pair@example.org", "changes", "country=CHN&country=PAK")
    make("words@example.org", "search", "q=fibre")
    make("list@example.org", "agreements", "country=LKA")
    make("record@example.org", "agreements", record=record.pk)
    make("forum@example.org", "forums", record=forum.pk)
    make_agreement(("CHN", "PAK"), title="On fibre")
    make_meeting(("LKA", "UZB"), title="A meeting")
    record.description = "Changed"
    record.save()
    told = {
        address.partition("@")[0]: titles(message, "On fibre", "A meeting", "One record")
        for address, message in alerts_of().items()
    }
    assert told == {
        "all": ["On fibre", "A meeting", "One record"],
        "pair": ["On fibre"],
        "words": ["On fibre"],
        "list": ["One record"],
        "record": ["One record"],
    }


def test_alert_is_in_the_language_in_which_it_was_asked():
    make_agreement(("CHN", "PAK"))
    make(language="ur", query="country=PAK")
    make(OTHER, language="zh-hans", query="country=PAK")
    make_agreement(("CHN", "PAK"), title="Signed")
    found = alerts_of()
    assert "http://testserver/ur/agreements/AGR-0002/" in found[READER].body
    assert 'lang="ur" dir="rtl"' in found[READER].alternatives[0][0]
    assert "协议：Pakistan" in found[OTHER].subject
    assert "http://testserver/zh-hans/agreements/?country=PAK" in found[OTHER].body


# What not


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_nobody_is_told_of_what_is_not_public(hidden):
    body = make_forum("xyzzy", ["CHN", "PAK"], name=f"{WORD} forum", **hidden)
    public = make_meeting(("CHN", "PAK"), title="Of a hidden forum", forum=body)
    record = make_agreement(title=f"{WORD} paper", **hidden)
    follow = [("changes", 0), ("search", 0), ("agreements", 0), ("forums", 0), ("agreements", record.pk)]
    for number, (followed, key) in enumerate(follow):
        make(f"r{number}@example.org", followed, f"q={WORD}" if followed == "search" else "", record=key)
    public.summary = "Changed"
    public.save()
    record.description = f"{WORD} changed"
    record.save()
    make_agreement(title=f"{WORD} new", **hidden)
    found = alerts_of()
    assert {address: titles(each, WORD, "Of a hidden forum") for address, each in found.items()} == {
        "r0@example.org": ["Of a hidden forum"]
    }
    assert [each for each in found.values() if WORD in each.subject + each.alternatives[0][0]] == []


def test_record_that_was_withdrawn_before_the_mail_was_written_is_not_named():
    make()
    record = make_agreement(title=f"{WORD} paper")
    alerts.plan(tomorrow())
    record.state, record.withdrawal_reason = "withdrawn", "An error"
    record.save()
    Delivery.objects.update(not_before=timezone.now())
    assert mails() == []
    assert Delivery.objects.get().state == Delivery.State.WITHDRAWN


def test_filter_that_names_nothing_any_more_tells_of_nothing():
    forum = make_forum("jcc", ["CHN", "PAK"])
    make(followed="meetings", query="forum=jcc")
    forum.state, forum.withdrawal_reason = "withdrawn", "An error"
    forum.save()
    make_meeting(title="Other")
    assert alerts_of() == {}


def test_stopped_subscription_is_told_of_nothing_not_even_what_waits():
    subscription = make()
    make_agreement()
    alerts.plan(tomorrow())
    Subscription.objects.update(stopped_at=timezone.now(), why_stopped="by_reader")
    Delivery.objects.update(not_before=timezone.now())
    assert mails() == []
    subscription.refresh_from_db()
    assert (subscription.is_active, Delivery.objects.get().state) == (False, Delivery.State.WITHDRAWN)


def test_address_that_the_server_refused_for_good_is_told_of_nothing_more(smtp_sink, transactional_db):
    make(), make(followed="meetings"), make(OTHER)
    smtp_sink.refuse(READER)
    make_agreement()
    alerts_of(1)
    assert [each.recipients for each in smtp_sink.wait_for(1)] == [(OTHER,)]
    assert RefusedAddress.objects.get().address == READER
    make_agreement()
    alerts_of(2)
    assert len(smtp_sink.wait_for(2)) == 2
    assert {each.why_stopped for each in Subscription.objects.filter(subscriber__address=READER)} == {"refused"}


def test_sending_alerts_does_not_move_the_data_version():
    make()
    make_agreement()
    before = DataVersion.current()
    assert len(alerts_of()) == 1
    assert DataVersion.current() == before


# What it costs


def queries(work):
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


@pytest.mark.parametrize("people", [1, 40])
def test_queries_of_the_planner_do_not_grow_with_the_readers_of_a_list(people):
    for number in range(people):
        make(f"r{number}@example.org", language=["en", "ur"][number % 2])
    make_agreement()
    assert queries(lambda: alerts.plan(tomorrow())) <= 24
    assert Delivery.objects.count() == people


@pytest.mark.parametrize("people", [2, 40])
def test_queries_of_a_batch_grow_with_what_sending_takes_alone(people):
    for number in range(people):
        make(f"r{number}@example.org")
    for _number in range(10):
        make_agreement()
    alerts.plan(tomorrow())
    Delivery.objects.update(not_before=timezone.now())
    sent = []
    assert queries(lambda: sent.extend(mails())) <= 40 + 6 * people
    assert len(sent) == people
