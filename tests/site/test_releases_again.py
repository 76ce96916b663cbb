"""Former releases of the data package: they stay as issued, but for what is withdrawn for legal reasons."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from frictionless import validate

from tests.factories import (
    make_agreement,
    make_forum,
    make_meeting,
    make_organisation,
    make_source,
)
from tests.site.packages import packed, rows, withdraw
from tracker.site.package.releases import make_release
from tracker.site.package.without import issue_again

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("files")


@pytest.mark.django_db
def test_old_release_stays_as_issued_though_a_record_was_withdrawn(client):
    agreement = make_agreement(title="Cable treaty")
    release = make_release(NOW)
    content = client.get("/data/releases/1.zip").getvalue()
    withdraw(agreement)
    assert issue_again(NOW + timedelta(days=1)) == []
    again = client.get("/data/releases/1.zip")
    assert (again.status_code, again.getvalue()) == (200, content)
    assert "Cable treaty" in packed(release)["agreements.csv"]


@pytest.mark.django_db
def test_release_is_issued_again_without_what_is_withdrawn_for_legal_reasons(client, files):
    office = make_organisation("silent-office", name="Office of Silence")
    office.names.create(name="Bureau of Whispers")
    forum = make_forum("club", ["PAK"], name="Digital Club", secretariat=office)
    forum.statements.create(kind="comment", organisation=office, text="Good", source=make_source())
    forum.statements.create(kind="comment", words="A voice", text="Bad", source=make_source())
    meeting = make_meeting(("CHN", "PAK"), title="Tenth")
    meeting.delegations.create(organisation=office)
    make_organisation("other", name="Other Office")
    release = make_release(NOW)
    assert validate(release.file.path).valid and "Silence" in "".join(packed(release).values())
    withdraw(office, is_withdrawn_by_law=True)
    waiting = client.get("/data/releases/1.zip")
    assert (waiting.status_code, waiting["Retry-After"]) == (503, "3600")
    assert issue_again(NOW + timedelta(days=1)) == [release]
    assert issue_again(NOW + timedelta(days=2)) == []
    release.refresh_from_db()
    assert (release.version, release.issued_at, release.made_at) == ("1.2", NOW + timedelta(days=1), NOW)
    whole = "".join(packed(release).values())
    assert not any(word in whole for word in ("silent-office", "Silence", "Whispers"))
    assert [row["slug"] for row in rows(release, "organisations")] == ["other"]
    (row,) = rows(release, "forums")
    assert (row["name"], row["secretariat"], row["secretariat_in_words"]) == ("Digital Club", "", "")
    assert "Bad" in row["statements"] and "Good" not in row["statements"]
    assert [row["country"] for row in rows(release, "meetings-delegations")] == ["CHN", "PAK", ""]
    report = validate(release.file.path)
    assert report.valid, report.flatten(["name", "type", "message"])
    assert json.loads(packed(release)["datapackage.json"])["version"] == "1.2"
    assert release.lines["organisations"] == 1
    response = client.get("/data/releases/1.zip")
    assert (response.status_code, response["Content-Disposition"]) == (
        200,
        'attachment; filename="digital-cooperation-tracker-1.2.zip"',
    )
    assert len(list((files / "releases").iterdir())) == 1
    assert response.getvalue()
    # A later release has nothing of it, and need not be issued again.
    make_release(NOW + timedelta(days=7))
    assert issue_again(NOW + timedelta(days=8)) == []
    assert client.get("/data/releases/2.zip").getvalue()


@pytest.mark.django_db
def test_name_that_it_had_when_the_release_was_made_is_taken_out_too():
    office = make_organisation("silent-office", name="Office of Silence")
    office.names.create(name="Bureau of Whispers")
    forum = make_forum("club", ["PAK"], secretariat=office)
    forum.statements.create(kind="comment", organisation=office, text="Good", source=make_source())
    release = make_release(NOW)
    office.name, office.slug = "An office", "an-office"
    office.save()
    office.names.get().delete()
    withdraw(office, is_withdrawn_by_law=True)
    issue_again(NOW)
    release.refresh_from_db()
    whole = "".join(packed(release).values())
    assert not any(word in whole for word in ("silent-office", "Silence", "Whispers"))


@pytest.mark.django_db
def test_what_has_the_same_title_stays():
    one, other = (make_agreement(title="Memorandum of Understanding") for _each in range(2))
    release = make_release(NOW)
    withdraw(one, is_withdrawn_by_law=True)
    issue_again(NOW)
    release.refresh_from_db()
    assert [(row["reference"], row["title"]) for row in rows(release, "agreements")] == [
        (other.reference, "Memorandum of Understanding")
    ]
    assert {row["agreement"] for row in rows(release, "agreements-parties")} <= {other.reference}
