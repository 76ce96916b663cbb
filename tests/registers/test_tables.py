"""What belongs to records: the same in the JSON of a list, in that of each record, in workbooks and in CSV files."""

import csv
import io
import json

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import AgreementEvent, AgreementEventClaim
from meetings.models import ProgressUpdate
from meetings.registers import COMMITMENTS
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
)
from tests.parts import thinned
from tests.registers.taking_away import metadata_of, table, text
from tests.registers.test_csv_metadata import as_described, plain
from tracker.records.models.content import NOT_CONTENT, stored_fields
from tracker.registers.plan import model_of
from tracker.registers.reading import RowsIn, Sparse
from tracker.registers.register import Datatype
from tracker.registers.tables import Shape
from tracker.site.registers import REGISTERS

WITH_TABLES = [register for register in REGISTERS if register.tables]
TABLES = [(register, each) for register in WITH_TABLES for each in register.all_tables]
# Said in another column, for the desk alone, or there to be found by.
SAID_OTHERWISE = {
    "agreements.agreement": {"countries"},
    "meetings.commitment": {
        "countries",
        "due_is_counted",
        "due_session",
        "due_version",
        "position",
        "closed_on_latest",
    },
    "agreements.country": {"other_names"},
    "agreements.theme": {"covered_by", "other_names"},
}


def nested(address, client):
    return json.loads(text(client.get(address)))["records"]


def flattened(register, table, records):
    """The rows of one table out of nested JSON, as a file of its own has them."""
    found = [({register.noun.replace("-", "_"): record[register.key]}, record["rows"]) for record in records]
    for name in table.path[:-1]:
        found = [
            (around | {f"{name}_row": number}, row)
            for around, parts in found
            for number, row in enumerate(parts[name], 1)
        ]
    return [
        around | {"row": number} | {name: value for name, value in row.items() if not isinstance(value, list)}
        for around, parts in found
        for number, row in enumerate(parts[table.name], 1)
    ]


@pytest.mark.parametrize(
    ("register", "table", "prefix"),
    thinned(
        [(register, table, prefix) for register, table in TABLES for prefix in ("", "/ur", "/zh-hans")],
        lambda register, table, prefix: not prefix,
    ),
    ids=lambda value: getattr(value, "address", getattr(value, "name", value)),
)
def test_table_is_what_is_nested_in_json(world, client, register, table, prefix):
    expected = flattened(register, table, nested(f"{prefix}/{register.name}.json", client))
    response = client.get(f"{prefix}/{register.name}/{table.address}.csv")
    described = metadata_of(client, response)
    numbers = [*(f"{name}_row" for name in table.path[:-1]), "row"]
    assert described["tableSchema"]["primaryKey"] == [register.noun.replace("-", "_"), *numbers]
    found = as_described(text(response).removeprefix("\ufeff"), described)
    for row in found:
        for column in table.columns:
            if column.datatype == Datatype.DECIMAL and row[column.name] is not None:
                row[column.name] = str(row[column.name])
    assert found == [plain(row) for row in expected]
    assert response["Content-Disposition"].endswith(f'"{register.name}-{table.address}.csv"')


@pytest.mark.parametrize("register", WITH_TABLES, ids=lambda register: register.name)
def test_some_row_is_in_each_kind_of_file(world, client, register):
    """So that what is compared above is something."""
    records = nested(f"/{register.name}.json", client)
    assert any(record["rows"][table.name] for record in records for table in register.tables)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_list_leads_to_what_belongs_to_its_records_where_something_does(world, client, register):
    page = client.get(f"/{register.name}/").content.decode()
    assert page.count('<details class="tables">') == bool(register.tables)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_record_as_json_is_what_the_list_has_of_it(world, client, register):
    for record in nested(f"/{register.name}.json", client):
        response = client.get(f"/{register.name}/{record[register.key]}.json")
        whole = response.json()
        assert (response["Content-Type"], whole.pop("record")) == ("application/json", record)
        assert whole["address"] == f"http://testserver/{register.name}/{record[register.key]}.json"
        assert f'<{record["address"]}>; rel="canonical"' in response["Link"]


def _read(columns):
    for column in columns:
        for read in column.reads:
            path = read.path if isinstance(read, Sparse) else read.relation if isinstance(read, RowsIn) else read
            yield path.split("__")[0]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_all_that_a_record_says_is_in_a_column(register):
    model = model_of(register)
    said = {field.name for editable in (True, False) for field in stored_fields(model, editable=editable)}
    otherwise = SAID_OTHERWISE.get(model._meta.label_lower, set())
    kept_back = NOT_CONTENT | getattr(model, "NOT_SHOWN", frozenset())
    assert said - set(_read(register.columns)) - kept_back == otherwise


def _record_of(row):
    while getattr(row, "is_row", False):
        row = row._meta.get_field(row.owner_name).related_model
    return row


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_columns_of_a_file_have_names_of_their_own(register):
    shape = Shape(noun=register.noun, columns=register.columns, tables=register.tables)
    for each in (shape, *map(shape.of, register.all_tables)):
        names = [column.name for column in each.columns]
        assert len(set(names)) == len(names)
    labels = [table.label for table in register.all_tables]
    assert len(set(labels)) == len(labels)


def test_every_row_that_says_something_is_in_a_table():
    found = {}
    for register, each in TABLES:
        for column in each.columns:
            found.setdefault((model_of(register), each.path), set()).update(_read([column]))
    named = {step for _model, path in found for step in path}
    for row in apps.get_models():
        owner = getattr(row, "owner_name", "")
        if (
            owner
            and getattr(row, "is_content", False)
            and row.is_for_the_public()
            and _record_of(row) in map(model_of, REGISTERS)
        ):
            name = row._meta.get_field(owner).remote_field.get_accessor_name()
            assert name in named, row
            columns = {field.name for field in row._meta.concrete_fields if not field.primary_key} - {owner}
            tables = [read for (_model, path), read in found.items() if path[-1] == name]
            assert any(columns <= read | NOT_CONTENT | getattr(row, "NOT_SHOWN", frozenset()) for read in tables), row


@pytest.mark.django_db
def test_rows_of_rows_are_nested_and_numbered(client):
    agreement = make_agreement(("CHN", "PAK"), "2021-09-23")
    event = agreement.events.get()
    later = AgreementEvent.objects.create(agreement=agreement, kind="ratified", on="2022")
    for part, value in ((later, "2022-05"), (event, "2021-09-22"), (later, "2022-06")):
        AgreementEventClaim.objects.create(part=part, field="date", value=value, source=make_source())
    (record,) = nested("/agreements.json", client)
    values = [[claim["value"] for claim in event["claims"]] for event in record["rows"]["events"]]
    assert values == [["2021-09-22"], ["2022-05", "2022-06"]]
    rows = table(client.get("/agreements/events-claims.csv"))
    assert [(row["events_row"], row["row"], row["value"]) for row in rows] == [
        ("1", "1", "2021-09-22"),
        ("2", "1", "2022-05"),
        ("2", "2", "2022-06"),
    ]


@pytest.mark.django_db
def test_relation_is_told_from_both_sides(client):
    earlier, later = make_commitment(title="Cable"), make_commitment(title="Cable again")
    hidden = make_commitment(title="Hidden cable", state="draft")
    for commitment in (later, hidden):
        commitment.lineage.create(kind="repeats", earlier=earlier)
    later.lineage.create(kind="repeats", earlier=hidden)
    of_earlier, of_later = (client.get(f"/commitments/{each.reference}.json") for each in (earlier, later))
    (row,) = of_earlier.json()["record"]["rows"]["later"]
    assert (row["other_commitment"], row["other_commitment_in_words"]) == (later.reference, "Cable again")
    assert [row["earlier"] for row in of_later.json()["record"]["rows"]["lineage"]] == [earlier.reference]
    assert "Hidden" not in of_earlier.getvalue().decode() + of_later.getvalue().decode()


@pytest.mark.django_db
def test_progress_is_told_with_its_source_and_no_more(client):
    """Nobody reads who answered, what is still with the desk, or what is between the two."""
    commitment = make_commitment()
    person = make_person("Quiet Person", country=make_country("PAK"))
    source = make_source(slug="gazette", url="https://example.org/gazette")
    ProgressUpdate.objects.create(
        commitment=commitment,
        as_of="2025-03",
        answer="late",
        progress="under_way",
        text="Half of it is built",
        reason="Secret reason",
        responsible_words="Secret colleague",
        answered_by=person,
        source=source,
        locator="page 2",
        state="published",
    )
    ProgressUpdate.objects.create(commitment=commitment, as_of="2025-04", progress="complete", text="Secret draft")
    said = client.get(f"/commitments/{commitment.reference}.json").getvalue().decode()
    (row,) = json.loads(said)["record"]["rows"]["progress_updates"]
    told = {"said_by": "PAK", "said_by_in_words": "Pakistan", "as_of": "2025-03", "progress": "under_way"}
    told |= {"source": "gazette", "source_address": "https://example.org/gazette", "locator": "page 2"}
    assert told.items() <= row.items()
    assert "Secret" not in said and "Quiet" not in said


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
@pytest.mark.django_db
def test_hidden_record_is_not_there_and_a_hidden_body_is_not_named(client, state):
    hidden = make_organisation("silent", name="Silent Office", country=make_country("FRA"), state=state)
    meeting = make_meeting(("CHN", "PAK"))
    meeting.delegations.create(organisation=hidden)
    said = client.get(f"/meetings/{meeting.reference}.json").getvalue().decode()
    delegations = json.loads(said)["record"]["rows"]["delegations"]
    assert [(row["country"], row["organisation"]) for row in delegations][-1] == (None, None)
    assert not any(word in said for word in ("ilent", "FRA", "France"))
    assert client.get("/organisations/silent.json").status_code == 404
    commitment = make_commitment(state=state)
    assert client.get(f"/commitments/{commitment.reference}.json").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.django_db
def test_former_name_leads_to_the_present_one(client, prefix):
    office = make_organisation("old-name")
    office.slug = "new-name"
    office.save()
    response = client.get(f"{prefix}/organisations/old-name.json")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}/organisations/new-name.json")
    agreement = make_agreement()
    response = client.get(f"{prefix}/agreements/{agreement.reference.lower()}.json")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}/agreements/{agreement.reference}.json")


@pytest.mark.django_db
def test_hostile_text_in_a_table_is_no_formula(client):
    meeting = make_meeting()
    meeting.outcomes.create(kind="decision", text="=HYPERLINK(1)")
    rows = csv.DictReader(io.StringIO(text(client.get("/meetings/outcomes.csv")).removeprefix("\ufeff")))
    assert [row["text"] for row in rows] == ["'=HYPERLINK(1)"]


@pytest.mark.parametrize("query", ["foo=1", "schedule=nonsense", "due_after=x"])
@pytest.mark.django_db
def test_table_of_a_list_that_cannot_be_read_is_refused_as_the_list(client, query):
    for address in ("commitments/parties.csv", "commitments/parties.csv-metadata.json"):
        refused = client.get(f"/{address}?{query}")
        assert refused.status_code == 400 and query.split("=")[0] in refused.getvalue().decode()


@pytest.mark.django_db
def test_record_asks_as_often_whatever_belongs_to_it(client):
    commitment = make_commitment()
    address = f"/commitments/{commitment.reference}.json"

    def asked():
        client.cookies["sessionid"] = "none"  # nothing is kept for who may have logged in
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    before = asked()
    for number in range(30):
        commitment.statements.create(kind="comment", words=f"Voice {number}", text="Good", source=make_source())
    assert asked() == before <= len(COMMITMENTS.all_tables) + 12
