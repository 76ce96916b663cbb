"""The public history of a record: what the public could read, when it changed, and by nobody's name."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model

from agreements.models import AgreementParty, AgreementStatement
from meetings.models import FocalPoint, ProgressUpdate
from tests.factories import make_agreement, make_commitment, make_organisation, make_person, make_source
from tests.soak.past import at
from tracker.records.models import one_change

TODAY = datetime(2026, 6, 30, 9, tzinfo=UTC)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture(autouse=True)
def today():
    with at(TODAY):
        yield


@pytest.fixture
def agreement(db):
    with at(ago(12)):
        agreement = make_agreement(("CHN", "PAK"), "2021", state="draft", title="Drafted title")
    with at(ago(10)):
        agreement.state, agreement.title = "published", "First title"
        agreement.save()
    return agreement


def history(client, record):
    answer = client.get(f"{record.get_absolute_url()}history/")
    assert answer.status_code == 200
    found = re.findall(r'<li class="history-entry">.*?</li>', answer.content.decode(), re.S)
    return [" ".join(re.sub(r"<[^>]*>", " ", entry).split()) for entry in found]


def save(record, days, reason="", **values):
    with at(ago(days)), one_change() as change:
        change.correction = reason
        for name, value in values.items():
            setattr(record, name, value)
        record.save()


def test_history_begins_with_the_first_publication(agreement, client):
    assert history(client, agreement) == ["20 June 2026 First published as of the end of that day"]


def test_correction_is_told_with_before_after_and_reason(agreement, client):
    save(agreement, 5, "Misread on the scan", title="Second title", validity="P3Y")
    corrected, _first = history(client, agreement)
    assert corrected.startswith("25 June 2026 Changed as of the end of that day Reason: Misread on the scan")
    assert "Title First title Second title" in corrected
    assert "3 years" in corrected


def test_work_before_publication_and_while_it_was_hidden_is_not_told(agreement, client):
    save(agreement, 8, state="draft", title="Hidden title", editors_note="A doubt")
    save(agreement, 7, title="Another hidden title")
    save(agreement, 6, state="published", title="Third title")
    again, gone, _first = history(client, agreement)
    assert again.startswith("24 June 2026 Public again")
    assert "First title Third title" in again
    assert gone == "22 June 2026 No longer public"
    assert not any(word in " ".join((again, gone)) for word in ("Drafted", "idden", "doubt"))


def test_rows_are_told_as_added_changed_and_removed(agreement, client):
    with at(ago(6)):
        statement = AgreementStatement.objects.create(
            agreement=agreement, text="It was welcomed.", words="The chamber", kind="reaction", source=make_source()
        )
    save(statement, 5, text="It was criticised.")
    with at(ago(4)):
        statement.delete()
    removed, changed, added, _first = history(client, agreement)
    assert "added" in added
    assert "It was welcomed." in added
    assert "It was welcomed. It was criticised." in changed
    assert "removed" in removed


def test_report_on_a_commitment_is_in_its_history(db, client):
    with at(ago(10)):
        commitment = make_commitment()
    with at(ago(3)):
        update = {"text": "Begun.", "state": "published", "progress": "limited", "as_of": "2026-05"}
        ProgressUpdate.objects.create(commitment=commitment, **update)
        ProgressUpdate.objects.create(commitment=commitment, **update | {"text": "Secret.", "state": "in_review"})
    reported, _first = history(client, commitment)
    assert reported.startswith("27 June 2026 Report published")
    assert "no information limited" in reported
    assert "Begun." in reported
    assert "Secret" not in reported


def test_nobody_is_named_who_is_hidden_or_works_on_it(agreement, client):
    account = get_user_model().objects.create_user("ed", first_name="Edith")
    hidden = make_organisation("hidden", name="Hidden Ministry", state="draft")
    with at(ago(4)), one_change(account=account):
        AgreementParty.objects.create(agreement=agreement, organisation=hidden)
        agreement.title = "Second title"
        agreement.save()
    page = client.get(f"{agreement.get_absolute_url()}history/").content.decode()
    assert "Second title" in page
    assert not any(name in page for name in ("Hidden Ministry", "Edith"))


def test_who_answers_for_a_commitment_is_not_told(db, client):
    with at(ago(10)):
        commitment = make_commitment()
    with at(ago(3)):
        FocalPoint.objects.create(commitment=commitment, person=make_person("Private Person"))
    assert len(history(client, commitment)) == 1


def test_day_leads_to_the_record_as_of_it(agreement, client):
    answer = client.get(f"{agreement.get_absolute_url()}history/?day=2026-06-22")
    assert (answer.status_code, answer["Location"]) == (302, f"{agreement.get_absolute_url()}2026-06-22/")


def test_history_of_what_is_withdrawn_is_gone_and_of_what_is_hidden_not_there(agreement, client):
    address = f"{agreement.get_absolute_url()}history/"
    save(agreement, 2, state="withdrawn")
    assert client.get(address).status_code == 410
    save(agreement, 1, state="draft")
    assert client.get(address).status_code == 404


def test_record_leads_to_its_history(agreement, client):
    assert f'href="{agreement.get_absolute_url()}history/"' in client.get(agreement.get_absolute_url()).content.decode()
