"""Where the addresses of a record lead that was taken into another: to that one, and on days before to itself."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import make_agreement, make_organisation, make_person, make_theme
from tests.soak.past import at
from tracker.records.merging.merge import MergingPair, merge
from tracker.records.merging.undoing import undo
from tracker.site.subscriptions.followed import followed

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 6, 30, 9, tzinfo=UTC)


def ago(days):
    return TODAY - timedelta(days=days)


def day(days):
    return ago(days).date().isoformat()


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.PAST_FOLDER = tmp_path / "past"


@pytest.fixture(autouse=True)
def today():
    with at(TODAY):
        yield


@pytest.fixture
def ministries():
    """Two that are one. The one that an agreement names had another slug once; it was taken in five days ago."""
    with at(ago(20)):
        kept = make_organisation("kept", name="Ministry of IT")
        gone = make_organisation("old-name", name="Ministry of Information Technology")
        make_agreement((), "2021").parties.create(organisation=gone)
    with at(ago(10)):
        gone.slug = "gone"
        gone.save()
    with at(ago(5)):
        merged = merge(MergingPair(kept, gone), ago(5))
    return kept, gone, merged.merger


@pytest.mark.parametrize("slug", ["gone", "old-name"])
@pytest.mark.parametrize("ending", ["/", ".json", ".bib", ".ris", "/history/"])
def test_each_former_address_leads_to_the_present_one_for_good(client, ministries, slug, ending):
    answer = client.get(f"/organisations/{slug}{ending}")
    assert (answer.status_code, answer["Location"]) == (301, f"/organisations/kept{ending}")


def test_address_in_the_api_leads_to_the_present_one(client, ministries):
    answer = client.get("/api/v1/organisations/gone/?lang=ur")
    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/organisations/kept/?lang=ur")


@pytest.mark.parametrize("ending", ["/", ".json", ".bib"])
def test_day_before_the_merger_answers_with_what_was_there_then(client, ministries, ending):
    answer = client.get(f"/organisations/gone/{day(7)}{ending}")
    assert answer.status_code == 200
    assert "Ministry of Information Technology" in b"".join(answer).decode()
    assert "Ministry of IT" not in b"".join(client.get(f"/organisations/gone/{day(7)}{ending}")).decode()


def test_day_after_the_merger_leads_to_the_day_of_what_was_kept(client, ministries):
    answer = client.get(f"/organisations/gone/{day(3)}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/organisations/kept/{day(3)}/")


def test_day_before_two_mergers_answers_with_the_first_of_them(client, ministries):
    kept, _gone, _merger = ministries
    with at(ago(2)):
        last = make_organisation("last")
        kept.refresh_from_db()
        merge(MergingPair(last, kept), ago(2))
    assert client.get("/organisations/old-name/")["Location"] == "/organisations/last/"
    assert client.get(f"/organisations/gone/{day(7)}.json").json()["record"]["slug"] == "gone"
    assert client.get(f"/organisations/gone/{day(3)}.json").json()["record"]["slug"] == "kept"


@pytest.mark.parametrize("slug", ["gone", "old-name"])
def test_filter_by_a_former_slug_is_one_by_the_present_slug(client, ministries, slug):
    for address in (f"/agreements/?organisation={slug}", f"/agreements.json?organisation={slug}"):
        answer = client.get(address)
        assert answer.status_code == 200
    page = client.get(f"/agreements/?organisation={slug}")
    assert page.context["listing"].total == 1
    assert [chip["value"] for chip in page.context["listing"].chips] == ["Ministry of IT"]
    assert page.context["listing"].query == "organisation=kept"


def test_filter_by_what_never_was_a_slug_is_refused_as_before(client, ministries):
    assert client.get("/agreements.json?organisation=never").status_code == 400


def test_what_was_kept_when_withdrawn_tells_so_at_both_addresses(client, ministries):
    kept, _gone, _merger = ministries
    kept.refresh_from_db()
    kept.state, kept.withdrawal_reason = "withdrawn", "It never was."
    kept.save()
    assert [client.get(f"/organisations/{slug}/").status_code for slug in ("kept", "gone")] == [410, 410]
    assert client.get(f"/organisations/gone/{day(7)}/").status_code == 410


def test_what_was_kept_when_withdrawn_by_law_is_taken_from_former_days_with_what_it_was_made_of(client, ministries):
    kept, _gone, _merger = ministries
    kept.refresh_from_db()
    kept.state, kept.is_withdrawn_by_law = "withdrawn", True
    kept.save()
    then = b"".join(client.get(f"/organisations.json?as_of={day(7)}")).decode()
    assert "Ministry" not in then


def test_subscriber_of_what_was_taken_in_follows_what_was_kept(ministries):
    _kept, gone, merger = ministries
    assert followed("organisations", gone.pk, "", TODAY.date()).address == "/organisations/kept/"
    undo(merger, TODAY, None)
    assert followed("organisations", gone.pk, "", TODAY.date()).address == "/organisations/gone/"


def test_addresses_when_parted_again_are_their_own(client, ministries):
    _kept, _gone, merger = ministries
    undo(merger, TODAY, None)
    assert [client.get(f"/organisations/{slug}/").status_code for slug in ("kept", "gone")] == [200, 200]
    assert client.get("/organisations/old-name/")["Location"] == "/organisations/gone/"
    assert client.get(f"/organisations/gone/{day(7)}/").status_code == 200


def test_name_of_a_draft_taken_into_what_is_public_stays_unknown(client):
    kept = make_organisation("kept")
    draft = make_organisation("secret-slug", name="Secret name", abbreviation="SECRET", state="draft", cited=False)
    draft.names.create(name="Secret other name")
    make_agreement(()).parties.create(organisation=draft)
    merge(MergingPair(kept, draft), TODAY)
    assert client.get("/organisations/secret-slug/").status_code == 404
    assert client.get("/agreements.json?organisation=secret-slug").status_code == 400
    for address in (
        "/organisations/kept/",
        "/organisations/kept/history/",
        "/organisations.csv",
        "/changes/",
        "/search/?q=secret",
    ):
        answer = client.get(address)
        text = (b"".join(answer) if answer.streaming else answer.content).decode().lower().replace("q=secret", "")
        assert "secret name" not in text
        assert "secret other" not in text
        assert "secret-slug" not in text


def test_slug_of_a_person_whom_nothing_public_names_leads_nowhere(client):
    kept, unnamed = make_person("Known", slug="known"), make_person("Zweitname", slug="zweitname")
    make_agreement().parties.update(signatory=kept)
    merge(MergingPair(kept, unnamed), TODAY)
    assert client.get("/people/known/").status_code == 200
    assert client.get("/people/zweitname/").status_code == 404
    assert "Zweitname" not in client.get("/people/known/").content.decode()


def test_theme_taken_in_is_found_by_its_name_and_its_address(client):
    kept, gone = make_theme("cloud"), make_theme("cloud-computing")
    make_agreement(themes=["cloud-computing"])
    make_agreement(themes=["cloud"])
    merge(MergingPair(kept, gone), TODAY)
    assert client.get("/themes/cloud-computing/")["Location"] == "/themes/cloud/"
    assert client.get("/agreements/?theme=cloud-computing").context["listing"].total == 2
    kept.refresh_from_db()
    assert kept.other_names == "cloud computing"
