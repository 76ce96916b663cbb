"""The language stands in the address: every public page in each, linked to the others; nothing else decides."""

import json
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import Http404
from django.test import Client
from django.urls import get_resolver, resolve

from agreements.models import Country, Forum
from tests.factories import make_agreement, make_forum, make_person, make_working_group
from tests.registers import world as of_the_tests
from tests.registers.reading import ListPage, parse, words
from tests.registers.taking_away import table
from tests.site.crawl import crawl
from tracker.accounts.models import User
from tracker.site.addresses import in_language, language_of, language_wished
from tracker.site.registers import REGISTERS
from tracker.urls import PUBLIC

LANGUAGES = [code for code, _name in settings.LANGUAGES]
OTHERS = ["ur", "zh-hans"]
SITE = "http://testserver"
# Short addresses to remember, which lead on to a page that links lead to.
LEADING_ON = {"forum-report"}
# Where a form leads that was sent.
AFTER_A_FORM = {"error-report-received"}
# Words of the language stand in them where a meeting has no title of its own; here all have one.
COMPOSED = {"title", "meeting_in_words"}


def named(patterns):
    """The names of all addresses in a list of patterns."""
    for pattern in patterns:
        yield from named(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.name]


@pytest.fixture(scope="module")
def public(django_db_setup, django_db_blocker):
    """``{name of a public address: an address of it, in English}``, as links lead to it."""
    with django_db_blocker.unblock(), of_the_tests.for_a_while():
        found = {}
        for address in sorted(crawl(Client())):
            found.setdefault(resolve(address.partition("?")[0]).view_name, address)
        yield found


def opened(address):
    """What was answered, read to its end, and its tree where it is a page; no cookie, and it varies with nothing."""
    response = Client(headers={"accept-language": "de"}).get(address)
    assert (response.status_code, str(response.cookies)) == (200, ""), address
    is_start = urlsplit(address).path == "/"
    assert response.get("Vary") == ("Accept-Language, Referer" if is_start else None), address
    if not response["Content-Type"].startswith("text/html"):
        assert response.getvalue(), address
        return response, None
    return response, parse(response.content.decode())


def test_links_lead_to_every_address_that_is_public(public):
    assert set(public) == set(named(PUBLIC)) - LEADING_ON - AFTER_A_FORM and len(public) > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_address_is_there_in_each_language_and_leads_to_pages_in_the_same(public, language):
    for english in public.values():
        address = in_language(english, language)
        response, root = opened(address)
        assert response["Content-Language"] == language, address
        if root is None:
            continue
        assert root.get("lang") == language
        links = [link.get("href") for link in root.find(".//main").iter("a")]
        inner = [link for link in links if link.startswith("/")]
        assert {language_of(link) for link in inner} <= {language}, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_names_itself_in_each_language_and_each_of_them_says_the_same(public, language):
    for english in public.values():
        own = in_language(english, language)
        _response, root = opened(own)
        if root is None:
            continue
        (canonical,) = [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
        alternate = [link for link in root.iter("link") if link.get("rel") == "alternate" and not link.get("type")]
        found = {link.get("hreflang"): link.get("href") for link in alternate}
        expected = {code: SITE + in_language(english, code) for code in LANGUAGES}
        assert (canonical, found) == (SITE + own, expected | {"x-default": SITE + english}), own


def test_page_of_a_list_names_its_filters_in_each_language_and_nothing_that_it_does_not_read(public):
    address = "/ur/agreements/?utm_source=x&country=PAK&page=1&sort=title&country=CHN&type=&country=PAK"
    _response, root = opened(address)
    (canonical,) = [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
    assert canonical == f"{SITE}/ur/agreements/?country=CHN&country=PAK&sort=title"


def switch(root):
    """``{language: (address, whether it is the present one)}`` of the switch."""
    links = root.findall(".//nav[@id='languages']/a")
    return {link.get("hreflang"): (link.get("href"), link.get("aria-current") == "true") for link in links}


def test_switch_leads_to_the_same_page_with_its_query(public):
    address = "/agreements/?country=PAK&q=%E8%B0%85&page=1"
    for language in LANGUAGES:
        _response, root = opened(in_language(address, language))
        assert switch(root) == {code: (in_language(address, code), code == language) for code in LANGUAGES}
    names = [(link.get("lang"), link.get("dir"), words(link)) for link in root.findall(".//nav[@id='languages']/a")]
    assert names == [("en", "ltr", "English"), ("ur", "rtl", "اردو"), (None, None, "简体中文")]


def test_links_of_a_list_keep_its_language(public):
    page = ListPage(Client().get("/ur/agreements/?country=PAK"))
    formats = [link.get("href") for link in page.all(".//p[@class='formats']/a")]
    assert formats == [f"/ur/agreements.{kind}?country=PAK" for kind in ("csv", "json", "xlsx", "ics", "atom")]


# What does not decide


@pytest.mark.parametrize("address", ["/about/", "/agreements/", "/agreements.csv", "/nothing-here/"])
@pytest.mark.django_db
def test_neither_browser_nor_cookie_decides_the_language(client, address):
    client.cookies["django_language"] = "zh-hans"
    response = client.get(address, headers={"accept-language": "ur"})
    assert (response["Content-Language"], response.get("Vary"), response.get("Set-Cookie")) == ("en", None, None)


@pytest.mark.parametrize("address", ["/en/", "/en/agreements/", "/zh/", "/UR/", "/xx/about/", "/ur/ur/", "/ur/healthz"])
@pytest.mark.django_db
def test_prefix_that_is_no_language_of_ours_leads_nowhere(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_former_address_of_the_switch_is_gone(client):
    assert client.post("/language/", {"language": "ur"}).status_code == 404


@pytest.mark.parametrize(
    ("address", "language"), [("/healthz", "en"), ("/readyz", "en"), ("/workz", "en"), ("/admin/login/", "ur")]
)
@pytest.mark.django_db
def test_address_of_programs_and_of_the_admin_stands_once(client, valkey, address, language):
    """Who is about to log in reads the language that their browser wishes; programs read English."""
    answer = client.get(address, headers={"accept-language": "ur"})
    assert (answer["Content-Language"], "Accept-Language" in answer.get("Vary", "")) == (language, language == "ur")
    assert client.get(f"/ur{address}").status_code == 404


# The start page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("ur", "ur"),
        ("ur-PK,en;q=0.5", "ur"),
        ("en-GB,ur;q=0.9", "en"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zh-TW", "zh-hans"),
        ("fr,ur;q=0.5,en;q=0.1", "ur"),
        ("fr", "en"),
        ("*", "en"),
        ("fr,*;q=0.5,ur;q=0.1", "en"),
        ("\\x00,;;;q=q", "en"),
        ("a" * 5000, "en"),
    ],
)
@pytest.mark.django_db
def test_start_page_when_one_comes_from_elsewhere_is_in_the_language_of_the_browser(client, accepted, language):
    assert language_wished(accepted) == language
    for referer in ({}, {"referer": "https://elsewhere.example/x"}, {"referer": "http://[broken"}):
        response = client.get("/", headers={"accept-language": accepted} | referer)
        assert response["Vary"] == "Accept-Language, Referer"
        if language == "en":
            assert (response.status_code, response["Content-Language"]) == (200, "en")
        else:
            assert (response.status_code, response["Location"]) == (302, f"/{language}/")
            assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_start_page_in_english_is_reached_by_whoever_chooses_it(client):
    wish = {"accept-language": "ur"}
    start = client.get(client.get("/", headers=wish)["Location"], headers=wish)
    (address, _is_present) = switch(parse(start.content.decode()))["en"]
    from_here = wish | {"referer": f"{SITE}/ur/"}
    response = client.get(address, headers=from_here)
    assert (address, response.status_code, response["Content-Language"]) == ("/", 200, "en")
    mark = parse(response.content.decode()).find(".//a[@class='wordmark']").get("href")
    assert client.get(mark, headers=wish | {"referer": f"{SITE}/about/"}).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_start_page_of_a_language_stays_in_it(client, language):
    response = client.get(in_language("/", language), headers={"accept-language": language})
    assert (response.status_code, response["Content-Language"]) == (200, language)


# Pages that say that something is wrong, and pages that lead on


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_error_speaks_the_language_of_the_address_and_leads_to_the_start_pages(client, language):
    for path in ("/nothing-here/", "/meetings/MTG-9999/", "/agreements/?page=9"):
        response = client.get(in_language(path, language))
        root = parse(response.content.decode())
        assert (response.status_code, root.get("lang"), response["Content-Language"]) == (404, language, language)
        assert switch(root) == {code: (in_language("/", code), code == language) for code in LANGUAGES}
        assert [link for link in root.iter("link") if link.get("rel") in ("canonical", "alternate")] == []
        assert language_of(root.find(".//main//a").get("href")) == language


@pytest.mark.django_db
def test_refusal_of_an_address_that_nobody_can_read_speaks_its_language(client):
    said = {code: client.get(in_language("/agreements/?q=%00", code)).content for code in LANGUAGES}
    assert len(set(said.values())) == 3 and said["en"] == b"The address holds a NUL character."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_failure_speaks_the_language_of_the_address(client, monkeypatch, language):
    monkeypatch.setattr("tracker.site.home.all_pairs", lambda *_: 1 / 0)
    client.raise_request_exception = False
    response = client.get(in_language("/", language), headers={"accept-language": language})
    root = parse(response.content.decode())
    assert (response.status_code, root.get("lang"), root.get("dir")) == (
        500,
        language,
        "rtl" if language == "ur" else "ltr",
    )
    assert {link.get("href") for link in root.iter("a")} == {in_language("/", language)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_redirect_stays_in_the_language(client, language):
    make_agreement(("CHN", "PAK"))
    forum = make_forum("old-name")
    forum.slug = "new-name"
    forum.save()
    for old, new in {
        "/pairs/pak-CHN/": "/pairs/CHN-PAK/",
        "/countries/pak/": "/countries/PAK/",
        "/forums/old-name/": "/forums/new-name/",
        "/about": "/about/",
    }.items():
        response = client.get(in_language(old, language))
        assert (response.status_code, response["Location"]) == (301, in_language(new, language))
    assert Forum.objects.get().slug == "new-name" and Country.objects.count() == 2


# The admin


@pytest.mark.django_db
def test_admin_speaks_the_language_of_the_account(client):
    user = User.objects.create_superuser("ayesha", "ayesha@example.org", "pw", language="ur")
    client.force_login(user)
    person = make_person("Ning Jizhe")
    for path in ("/admin/", "/admin/agreements/person/", f"/admin/agreements/person/{person.pk}/change/"):
        response = client.get(path, headers={"accept-language": "zh-CN"})
        assert (response["Content-Language"], parse_lang(response)) == ("ur", "ur"), path
    assert parse_lang(client.get("/admin/nothing/")) == "ur"
    assert parse_lang(client.get("/about/")) == "en"
    assert client.get("/ur/admin/").status_code == 404
    User.objects.update(language="zh-hans")
    assert parse_lang(client.get("/admin/")) == "zh-hans"


@pytest.mark.django_db
def test_form_of_the_admin_that_is_refused_is_refused_in_the_language_of_the_account():
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("ayesha", "ayesha@example.org", "pw", language="ur"))
    response = client.post("/admin/agreements/person/add/", {})
    assert (response.status_code, response["Content-Language"]) == (403, "ur")


def parse_lang(response):
    return response.content.decode().partition('lang="')[2].partition('"')[0]


# Exports: codes are the same in every language, words are in that of the address


@pytest.fixture
def unnamed(public):
    """A group that is called after its forum, in words of the page, for as long as the test takes."""
    group = make_working_group("unnamed", name="", description="A group.")
    yield
    group.delete()


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_export_holds_the_same_codes_in_every_language_and_words_in_its_own(public, unnamed, register):
    found = {
        code: json.loads(Client().get(in_language(f"/{register.name}.json", code)).getvalue()) for code in LANGUAGES
    }
    assert {code: whole["language"] for code, whole in found.items()} == {code: code for code in LANGUAGES}
    local = {column.name for column in register.columns if column.is_local}
    assert local >= {"address"} and local < {column.name for column in register.columns}

    def of(code, is_local):
        return [
            {name: value for name, value in record.items() if name != "rows" and (name in local) is is_local}
            for record in found[code]["records"]
        ]

    for code in OTHERS:
        assert of(code, False) == of("en", False) != []
        addresses = [record["address"] for record in found[code]["records"]]
        assert addresses == [
            SITE + in_language(record["address"].removeprefix(SITE), code) for record in found["en"]["records"]
        ]
        for name in local - {"address"} - COMPOSED:
            values = [record[name] for record in found[code]["records"]]
            english = [record[name] for record in found["en"]["records"]]
            assert values != english or not any(english), (code, name)


@pytest.mark.parametrize(
    ("register", "belonging"),
    [(register, each) for register in REGISTERS for each in register.all_tables],
    ids=lambda value: getattr(value, "address", getattr(value, "name", "")),
)
def test_table_holds_the_same_codes_in_every_language(public, register, belonging):
    address = f"/{register.name}/{belonging.address}.csv"
    found = {code: table(Client().get(in_language(address, code))) for code in LANGUAGES}
    local = {column.name for column in belonging.columns if column.is_local}
    codes = {
        code: [{name: value for name, value in row.items() if name not in local} for row in rows]
        for code, rows in found.items()
    }
    assert [codes[code] for code in OTHERS] == [codes["en"]] * len(OTHERS)


def test_every_choice_of_an_export_has_its_code_and_its_words():
    """A column of a code stands beside one of its words; whatever follows the language is such a word, or a name."""
    names_only = {"address", "parties", "by", "to", "title", "status_line"}
    for register in REGISTERS:
        names = [column.name for column in register.columns]
        words_of = {name.removesuffix("_in_words") for name in names if name.endswith("_in_words")}
        assert words_of <= {*names}, register.name
        local = {column.name for column in register.columns if column.is_local}
        assert {name for name in local if not name.endswith("_in_words")} <= names_only, register.name


def test_addresses_of_each_language_lead_back(public):
    for english in public.values():
        for one in LANGUAGES:
            for other in LANGUAGES:
                assert in_language(in_language(english, one), other) == in_language(english, other)
    assert in_language("/urdu/", "ur") == "/ur/urdu/" and language_of("/urdu/") == "en"


def test_resolver_holds_the_public_addresses_under_the_languages_alone():
    top = {str(pattern.pattern) for pattern in get_resolver().url_patterns if not hasattr(pattern, "url_patterns")}
    of_programs = {"healthz", "readyz", "workz", "robots.txt", ".well-known/security.txt", "favicon.ico"}
    of_programs |= {"sitemap.xml", "sitemap-<section>.xml", "data/releases.json", "data/releases/newest.zip"}
    of_programs |= {"data/releases/<int:number>.zip", "data/releases/<int:number>-differences.json"}
    assert top == of_programs | {"account/forgotten/"}  # also by the name under which the log-in looks for it
    with pytest.raises(Http404):
        resolve("/ur/follow-up/x/")
