"""The search of all registers: what people type, what comes first, why, and how it is narrowed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from agreements.models import ForumName
from meetings.models import Delegate, Delegation
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_person,
)
from tests.registers import world as of_the_tests
from tests.registers.reading import words
from tracker.records.models import one_change
from tracker.registers import keeping
from tracker.site.registers import REGISTERS

# In which order, and why


@pytest.mark.django_db
def test_names_come_before_texts_and_whole_words_before_beginnings(search):
    make_agreement(("CHN", "PAK"), title="Other", description="Cables under the sea")
    make_agreement(("CHN", "PAK"), title="Another", description="A cable under the sea")
    make_agreement(("CHN", "PAK"), title="Cables")
    make_agreement(("CHN", "PAK"), title="Cable of the north")
    make_agreement(("CHN", "PAK"), title="Cable")
    assert search("q=cable").titles == ["Cable", "Cable of the north", "Cables", "Another", "Other"]


@pytest.mark.django_db
def test_result_says_why_it_was_found(search):
    forum = make_forum("jcc", name="Joint Committee", abbreviation="JCC", state="published")
    ForumName.objects.create(body=forum, name="Former Board")
    meeting = make_meeting(forum=forum, title="Tenth")
    side = Delegation.objects.get(meeting=meeting, country__code="CHN")
    Delegate.objects.create(delegation=side, person=make_person("Li Na"))
    make_agreement(title="Alpha", description=f"{'Much else. ' * 30}About submarine cables. {'And more. ' * 30}")
    assert (search("q=tenth").marked, search("q=tenth").reasons) == ([["Tenth"]], [[]])
    assert search("q=former").reasons == [["Former Board"], ["Forum: Former Board"]]
    assert search("q=li+na+tenth").reasons == [["Person: Li Na"]]
    (reason,) = search("q=submar+cable").reasons[0]
    assert reason.startswith("… Much else.") and reason.endswith(" And more. …") and len(reason) < 200
    assert search("q=submar+cable").marked == [["submarine", "cables"]]


@pytest.mark.django_db
def test_markup_in_a_text_stays_text(search):
    make_agreement(title="<b>Alpha</b>", description="<script>alert(1)</script> &amp; beta")
    found = search("q=alpha+script")
    assert found.titles == ["<b>Alpha</b>"]
    assert found.reasons == [["<script>alert(1)</script> &amp; beta"]]


@pytest.mark.django_db
def test_chinese_is_marked_by_character(search):
    make_agreement(title="中国巴基斯坦合作备忘录")
    assert search("q=合作").marked == [["合作"]]
    assert search("q=斯坦合作").marked == [["斯坦合作"]]


# Narrowed


@pytest.mark.django_db
def test_results_are_narrowed_by_register_country_and_year(search):
    with one_change():
        make_agreement(("CHN", "PAK"), "2021", title="Cloud one")
        make_agreement(("LKA", "PAK"), "2021-12/2022-01", title="Cloud two")
        make_agreement(("LKA", "CHN"), title="Cloud three")
        make_meeting(("CHN", "PAK"), held="2022-05", title="Cloud four")
        make_commitment(title="Cloud five", themes=["cloud"])
    found = search("q=cloud")
    assert found.count == "6 records"
    assert found.facets["Register"] == {"Themes": 1, "Agreements": 3, "Meetings": 1, "Commitments": 1}
    assert found.facets["Year"] == {"2026": 1, "2022": 2, "2021": 2}
    for title, options in found.facets.items():
        for label, number in options.items():
            query = found.link(label).lstrip("?")
            assert search(query).count.split()[0] == str(number), (title, label)
    narrowed = search("q=cloud&register=agreements&country=PAK")
    assert sorted(narrowed.titles) == ["Cloud one", "Cloud two"]
    assert (list(narrowed.facets), narrowed.facets["Year"]) == (["Year"], {"2022": 1, "2021": 2})
    chips = [words(chip) for chip in narrowed.root.findall(".//a[@class='chip']")]
    assert chips == ["Remove filter: Register Agreements", "Remove filter: Country Pakistan"]


@pytest.mark.django_db
def test_words_are_not_said_to_be_nowhere_where_they_are_only_left_out(search):
    make_agreement(("CHN", "PAK"), "2021", title="Cloud")
    for narrowing in ("country=LKA", "year=1999", "register=forums"):
        found = search(f"q=cloud&{narrowing}")
        said = words(found.root.find(".//div[@class='empty']"))
        assert said == "Nothing published meets these filters. Remove all filters", narrowing
        assert search(found.link("Remove all").lstrip("?")).titles == ["Cloud"]
    assert "has all these words" in words(search("q=rain").root.find(".//div[@class='empty']"))


@pytest.mark.django_db
def test_reason_of_a_phrase_has_its_words_side_by_side(search):
    make_agreement(title="Alpha", description="A network of the sea. A sea cable is laid. The cable of a sea")
    make_agreement(title="Cable and sea", description="By way of a sea cable")
    reasons = search("q=%22sea+cable%22").reasons
    assert sorted(line for lines in reasons for line in lines) == [
        "A network of the sea. A sea cable is laid. The cable of a sea",
        "By way of a sea cable",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "alert"),
    [
        ("q=cloud&register=nothing", "“nothing” is not a known value here."),
        ("q=cloud&country=pakistan", "“pakistan” is not a known value here."),
        ("q=cloud&year=soon", "“soon” is not a known value here."),
        ("q=cloud&q=sea", "Give one value only."),
        ("q=" + "+".join("abcdefghijk"), "Search for at most 10 words."),
    ],
)
def test_what_cannot_be_read_is_said(search, query, alert):
    assert search(query).alerts == [alert]


@pytest.mark.django_db
def test_nothing_to_look_for_finds_nothing(search):
    make_agreement(title="Alpha")
    for query in ("", "q=", "q=+", "q=%25%21", "q=%22%22"):
        found = search(query)
        assert (found.entries, found.alerts) == ([], []), query


@pytest.mark.django_db
def test_pages_hold_every_result_once(search, client):
    with one_change():
        for number in range(65):
            make_agreement(title=f"Cloud {number}")
    address, titles = "/search/?q=cloud", []
    while address:
        found = search(address.partition("?")[2])
        titles += found.titles
        following = found.root.find(".//a[@rel='next']")
        address = following is not None and following.get("href")
    assert (len(titles), len(set(titles))) == (65, 65)
    assert client.get("/search/?q=cloud&page=4").status_code == 404


# The same from the index and from the database, and as many questions for many as for few


QUERIES = (
    "q=a",
    "q=al",
    "q=china",
    "q=corridor+council",
    "q=%22the%22",
    "q=谅解",
    "q=telecom&country=PAK",
    "q=t&year=2021",
)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/ur", "/zh-hans"])
def test_page_from_the_indexes_is_the_page_from_the_database(client, settings, tmp_path, language):
    settings.INDEX_FOLDER = tmp_path
    with of_the_tests.for_a_while():
        keeping.forget()
        for query in QUERIES:
            settings.INDEX_REGISTERS = False
            expected = client.get(f"{language}/search/?{query}").content
            settings.INDEX_REGISTERS = True
            for register in REGISTERS:
                keeping.prepare(register, localdate())
            assert client.get(f"{language}/search/?{query}").content == expected, query
        keeping.forget()


@pytest.mark.django_db
def test_many_results_are_asked_for_as_few_are(search, client):
    numbers = []
    for number in (5, 60):
        with one_change():
            for place in range(number):
                make_commitment(title=f"Cloud {number} {place}", text="About the sea")
        search("q=cloud")
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/?q=cloud+sea")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
