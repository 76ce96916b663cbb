"""What stands around the rows of a list: facets with counts, chips, orders, pages, and words for the number."""

from datetime import timedelta
from itertools import pairwise
from string import ascii_uppercase

import pytest
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.timezone import localdate

from agreements.models import Agreement, Country, Organisation
from meetings.models import Commitment, Meeting
from meetings.registers import COMMITMENTS
from tests.factories import PUBLISHED, make_agreement, make_commitment, make_meeting
from tests.parts import thinned
from tests.registers.reading import ListPage, filled
from tracker.records.models import fill_search_entries
from tracker.registers import listing, views
from tracker.registers.filters import InvolvesAll
from tracker.registers.listing import Listing
from tracker.site.registers import REGISTERS

NAMES = [register.name for register in REGISTERS]
BY_NAME = {register.name: register for register in REGISTERS}
# Filters that leave something, as the reader may have set them before looking at the facets.
STATES = {
    "agreements": ["country=CHN", "theme=digital&country=PAK", "type=mou&type=plan", "signed_after=2016"],
    "meetings": ["country=PAK", "forum=jcc", "held_after=2021&status=held"],
    "commitments": ["country=PAK", "by=PAK", "forum=jcc&schedule=overdue", "q=t", "due_before=2023"],
    "forums": ["country=PAK"],
    "working-groups": ["country=PAK", "stage=proposed"],
    "organisations": ["kind=agency", "country=CHN"],
    "people": ["country=CHN", "role=co_chair&country=LKA", "signed_for=PAK"],
    "countries": ["forum=jcc"],
    "themes": ["kind=finer"],
    "sources": ["evidence=news"],
}
# Between them, their facets are of all kinds.
KINDS_OF_FACETS = ("agreements", "commitments")


def left(register, query):
    """The number of records that a query leaves; None where it cannot be read."""
    asked = Listing(BY_NAME[register], QueryDict(query), timezone.now())
    return None if asked.errors else asked.records.count()


@pytest.fixture
def unreported(world):
    """A meeting whose day has passed without a report, for as long as the test takes."""
    meeting = make_meeting(("CHN", "PAK"), title="Announced", status="tentative", held="2020-02")
    yield
    meeting.delete()


@pytest.mark.parametrize(
    ("register", "state"),
    thinned(
        [(name, state) for name in NAMES for state in ["", *STATES[name]]],
        lambda name, state: not state or (name in KINDS_OF_FACETS and state == STATES[name][0]),
    ),
)
def test_facets_when_an_option_is_followed_leave_as_many_records_as_they_counted(
    world, unreported, read, register, state
):
    page = read(f"/{register}/?{state}")
    filters = BY_NAME[register].filterset.base_filters
    counted, found = {}, {}
    for facet, options in page.facets.items():
        chosen = [pair for pair in filled(state) if pair[0] == facet]
        # One more value of such a filter adds its records to the list, and its number is that of its own ones.
        others = () if isinstance(filters[facet], InvolvesAll) else chosen
        for value, (_label, number) in options.items():
            if (facet, value) not in chosen:
                counted[facet, value] = number
                found[facet, value] = left(register, page.apply((facet, value), *others))
    assert counted == found
    assert state or {facet for facet, _value in counted} == {facet.name for facet in BY_NAME[register].facets}


def test_facet_counts_of_the_world_are_these(world, read):
    assert read("/agreements/").facets["country"] == {
        "CHN": ("China", 4),
        "PAK": ("Pakistan", 4),
        "LKA": ("Sri Lanka", 2),
        "SAU": ("Saudi Arabia", 2),
        "UZB": ("Uzbekistan", 1),
    }
    # Within the present choice, for a further country narrows the list; the chosen ones come first.
    facets = read("/agreements/?country=CHN").facets
    assert facets["country"] == {
        "CHN": ("China", 4),
        "PAK": ("Pakistan", 3),
        "LKA": ("Sri Lanka", 1),
        "SAU": ("Saudi Arabia", 1),
    }
    assert next(iter(facets["country"])) == "CHN"
    assert facets["theme"] == {
        "cloud": ("Cloud", 2),
        "digital": ("Digital economy", 2),
        "caches": ("Caches", 1),
        "skills": ("Skills", 1),
    }
    assert read("/commitments/").facets["schedule"] == {
        "closed": ("Completed or closed", 2),
        "no_deadline": ("No deadline", 2),
        "due_soon": ("Due soon", 1),
        "not_yet_due": ("Not yet due", 1),
        "overdue": ("Overdue", 1),
    }


@pytest.mark.parametrize(
    ("address", "chips"),
    [
        (
            "/agreements/?country=CHN&country=PAK",
            {("Country", "China"): "country=PAK", ("Country", "Pakistan"): "country=CHN"},
        ),
        ("/agreements/?country=CHN&sort=title&page=1", {("Country", "China"): "sort=title"}),
        (
            "/agreements/?type=mou&q=alpha",
            {("Type", "memorandum of understanding"): "q=alpha", ("Words", "alpha"): "type=mou"},
        ),
        ("/agreements/?signed_after=2021", {("Signed or adopted on or after", "2021"): ""}),
        (
            "/meetings/?forum=jcc&status=held",
            {("Forum", "Joint Cooperation Committee"): "status=held", ("Status", "held"): "forum=jcc"},
        ),
        ("/themes/", {}),
    ],
)
def test_chips_when_followed_remove_their_own_filter_and_nothing_else(world, read, address, chips):
    page = read(address)
    assert {name: filled(remove) for name, remove in page.chips.items()} == {
        name: filled(query) for name, query in chips.items()
    }
    before = len(page.rows)
    for remove in page.chips.values():
        assert len(read(address.partition("?")[0] + remove).rows) >= before


def test_chip_of_a_meeting_shows_its_title(world, read):
    tenth = Meeting.objects.get(title="Tenth")
    assert list(read(f"/commitments/?meeting={tenth.reference}").chips) == [("Meeting", "Tenth")]


def test_chosen_value_of_which_nothing_is_left_is_named_in_its_facet(world, read):
    page = read("/meetings/?forum=jcc&status=cancelled")
    assert page.facets["forum"]["jcc"] == ("Joint Cooperation Committee", 0)
    assert page.facets["status"]["cancelled"] == ("Cancelled", 0)
    beside_an_error = read("/meetings/?forum=jcc&held_after=nonsense")
    assert beside_an_error.chips.keys() >= {("Forum", "Joint Cooperation Committee")}


def test_chip_in_urdu_and_facet_in_urdu_name_the_country_in_urdu(world, client):
    page = ListPage(client.get("/ur/agreements/?country=PAK"))
    assert [value for _label, value in page.chips] == ["پاکستان"]
    assert page.facets["country"]["PAK"] == ("پاکستان", 4)


@pytest.mark.parametrize(
    "address",
    [
        "/agreements/?country=CHN&theme=cloud&q=a&signed_after=2020&sort=title",
        "/agreements/?organisation=telecom&forum=jcc&binding=non_binding&level=government&status=signed&type=mou",
        "/commitments/?by=PAK&due_before=2200&progress=limited&working_group=it-group",
        "/commitments/?meeting={meeting}&country=PAK",
        "/commitments/?agreement={agreement}",
        "/forums/?organisation=moitt",
        "/working-groups/?theme=cloud&stage=active",
        "/sources/?language=ur&evidence=news&published_after=2020",
    ],
)
def test_form_when_applied_unchanged_keeps_every_filter_in_use(world, read, address):
    tenth, gamma = Meeting.objects.get(title="Tenth"), Agreement.objects.get(title="Gamma")
    address = address.format(meeting=tenth.reference, agreement=gamma.reference)
    page = read(address)
    assert page.rows
    assert filled(page.apply()) == filled(address.partition("?")[2])


@pytest.mark.parametrize(
    "address",
    ["/agreements/?country=CHN&signed_after=tomorrow", "/commitments/?schedule=overdue&forum=jcc&due_after=x"],
)
def test_form_with_a_bad_value_when_it_is_mended_keeps_the_other_filters(world, read, address):
    page = read(address)
    assert page.rows == []
    mended = page.apply(signed_after="2020", due_after="2020")
    expected = address.partition("?")[2].replace("tomorrow", "2020").replace("due_after=x", "due_after=2020")
    assert filled(mended) == filled(expected)


ORDERS = [
    ("agreements", "-signed", "Epsilon Zeta Alpha Beta Delta Gamma"),
    ("agreements", "signed", "Beta Alpha Zeta Epsilon Gamma Delta"),
    ("agreements", "title", "Alpha Beta Delta Epsilon Gamma Zeta"),
    ("agreements", "-title", "Zeta Gamma Epsilon Delta Beta Alpha"),
    ("agreements", "reference", "Alpha Beta Gamma Delta Epsilon Zeta"),
    ("meetings", "-held", "Thirteenth Three Tenth Before Group"),
    ("meetings", "held", "Before Tenth Three Thirteenth Group"),
    ("meetings", "-session", "Thirteenth Tenth Before Group Three"),
    ("commitments", "due", "Dropped,Lay,Train,Meet,Share,Build,Open"),
    ("commitments", "-due", "Share,Meet,Train,Lay,Dropped,Open,Build"),
    ("forums", "-name", "Joint Joint Digital"),
    ("working-groups", "forum", "IT Trade Quiet"),
    ("organisations", "country", "Reform Telecom Ministry World"),
    ("people", "-name", "Ning Asad Aruni"),
    ("countries", "-code", "Uzbekistan Saudi Pakistan Sri China"),
    ("themes", "name", "Caches Cloud Digital Skills"),
]


@pytest.mark.parametrize(("register", "sort", "expected"), ORDERS, ids=[f"{case[0]}-{case[1]}" for case in ORDERS])
def test_list_when_sorted_has_this_order_and_what_has_no_date_comes_last(world, read, register, sort, expected):
    titles = read(f"/{register}/?sort={sort}").titles
    assert [title.split()[0] for title in titles] == expected.replace(",", " ").split()


def test_sources_when_sorted_put_open_beginnings_by_the_day_that_is_known(world, read):
    assert read("/sources/?sort=-published").titles[:3] == ["Gazette", "Daily", "Lanka"]
    assert read("/sources/?sort=published").titles[:3] == ["Lanka", "Daily", "Gazette"]


@pytest.mark.parametrize("register", NAMES)
def test_heads_when_clicked_sort_and_when_clicked_again_turn_round(world, read, register):
    page = read(f"/{register}/?page=1&{'evidence=official&evidence=news' if register == 'sources' else ''}")
    assert page.heads
    for label, (address, _direction) in page.heads.items():
        once = read(f"/{register}/{address}")
        turned, direction = once.heads[label]
        sorted_heads = [name for name, (_address, state) in once.heads.items() if state]
        assert (sorted_heads, direction in ("ascending", "descending")) == ([label], True)
        twice = read(f"/{register}/{turned}")
        assert {direction, twice.heads[label][1]} == {"ascending", "descending"}
        assert sorted(once.rows) == sorted(twice.rows) == sorted(page.rows)


@pytest.mark.parametrize("register", NAMES)
def test_list_in_its_own_order_marks_the_head_it_is_sorted_by(world, read, register):
    (marked,) = [state for _address, state in read(f"/{register}/").heads.values() if state]
    assert marked == ("descending" if BY_NAME[register].default_sort.startswith("-") else "ascending")


@pytest.fixture
def many(db):
    meeting = make_meeting(title="Only one")
    Commitment.objects.bulk_create(
        Commitment(
            reference=f"COM-{number + 100:04}",
            title=f"Number {number:02}",
            strength="agreed",
            state=PUBLISHED,
            meeting=meeting,
        )
        for number in range(65)
    )
    fill_search_entries()


def test_pages_when_followed_hold_every_record_once_and_in_order(many, read):
    address, titles, pages = "/commitments/?q=number&sort=title", [], 0
    while address:
        page = read(address)
        assert filled(address.partition("?")[2].partition("&page=")[0]) == [("q", "number"), ("sort", "title")]
        titles += page.titles
        pages += 1
        address = page.link("next") and "/commitments/" + page.link("next")
    assert (pages, titles) == (3, [f"Number {number:02}" for number in range(65)])
    assert filled(page.link("prev")) == [("page", "2"), ("q", "number"), ("sort", "title")]


def test_pages_say_which_they_are_and_the_first_and_last_lead_no_further(many, read):
    first, last = read("/commitments/"), read("/commitments/?page=3")
    assert (first.link("prev"), last.link("next")) == (None, None)
    assert first.count == last.count == "65 commitments"
    words = " ".join("".join(last.root.find(".//nav[@class='pagination']/p").itertext()).split())
    assert words == "Page 3 of 3 · 61–65 of 65 records"
    assert read("/meetings/").link("next") is None


@pytest.mark.parametrize("page", ["4", "0", "-1", "abc", "1.5", "9999", "9" * 5000, "1e3", "٣٣", "last", "' OR 1=1"])
def test_page_that_is_not_there_is_404(many, client, page):
    assert client.get("/commitments/", {"page": "3"}).status_code == 200
    assert client.get("/commitments/", {"page": page}).status_code == 404


def test_filter_when_set_on_a_later_page_starts_at_the_first(many, read):
    page = read("/commitments/?page=3")
    assert "page" not in dict(filled(page.apply(q="number")))
    assert all("page" not in dict(filled(address)) for address, _state in page.heads.values())


@pytest.mark.django_db
def test_count_is_in_words_for_none_one_and_several(read):
    empty = read("/agreements/")
    assert (empty.count, empty.table) == ("0 agreement records", None)
    make_agreement(title="First")
    assert read("/agreements/").count == "1 agreement record"
    make_agreement(title="Second")
    assert read("/agreements/").count == "2 agreement records"
    nothing = read("/agreements/?q=third")
    assert (nothing.count, nothing.table, nothing.alerts) == ("0 agreement records", None, [])


def test_count_when_there_are_too_many_stops_and_so_do_the_pages(many, read, client, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 60)
    monkeypatch.setattr(views, "MOST_COUNTED", 60)
    assert read("/commitments/").count == "more than 60 records"
    assert read("/commitments/?page=2").link("next") is None
    assert client.get("/commitments/?page=3").status_code == 404


@pytest.mark.django_db
def test_facet_with_many_options_keeps_the_chosen_one_however_rare(read):
    codes = [f"X{first}{second}" for first in "ABC" for second in ascii_uppercase][:70]
    countries = Country.objects.bulk_create(Country(code=code, alpha2=code[1:], name=f"Land {code}") for code in codes)
    Organisation.objects.bulk_create(
        Organisation(
            slug=f"{country.code}-{number}", name="Ministry", kind="ministry", country=country, state=PUBLISHED
        )
        for country in countries
        for number in range(1 if country.code == codes[-1] else 2)
    )
    counts = [count for _label, count in read("/organisations/").facets["country"].values()]
    assert all(more >= fewer for more, fewer in pairwise(counts))
    assert len(counts) == 60
    rare = read("/organisations/?country=XCR").facets["country"]
    assert next(iter(rare)) == "XCR" and rare["XCR"] == ("Land XCR", 1)


def test_records_of_a_register_are_asked_for_in_the_language_in_force():
    """They are put together once, and not for all readers."""
    asked = {}
    for language in ("en", "ur", "en"):
        with translation.override(language):
            asked.setdefault(language, set()).add(str(COMMITMENTS.records(localdate()).query))
    assert len(asked["en"]) == len(asked["ur"]) == 1 and asked["en"] != asked["ur"]
    tomorrow = localdate() + timedelta(days=1)
    assert str(COMMITMENTS.records(tomorrow).query) != str(COMMITMENTS.records(localdate()).query)


@pytest.mark.django_db
def test_records_that_one_reader_was_shown_are_not_those_of_the_next():
    make_commitment()
    assert len(COMMITMENTS.records(localdate())) == 1
    make_commitment()
    assert len(COMMITMENTS.records(localdate())) == 2
