"""The address of what was public and is withdrawn: its name, the day and the reason, and nothing else."""

from datetime import UTC, datetime

import pytest

from agreements.models import Agreement
from tests.admin import desk
from tests.admin.conftest import make_user
from tests.factories import make_agreement, make_meeting, make_organisation
from tests.registers.reading import parse, words
from tests.site.packages import withdraw
from tracker.records.models import Revision
from tracker.registers.citing import CITATION_FORMATS

REASON = "It was a misreading of one report."


def paragraphs(response):
    return [words(each) for each in parse(response.content.decode()).findall(".//div[@class='error-page']/p")]


@pytest.mark.django_db
def test_address_of_what_was_withdrawn_says_since_when_and_why(client):
    agreement = make_agreement(title="Cable treaty")
    withdraw(agreement, withdrawal_reason=REASON)
    Revision.objects.of(agreement).filter(content__fields__state="withdrawn").update(
        made_at=datetime(2026, 3, 5, 12, tzinfo=UTC)
    )
    response = client.get(f"/agreements/{agreement.reference}/")
    sentence = f"{agreement.reference} was published here and is no longer, since 5 March 2026."
    assert (response.status_code, paragraphs(response)[1:]) == (
        410,
        [f"{sentence} Its address is not given to anything else.", f"Reason: {REASON}"],
    )
    assert "Cable" not in response.content.decode() and "ETag" not in response
    as_json = client.get(f"/agreements/{agreement.reference}.json")
    assert (as_json.status_code, as_json.json()) == (
        410,
        {"name": agreement.reference, "day": "2026-03-05", "reason": REASON},
    )
    assert client.get(f"/ur/agreements/{agreement.reference.lower()}/").status_code == 410


@pytest.mark.django_db
def test_withdrawal_without_a_reason_says_that_none_is_stated(client):
    meeting = make_meeting()
    withdraw(meeting)
    assert paragraphs(client.get(f"/meetings/{meeting.reference}/"))[2] == "No reason is stated."


@pytest.mark.parametrize("states", [["draft"], ["in_review"], ["withdrawn"], ["draft", "withdrawn"]])
@pytest.mark.django_db
def test_what_was_never_public_was_not_withdrawn_from_anybody(client, states):
    agreement = make_agreement(title="Cable treaty", state=states[0])
    for state in states[1:]:
        withdraw(agreement, state=state, withdrawal_reason=REASON)
    for address in (f"/agreements/{agreement.reference}/", f"/agreements/{agreement.reference}.json"):
        response = client.get(address)
        assert (response.status_code, REASON in response.content.decode()) == (404, False)


@pytest.mark.parametrize("state", ["draft", "in_review"])
@pytest.mark.django_db
def test_what_is_being_mended_is_not_called_withdrawn(client, state):
    agreement = make_agreement()
    withdraw(agreement, state=state)
    assert client.get(f"/agreements/{agreement.reference}/").status_code == 404


@pytest.mark.django_db
def test_day_is_that_on_which_it_ceased_to_be_public_whatever_came_later(client):
    """Taken back for mending first, withdrawn then, and its reason found later still."""
    agreement = make_agreement()
    for number, values in enumerate(({"state": "draft"}, {"state": "withdrawn"}, {"withdrawal_reason": REASON}), 1):
        for name, value in values.items():
            setattr(agreement, name, value)
        agreement.save()
        last = Revision.objects.of(agreement).newest_first().values_list("pk", flat=True)[0]
        Revision.objects.filter(pk=last).update(made_at=datetime(2026, number, 1, 12, tzinfo=UTC))
    assert client.get(f"/agreements/{agreement.reference}.json").json()["day"] == "2026-01-01"


@pytest.mark.django_db
def test_former_slug_of_what_was_withdrawn_says_so_too(client):
    office = make_organisation("old-name", name="Silent Office")
    office.slug = "new-name"
    office.save()
    withdraw(office)
    for slug in ("old-name", "new-name"):
        response = client.get(f"/organisations/{slug}/")
        assert (response.status_code, "Silent" in response.content.decode()) == (410, False)


@pytest.mark.django_db
def test_what_is_published_again_is_withdrawn_for_no_reason(client):
    agreement = make_agreement()
    withdraw(agreement, is_withdrawn_by_law=True)
    assert agreement.is_withdrawn_by_law
    withdraw(agreement, state="published")
    agreement.refresh_from_db()
    assert (agreement.is_withdrawn_by_law, client.get(agreement.get_absolute_url()).status_code) == (False, 200)


@pytest.mark.django_db
def test_reviewer_withdraws_with_a_reason_and_can_mend_it(client):
    agreement = make_agreement()
    client.force_login(make_user("reza", "reviewer"))
    way = desk.address(Agreement, "change", agreement.pk)
    step = {"_step": "withdraw", "_public_reason": REASON, "_by_law": "on"}
    assert client.post(way, desk.shown(client.get(way)) | step).status_code == 302
    agreement.refresh_from_db()
    told = agreement.state, agreement.withdrawal_reason, agreement.is_withdrawn_by_law
    assert told == ("withdrawn", REASON, True)
    assert client.post(way, desk.shown(client.get(way)) | {"withdrawal_reason": "A misreading."}).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.withdrawal_reason, agreement.state) == ("A misreading.", "withdrawn")


@pytest.mark.django_db
def test_name_that_it_was_given_after_the_withdrawal_is_told_nobody(client):
    office = make_organisation("public-name")
    withdraw(office)
    office.slug = "hidden-name"
    office.save()
    found = client.get("/organisations/public-name.json")
    assert (found.status_code, found.json()["name"]) == (410, "public-name")
    assert "hidden-name" not in client.get("/organisations/public-name/").content.decode()
    assert client.get("/organisations/hidden-name/").status_code == 404


@pytest.mark.django_db
def test_withdrawn_record_is_cited_no_more_and_a_hidden_one_never_was(client):
    withdrawn, hidden = make_agreement(), make_agreement(state="draft")
    withdraw(withdrawn)
    for record, status in ((withdrawn, 410), (hidden, 404)):
        for format in CITATION_FORMATS:
            response = client.get(f"{record.get_absolute_url().removesuffix('/')}.{format.extension}")
            assert (response.status_code, record.title in response.content.decode()) == (status, False)
