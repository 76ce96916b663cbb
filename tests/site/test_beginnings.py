"""Pages that list what may be much show its beginning, and how much more the list holds that they lead to."""

import pytest

from tests.factories import (
    make_agreement,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_theme,
    make_working_group,
)
from tests.registers.reading import exported, parse, words
from tracker.records.models import one_change
from tracker.registers.beginning import MOST

pytestmark = pytest.mark.django_db


def make_many(number):
    """So many of everything beside one country, forum, group, theme and organisation."""
    pakistan, theme = make_country("PAK"), make_theme("cloud")
    organisation = make_organisation("ministry", country=pakistan)
    with one_change():
        forum = make_forum("hub", ["PAK", "CHN"])
        group = make_working_group("hub-group", forum=forum)
        group.themes.set([theme])
        for place in range(number - 1):
            make_working_group(f"group-{place}", forum=forum).themes.set([theme])
            make_forum(f"forum-{place}", ["PAK"])
            make_organisation(f"organisation-{place}", country=pakistan)
        for place in range(number):
            agreement = make_agreement(("PAK", "CHN"), forum=forum, signed=f"20{place % 30:02}")
            agreement.themes.set([theme])
            agreement.parties.create(organisation=organisation)
            make_meeting(("PAK", "CHN"), forum=forum, held=f"20{place % 30:02}")
            make_meeting(("PAK", "CHN"), forum=forum, working_group=group, held=f"20{place % 30:02}")


# By page, the sections that it cuts.
PAGES = {
    "/countries/PAK/": ("forums", "groups", "organisations"),
    "/forums/hub/": ("sessions", "groups", "group-meetings", "agreements"),
    "/working-groups/hub-group/": ("meetings",),
    "/themes/cloud/": ("agreements", "groups"),
    "/organisations/ministry/": ("agreements",),
}


def sections(client, page):
    root = parse(client.get(page).content.decode())
    found = {each.get("aria-labelledby"): each for each in root.findall(".//section")}
    return {name: found[name] for name in PAGES[page]}


def test_page_with_more_than_it_shows_says_how_many_and_leads_to_all(client):
    make_many(MOST + 2)
    for page in PAGES:
        for name, section in sections(client, page).items():
            assert len(section.findall(".//a[@class='entry-title']")) == MOST, (page, name)
            more = section.find(".//a[@class='more-link']")
            assert words(more) == "2 more", (page, name)
            register, query = more.get("href").strip("/").split("/?")
            assert len(exported(client, register, query)) >= MOST + 2, (page, name)


def test_page_that_shows_all_says_nothing_of_more(client):
    make_many(MOST)
    for page in PAGES:
        for name, section in sections(client, page).items():
            assert len(section.findall(".//a[@class='entry-title']")) == MOST, (page, name)
            assert section.find(".//a[@class='more-link']") is None, (page, name)


def test_pairs_of_a_country_lead_to_the_list_of_them(client):
    with one_change():
        for place in range(MOST + 1):
            code = f"X{chr(65 + place // 26)}{chr(65 + place % 26)}"
            make_country(code, alpha2=f"{place:02}", name=f"Country {place}")
            make_agreement(("PAK", code))
    root = parse(client.get("/countries/PAK/").content.decode())
    section = root.find(".//section[@aria-labelledby='pairs']")
    assert len(section.findall(".//li")) == MOST
    more = section.find(".//a[@class='more-link']")
    assert (words(more), more.get("href")) == ("1 more", "/pairs/?country=PAK")
    assert client.get(more.get("href")).content.decode().count('class="row-title"') == MOST + 1
