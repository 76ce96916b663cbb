"""What cannot be read is said, beside the filter, in every format: never an error of ours, never another list."""

import pytest

from agreements.filters import TargetWithin
from tests.abuse.hostile import queries
from tests.parts import thinned
from tests.registers.reading import ListPage, words
from tracker.registers.filters import NotAfter, NotBefore
from tracker.site.registers import REGISTERS

NAMES = [register.name for register in REGISTERS]
WITH_CALENDAR = [register.name for register in REGISTERS if register.calendar]
FORMATS = ["csv", "json", "xlsx"]
FILTERS = [(register.name, name) for register in REGISTERS for name in register.filterset.base_filters]
DATES = [
    (register.name, name)
    for register in REGISTERS
    for name, kind in register.filterset.base_filters.items()
    if isinstance(kind, NotBefore | NotAfter | TargetWithin)
]
CODES = [pair for pair in FILTERS if pair not in DATES and pair[1] != "q"]
HOSTILE = [
    *("open start", "open end", "half an interval", "any year", "a set", "year 0", "superscript", "65 bits"),
    *("4,300 digits and more", "surrogate", "long", "pattern", "two", "empty"),
]
UNKNOWN = "“XX” is not a known value here."
NO_DATE = "“tomorrow” is not a date. Write 2026, 2026-01 or 2026-01-29."
TOO_LONG = "Ensure this value has at most 200 characters (it has 300)."
NOT_READABLE = [
    *((register, name, "XX", UNKNOWN) for register, name in CODES),
    *((register, name, "tomorrow", NO_DATE) for register, name in DATES),
    ("agreements", "q", "x" * 300, TOO_LONG),
    ("agreements", "q", "+".join(["word"] * 11), "Search for at most 10 words."),
    *((register, "sort", "nonsense", "“nonsense” is not a sort order of this list.") for register in NAMES),
]
# Of each register but the first, whose filters are of all kinds, one filter.
ONE_OF_EACH = set({register: (register, name) for register, name in CODES}.values())


@pytest.mark.parametrize(
    ("register", "name", "value", "message"),
    thinned(NOT_READABLE, lambda register, name, *_: register == "agreements" or (register, name) in ONE_OF_EACH),
    ids=[f"{register}?{name}={value[:8]}" for register, name, value, _message in NOT_READABLE],
)
def test_value_that_cannot_be_read_is_named_in_every_format(world, client, register, name, value, message):
    page = ListPage(client.get(f"/{register}/?{name}={value}"))
    assert (page.alerts, page.table, page.count) == ([message], None, "No list until the filter is corrected")
    if name in page.fields:
        assert page.error_of(name) == message
    csv = client.get(f"/{register}.csv?{name}={value}")
    assert (csv.status_code, csv.content.decode()) == (400, f"{name}: {message}\n")
    json = client.get(f"/{register}.json?{name}={value}")
    assert (json.status_code, json.json()) == (400, {"errors": {name: [message]}})
    for extension in ("atom", *(["ics"] if register in WITH_CALENDAR else [])):
        followed = client.get(f"/{register}.{extension}?{name}={value}")
        assert (followed.status_code, followed.content.decode()) == (400, f"{name}: {message}\n")


@pytest.mark.parametrize(
    "value",
    [
        *["2026-13", "2026-02-30", "2026-1", "26", "../2026/..", "1/2/3", "2026-01-29T10:00", "0000", "99999", "-1"],
        *["𝟚𝟘𝟚𝟞", "../2020", "2020/..", "/2020", "2020/", "2020/2021", "XXXX-12-25", "202X", "2020?", "2020-05-03~"],
        *["[2020,2021]", "[2020..2021]", "3 May 2020", "03.05.2020"],
    ],
)
def test_date_filter_when_it_is_no_year_month_or_day_is_refused(world, client, value):
    page = ListPage(client.get("/agreements/", {"signed_after": value}))
    assert page.error_of("signed_after") == f"“{value}” is not a date. Write 2026, 2026-01 or 2026-01-29."
    assert page.root.find(".//input[@id='signed_after']").get("aria-invalid") == "true"
    assert page.table is None
    assert client.get("/agreements.csv", {"signed_after": value}).status_code == 400


@pytest.mark.parametrize(
    ("register", "name", "value"),
    thinned(
        [(*date, value) for date in DATES for value in ["../2020", "2020/..", "XXXX-12-25", "[2020,2021]"]],
        lambda _register, _name, value: value == "../2020",
    ),
)
def test_date_filter_of_any_register_when_the_date_is_open_is_refused(world, client, register, name, value):
    assert client.get(f"/{register}/", {name: value}).status_code == 200
    assert client.get(f"/{register}.csv", {name: value}).status_code == 400
    assert client.get(f"/{register}.json", {name: value}).status_code == 400


def test_page_when_two_filters_are_bad_names_both_beside_themselves(world, client):
    page = ListPage(client.get("/agreements/?country=XX&signed_after=tomorrow&q=alpha"))
    assert (page.error_of("country"), page.error_of("signed_after"), page.error_of("q")) == (UNKNOWN, NO_DATE, "")
    assert page.alerts == [UNKNOWN, NO_DATE]
    field = page.root.find(".//input[@id='signed_after']")
    assert (field.get("value"), field.get("aria-invalid")) == ("tomorrow", "true")
    described = [words(page.root.find(f".//*[@id='{name}']")) for name in field.get("aria-describedby").split()]
    assert NO_DATE in described
    assert page.root.find(".//input[@id='q']").get("aria-invalid") is None
    assert sorted(value for _name, value in page.chips) == ["XX", "alpha", "tomorrow"]


@pytest.mark.parametrize("extension", FORMATS)
def test_export_when_two_filters_are_bad_names_both(world, client, extension):
    response = client.get(f"/agreements.{extension}?country=XX&signed_after=tomorrow")
    assert response.status_code == 400
    if extension != "json":
        assert response.content.decode() == f"country: {UNKNOWN}\nsigned_after: {NO_DATE}\n"
        assert response["Content-Type"] == "text/plain; charset=utf-8"
    else:
        assert response.json() == {"errors": {"country": [UNKNOWN], "signed_after": [NO_DATE]}}


@pytest.mark.parametrize("good", ["country=PAK", "type=mou", "forum=jcc", "theme=cloud"])
def test_good_value_beside_a_bad_one_is_not_listed_alone(world, client, good):
    assert ListPage(client.get(f"/agreements/?{good}")).rows
    bad = good.replace("=", "=XX&") + "=XX" if "&" in good else f"{good}&{good.partition('=')[0]}=XX"
    page = ListPage(client.get(f"/agreements/?{bad}"))
    assert (page.alerts, page.table) == ([UNKNOWN], None)
    assert client.get(f"/agreements.csv?{bad}").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/?x=%00",
        "/%00",
        "/agreements/%00/",
        "/agreements/AGR-0001%00/",
        "/forums/jcc%00/",
        "/countries/%00/",
        "/pairs/CHN%00-PAK/",
        "/sources/%00/",
        "/agreements/?%00=1",
        "/agreements/?page=%00",
        "/agreements/?sort=%00",
        "/agreements/?q=a%00b",
        "/agreements.csv?country=%00",
        "/agreements.json?country=a%00b",
        "/admin/?%00",
    ],
)
def test_null_character_anywhere_in_an_address_is_refused(world, client, address):
    assert client.get(address).status_code == 400


ODD = {
    "5000 parameters": "&".join(f"p{number}=1" for number in range(5000)),
    "5000 values": "&".join(f"country=C{number}" for number in range(5000)),
}
STRANGE = {
    "900 countries": ("&".join(f"country=A{number}" for number in range(900)), "country"),
    "100 kB of words": ("q=" + "x" * 100_000, "q"),
    "100 kB of a country": ("country=" + "x" * 100_000, "country"),
    "100 kB of an order": ("sort=" + "x" * 100_000, "sort"),
    "50 words": ("q=" + "+".join(["w"] * 50), "q"),
    "broken UTF-8 country": ("country=%FF%FE", "country"),
    "lone surrogate country": ("country=%ED%A0%80", "country"),
    "half an escape": ("country=%E", "country"),
    "quote and semicolon": ("country=';DROP TABLE agreements--", "country"),
    "markup": ("country=<script>alert(1)</script>", "country"),
    "format characters": ("country=%25(value)s%25s{0}", "country"),
}


@pytest.mark.parametrize("query", ODD.values(), ids=ODD)
def test_address_with_too_many_parameters_is_refused_with_a_page(world, client, query):
    for path in ("/agreements/", "/agreements.csv", "/agreements.json"):
        assert client.get(f"{path}?{query}").status_code == 400
    assert b"This address is not valid" in client.get(f"/agreements/?{query}").content


@pytest.mark.parametrize(("query", "name"), STRANGE.values(), ids=STRANGE)
def test_strange_value_is_refused_in_every_format(world, client, query, name):
    page = ListPage(client.get(f"/agreements/?{query}"))
    assert (len(page.alerts), page.table) == (1, None)
    json = client.get(f"/agreements.json?{query}")
    assert (json.status_code, json.json()) == (400, {"errors": {name: page.alerts}})
    assert client.get(f"/agreements.csv?{query}").status_code == 400


WORDS = ["q=%FF%FE", "q=%ED%A0%80", "q=%Ezqx", "q=😀", "q=';DROP TABLE x--", "q=<bqx>", "q=%25sqx"]


@pytest.mark.parametrize(
    ("register", "query"),
    [*(("agreements", query) for query in WORDS), *((register, WORDS[-1]) for register in NAMES[1:])],
)
def test_strange_words_find_nothing_and_break_nothing(world, client, register, query):
    page = ListPage(client.get(f"/{register}/?{query}"))
    assert (page.alerts, page.rows) == ([], [])
    assert client.get(f"/{register}.json?{query}").getvalue().endswith(b"\n]}\n")


def test_chips_of_a_thousand_values_are_few(world, client):
    page = ListPage(client.get("/agreements/?" + STRANGE["900 countries"][0]))
    assert (page.alerts, len(page.chips)) == (["Choose at most 10 values."], 10)


def refusal(client, address):
    """What the three ways to read a list say of an address: the alerts of the page, and of both exports."""
    path, _mark, query = address.partition("?")
    page = ListPage(client.get(f"/{path}/?{query}"))
    csv, json = client.get(f"/{path}.csv?{query}"), client.get(f"/{path}.json?{query}")
    if csv.status_code == json.status_code == 200:
        assert not page.alerts and csv.getvalue() and json.getvalue()
        return page, "", {}
    assert (csv.status_code, json.status_code) == (400, 400)
    return page, csv.content.decode(), json.json()["errors"]


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("register", NAMES)
def test_hostile_value_is_read_or_refused_alike_in_every_format(world, client, register, kind):
    """All parameters of a register at once; those that are read then by themselves, as only then records are looked
    for. `make abuse` sends each kind to each parameter."""
    names = [*(name for of, name in FILTERS if of == register), "sort"]
    page, csv, json = refusal(client, f"{register}?" + "&".join(queries(name)[kind] for name in names))
    assert json.keys() <= set(names)
    assert csv == "".join(f"{name}: {message}\n" for name in json for message in json[name])
    told = {name: [" ".join(message.split()) for message in json[name]] for name in json}
    assert page.alerts == [message for name in told for message in told[name]]
    shown = [name for name in told if name in page.fields]
    assert {name: page.error_of(name) for name in shown} == {name: " ".join(told[name]) for name in shown}
    for name in set(names) - json.keys():
        assert client.get(f"/{register}.json?{queries(name)[kind]}").getvalue().endswith(b"\n]}\n"), name


@pytest.mark.parametrize("register", NAMES)
def test_unknown_parameter_is_passed_over_by_the_page_and_named_by_an_export(world, client, register):
    for name in ("foo", "country[]", "Country", "utm_source"):
        page, _csv, json = refusal(client, f"{register}?{name}=1")
        assert (page.alerts, page.rows != []) == ([], True)
        assert json == {name: [f"“{name}” is not a parameter of this list."]}
    page, _csv, json = refusal(client, f"{register}?page=1")
    assert (page.alerts, json) == ([], {"page": ["An export has no pages: leave out “page”."]})


def test_parameter_of_one_value_when_given_two_is_refused(world, client):
    page, _csv, json = refusal(client, "agreements?signed_after=2020&signed_after=2021&q=a&q=a")
    assert json == {"signed_after": ["Give one value only."]}
    assert page.error_of("signed_after") == "Give one value only."


def test_links_of_a_list_leave_out_what_is_empty_or_not_read(world, client):
    page = ListPage(client.get("/agreements/?type=mou&q=&country=&foo=1&signed_after="))
    links = {a.get("href") for a in page.root.find(".//main").iter("a") if "mou" in (a.get("href") or "")}
    assert "/agreements.csv?type=mou" in links
    assert [link for link in links if "foo" in link or "q=" in link or "country=" in link] == []


def test_100_kb_of_an_unknown_parameter_changes_nothing(world, client):
    whole = ListPage(client.get("/agreements/?type=mou"))
    page = ListPage(client.get("/agreements/?type=mou&x=" + "y" * 100_000))
    assert page.rows == whole.rows and len(page.rows) == 1


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_list_when_asked_to_change_something_refuses(world, client, method):
    assert getattr(client, method)("/agreements/").status_code == 405
    assert getattr(client, method)("/agreements.csv").status_code == 405


@pytest.mark.parametrize("language", ["ur", "zh-hans"])
def test_bad_value_is_refused_in_every_language(world, client, language):
    page = ListPage(client.get(f"/{language}/agreements/?country=XX"))
    assert (len(page.alerts), page.table) == (1, None)


@pytest.mark.parametrize("extension", ["xls", "CSV", "rss", "csv/", "html", "json.csv", "atom/"])
def test_format_that_is_not_there_is_404(world, client, extension):
    assert client.get("/agreements.csv").getvalue()
    assert client.get(f"/agreements.{extension}").status_code == 404
