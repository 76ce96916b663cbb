"""The order of commitments by what waits most: the same in lists, by database and by index, and on pages of pairs."""

import json

import pytest
from django.utils.timezone import localdate

from agreements.models import Country
from meetings.models import ProgressUpdate
from meetings.registers import COMMITMENTS
from tests.factories import make_commitment, make_meeting
from tracker.registers import keeping
from tracker.site.pair import PairPage

pytestmark = pytest.mark.django_db

IN_ORDER = [
    "overdue, last heard of in 1990",
    "overdue, promised in 2005",
    "overdue, nobody knows since when",
    "promised in 1950",
    "promised in 2001",
    "heard of in 2020",
    "nobody knows since when",
]


@pytest.fixture(params=[False, True], ids=["database", "index"])
def reader(request, settings, tmp_path):
    settings.INDEX_REGISTERS, settings.INDEX_FOLDER = request.param, tmp_path
    keeping.forget()

    def prepare():
        if request.param:
            keeping.prepare(COMMITMENTS, localdate())

    yield prepare
    keeping.forget()


def make(title, held, due="", heard=""):
    commitment = make_commitment(title=title, due=due, meeting=make_meeting(held=held))
    if heard:
        ProgressUpdate.objects.create(commitment=commitment, as_of=heard, progress="started", state="published")


@pytest.fixture
def world():
    make("promised in 2001", "2001")
    make("overdue, promised in 2005", "2005-03-04", due="2010")
    make("heard of in 2020", "1960", heard="2020-05")
    make("nobody knows since when", "")
    make("overdue, nobody knows since when", "", due="2010")
    make("promised in 1950", "1950")
    make("overdue, last heard of in 1990", "1980", due="1985", heard="1990")


def titles(client, address):
    return [record["title"] for record in json.loads(client.get(address).getvalue())["records"]]


def test_what_is_overdue_comes_first_then_the_longest_silence_and_last_what_nobody_can_tell(client, world, reader):
    reader()
    assert titles(client, "/commitments.json?sort=silence") == IN_ORDER
    known = IN_ORDER[:-1]
    assert titles(client, "/commitments.json?sort=-silence") == [*known[::-1], IN_ORDER[-1]]


def test_page_of_a_pair_begins_as_its_list_does(world, reader):
    reader()
    china, pakistan = Country.objects.order_by("code").filter(code__in=["CHN", "PAK"])
    page = PairPage(china, pakistan, localdate())
    assert [each.title for each in page.lists.open] == IN_ORDER[: len(page.lists.open)]


def test_pages_of_the_api_go_on_where_the_last_one_ended(client, world, reader):
    reader()
    for sort in ("silence", "-silence"):
        whole = titles(client, f"/commitments.json?sort={sort}")
        address, found = f"/api/v1/commitments/?sort={sort}&page_size=2&fields=title", []
        while address:
            page = client.get(address).json()
            found += [record["title"] for record in page["records"]]
            address = page["next"]
        assert found == whole


def test_order_follows_what_is_heard_and_what_falls_due(client, world, reader):
    reader()
    titles(client, "/commitments.json?sort=silence")
    make("overdue, promised in 1900", "1900", due="1901")
    ProgressUpdate.objects.create(
        commitment=COMMITMENTS.records(localdate()).get(title="promised in 1950"),
        as_of="2024",
        progress="started",
        state="published",
    )
    expected = ["overdue, promised in 1900", *IN_ORDER]
    expected.insert(6, expected.pop(4))
    assert titles(client, "/commitments.json?sort=silence") == expected
