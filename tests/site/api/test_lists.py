"""The lists and records of the API are those of the site: same filters, same order, same values, same refusals."""

import json
import random
from itertools import chain
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from agreements.models import Agreement
from tests.abuse.hostile import VALUES, queries, quoted
from tests.factories import make_agreement, make_forum, make_organisation
from tests.parts import thinned
from tests.registers.asking import asked_at_random
from tests.registers.taking_away import links, text
from tests.registers.test_bad_input import NOT_READABLE
from tracker.records.models import DataVersion
from tracker.registers import keeping
from tracker.site.addresses import in_language
from tracker.site.api.fields import names_of
from tracker.site.registers import REGISTERS

NAMES = {register.name: register for register in REGISTERS}
SITE = "http://testserver"
WRONG_SIZE = "A page has 1 to 200 records."
OF_EACH = pytest.mark.parametrize("register", REGISTERS, ids=NAMES)


def exported(client, address):
    return json.loads(text(client.get(address)))["records"]


def errors_of(response):
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    return [(error["parameter"], error["detail"]) for error in response.json()["errors"]]


@OF_EACH
def test_list_is_the_json_of_the_same_filters(world, client, ask, register):
    fields = ",".join(names_of(register))
    for query in asked_at_random(register, random.Random(3), 6):
        answer = ask(f"{register.name}/?{query}&page_size=200&fields={fields}")
        found = [{name: value for name, value in each.items() if name != "api_address"} for each in answer["records"]]
        assert found == exported(client, f"/{register.name}.json?{query}"), query
        assert (answer["count"], answer["next"], answer["previous"]) == (len(found), None, None)


@pytest.mark.parametrize("language", ["en", "ur"])
@OF_EACH
def test_record_is_that_of_its_json_in_the_language_asked_for(world, client, ask, register, language):
    suffix = "" if language == "en" else f"?lang={language}"
    for record in ask(f"{register.name}/{suffix}")["records"]:
        own = record["api_address"]
        assert own == f"{SITE}/api/v1/{register.name}/{record[register.key]}/{suffix}"
        answer = ask(own.removeprefix(SITE))
        page = in_language(f"/{register.name}/{record[register.key]}", language)
        assert record["address"] == f"{SITE}{page}/"
        expected = json.loads(client.get(f"{page}.json").content)["record"]
        assert answer["record"] == expected | {"api_address": own}
        provenance = {"language": language, "licence": "CC BY 4.0", "data_version": DataVersion.current()}
        head = {name: value for name, value in answer.items() if name != "record"}
        assert head == {"register": register.name} | provenance


@OF_EACH
def test_rows_are_in_a_list_only_if_asked_for(world, ask, register):
    assert all("rows" not in record for record in ask(f"{register.name}/")["records"])
    if register.tables:
        for record in ask(f"{register.name}/?fields=rows")["records"]:
            assert list(record) == [register.key, "rows"]


@pytest.mark.parametrize(
    ("register", "name", "value", "message"),
    thinned(NOT_READABLE, lambda register, name, *_: register == "agreements" or name == "sort"),
)
def test_value_that_cannot_be_read_is_refused_with_the_message_of_the_page(
    world, client, register, name, value, message
):
    assert errors_of(client.get(f"/api/v1/{register}/?{name}={value}")) == [(name, message)]


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("fields=title,colour", [("fields", "“colour” is not a field of this list.")]),
        ("fields=title&fields=reference", [("fields", "Give one value only.")]),
        ("colour=red", [("colour", "“colour” is not a parameter of this list.")]),
        ("page=2", [("page", "Pages have no number here: start at the first, and follow “next”.")]),
        *((f"page_size={size}", [("page_size", WRONG_SIZE)]) for size in ("0", "201", "-1", "x", "²", "9" * 5000)),
        ("lang=de", [("lang", "“de” is not a known value here.")]),
        (
            "cursor=x",
            [("cursor", "This cursor is none of this list and order. Start at its first page, and follow “next”.")],
        ),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)  # fmt: skip
def test_parameter_of_the_api_that_cannot_be_read_is_refused(world, client, query, errors):
    assert errors_of(client.get(f"/api/v1/agreements/?{query}")) == errors


@pytest.mark.parametrize("name", ["lang", "fields", "cursor", "page_size", "sort", "x"])
def test_whatever_a_stranger_puts_into_a_parameter_is_refused_or_passed_over(world, client, name):
    for kind, query in queries(name).items():
        response = client.get(f"/api/v1/agreements/?{query}")
        is_nothing = kind in ("empty", "no value") and name != "x"
        assert response.status_code == (200 if is_nothing else 400), (kind, response.content)
        assert client.get(f"/api/v1/agreements/AGR-0001/?{query}").status_code in (200, 400)
    for value in VALUES.values():
        assert client.get(f"/api/v1/agreements/{quoted(value)}/").status_code in (400, 404), value


def test_refusal_speaks_the_language_asked_for(world, client):
    said = {lang: errors_of(client.get(f"/api/v1/agreements/?lang={lang}&fields=x"))[0][1] for lang in ("en", "ur")}
    assert said["en"] != said["ur"] and "x" in said["ur"]


@pytest.mark.parametrize("address", ["v1/", "v1/agreements/AGR-0001/", "schema/"])
def test_unknown_parameter_is_refused_everywhere(world, client, address):
    assert errors_of(client.get(f"/api/{address}?q=x")) == [("q", "“q” is not a parameter of this address.")]


# Pages


@pytest.mark.parametrize("is_indexed", [False, True])
def test_links_lead_through_all_pages_and_back(world, client, ask, settings, tmp_path, is_indexed):
    settings.INDEX_REGISTERS, settings.INDEX_FOLDER = is_indexed, tmp_path
    keeping.forget()
    keeping.prepare(NAMES["commitments"], localdate())
    address = "/api/v1/commitments/?lang=ur&country=PAK&fields=reference&page_size=2&sort=-due"
    whole = [each["reference"] for each in exported(client, "/commitments.json?country=PAK&sort=-due")]
    pages, back = [], []
    while address:
        response = client.get(address)
        answer = response.json()
        pages.append([each["reference"] for each in answer["records"]])
        neighbours = {"next": answer["next"], "prev": answer["previous"]}
        assert links(response) == {
            "license": "https://creativecommons.org/licenses/by/4.0/",
            **{relation: there for relation, there in neighbours.items() if there},
        }
        last, address = answer, answer["next"] and answer["next"].removeprefix(SITE)
        if address:
            asked = parse_qs(urlsplit(address).query)
            assert asked.keys() == {"lang", "country", "fields", "page_size", "sort", "cursor"}
    while last:
        back.insert(0, [each["reference"] for each in last["records"]])
        last = last["previous"] and ask(last["previous"].removeprefix(SITE))
    assert [*chain(*pages)] == whole == [*chain(*back)] and len(pages) == len(back) == -(-len(whole) // 2) > 1
    keeping.forget()


@pytest.mark.django_db
def test_usual_page_has_fifty_records(ask):
    for _each in range(51):
        make_agreement()
    answer = ask("agreements/")
    assert (len(answer["records"]), answer["count"], answer["previous"]) == (50, 51, None)
    assert len(ask("agreements/?page_size=200")["records"]) == 51


# What is read


def test_nothing_is_read_but_what_was_asked_for(world, ask):
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert {tuple(record) for record in ask("agreements/?fields=title")["records"]} == {("reference", "title")}
    with CaptureQueriesContext(connection) as all_of_it:
        ask("agreements/")
    said = " ".join(query["sql"] for query in few)
    assert len(few) < len(all_of_it) and "citation" not in said and "description" not in said


# Names


@pytest.mark.django_db
def test_record_that_is_named_otherwise_now_leads_there(client):
    forum = make_forum("old-name")
    forum.slug = "new-name"
    forum.save()
    agreement = make_agreement()
    for address, there in (
        ("forums/old-name/?lang=ur&fields=slug", "forums/new-name/?lang=ur&fields=slug"),
        (f"agreements/{agreement.reference.lower()}/", f"agreements/{agreement.reference}/"),
        ("countries/pak/", "countries/PAK/"),
    ):
        response = client.get(f"/api/v1/{address}")
        assert (response.status_code, response["Location"]) == (308, f"/api/v1/{there}")
        assert client.get(response["Location"]).status_code == 200


@pytest.mark.django_db
def test_record_that_was_withdrawn_is_gone_and_says_so(client):
    agreement = make_agreement(title="Cable treaty")
    agreement.state, agreement.withdrawal_reason = "withdrawn", "It was a misreading."
    agreement.save()
    response = client.get(f"/api/v1/agreements/{agreement.reference}/")
    said = response.json()
    assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")
    assert {name: said[name] for name in ("status", "name", "day", "reason")} == {
        "status": 410,
        "name": agreement.reference,
        "day": localdate().isoformat(),
        "reason": "It was a misreading.",
    }
    assert "Cable" not in response.content.decode() and "ETag" not in response


@pytest.mark.django_db
def test_record_that_is_not_public_is_not_there(client):
    draft = make_agreement(state="draft")
    office = make_organisation("office", state="in_review")
    for address in (f"agreements/{draft.reference}/", f"organisations/{office.slug}/", "agreements/AGR-9999/"):
        assert client.get(f"/api/v1/{address}").status_code == 404
    assert Agreement.objects.count() == 1


def test_root_leads_to_every_register(world, ask):
    root = ask("")
    assert [each["name"] for each in root["registers"]] == list(NAMES)
    for each in root["registers"]:
        assert ask(each["api_address"].removeprefix(SITE))["register"] == each["name"]
        assert each["address"] == f"{SITE}/{each['name']}/"
    urdu = ask("?lang=ur")
    assert [each["address"] for each in urdu["registers"]] == [f"{SITE}/ur/{name}/" for name in NAMES]
    assert urdu["registers"][0]["api_address"] == f"{SITE}/api/v1/agreements/?lang=ur"
