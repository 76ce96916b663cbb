"""The map of pairs: what it counts, where it leads, and that it says nothing more than the list."""

import json
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from agreements.models import Country
from tests.factories import make_agreement, make_commitment, make_country
from tests.registers.reading import parse, words
from tracker.records.models import one_change
from tracker.registers.beginning import MOST
from tracker.site import map_shapes
from tracker.site.addresses import in_language
from tracker.site.map_drawing import MapDrawing, _overlap
from tracker.site.pair_map import MapEntry

pytestmark = pytest.mark.django_db
NAMES = {"CHN": "China", "PAK": "Pakistan", "SGP": "Singapore", "EUE": "European Union", "RUS": "Russia"}


@pytest.fixture
def pairs():
    """Pakistan stands in three pairs, of which that with China has most records."""
    with one_change():
        for code, name in NAMES.items():
            make_country(code, name=name)
        for other, number in (("CHN", 10), ("SGP", 2), ("EUE", 1)):
            for _place in range(number):
                make_agreement((other, "PAK"))
        make_agreement(("PAK", "RUS"), state="draft")
        make_commitment(by=("PAK",), to=("CHN",), agreement=make_agreement(()))


def opened(client, address="/pairs/"):
    return parse(client.get(address).content.decode()).find(".//figure[@aria-labelledby='map']")


def drawings(figure):
    """Of each: ``[(name of a link, its address, class of its shape)]``."""
    return [
        [
            (link.get("aria-label"), link.get("href"), link.find("*[@class]").get("class"))
            for link in drawing.findall(".//a")
        ]
        for drawing in figure.findall(".//svg[@role='group']")
    ]


def rows(figure):
    return [[words(cell) for cell in row] for row in figure.findall(".//tbody/tr")]


def test_map_tells_in_how_many_pairs_each_country_stands(client, pairs):
    figure = opened(client)
    assert words(figure.find(".//h2")) == "No country stands in more pairs than Pakistan: it stands in 3 of 3"
    (note,) = figure.findall(".//p[@class='chart-note']")
    assert words(note) == "The number counts the pairs in which a country stands."
    expected = [
        ("Pakistan: 3 pairs", "/countries/PAK/", "country level-3"),
        ("China: 1 pair", "/countries/CHN/", "country level-2"),
        ("Singapore: 1 pair", "/countries/SGP/", "country level-2"),
    ]
    assert drawings(figure) == [expected]
    assert [words(each) for each in figure.findall(".//p[@class='method']")] == [
        "Not drawn: European Union: 1 pair",
        "The shapes are those of Natural Earth, simplified. They take no position on boundaries.",
    ]


def test_table_says_the_same_and_leads_to_pairs_and_commitments(client, pairs):
    figure = opened(client)
    assert rows(figure) == [
        ["Pakistan", "3", "1"],
        ["China", "1", "1"],
        ["European Union", "1", "0"],
        ["Singapore", "1", "0"],
    ]
    assert [link.get("href") for link in figure.find(".//tbody/tr").findall(".//a")] == [
        "/countries/PAK/",
        "?country=PAK",
        "/commitments/?country=PAK&standing=firm",
    ]


def test_map_of_a_country_tells_how_much_it_shares_with_each_other(client, pairs):
    figure = opened(client, "/pairs/?country=PAK")
    assert words(figure.find(".//h2")) == (
        "Pakistan shares records with 3 countries, with none more than with China: 11"
    )
    expected = [
        ("China: 11 records", "/pairs/CHN-PAK/", "country level-3"),
        ("Singapore: 2 records", "/pairs/PAK-SGP/", "country level-2"),
    ]
    assert drawings(figure) == [expected] and rows(figure) == []
    assert [words(each) for each in figure.findall(".//ul[@class='counts']/li")] == ["1", "2–3", "4–11", "Pakistan"]
    other = opened(client, "/pairs/?country=SGP")
    assert words(other.find(".//h2")) == "Singapore shares records with 1 country: with Pakistan, 2"
    assert other.find(".//circle[@class='country level-chosen']") is not None


def test_geography_is_not_mirrored_where_the_language_runs_from_right_to_left(client, pairs):
    """And no style stands in the markup, which the policy of the site would refuse."""
    english, urdu = (opened(client, in_language("/pairs/", language)) for language in ("en", "ur"))
    for one, other in zip(english.iter("svg"), urdu.iter("svg"), strict=True):
        assert [each.attrib for each in one.iter("use")] == [each.attrib for each in other.iter("use")]
        assert [(each.get("x"), each.text) for each in one.iter("text")] == [
            (each.get("x"), each.text) for each in other.iter("text")
        ]
        assert not any("style" in each.attrib for each in one.iter())


def test_map_of_nothing_but_unions_is_a_list(client):
    make_country("EUE", name="European Union", is_union=True)
    make_country("ZQX", name="Nowhere")
    make_agreement(("EUE", "ZQX"))
    figure = opened(client)
    assert drawings(figure) == []
    assert words(figure.find(".//p[@class='method']")) == "Not drawn: European Union: 1 pair Nowhere: 1 pair"


def test_map_of_all_countries_with_all_others_stays_small(client):
    codes = sorted(map_shapes.places())
    with one_change():
        for place, code in enumerate(codes):
            make_country(code, name=f"Land {code}", alpha2=f"{place:02x}")
        make_agreement(codes)
    markup = client.get("/pairs/").content.decode()
    drawn = markup[markup.index('<figure class="finding chart map"') :].partition("</figure>")[0]
    drawn = drawn[: drawn.index("<details")]
    assert drawn.count("<a ") == len(codes) and len(drawn) < 60_000
    assert len(rows(parse(markup).find(".//figure[@aria-labelledby='map']"))) == MOST
    assert f"{len(codes) - MOST} more" in markup and "The map has no room for all numbers." in markup
    numbers = _drawing(codes).numbers
    assert 30 < len(numbers) < len(codes)
    assert 10 < len([each for each in numbers if not each.is_tight]) < len(numbers)


def _drawing(codes):
    countries = [Country(code=code, name=code) for code in codes]
    return MapDrawing([(MapEntry(each, 7, "", ""), 1) for each in countries])


@pytest.mark.parametrize("codes", [["SGP"], ["PAK", "CHN"], ["NZL", "USA", "FJI"], ["NOR", "CHL"]])
def test_part_of_the_world_that_is_shown_holds_all_countries(codes):
    drawing = _drawing(codes)
    left, top, wide, high = drawing._window
    assert 0 <= left <= left + wide <= map_shapes.WIDTH and 0 <= top <= top + high <= map_shapes.HEIGHT
    for entry, _level in drawing._entries:
        assert left < entry.place.x < left + wide and top < entry.place.y < top + high


def test_shapes_lie_where_the_countries_lie():
    places = map_shapes.places()
    assert all(0 < each.x < map_shapes.WIDTH and 0 < each.y < map_shapes.HEIGHT for each in places.values())
    assert places["USA"].x < places["GBR"].x < places["PAK"].x < places["CHN"].x < places["JPN"].x
    assert places["NOR"].y < places["PAK"].y < places["LKA"].y < places["AUS"].y
    assert places["PAK"].has_shape and not any(places[code].has_shape for code in ("SGP", "BHR", "MDV"))
    assert "EUE" not in places and _overlap((0, 0, 2, 2), (1, 1, 3, 3)) and not _overlap((0, 0, 1, 1), (1, 1, 2, 2))


def test_maker_of_the_map_cuts_what_goes_across_the_last_meridian(tmp_path):
    """Pakistan of two arcs, one of which runs backwards; Fiji on either side of the 180th meridian; Singapore a dot."""
    arcs = [
        [[60, 30], [10, 0]],
        [[60, 30], [0, -5], [10, 0], [0, 5]],
        [[179, -17], [-358, 0], [0, -2], [358, 0], [0, 2]],
    ]
    geometries = [
        {"type": "Polygon", "id": "586", "arcs": [[0, ~1]]},
        {"type": "MultiPolygon", "id": "242", "arcs": [[[2]]]},
        {"type": "Polygon", "arcs": [[0, ~1]]},
    ]
    small = [*geometries, {"type": "Polygon", "id": "702", "arcs": [[0, ~1]]}]
    codes = [{"numeric": "586", "alpha_3": "PAK"}, {"numeric": "242", "alpha_3": "FJI"}]
    codes.append({"numeric": "702", "alpha_3": "SGP"})
    for name, shapes in (("110m", geometries), ("50m", small)):
        topology = {"transform": {"scale": [1, 1], "translate": [0, 0]}, "arcs": arcs}
        topology["objects"] = {"countries": {"geometries": shapes}}
        (tmp_path / f"countries-{name}.json").write_text(json.dumps(topology))
    (tmp_path / "codes.json").write_text(json.dumps({"3166-1": codes}))
    call_command("make_map", tmp_path, tmp_path / "codes.json", tmp_path / "map.svg")
    root = ElementTree.parse(tmp_path / "map.svg").getroot()
    paths = {each.get("id"): each.get("d") for each in root.iter(f"{map_shapes.SVG}path")}
    assert list(paths) == ["FJI", "PAK", None] and paths["PAK"] == paths[None]
    assert paths["FJI"].count("M") == 2
    assert [each.get("id") for each in root.iter(f"{map_shapes.SVG}circle")] == ["SGP"]
