"""Who follows a list by cursors meets each record that is there all the time once, whatever happens to the others."""

import random

import pytest
from django.db.models import Max
from django.http import QueryDict
from django.utils.timezone import localdate

from agreements.models import Agreement, AgreementEvent
from agreements.registers import AGREEMENTS
from tests.factories import make_agreement
from tests.parts import thinned
from tests.registers import world as of_the_tests
from tracker.records.models import DataVersion, one_change, one_reading
from tracker.registers import keeping
from tracker.registers.listing import Listing
from tracker.registers.paging import BadCursor, Cursor, page_of
from tracker.site.registers import REGISTERS

NAMES = {register.name: register for register in REGISTERS}
TITLES = ["", "A", "a", "Ä", "Beta", "beta", "谅解", "معاہدہ", "Zeta"]
DAYS = [None, "2019", "2021-05", "2021-05-03", "2026-01-28", "../2020"]
SORTS = ["title", "-title", "signed", "-signed", "target", "reference"]


def listed(register, sort, query=""):
    params = QueryDict(f"sort={sort}&{query}")
    listing = Listing(register, params, localdate(), DataVersion.current())
    assert listing.errors == {}
    return listing


def page(register, sort, text, size, query=""):
    """The page at a written cursor, and the written cursors of its neighbours."""
    with one_reading():
        cursor = Cursor.read(text, register, sort) if text else None
        found = page_of(listed(register, sort, query), cursor, size)
    following, previous = (each and each.written(register, sort) for each in (found.following, found.previous))
    return found.keys, following, previous, found.total


def walked(register, sort, size, query="", between=lambda keys: None):
    """All keys forwards, page by page, and the cursor of the last page."""
    keys, text = [], None
    while True:
        found, following, previous, _total = page(register, sort, text, size, query)
        keys += found
        between(found)
        if following is None:
            return keys, previous
        text = following


def walked_back(register, sort, size, text, query="", between=lambda keys: None):
    """The keys before a cursor, page by page, in the order of the list."""
    keys = []
    while text:
        found, _following, text, _total = page(register, sort, text, size, query)
        keys = found + keys
        between(found)
    return keys


@pytest.fixture(params=[False, True], ids=["database", "index"])
def is_indexed(request, settings, tmp_path):
    settings.INDEX_REGISTERS, settings.INDEX_FOLDER = request.param, tmp_path
    keeping.forget()
    yield request.param
    keeping.forget()


def prepare():
    for register in REGISTERS:
        keeping.prepare(register, localdate())


@pytest.mark.parametrize(("name",), thinned([(name,) for name in NAMES], lambda name: name in ("agreements", "forums")))
@pytest.mark.django_db
def test_pages_in_both_directions_are_the_list(is_indexed, name):
    register = NAMES[name]
    with of_the_tests.for_a_while():
        if is_indexed:
            prepare()
        for sort in register.sort_choices:
            whole = list(listed(register, sort).keys())
            assert (is_indexed, len(whole) > 1) == (listed(register, sort).found_by_index is not None, True)
            for size in (1, 2, len(whole), 200):
                found, previous = walked(register, sort, size)
                last = found[-(len(found) % size or size) :]
                assert found == whole
                assert walked_back(register, sort, size, previous) + last == whole, (sort, size)
            assert page(register, sort, None, 1)[3] == len(whole)


class Changes:
    """Publishes, withdraws and moves records at random, and most often those at the end of a page."""

    def __init__(self, chance, still, restless):
        self.chance, self.still, self.restless = chance, still, restless

    def __call__(self, keys):
        with one_change():
            ends = [key for key in (keys[:1] + keys[-1:]) if key in self.restless]
            for key in {*ends, *self.chance.sample(sorted(self.restless), 3)}:
                self._change(Agreement.objects.get(pk=key))
            if self.chance.random() < 0.5:
                self._make(self.restless)

    def _change(self, agreement):
        if self.chance.random() < 0.5:
            agreement.state = "withdrawn" if agreement.state == "published" else "published"
            agreement.save()
            return
        agreement.title = self.chance.choice(TITLES)
        agreement.save()
        AgreementEvent.objects.filter(agreement=agreement).delete()
        if day := self.chance.choice(DAYS):
            AgreementEvent.objects.create(agreement=agreement, kind="signed", on=day)

    def _make(self, among):
        agreement = make_agreement(
            self.chance.choice([("CHN", "PAK"), ("CHN", "LKA")]),
            self.chance.choice(DAYS),
            title=self.chance.choice(TITLES),
            description="x",
            state=self.chance.choice(["published", "withdrawn", "published"])
            if among is self.restless
            else "published",
        )
        among.add(agreement.pk)

    def build(self, number):
        with one_change():
            for _each in range(number):
                self._make(self.still)
                self._make(self.restless)


@pytest.mark.parametrize(("sort",), thinned([(sort,) for sort in SORTS], lambda sort: sort in ("title", "-signed")))
@pytest.mark.django_db
def test_record_that_is_there_all_the_time_is_met_once_whatever_happens_to_others(is_indexed, sort):
    chance = random.Random(f"{sort}")
    changes = Changes(chance, set(), set())
    changes.build(7)
    prepare()
    for query, size in (("", 1), ("country=PAK", 4)):
        inside = {*listed(AGREEMENTS, sort, query).keys()} & changes.still
        keys, previous = walked(AGREEMENTS, sort, size, query, changes)
        assert sorted(key for key in keys if key in changes.still) == sorted(inside)
        ends = [key for key in keys[-size:] if key in inside]
        back = [key for key in walked_back(AGREEMENTS, sort, size, previous, query, changes) if key in inside]
        assert sorted({*back, *ends}) == sorted(inside) and len(back) == len({*back})


@pytest.mark.django_db
def test_page_goes_on_where_its_last_record_was_though_that_was_withdrawn_or_moved(is_indexed):
    titles = ["B", "D", "F", "H", "J"]
    keys = {title: make_agreement(title=title).pk for title in titles}
    prepare()
    found, following, _previous, total = page(AGREEMENTS, "title", None, 2)
    assert (found, total) == ([keys["B"], keys["D"]], 5)
    for change in ({"state": "withdrawn"}, {"state": "published", "title": "Z"}, {"title": "A"}, {"title": ""}):
        record = Agreement.objects.get(pk=keys["D"])
        for name, value in change.items():
            setattr(record, name, value)
        record.description = "x"
        record.save()
        found, _following, previous, _total = page(AGREEMENTS, "title", following, 2)
        assert found == [keys["F"], keys["H"]], change
        assert page(AGREEMENTS, "title", previous, 1)[0] == [keys["B"]]
        record.title = "D"
        record.save()
    for record in Agreement.objects.all():
        record.state = "withdrawn"
        record.save()
    found, further, previous, total = page(AGREEMENTS, "title", following, 2)
    assert (found, further, total) == ([], None, 0) and Cursor.read(previous, AGREEMENTS, "title").is_backward


@pytest.mark.django_db
def test_cursor_of_another_order_register_or_hand_is_refused():
    text = Cursor("A", 1).written(AGREEMENTS, "title")
    assert Cursor.read(text, AGREEMENTS, "title") == Cursor("A", 1)
    for register, sort in ((AGREEMENTS, "-title"), (NAMES["forums"], "name")):
        with pytest.raises(BadCursor):
            Cursor.read(text, register, sort)
    for broken in ("", ":", "x", text[1:], text[:-1], f"{text}x", text.upper(), "é:\x00"):
        with pytest.raises(BadCursor):
            Cursor.read(broken, AGREEMENTS, "title")


@pytest.mark.django_db
def test_index_that_has_moved_on_meanwhile_is_not_asked(settings, tmp_path):
    settings.INDEX_REGISTERS, settings.INDEX_FOLDER = True, tmp_path
    keeping.forget()
    make_agreement(title="A")
    prepare()
    listing = listed(AGREEMENTS, "title")
    listing.version -= 1
    listing.found_by_index.index.all.add(Agreement.objects.aggregate(Max("pk"))["pk__max"] + 1)
    assert page_of(listing, None, 5).total == 1
    keeping.forget()
