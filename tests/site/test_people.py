"""People: who has a page, what it says of them as published records do, and what it never says."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from agreements.models import Absence, AgreementEvent, AgreementStatement, Person
from meetings.models import AgreementFigure, Delegate, FocalPoint, ProgressUpdate
from tests.factories import (
    PUBLISHED,
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
)
from tests.registers.following import read_feed
from tests.registers.reading import ListPage, parse, words
from tracker.records.models import one_change
from tracker.records.public import ways_to_name
from tracker.site.mentions import questions
from tracker.site.person_page import MOST

pytestmark = pytest.mark.django_db


def sit(person, meeting, code="PAK", **fields):
    return Delegate.objects.create(delegation=meeting.delegations.get(country__code=code), person=person, **fields)


def open_page(client, person, prefix=""):
    response = client.get(prefix + person.get_absolute_url())
    assert response.status_code == 200
    return parse(response.content.decode())


def section(page, name):
    return page.find(f".//section[@aria-labelledby='{name}']")


def entries(page, name):
    found = section(page, name)
    return [] if found is None else [words(entry) for entry in found.findall(".//li")]


def facts(page):
    return {words(line.find("dt")): words(line.find("dd")) for line in page.findall(".//dl[@class='facts']/div")}


# What the page says


def test_page_shows_the_meetings_by_year_with_role_side_and_office_of_that_day(client):
    ahsan = make_person("Ahsan Iqbal")
    first, second = make_meeting(title="First", held="2013-08"), make_meeting(title="Second", held="2025-09-26")
    before = make_meeting(title="Before", held="../2012-01-01")
    sit(ahsan, first, office="Minister for Planning")
    sit(ahsan, second, role="co_chair", office="Federal Minister", is_remote=True, note="Said to be the eleventh.")
    sit(ahsan, before)
    page = open_page(client, ahsan)
    years = [words(each) for each in section(page, "meetings").findall("h3")]
    assert years == ["2025", "2013", "Year not known for certain"]
    assert entries(page, "meetings") == [
        f"Second 26 September 2025 {second.reference} "
        "Co-chair Pakistan remotely Federal Minister Said to be the eleventh.",
        f"First August 2013 {first.reference} Head Pakistan Minister for Planning",
        f"Before on or before 1 January 2012 {before.reference} Head Pakistan",
    ]
    assert entries(page, "offices") == ["Federal Minister 26 September 2025", "Minister for Planning August 2013"]
    assert facts(page)["On the side of"] == "Pakistan"


def test_delegation_that_is_not_named_as_present_says_so(client):
    person, meeting = make_person(), make_meeting()
    delegate = sit(person, meeting)
    delegate.delegation.attendance, delegate.delegation.role = "not_stated", "observer"
    delegate.delegation.save()
    assert "observer attendance not stated" in entries(open_page(client, person), "meetings")[0]


def test_page_shows_what_was_signed_and_for_whom(client):
    xiao = make_person("Xiao Yaqing")
    ministry = make_organisation("miit", name="Ministry of Industry", country=make_country("CHN"))
    agreement = make_agreement(("PAK",), "2021-09", title="Paper")
    agreement.parties.create(organisation=ministry, signatory=xiao, office="Minister", on_behalf_of="the Government")
    (signed,) = entries(open_page(client, xiao), "signatures")
    assert signed.startswith("Paper memorandum of understanding signed September 2021")
    assert signed.endswith("signed for Ministry of Industry Minister on behalf of the Government")


def test_page_shows_what_was_said_done_and_spoken(client):
    person, source = make_person(), make_source()
    agreement = make_agreement(title="Paper", signed="2020")
    AgreementEvent.objects.create(agreement=agreement, kind="ratified", on="2022-05-01", person=person)
    AgreementEvent.objects.create(agreement=agreement, kind="in_force", on="2190", is_planned=True, person=person)
    said = {"kind": "wish", "person": person, "office": "Envoy", "on": "2023", "text": "More of it.", "source": source}
    AgreementStatement.objects.create(agreement=agreement, **said)
    make_forum("jcc", name="Committee").statements.create(**said | {"on": "2019", "text": "Better."})
    AgreementFigure.objects.create(agreement=agreement, what="villages", amount=5, unit="villages", said_by=person)
    promise = make_commitment(title="Lay fibre", spoken_by=person)
    page = open_page(client, person)
    assert entries(page, "acts") == [
        "Paper planned Entry into force 2190",
        "Paper Request or wish 2023 Envoy More of it.",
        "Paper Ratification 1 May 2022",
        "Committee Request or wish 2019 Envoy Better.",
        "Paper Figure stated date not known villages",
    ]
    assert [entry.split(" Firm")[0].startswith("Lay fibre") for entry in entries(page, "promises")] == [True]
    assert promise.reference in entries(page, "promises")[0]
    assert entries(page, "offices") == ["Envoy 2023 2019"]


def test_office_that_many_records_state_shows_the_newest_days_and_how_many_there_are(client):
    person = make_person()
    for year in range(2015, 2020):
        sit(person, make_meeting(held=str(year)), office="Minister")
    assert entries(open_page(client, person), "offices") == ["Minister 2019 2018 2017 and 2 times before"]


@pytest.mark.parametrize("number", [MOST, MOST + 2])
def test_many_meetings_and_agreements_lead_to_the_list_of_all(client, number):
    person = make_person()
    with one_change():
        for _place in range(number):
            sit(person, make_meeting(cited=False))
            make_agreement(("CHN",), "2020", cited=False).parties.create(country=make_country("PAK"), signatory=person)
            make_commitment(spoken_by=person, cited=False)
    page = open_page(client, person)
    for name in ("meetings", "signatures"):
        assert len(entries(page, name)) == MOST
    more = {link.get("href"): words(link) for link in page.findall(".//a[@class='more-link']")}
    addresses = [f"/{name}={person.slug}" for name in ("meetings/?delegate", "agreements/?signatory")]
    addresses.append(f"/commitments/?spoken_by={person.slug}")
    assert more == ({} if number == MOST else dict.fromkeys(addresses, "2 more"))
    for address in addresses:
        assert f"{number} " in ListPage(client.get(address)).count


def test_linked_data_call_it_a_person(client):
    person = make_person("Khusro Bakhtyar", family_name="Bakhtyar", other_names="Khusro Bakhtiar")
    sit(person, make_meeting())
    body = client.get(person.get_absolute_url()).content.decode()
    assert '"@type": "Person"' in body and '"familyName": "Bakhtyar"' in body
    assert '"alternateName": ["Khusro Bakhtiar"]' in body


def test_former_slug_leads_to_the_person_and_so_does_the_search(client):
    person = make_person("Khusro Bakhtyar", slug="old", other_names="Makhdum Bakhtiar")
    sit(person, make_meeting())
    person.slug = "new"
    person.save()
    response = client.get("/people/old/")
    assert (response.status_code, response["Location"]) == (301, "/people/new/")
    assert '<a href="/people/new/">' in client.get("/search/?q=bakhtiar").content.decode()


# Where names lead


def test_names_on_pages_of_records_lead_to_the_person(client):
    person, source = make_person("Somebody"), make_source()
    meeting = make_meeting(forum=make_forum("jcc", ["CHN", "PAK"]), session_number=1, title="")
    sit(person, meeting)
    agreement = make_agreement(("CHN",), "2020")
    agreement.parties.create(country=make_country("PAK"), signatory=person)
    AgreementEvent.objects.create(agreement=agreement, kind="ratified", on="2022", person=person)
    AgreementStatement.objects.create(agreement=agreement, kind="wish", person=person, text="More.", source=source)
    AgreementFigure.objects.create(agreement=agreement, what="villages", amount=5, unit="villages", said_by=person)
    spoken = make_commitment(spoken_by=person)
    links = {
        record.get_absolute_url(): client.get(record.get_absolute_url())
        .content.decode()
        .count(f'<a href="{person.get_absolute_url()}">Somebody</a>')
        for record in (meeting, agreement, spoken)
    }
    assert list(links.values()) == [1, 4, 1]
    for address in (reverse("meeting-report", args=[meeting.reference]), "/pairs/CHN-PAK/"):
        assert f'<a href="{person.get_absolute_url()}">Somebody</a>' in client.get(address).content.decode()


def test_page_reads_every_way_to_name_a_person_in_public():
    """Whoever has a page is named on it: no row that makes a person public is left out."""
    asked = {(query.model, name) for query in questions() for name in _keys_asked_for(query)}
    assert asked == {(model, name) for model, name, _shown in ways_to_name(Person)}


def _keys_asked_for(query):
    return [look_up.lhs.target.name for look_up in query.query.where.children]


# What it never says


def test_person_whom_nothing_public_names_has_no_page_and_stands_in_no_list(client):
    draft = make_meeting(state="draft", cited=False)
    hidden, asked = make_person("Plugh Draft"), make_person("Plugh Asked", email="plugh@example.org")
    sit(hidden, draft)
    FocalPoint.objects.create(commitment=make_commitment(), person=asked)
    answer = {"commitment": make_commitment(), "state": PUBLISHED, "answer": "done", "progress": "complete"}
    ProgressUpdate.objects.create(answered_by=asked, responsible=asked, side=make_country("PAK"), **answer)
    nobody = client.get("/people/nobody/").content
    for person in (hidden, asked):
        assert client.get(person.get_absolute_url()).status_code == 404
        assert client.get(person.get_absolute_url()).content == nobody
        assert client.get(person.get_absolute_url()[:-1] + ".json").status_code == 404
    for address in ("/people/", "/people.csv", "/people.json", "/people.atom", "/search/?q=plugh", "/api/v1/people/"):
        response = client.get(address)
        assert b"Plugh" not in getattr(response, "content", b"") + b"".join(
            response.streaming_content if response.streaming else ()
        ), address


def test_who_answered_for_what_is_public_is_still_not_for_everybody_to_change():
    """What is public may rest on it: the country of whoever answered is said to have said so."""
    person = make_person()
    assert not person.is_in_public_use
    ProgressUpdate.objects.create(
        commitment=make_commitment(), state=PUBLISHED, answer="done", progress="complete", answered_by=person
    )
    assert person.is_in_public_use and not Person.objects.named_in_public().exists()


def test_what_the_desk_knows_of_a_public_person_is_nowhere(client):
    private = {"email": "plugh@example.org", "note": "Plugh", "country": make_country("XYZ", name="Plughland")}
    person = make_person("Known", working_week="71234", **private)
    Absence.objects.create(person=person, starts=date(1999, 7, 7), ends=date(1999, 8, 8))
    meeting = make_meeting()
    sit(person, meeting)
    addresses = ["/people/", "/people.csv", "/people.json", "/people.atom", "/api/v1/people/", "/search/?q=known"]
    addresses += [person.get_absolute_url(), person.get_absolute_url()[:-1] + ".json", meeting.get_absolute_url()]
    addresses += [f"/meetings/{meeting.reference}.json", f"/api/v1/people/{person.slug}/"]
    for address in addresses:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert (response.status_code == 200 and b"Known" in body) or address.startswith("/search")
        assert not {each for each in (b"lugh", b"71234", b"1999") if each in body}, address


def test_change_of_what_only_the_desk_knows_is_no_news(client):
    person = make_person("Known")
    sit(person, make_meeting())
    (before,) = read_feed(client, "/people.atom").entries
    person.email, person.country = "new@example.org", make_country("CHN")
    person.save()
    Absence.objects.create(person=person, starts=localdate(), ends=localdate())
    (after,) = read_feed(client, "/people.atom").entries
    assert after.updated == before.updated
    person.other_names = "Knowne"
    person.save()
    (last,) = read_feed(client, "/people.atom").entries
    assert last.updated > before.updated


def test_what_is_hidden_beside_what_is_public_is_not_named(client):
    person = make_person()
    hidden = make_organisation("secret", name="Plugh ministry", state="draft", cited=False)
    shown = make_meeting(("CHN",), title="Shown")
    side = shown.delegations.create(organisation=hidden)
    Delegate.objects.create(delegation=side, person=person, office="Envoy", role="speaker")
    make_meeting(("PAK",))
    sit(person, make_meeting(title="Plugh meeting", state="draft", cited=False), office="Plugh office")
    make_agreement(("CHN",), state="withdrawn", title="Plugh paper").parties.create(
        country=make_country("PAK"), signatory=person, office="Plugh office"
    )
    page = open_page(client, person)
    assert "Plugh" not in words(page) and "secret" not in client.get(person.get_absolute_url()).content.decode()
    assert facts(page)["On the side of"] == "A body not published here"
    assert entries(page, "offices") == ["Envoy 28 January 2026"]
    for query in ("country=PAK", "signed_for=PAK", "role=head"):
        narrowed = ListPage(client.get(f"/people/?{query}"))
        assert (narrowed.alerts, narrowed.rows) == ([], []), query
    assert ListPage(client.get("/people/")).rows == [person.slug]
    (record,) = client.get("/api/v1/people/").json()["records"]
    said = {name: value for name, value in record.items() if isinstance(value, list)}
    assert {name: value for name, value in said.items() if value} == {
        "meetings": [shown.reference],
        "offices": ["Envoy"],
    }
