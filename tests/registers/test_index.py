"""Lists read from the index of their register say what the database says, at once, and never what is not public."""

import random
import threading
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from pyroaring import BitMap

from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_working_group,
)
from tests.registers import world as of_the_tests
from tests.registers.asking import asked_at_random, same, told
from tests.registers.reading import ListPage
from tests.site.crowd import gather
from tracker.records.models import DataVersion, one_change, one_reading
from tracker.registers import index as index_module
from tracker.registers import keeping, parts, word_parts
from tracker.registers.index import Index
from tracker.registers.plan import parts_of
from tracker.site import pair_limits
from tracker.site.pair_limits import Limits
from tracker.site.pairs import all_pairs
from tracker.site.registers import REGISTERS

NAMES = {register.name: register for register in REGISTERS}
AGREEMENTS, COMMITMENTS, MEETINGS = (NAMES[name] for name in ("agreements", "commitments", "meetings"))
State = "draft", "in_review", "published", "withdrawn"


@pytest.mark.parametrize("register", REGISTERS, ids=NAMES)
@pytest.mark.django_db
def test_index_answers_as_the_database_does(register):
    with of_the_tests.for_a_while():
        today = localdate()
        read = {register, *(each.register() for each in register.related if each.register)}
        indexes = {each: Index.build(each, today) for each in read}
        for query in asked_at_random(register, random.Random(7), 40):
            assert told(register, query, today, indexes[register], indexes) == told(register, query, today), query


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ur", "zh-hans"])
def test_page_from_the_index_is_the_page_from_the_database(client, indexed, settings, language):
    with of_the_tests.for_a_while():
        for register in REGISTERS:
            keeping.prepare(register, localdate())
        for register in REGISTERS:
            for query in asked_at_random(register, random.Random(7), 4):
                address = f"{'' if language == 'en' else '/' + language}/{register.name}/?{query}"
                settings.INDEX_REGISTERS = False
                expected = client.get(address).content
                settings.INDEX_REGISTERS = True
                assert client.get(address).content == expected, address


@pytest.mark.django_db
def test_pages_that_count_by_indexes_are_those_that_count_by_the_database(client, indexed, settings):
    with of_the_tests.for_a_while():
        for address in ("/", "/pairs/", "/ur/pairs/", "/countries/PAK/", "/pairs.svg", "/statistics.svg"):
            assert_same_by_both(client, settings, address)


def assert_same_by_both(client, settings, address):
    settings.INDEX_REGISTERS = False
    expected = client.get(address).content
    settings.INDEX_REGISTERS = True
    for register in REGISTERS:
        keeping.prepare(register, localdate())
    assert client.get(address).content == expected, address


@pytest.mark.django_db
@pytest.mark.parametrize("is_large", [False, True])
def test_pair_by_indexes_is_the_pair_by_the_database(client, indexed, settings, monkeypatch, is_large):
    if is_large:
        monkeypatch.setattr(pair_limits, "MOST_DATED", 0)
        few = {"open": 2, "rows": 2, "forums": 2, "sessions": 0, "numbers": 2}
        monkeypatch.setattr(pair_limits, "OF_LARGE_PAIRS", Limits(**few, is_by_record=False))
    with of_the_tests.for_a_while():
        gather_a_pair()
        for pair in all_pairs(localdate()):
            assert_same_by_both(client, settings, f"/pairs/{pair.code}/")
        for language in ("ur", "zh-hans"):
            assert_same_by_both(client, settings, f"/{language}/pairs/CHN-PAK/")


def gather_a_pair():
    """Beside what the world has: a meeting of a hidden group, days of all kinds, what is late and what is not."""
    with one_change():
        forum = make_forum("both", ["CHN", "PAK"])
        hidden = make_working_group("hidden", forum=forum, state="draft")
        make_meeting(forum=forum, working_group=hidden, title="Of a hidden group")
        for place, held in enumerate(("2020", "../2021", "2021/..", "", "XXXX-07-02", "2019/2022")):
            meeting = make_meeting(forum=forum if place % 2 else None, held=held)
            make_agreement(signed=held, count=place + 1)
            hidden_meeting = make_meeting(held=held, state="draft")
            for strength, due in (("agreed", "2020"), ("committed", ""), ("proposed", "2021"), ("invited", "2190")):
                make_commitment(meeting=meeting, strength=strength, due=due)
                make_commitment(meeting=hidden_meeting, strength=strength, due=due)
                make_commitment(agreement=make_agreement(signed=held), strength=strength, due=due)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_pair_asks_as_often_for_few_as_for_many(client, indexed, number):
    gather(number)
    for register in REGISTERS:
        keeping.prepare(register, localdate())
    with CaptureQueriesContext(connection) as asked:
        client.get("/pairs/CHN-PAK/")
    # The version and the two countries; which meetings are sessions, how many documents there are; agreements; forums,
    # their sessions, dates and heads; other meetings; groups, their stages; commitments; citations, their sources; who
    # answers for what, and what they are called.
    assert len(asked) == 17


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_home_asks_the_database_for_what_it_names_alone(client, indexed, number):
    with one_change():
        for place in range(number):
            make_commitment(title=f"Commitment {place}", due="2019")
            make_agreement(signed="2020")
    for register in (AGREEMENTS, MEETINGS, COMMITMENTS):
        keeping.prepare(register, localdate())
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    # The version, the countries of the pairs, agreements, meetings, commitments.
    assert len(asked) == 5


@pytest.mark.django_db
def test_list_shows_a_change_at_once(client, indexed):
    first, second = make_agreement(title="Alpha"), make_agreement(title="Beta")
    assert indexed(client, "/agreements/?sort=title").titles == ["Alpha", "Beta"]
    first.title = "Gamma"
    first.save()
    assert indexed(client, "/agreements/?sort=title").titles == ["Beta", "Gamma"]
    second.state = "withdrawn"
    second.save()
    assert indexed(client, "/agreements/?sort=title").titles == ["Gamma"]
    make_agreement(title="Delta")
    page = indexed(client, "/agreements/?sort=-title")
    assert page.titles == ["Gamma", "Delta"]
    first.delete()
    assert indexed(client, "/agreements/?sort=title").titles == ["Delta"]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [state for state in State if state != "published"])
def test_index_that_has_not_heard_of_it_shows_nothing_that_is_not_public(client, indexed, state):
    _kept, hidden = make_agreement(title="Kept"), make_agreement(title="Hidden")
    assert indexed(client, "/agreements/?sort=title").titles == ["Hidden", "Kept"]
    # Without a word to anybody: no version moves, no history is written.
    type(hidden).objects.filter(pk=hidden.pk).update(state=state)
    assert indexed(client, "/agreements/?sort=title").titles == ["Kept"]
    assert "Hidden" not in client.get("/agreements/").content.decode()


@pytest.mark.django_db
def test_name_of_a_body_that_changes_or_is_hidden_follows_in_every_list(client, indexed):
    forum = make_forum("jcc", name="Old name")
    make_agreement(title="Alpha", forum=forum)
    assert "Old name" in client.get("/agreements/").content.decode()
    indexed(client, "/agreements/")
    forum.name = "New name"
    forum.save()
    body = client.get("/agreements/").content.decode()
    assert ("New name" in body, "Old name" in body) == (True, False)
    forum.state = "withdrawn"
    forum.save()
    assert "New name" not in client.get("/agreements/").content.decode()


@pytest.mark.django_db
def test_name_of_a_value_goes_with_the_last_record_that_has_it():
    kept = make_agreement(forum=make_forum("kept", name="Kept forum"))
    last = make_agreement(forum=make_forum("gone", name="Forum of what is hidden"))
    today = localdate()
    former = Index.build(AGREEMENTS, today)
    last.state = "withdrawn"
    last.save()
    index = former.caught_up(former.backlog(today))
    assert index.values("forum").names == {"en": {"kept": "Kept forum"}}
    assert list(index.all) == [kept.pk]


@pytest.mark.django_db
def test_next_day_moves_what_depends_on_the_day_alone(monkeypatch):
    make_commitment(title="Soon", due="2026-12-01", strength="agreed")
    today = localdate().replace(2026, 11, 20)
    index = Index.build(COMMITMENTS, today)
    later = index.caught_up(index.backlog(today.replace(2026, 12, 5)))
    assert (index.values("schedule").keys.keys(), later.values("schedule").keys.keys()) == ({"due_soon"}, {"overdue"})
    assert later.values("country") is index.values("country")


@pytest.mark.django_db
def test_what_a_change_does_not_touch_is_shared_and_the_former_index_stays_as_it_was():
    make_agreement(title="Alpha", type="mou")
    today = localdate()
    former = Index.build(AGREEMENTS, today)
    make_agreement(title="Beta", type="treaty")
    later = former.caught_up(former.backlog(today))
    assert (len(former.all), len(later.all)) == (1, 2)
    assert (former.values("type").keys.keys(), later.values("type").keys.keys()) == ({"mou"}, {"mou", "treaty"})
    assert later.values("type").keys["mou"] is former.values("type").keys["mou"]


@pytest.mark.django_db
def test_more_changes_than_can_be_learned_build_it_anew(monkeypatch):
    monkeypatch.setattr(index_module, "MOST_LEARNED", 3)
    today = localdate()
    former = Index.build(AGREEMENTS, today)
    for number in range(5):
        make_agreement(title=f"Agreement {number}")
    backlog = former.backlog(today)
    assert backlog.anew == parts_of(AGREEMENTS).keys()
    assert len(former.caught_up(backlog).all) == 5


@pytest.mark.django_db
def test_what_must_be_caught_up_is_found_with_as_little_for_many_changes_as_for_one():
    """To put the records of a register together takes longer than to look at a change."""
    asked, today = [], localdate()
    register = replace(AGREEMENTS, records=lambda day: asked.append(day) or AGREEMENTS.records(day))
    index = Index.build(register, today)
    numbers = []
    for number in (1, 1, 10):  # the first time what each part reads is found out
        with one_change():
            for _agreement in range(number):
                make_agreement()
        asked.clear()
        index = index.caught_up(index.backlog(today))
        numbers.append(len(asked))
    assert numbers[1] == numbers[2]


@pytest.mark.django_db
def test_data_of_an_earlier_version_build_it_anew():
    today = localdate()
    make_agreement(title="Alpha")
    former = Index.build(AGREEMENTS, today)
    DataVersion.objects.update(number=0)
    assert former.backlog(today).anew == parts_of(AGREEMENTS).keys()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 40])
def test_places_are_found_however_many_there_are(monkeypatch, number):
    """A few at a time are asked about, the first and the last place and those without a value among them."""
    monkeypatch.setattr(parts, "PROBES", 3)
    monkeypatch.setattr(parts, "MOST_PLACED", 100)
    today, chance = localdate(), random.Random(3)
    with one_change():
        for place in range(number):
            make_agreement(title=f"Title {chance.randint(1, 20)}", signed=chance.choice(["", f"20{place % 30:02}"]))
    former = Index.build(AGREEMENTS, today)
    for title, signed in (("A", "1990"), ("Z", "2035"), ("Title 7", ""), ("title 7", "2010-05"), ("Ü", "2010")):
        make_agreement(title=title, signed=signed)
    index = former.caught_up(former.backlog(today))
    for sort in AGREEMENTS.sort_choices:
        assert told(AGREEMENTS, f"sort={sort}", today, index) == told(AGREEMENTS, f"sort={sort}", today), sort


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_list_asks_the_database_for_the_rows_of_its_page_alone(client, indexed, number):
    with one_change():
        for place in range(number):
            make_commitment(title=f"Commitment {place}")
    indexed(client, "/commitments/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/commitments/")
    # The version, the rows, and for these their parties and themes.
    assert len(asked) == 4


@pytest.mark.django_db(transaction=True)
def test_first_readers_are_answered_by_the_database_until_a_thread_has_built_the_index(client, indexed):
    make_agreement(title="Alpha")
    today = localdate()
    assert keeping.ready(AGREEMENTS, today) is None
    assert ListPage(client.get("/agreements/")).titles == ["Alpha"]
    for thread in threading.enumerate():
        if thread.name == "index of agreements":
            thread.join()
    index = keeping.ready(AGREEMENTS, today)
    assert index is not None and len(index.all) == 1


@pytest.mark.django_db(transaction=True)
def test_slow_work_is_left_to_a_thread(indexed, monkeypatch):
    today, country = localdate(), make_country("CHN")
    make_agreement(("CHN", "PAK"), title="Alpha")
    keeping.prepare(AGREEMENTS, today)
    monkeypatch.setattr(keeping, "SECONDS_TO_WAIT_FOR", -1)
    country.name = "Another name"
    country.save()
    assert keeping.ready(AGREEMENTS, today) is None
    for thread in threading.enumerate():
        if thread.name == "index of agreements":
            thread.join()
    assert keeping.ready(AGREEMENTS, today).values("country").names["en"]["CHN"] == "Another name"


@pytest.mark.django_db
def test_index_that_another_thread_puts_in_meanwhile_is_not_taken_unseen(indexed, monkeypatch):
    today, is_current = localdate(), keeping._is_current
    make_agreement(title="Alpha")
    keeping.prepare(AGREEMENTS, today)
    kept = keeping._kept_of(AGREEMENTS)
    older = kept.index
    make_agreement(title="Beta")
    keeping.prepare(AGREEMENTS, today)

    def look(index, version, day):
        kept.index = older
        return is_current(index, version, day)

    monkeypatch.setattr(keeping, "_is_current", look)
    assert len(keeping.ready(AGREEMENTS, today).all) == 2


@pytest.mark.django_db(transaction=True)
def test_reading_is_of_one_state_though_somebody_writes_meanwhile():
    make_meeting(title="Alpha")

    def write():
        try:
            make_meeting(title="Beta")
        finally:
            connection.close()

    with one_reading():
        before = MEETINGS.records(localdate()).count()
        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        assert MEETINGS.records(localdate()).count() == before == 1
    assert MEETINGS.records(localdate()).count() == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_once_the_reading_is_over():
    with one_reading():
        assert DataVersion.current() == 0
    with transaction.atomic(durable=True):
        make_meeting(title="Alpha")
    with pytest.raises(ValueError), one_reading():
        raise ValueError
    make_meeting(title="Beta")
    assert MEETINGS.records(localdate()).count() == 2


@pytest.mark.django_db
def test_words_that_are_learned_one_by_one_are_those_of_all(monkeypatch):
    monkeypatch.setattr(word_parts, "MOST_STALE", 2)
    today = localdate()
    agreements = [make_agreement(title=f"Alpha {number}") for number in range(3)]
    index = Index.build(AGREEMENTS, today)
    for number, agreement in enumerate([*agreements, *agreements]):
        agreement.title = f"Beta {number}" if number % 2 else "Alpha again"
        agreement.save()
        index = index.caught_up(index.backlog(today))
        assert same(index, Index.build(AGREEMENTS, today)), number
    key = agreements[0].pk
    agreements[0].delete()
    index = index.caught_up(index.backlog(today))
    words = index.parts["words", "names"]
    assert (same(index, Index.build(AGREEMENTS, today)), words.stale) == (True, BitMap([key]))
    assert len(words.beginning_with("al")) + len(words.beginning_with("bet")) == 2
