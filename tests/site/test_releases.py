"""Releases of the data package: what is in them, in what they differ, and that they stay as they were issued."""

import json
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django.utils.timezone import localdate
from frictionless import validate

from meetings.models import ProgressUpdate
from tests.factories import (
    make_agreement,
    make_commitment,
    make_organisation,
    make_source,
)
from tests.registers import world as of_the_tests
from tests.registers.reading import parse, words
from tests.registers.taking_away import table
from tests.site.packages import differences, packed, rows, withdraw
from tracker.records.models import DataVersion
from tracker.registers import codebook
from tracker.site.models import Release
from tracker.site.package import storing
from tracker.site.package.contents import resources
from tracker.site.package.releases import make_release, release_if_due
from tracker.site.package.without import issue_again
from tracker.site.registers import REGISTERS
from tracker.tasks import release_data_package

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("files")


# What is in it


@pytest.mark.django_db
def test_package_is_valid_and_has_every_register_and_table_with_what_exports_have(client):
    of_the_tests.build()
    release = make_release(timezone.now())
    report = validate(release.file.path)
    assert report.valid, report.flatten(["name", "type", "message"])
    files = packed(release)
    names = {f"{register.name}.csv" for register in REGISTERS}
    names |= {f"{register.name}-{table.address}.csv" for register in REGISTERS for table in register.all_tables}
    assert files.keys() == names | {"datapackage.json", "codebook.csv"}
    for register in REGISTERS:
        expected = table(client.get(f"/{register.name}.csv"))
        found = rows(release, register.name)
        assert sorted(found, key=str) == sorted(expected, key=str) != []
        assert [row[register.key] for row in found] == sorted(row[register.key] for row in found)
        assert release.lines[register.name] == len(found)
        for each in register.all_tables:
            expected = table(client.get(f"/{register.name}/{each.address}.csv"))
            assert sorted(rows(release, f"{register.name}-{each.address}"), key=str) == sorted(expected, key=str)


@pytest.mark.django_db
def test_package_describes_itself(client, settings):
    make_agreement(("CHN", "PAK"), "2021-09-23", title="谅解备忘录")
    release = make_release(NOW)
    described = json.loads(packed(release)["datapackage.json"])
    head = {name: value for name, value in described.items() if name not in ("resources", "description", "title")}
    assert head == {
        "profile": "data-package",
        "name": "digital-cooperation-tracker",
        "homepage": "http://testserver/data/",
        "version": "1.1",
        "created": "2026-03-05T12:00:00+00:00",
        "dataVersion": DataVersion.current(),
        "licenses": [
            {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
        ],
    }
    by_name = {resource["name"]: resource for resource in described["resources"]}
    fields = {field["name"]: field for field in by_name["agreements"]["schema"]["fields"]}
    assert (fields["type"]["title"], fields["signed_earliest"]["type"]) == ("type", "date")
    assert "mou" in fields["type"]["constraints"]["enum"]
    assert by_name["agreements-events-claims"]["schema"] | {"fields": []} == {
        "fields": [],
        "primaryKey": ["agreement", "events_row", "row"],
        "missingValues": [""],
        "foreignKeys": [{"fields": ["agreement"], "reference": {"resource": "agreements", "fields": ["reference"]}}],
    }
    codes = [(row["code"], row["meaning"]) for row in rows(release, "codebook") if row["field"] == "type"]
    assert ("mou", "memorandum of understanding") in codes
    assert rows(release, "agreements")[0]["title"] == "谅解备忘录"


@pytest.mark.django_db
def test_every_field_of_the_codebook_says_what_it_is():
    make_agreement()
    found = rows(make_release(NOW), "codebook")
    assert [row for row in found if not row["title"] or "object at" in row["title"]] == []
    unexplained = [
        (resource.name, column.name)
        for resource in resources()
        for column in resource.shape.columns
        if not column.means and not column.name.endswith("_in_words")
        if codebook.field_of(resource.model, column) is None
    ]
    assert unexplained == []


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
@pytest.mark.django_db
def test_what_is_hidden_is_not_in_it(state):
    make_agreement(title="Seen").parties.create(
        organisation=make_organisation("silent", name="Silent Office", state=state)
    )
    make_agreement(title="Silent treaty", state=state)
    ProgressUpdate.objects.create(commitment=make_commitment(), progress="complete", text="Silent report", state=state)
    whole = "".join(packed(make_release(NOW)).values())
    assert "Seen" in whole and "ilent" not in whole


# When it is made


@pytest.mark.django_db
def test_release_is_made_when_something_has_changed_and_a_week_has_passed():
    agreement = make_agreement()
    assert release_if_due(NOW).version == "1.1"
    assert release_if_due(NOW + timedelta(days=30)) is None
    agreement.title = "Another"
    agreement.save()
    assert release_if_due(NOW + timedelta(days=6)) is None
    assert release_if_due(NOW + timedelta(days=7)).version == "2.1"
    assert release_if_due(NOW + timedelta(days=14)) is None


@pytest.mark.django_db(transaction=True)
def test_two_processes_make_one_release_and_leave_one_file(files, monkeypatch):
    make_agreement()
    digest, others = storing.digest, []

    def meanwhile(path):
        if not others:
            others.append(Thread(target=other))
            others[0].start()
            others[0].join()
        return digest(path)

    def other():
        try:
            make_release(NOW)
        finally:
            connection.close()

    monkeypatch.setattr(storing, "digest", meanwhile)
    assert make_release(NOW) is None
    (release,) = Release.objects.all()
    assert [path.name for path in (files / "releases").iterdir()] == [release.file.name.rpartition("/")[2]]
    assert validate(release.file.path).valid


@pytest.mark.django_db
def test_worker_and_command_make_it(capsys):
    make_agreement()
    release_data_package()
    assert Release.objects.get().number == 1
    call_command("make_release", if_due=True)
    assert Release.objects.count() == 1
    call_command("make_release")
    assert "Release 2.1: " in capsys.readouterr().out
    assert Release.objects.count() == 2


# In what two differ


@pytest.mark.django_db
def test_differences_name_what_was_added_changed_and_withdrawn():
    kept, changed, gone, mended = (make_agreement(title=title) for title in ("Kept", "Changed", "Gone", "Mended"))
    office = make_organisation("old-name")
    commitment = make_commitment(title="Cable")
    assert not make_release(NOW).differences
    changed.title = "Changed since"
    changed.save()
    withdraw(gone, withdrawal_reason="A misreading.")
    withdraw(mended, state="draft")
    office.slug = "new-name"
    office.save()
    commitment.statements.create(kind="comment", words="A voice", text="Good", source=make_source())
    added = make_agreement(title="Added")
    release = make_release(NOW + timedelta(days=7))
    with release.differences.open() as opened:
        head = json.loads(opened.read())
    assert (head["from"], head["to"]) == ("1.1", "2.1")
    found = differences(release)
    assert found["agreements"] == {
        "added": [added.reference],
        "changed": [{"name": changed.reference, "columns": ["title", "name"], "tables": []}],
        "withdrawn": [{"name": gone.reference, "day": localdate().isoformat(), "reason": "A misreading."}],
        "renamed": [],
        "merged": [],
        "removed": [mended.reference],
    }
    assert kept.reference not in json.dumps(found)
    assert found["organisations"]["renamed"] == [{"name": "new-name", "was": "old-name"}]
    assert found["commitments"]["changed"] == [{"name": commitment.reference, "columns": [], "tables": ["statements"]}]


@pytest.mark.django_db
def test_nothing_changed_is_no_difference_whatever_the_order_of_the_database():
    for title in ("Z", "a", "É", "谅"):
        make_agreement(title=title)
        make_organisation(f"office-{ord(title)}", name=title)
    make_release(NOW)
    found = differences(make_release(NOW + timedelta(days=7)))
    assert {name: [kind for kind, names in each.items() if names] for name, each in found.items()} == {
        register.name: [] for register in REGISTERS
    }


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.django_db
def test_differences_carry_the_one_release_over_to_the_other(number):
    """Whatever was done: from the names alone a reader knows which records to fetch anew, and which to drop."""
    records = [make_agreement(title=f"Paper {each}") for each in range(6)]
    make_release(NOW)
    for each in records[number::2]:
        withdraw(each, state=("withdrawn", "draft")[number % 2])
    for each in records[: number - 1]:
        each.events.create(kind="ratified", on="2024")
    for each in range(number):
        make_agreement(title=f"New paper {each}")
    one, other = Release.objects.order_by("number").first(), make_release(NOW + timedelta(days=7))
    found = differences(other)["agreements"]
    fetched = {row["reference"]: row for row in rows(other, "agreements")}
    carried = {row["reference"]: row for row in rows(one, "agreements")}
    for name in [*(each["name"] for each in found["withdrawn"]), *found["removed"]]:
        del carried[name]
    for name in [*found["added"], *(each["name"] for each in found["changed"])]:
        carried[name] = fetched[name]
    assert carried == fetched


# Its addresses


@pytest.mark.django_db
def test_page_leads_to_every_release_and_says_what_each_is(client):
    empty = client.get("/data/").content.decode()
    assert "There is no release yet." in empty and client.get("/data/releases/newest.zip").status_code == 404
    make_agreement()
    make_release(NOW)
    make_release(NOW + timedelta(days=7))
    root = parse(client.get("/data/").content.decode())
    addresses = [link.get("href") for link in root.iter("a") if "/releases/" in link.get("href", "")]
    assert addresses == [
        "/data/releases/2.zip",
        "/data/releases/2.zip",
        "/data/releases/2-differences.json",
        "/data/releases/1.zip",
    ]
    assert "release 2.1 of 12 March 2026. http://testserver/data/releases/2.zip" in words(root)
    for address in addresses:
        assert client.get(address).getvalue()
    assert client.get("/data/releases/newest.zip")["Location"] == "/data/releases/2.zip"
    assert client.get("/data/releases/1-differences.json").status_code == 404
    assert client.get("/ur/data/").status_code == 200


@pytest.mark.django_db
def test_release_says_its_mark_and_is_not_sent_again(client):
    make_agreement()
    release = make_release(NOW)
    response = client.get("/data/releases/1.zip")
    assert (response["Content-Type"], response["Content-Length"]) == ("application/zip", str(release.bytes))
    assert response["ETag"] == f'"{release.sha256}"' and response.getvalue()
    same = client.get("/data/releases/1.zip", headers={"If-None-Match": response["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    (listed,) = client.get("/data/releases.json").json()["releases"]
    assert listed == {
        "version": "1.1",
        "number": 1,
        "made_at": "2026-03-05T12:00:00+00:00",
        "issued_at": "2026-03-05T12:00:00+00:00",
        "day": "2026-03-05",
        "data_version": release.data_version,
        "bytes": release.bytes,
        "sha256": release.sha256,
        "rows": release.lines,
        "address": "http://testserver/data/releases/1.zip",
        "differences": None,
    }


@pytest.mark.django_db
def test_command_says_so_where_another_process_was_first(monkeypatch):
    monkeypatch.setattr("tracker.site.management.commands.make_release.make_release", lambda _now: None)
    with pytest.raises(CommandError, match="Another process"):
        call_command("make_release")


@pytest.mark.parametrize(("state", "kind"), [("draft", "removed"), ("withdrawn", "withdrawn")])
@pytest.mark.django_db
def test_differences_do_not_tell_what_somebody_hidden_is_called_now(state, kind):
    office = make_organisation("public-name")
    make_release(NOW)
    withdraw(office, state=state)
    office.slug = "hidden-name"
    office.save()
    found = differences(make_release(NOW + timedelta(days=7)))["organisations"]
    assert [name for name, entries in found.items() if entries] == [kind]
    assert "public-name" in str(found) and "hidden-name" not in str(found)


@pytest.mark.django_db
def test_release_whose_file_is_lost_holds_up_no_other(client):
    agreement = make_agreement()
    lost = make_release(NOW)
    lost.file.storage.delete(lost.file.name)
    assert client.get("/data/releases/1.zip").status_code == 404
    withdraw(agreement, is_withdrawn_by_law=True)
    assert issue_again(NOW) == []
    release = release_if_due(NOW + timedelta(days=7))
    assert (release.version, bool(release.differences)) == ("2.1", False)
    assert client.get("/data/releases/2.zip").getvalue()
