"""Records and lists as they were published here at the end of a day."""

import gc
import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from agreements.models import Absence, Agreement, AgreementParty
from meetings.models import Commitment, ProgressUpdate
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_theme,
)
from tests.meetings.followups.reminders import make_reminder
from tests.soak.past import at
from tracker.records.models import Revision
from tracker.registers.past import kept
from tracker.registers.past.database import database_in_use

TODAY = datetime(2026, 6, 30, 9, tzinfo=UTC)


def ago(days):
    return TODAY - timedelta(days=days)


def day(days):
    return ago(days).date().isoformat()


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.PAST_FOLDER = tmp_path / "past"
    return settings.PAST_FOLDER


@pytest.fixture(autouse=True)
def today():
    """Opened last, so that whatever a test changes in between is at its own moment."""
    with at(TODAY):
        yield


@pytest.fixture
def agreement(db):
    """First published ten days ago, corrected five days ago, under its second title since."""
    with at(ago(12)):
        agreement = make_agreement(("CHN", "PAK"), "2021", state="draft", title="Drafted title")
    with at(ago(10)):
        agreement.state, agreement.title = "published", "First title"
        agreement.save()
    with at(ago(5)):
        agreement.title = "Second title"
        agreement.save()
    return agreement


def told(client, address):
    answer = client.get(address)
    return answer.status_code, b"".join(answer).decode() if answer.streaming else answer.content.decode()


def on(record, days, ending="/"):
    return f"{record.get_absolute_url()}{day(days)}{ending}"


def test_record_says_of_a_day_what_it_said_at_its_end(agreement, client):
    for days, title in ((10, "First title"), (6, "First title"), (5, "Second title"), (1, "Second title")):
        status, page = told(client, on(agreement, days))
        assert status == 200
        assert title in page
        assert ("First title" in page) == (title == "First title")
        record = json.loads(told(client, on(agreement, days, ".json"))[1])
        assert record["record"]["title"] == title
        assert (record["exported_on"], record["as_of"]) == (day(0), day(days))


def test_page_of_a_past_day_says_so_and_leads_to_the_present(agreement, client):
    _status, page = told(client, on(agreement, 6))
    assert "As published here at the end of 24 June 2026." in page
    assert f'<a href="{agreement.get_absolute_url()}">See it as it is today' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "State of 24 June 2026" in page
    _status, present = told(client, agreement.get_absolute_url())
    assert "As published here" not in present
    assert "noindex" not in present


def test_record_is_cited_as_of_its_day(agreement, client):
    _status, page = told(client, on(agreement, 6))
    address = f"http://testserver{on(agreement, 6)}"
    assert f"Retrieved June 30, 2026, from {address}" in page
    for extension in ("bib", "ris", "csl.json"):
        assert address in told(client, on(agreement, 6, f".{extension}"))[1]


def test_before_its_first_publication_the_first_day_is_named(agreement, client):
    for days in (11, 12, 400):
        status, page = told(client, on(agreement, days))
        assert status == 404
        assert "was first published here on 20 June 2026." in page
        assert "Drafted title" not in page


@pytest.mark.parametrize("written", ["2026-07-01", "2199-01-01", "2026-02-30", "2026-13-01"])
def test_day_that_has_not_come_or_does_not_exist_is_not_there(agreement, client, written):
    assert client.get(f"{agreement.get_absolute_url()}{written}/").status_code == 404


def test_today_is_as_it_is_so_far(agreement, client):
    assert "Second title" in told(client, on(agreement, 0))[1]


def test_withdrawn_record_is_gone_as_of_every_day(agreement, client):
    with at(ago(2)):
        agreement.state, agreement.withdrawal_reason = "withdrawn", "Entered twice"
        agreement.save()
    for ending in ("/", ".json", ".bib"):
        status, page = told(client, on(agreement, 6, ending))
        assert status == 410
        assert "First title" not in page
        assert "Second title" not in page
    assert "Entered twice" in told(client, on(agreement, 6))[1]


def test_record_that_was_not_public_on_a_day_is_not_there_on_it(agreement, client):
    with at(ago(4)):
        agreement.state = "withdrawn"
        agreement.save()
    with at(ago(2)):
        agreement.state = "published"
        agreement.save()
    status, page = told(client, on(agreement, 3))
    assert status == 404
    assert "was not published here" in page
    assert client.get(on(agreement, 5)).status_code == 200


def test_hidden_record_is_not_there_on_any_day(agreement, client):
    agreement.state = "draft"
    agreement.save()
    assert client.get(on(agreement, 6)).status_code == 404


def test_of_what_is_public_by_what_names_it_no_first_day_is_claimed(agreement, client):
    for record in agreement.countries.all():
        status, page = told(client, f"{record.get_absolute_url()}2001-01-01/")
        assert status == 404
        assert "first published here" not in page
        assert "The history of this site begins on" in page


def test_file_that_was_cleared_away_before_it_is_opened_is_asked_for_again_later(agreement, client, monkeypatch):
    client.get(on(agreement, 6))
    monkeypatch.setattr("tracker.registers.past.days.file_of", lambda last: Path("/nowhere/day.sqlite3"))
    assert client.get(on(agreement, 6)).status_code == 503
    assert database_in_use() == "default"


def test_names_of_others_are_those_of_the_day(agreement, client):
    ministry = make_organisation("ministry", name="Old Ministry")
    with at(ago(9)):
        AgreementParty.objects.create(agreement=agreement, organisation=ministry)
    with at(ago(3)):
        ministry.name = "New Ministry"
        ministry.save()
    Revision.objects.filter(kind="agreements.organisation", number=1).update(made_at=ago(11))
    assert "Old Ministry" in told(client, on(agreement, 4))[1]
    _status, page = told(client, on(agreement, 3))
    assert "New Ministry" in page
    assert "Old Ministry" not in page


def test_what_is_withdrawn_for_legal_reasons_is_named_on_no_day(agreement, client):
    with at(ago(11)):
        ministry = make_organisation("ministry", name="Erased Ministry")
    with at(ago(9)):
        AgreementParty.objects.create(agreement=agreement, organisation=ministry)
    assert "Erased Ministry" in told(client, on(agreement, 4))[1]
    ministry.state, ministry.is_withdrawn_by_law = "withdrawn", True
    ministry.save()
    for ending in ("/", ".json"):
        assert "Erased Ministry" not in told(client, on(agreement, 4, ending))[1]


def test_what_was_withdrawn_for_legal_reasons_and_then_deleted_is_on_no_day(agreement, client):
    agreement.state, agreement.is_withdrawn_by_law = "withdrawn", True
    agreement.save()
    agreement.delete()
    assert "First title" not in told(client, f"/agreements.json?as_of={day(6)}")[1]


def test_where_no_file_can_be_written_the_answer_says_to_come_back(agreement, client, files):
    files.write_text("a file where a folder should be")
    answer = client.get(on(agreement, 6))
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert database_in_use() == "default"


def test_what_depends_on_the_day_is_computed_for_it(db, client):
    with at(ago(20)):
        commitment = make_commitment(due="2026-06-25", due_rule="date", strength="committed")
    schedule = {
        days: json.loads(told(client, on(commitment, days, ".json"))[1])["record"]["schedule"] for days in (6, 1)
    }
    assert schedule == {6: "due_soon", 1: "overdue"}


def test_report_counts_from_the_day_on_which_it_was_published(db, client):
    with at(ago(20)):
        commitment = make_commitment()
    with at(ago(4)):
        ProgressUpdate.objects.create(commitment=commitment, state="published", progress="limited", as_of="2026-05")
    progress = [json.loads(told(client, on(commitment, days, ".json"))[1])["record"]["progress"] for days in (5, 4)]
    assert progress == ["no_information", "limited"]


def test_mail_that_went_out_later_is_not_on_the_page_of_a_past_day(db, client):
    with at(ago(20)):
        commitment = make_commitment(due="2026-06-25", due_rule="date", strength="committed")
    person = make_person(email="focal@example.org")
    for days in (8, 2):
        make_reminder(commitment, person, sent_at=ago(days), stage=-days)
    _status, then = told(client, on(commitment, 5))
    assert "22 June 2026" in then
    assert "28 June 2026" not in then
    assert "28 June 2026" in told(client, commitment.get_absolute_url())[1]


def test_every_kind_of_record_has_its_days(db, client):
    with at(ago(20)):
        forum = make_forum("jcc", ["CHN", "PAK"])
        meeting = make_meeting(forum=forum, session_number=1)
        commitment = make_commitment(meeting=meeting)
        organisation, theme = make_organisation("ministry"), make_theme("cloud")
        commitment.themes.add(theme)
        commitment.save()
    with at(ago(1)):
        Commitment.objects.get().save()
    for record in (forum, meeting, commitment, organisation, theme, *forum.countries.all()):
        for ending in ("/", ".json"):
            assert client.get(on(record, 3, ending)).status_code == 200, (record, ending)


def test_list_of_a_day_has_its_filters_sorts_pages_and_formats(agreement, client):
    with at(ago(2)):
        make_agreement(("LKA", "PAK"), "2020", title="Newcomer")
    address = reverse("agreement-list")
    assert "Newcomer" in told(client, address)[1]
    status, page = told(client, f"{address}?as_of={day(6)}")
    assert status == 200
    assert "First title" in page
    assert "Newcomer" not in page
    assert "1 agreement record" in page
    assert "As published here at the end of 24 June 2026." in page
    # What leads on keeps the day; what is to be followed is of today.
    assert f"/agreements.csv?as_of={day(6)}" in page
    assert "/agreements.atom?as_of" not in page
    for query, number in ((f"?country=PAK&as_of={day(6)}", 1), (f"?q=newcomer&as_of={day(6)}", 0)):
        assert len(json.loads(told(client, f"/agreements.json{query}")[1])["records"]) == number
    assert "First title" in told(client, f"/agreements.json?q=first&as_of={day(6)}")[1]
    assert "Second title" not in told(client, f"/agreements.csv?as_of={day(6)}")[1]
    assert "Second title" in told(client, f"/agreements.csv?as_of={day(5)}")[1]
    file, page = client.get(f"/agreements.json?as_of={day(6)}"), told(client, f"{address}?as_of={day(6)}")[1]
    head = json.loads(file.getvalue())
    assert (head["exported_on"], head["as_of"]) == (day(0), day(6))
    assert f"data version {head['data_version']}." in page
    assert file["Data-Version"] == str(head["data_version"])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("yesterday", "is not a day written like 2025-06-30"),
        ("2026-6-1", "is not a day written like 2025-06-30"),
        ("2026-07-01", "That day has not come yet."),
        ("2001-01-01", "The history of this site begins on 18 June 2026."),
    ],
)
def test_day_that_no_list_can_be_of_is_told(agreement, client, written, said):
    status, page = told(client, f"/agreements/?as_of={written}")
    assert status == 200
    assert said in page
    assert "First title" not in page
    assert "Second title" not in page
    status, text = told(client, f"/agreements.csv?as_of={written}")
    assert status == 400
    assert said in text


def test_feed_is_of_no_past_day(agreement, client):
    assert client.get(f"/agreements.atom?as_of={day(3)}").status_code == 400


def test_records_come_from_today_again_whatever_became_of_the_answer(agreement, client):
    answer = client.get(f"/agreements.csv?as_of={day(6)}")
    next(iter(answer))
    del answer
    gc.collect()
    assert database_in_use() == "default"
    client.get(f"/agreements/AGR-9999/{day(6)}/")
    assert database_in_use() == "default"
    assert Agreement.objects.get().title == "Second title"


def test_days_on_which_nothing_changed_share_a_file_and_the_oldest_go(agreement, client, files, monkeypatch):
    for days in (9, 8, 7, 6):
        client.get(on(agreement, days))
    assert len(list(files.glob("*.sqlite3"))) == 1
    monkeypatch.setattr(kept, "MOST_FILES", 1)
    client.get(on(agreement, 3))
    assert len(list(files.glob("*.sqlite3"))) == 1
    assert not list(files.glob("*.new"))


@pytest.mark.django_db(transaction=True)
def test_day_that_takes_long_is_put_together_beside(files, client, monkeypatch):
    with at(ago(10)):
        agreement = make_agreement(title="First title")
    with at(ago(2)):
        agreement.title = "Second title"
        agreement.save()
    monkeypatch.setattr(kept, "MANY", 0)
    answer = client.get(on(agreement, 5))
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    ends = time.monotonic() + 30
    while not list(files.glob("*.sqlite3")) and time.monotonic() < ends:
        time.sleep(0.05)
    assert "First title" in told(client, on(agreement, 5))[1]


def test_former_slug_leads_to_the_day_under_the_present_one(db, client):
    with at(ago(10)):
        ministry = make_organisation("old-slug")
    with at(ago(5)):
        ministry.slug = "new-slug"
        ministry.save()
    answer = client.get(f"/organisations/old-slug/{day(7)}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/organisations/new-slug/{day(7)}/")
    assert client.get(answer["Location"]).status_code == 200


def test_addresses_of_people_are_in_no_file(agreement, client, files):
    with at(ago(9)):
        person = make_person("Ning Jizhe", email="secret@example.org")
        AgreementParty.objects.create(agreement=agreement, words="signed", signatory=person)
    client.get(on(agreement, 3))
    (file,) = files.glob("*.sqlite3")
    assert b"Ning Jizhe" in file.read_bytes()
    assert b"secret@example.org" not in file.read_bytes()


def test_page_of_a_person_says_what_records_said_of_them_on_the_day(agreement, client):
    with at(ago(9)):
        person = make_person("Ning Jizhe", note="secret")
        absence = {"starts": date(1999, 7, 7), "ends": date(1999, 8, 8)}
        Absence.objects.create(person=person, **absence)
        AgreementParty.objects.create(agreement=agreement, words="the corridor", signatory=person, office="Deputy")
    with at(ago(4)):
        AgreementParty.objects.filter(signatory=person).get().delete()
        country = agreement.parties.get(country__code="CHN")
        country.signatory, country.office = person, "Minister"
        country.save()
    told(client, person.get_absolute_url())  # what is read for today is not what is read for another day
    for days, office, other in ((6, "Deputy", "Minister"), (2, "Minister", "Deputy")):
        status, page = told(client, on(person, days))
        assert (status, office in page, other in page) == (200, True, False)
        record = json.loads(told(client, on(person, days, ".json"))[1])["record"]
        assert record["offices"] == [office]
    assert told(client, on(person, 10))[0] == 404


def test_day_is_that_of_the_time_zone_of_the_site(agreement, client, settings):
    with at(datetime(2026, 6, 26, 20, tzinfo=UTC)):  # the 27th in Karachi
        agreement.title = "Third title"
        agreement.save()
    settings.TIME_ZONE = "Asia/Karachi"
    assert "Second title" in told(client, f"{agreement.get_absolute_url()}{date(2026, 6, 26)}/")[1]
    assert "Third title" in told(client, f"{agreement.get_absolute_url()}{date(2026, 6, 27)}/")[1]


def test_who_is_hidden_is_named_as_of_no_day(agreement, client):
    with at(ago(11)):
        ministry = make_organisation("ministry", name="Hidden Ministry", state="draft")
    with at(ago(9)):
        AgreementParty.objects.create(agreement=agreement, organisation=ministry)
    for address in (on(agreement, 4), on(agreement, 4, ".json"), f"/agreements.json?as_of={day(4)}"):
        status, text = told(client, address)
        assert status == 200
        assert "Hidden Ministry" not in text
