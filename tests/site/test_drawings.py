"""Drawings as files: they stand alone, say what they show and where it is from, and are kept as pages are."""

import re
from xml.etree import ElementTree

import pytest
from django.utils.timezone import localdate

from tests.factories import make_agreement, make_commitment, make_country, make_forum, make_meeting
from tests.registers.reading import parse
from tracker.records import edtf
from tracker.records.models import DataVersion, one_change, version
from tracker.site import drawing_file, implementation_chart
from tracker.site.drawing_styles import DrawingStyles

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
FILES = {
    "/statistics.svg": "/statistics/",
    "/pairs.svg": "/pairs/",
    "/pairs.svg?country=PAK": "/pairs/",
    "/pairs/CHN-PAK/timeline.svg": "/pairs/CHN-PAK/",
    "/pairs/CHN-PAK/sessions/jcc.svg": "/pairs/CHN-PAK/",
}
NAME = 'Joint <b>Committee</b> & "others"'


@pytest.fixture(autouse=True)
def records():
    with one_change():
        for code, name, urdu in (
            ("CHN", "China", "چین"),
            ("PAK", "Pakistan", "پاکستان"),
            ("EUE", "European Union", ""),
        ):
            make_country(code, name=name, name_ur=urdu)
        forum = make_forum("jcc", ["CHN", "PAK"], name=NAME)
        for place, day in enumerate(("2020-01-10", "2021-01-10", "2021-11-10", "2024")):
            make_meeting(forum=forum, session_number=place + 1, title="", held=day)
        meeting = make_meeting(("CHN", "PAK"), title="Talks", held="2023-05-05")
        make_commitment(("PAK",), ("CHN",), meeting=meeting)
        make_agreement(("EUE", "PAK"))


def drawn(client, address, language=""):
    response = client.get(language + address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    return ElementTree.fromstring(response.content.decode())


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text") if text.text]


def told(root):
    """The lines of the file itself, not those of what it draws."""
    return [text.text for text in root.findall(f"{SVG}text")]


@pytest.mark.parametrize("language", ["", "/ur", "/zh-hans"])
@pytest.mark.parametrize("address", FILES)
def test_file_stands_alone(client, address, language):
    """No style sheet, class or other file is needed, nothing runs, and each colour is of the light ones."""
    root = drawn(client, address, language)
    for each in root.iter():
        assert each.tag.removeprefix(SVG) not in {"use", "script", "style", "image", "foreignObject"}
        assert not {"class", "style", "id", "role", "aria-label"} & set(each.attrib) or each is root
        assert not [value for value in each.attrib.values() if "var(" in value or "light-dark" in value]
        assert each.get("href", "http://testserver/").startswith("http://testserver/")
    shapes = [each for each in root.iter() if each.tag.removeprefix(SVG) in {"circle", "line", "path", "rect"}]
    assert len(shapes) > 3
    assert root.get("lang") == {"": "en", "/ur": "ur", "/zh-hans": "zh-hans"}[language]


@pytest.mark.parametrize(("address", "page"), FILES.items())
def test_file_says_what_it_shows_and_where_it_is_from(client, address, page):
    root = drawn(client, address)
    query = address.partition("?")[2]
    source = [
        f"Digital Cooperation Tracker, \u2066http://testserver{page}{'?' if query else ''}{query}\u2069",
        f"State of {edtf.in_words(localdate().isoformat())}, data version {DataVersion.current()}. CC BY 4.0",
    ]
    assert told(root)[-2:] == source
    title = root.find(f"{SVG}title").text
    lines = told(root)
    assert title.startswith(lines[0]) and root.find(f"{SVG}desc").text.endswith(" ".join(source))
    response = client.get(address)
    assert response["Data-Version"] == str(DataVersion.current())
    assert response["Content-Disposition"].startswith('attachment; filename="')
    assert 'rel="canonical"' in response["Link"] and 'rel="license"' in response["Link"]


def test_titles_are_the_findings(client):
    titles = {address: drawn(client, address).find(f"{SVG}title").text for address in FILES}
    assert titles == {
        "/statistics.svg": "We have seen no report of what came of the one firm commitment",
        "/pairs.svg": "No country stands in more pairs than Pakistan: it stands in 2 of 2",
        "/pairs.svg?country=PAK": (
            "Pakistan shares records with 2 countries, with none more than with China: "
            + re.search(r"China: (\d+)", client.get("/pairs/?country=PAK").content.decode())[1]
        ),
        "/pairs/CHN-PAK/timeline.svg": "China and Pakistan: sessions, other meetings and signatures",
        "/pairs/CHN-PAK/sessions/jcc.svg": f"{NAME}: 4 dated sessions on an axis from 2020 to {localdate().year + 1}.",
    }


def test_page_links_to_the_file_of_each_drawing(client):
    links = {
        page: [
            link.get("href")
            for link in parse(client.get(page).content.decode()).iter("a")
            if ".svg" in link.get("href", "") and link.text.strip() == "This drawing as SVG"
        ]
        for page in ("/", "/statistics/", "/pairs/", "/pairs/?country=PAK&sort=pair", "/pairs/CHN-PAK/")
    }
    assert links == {
        "/": ["/statistics.svg"],
        "/statistics/": ["/statistics.svg"],
        "/pairs/": ["/pairs.svg"],
        "/pairs/?country=PAK&sort=pair": ["/pairs.svg?country=PAK"],
        "/pairs/CHN-PAK/": ["/pairs/CHN-PAK/sessions/jcc.svg", "/pairs/CHN-PAK/timeline.svg"],
    }


def test_words_run_from_the_right_where_the_language_does_and_the_map_stays(client):
    english, urdu = drawn(client, "/pairs.svg"), drawn(client, "/pairs.svg", "/ur")
    assert {text.get("direction") for text in urdu.findall(f"{SVG}text")} == {"rtl"}
    assert {text.get("direction") for text in english.findall(f"{SVG}text")} == {None}
    assert [each.get("d") for each in english.iter(f"{SVG}path")] == [each.get("d") for each in urdu.iter(f"{SVG}path")]
    assert "یورپی یونین" not in texts(urdu) and any("پاکستان" in text for text in texts(urdu))


def test_bars_have_a_key_of_their_colours(client, monkeypatch):
    discs = drawn(client, "/statistics.svg")
    monkeypatch.setattr(implementation_chart, "MOST_DISCS", 0)
    bars = drawn(client, "/statistics.svg")
    assert len(list(bars.iter(f"{SVG}rect"))) == len(list(discs.iter(f"{SVG}rect"))) + 2  # one bar, and its key
    assert "1 no report seen" in told(bars)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/statistics.svg?by=theme", 400),
        ("/pairs.svg?country=XXX", 400),
        ("/pairs.svg?size=3", 400),
        ("/pairs/PAK-CHN/timeline.svg", 404),
        ("/pairs/CHN-XXX/timeline.svg", 404),
        ("/pairs/EUE-PAK/timeline.svg", 404),
        ("/pairs/CHN-PAK/sessions/other.svg", 404),
        ("/pairs/EUE-PAK/sessions/jcc.svg", 404),
        ("/pairs.svg?country=EUE", 200),
    ],
)
def test_address_of_nothing_to_draw_is_refused(client, address, status):
    assert client.get(address).status_code == status


def test_file_that_is_still_the_same_is_not_sent_again(client, settings):
    settings.CACHE_PAGES_BYTES = 10_000_000
    version._held.forget()
    for address in FILES:
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    version._held.forget()


def test_characters_that_no_xml_can_hold_are_left_out(client):
    make_agreement(("CHN", "PAK"), title="Accord\x0c of\x08 2022", signed="2022-02-02")
    labels = [each.text for each in drawn(client, "/pairs/CHN-PAK/timeline.svg").iter(f"{SVG}title")]
    assert any(text.startswith("Accord") and "\x08" not in text for text in labels)


def test_colours_are_those_of_the_style_sheets_in_light():
    chart, plain = DrawingStyles(frozenset({"chart", "map"})), DrawingStyles(frozenset())
    assert chart.of("circle", frozenset({"dot-open"})) == {
        "fill": "#fcfbf8",
        "stroke": "#0b5470",
        "stroke-width": "2",
    }
    assert chart.of("text", frozenset({"text-soft", "small"}))["font-size"] == "12"
    assert chart.of("use", frozenset({"country", "level-1"}))["fill"] == "#a8c1c8"
    assert "fill" not in plain.of("use", frozenset({"country", "level-1"}))


def test_line_is_broken_between_words_and_between_signs():
    assert drawing_file._wrapped("one two three", 5) == ["one two", "three"]
    assert drawing_file._wrapped("没有国家 所在", 4) == ["没有国家", "所在"]
    assert drawing_file._wrapped("unbreakable", 2) == ["unbreakable"]
