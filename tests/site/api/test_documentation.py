"""The page that explains the API says what it is, in each language, and every page leads there."""

import pytest
from django.conf import settings

from tests.factories import make_agreement
from tests.parts import ENGLISH_FIRST
from tests.registers.reading import parse, words
from tracker.site.addresses import in_language
from tracker.site.api.fields import names_of
from tracker.site.registers import REGISTERS

SITE = "http://testserver"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def page(client):
    """Opens the page in a language."""

    def page(language):
        return parse(client.get(in_language("/api/docs/", language)).content.decode())

    return page


def rows(table):
    return [words(head) for head in table.findall("./tbody/tr/th")]


@pytest.mark.parametrize("language", ENGLISH_FIRST)
@pytest.mark.django_db
def test_page_names_every_filter_and_field_of_every_register(page, language):
    sections = page(language).findall(".//section[@class='api-register']")
    assert [each.get("aria-labelledby") for each in sections] == [register.name for register in REGISTERS]
    for section, register in zip(sections, REGISTERS, strict=True):
        filters, fields = section.findall(".//table")
        assert rows(filters) == [*register.filterset.base_filters, "sort"]
        of_rows = [f"rows.{table.name}" for table in register.tables]
        assert rows(fields) == names_of(register) + of_rows
        codes = {words(code) for code in filters.findall(".//li/code")}
        choices = [each for facet in register.facets for each, _words in facet.choices if facet.name != "next_target"]
        assert codes >= {*choices, *register.sort_choices}


@pytest.mark.django_db
def test_examples_can_be_asked_as_they_stand(client, page):
    make_agreement(("CHN", "PAK"))
    examples = [words(each) for each in page("en").findall(".//p[@class='example']/code")]
    assert len(examples) == 4
    for example in examples:
        address = example.removeprefix(f"curl '{SITE}").removesuffix("'")
        assert address.startswith("/") and client.get(address).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_problem_leads_to_where_it_is_explained(client, page, language):
    anchors = {each.get("id") for each in page(language).iter("tr")}
    kind = client.get(f"/api/v1/nothing/?lang={language}").json()["type"]
    assert kind == f"{SITE}/api/docs/#status-404" and kind.partition("#")[2] in anchors


@pytest.mark.django_db
def test_page_says_the_limit_that_is_in_force(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 37
    assert "may ask 37 times a minute" in words(parse(client.get("/api/docs/").content.decode()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_every_page_leads_there(client, language):
    for address in ("/", "/agreements/", "/nothing-here/"):
        links = parse(client.get(in_language(address, language)).content.decode()).findall(".//footer//a")
        assert in_language("/api/docs/", language) in [link.get("href") for link in links]
