"""The history: one revision a change of a record, holding what the record said with its rows, and who made it why."""

from copy import deepcopy

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from agreements.models import (
    AgreementEvent,
    AgreementParty,
    Membership,
    Theme,
)
from meetings.models import AgendaItem, Commitment, Delegate, FocalPoint, FollowUpHold, ProgressUpdate
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_theme,
    make_working_group,
)
from tests.mail.side_by_side import side_by_side
from tracker.records.middleware import NameTheAccount
from tracker.records.models import DataVersion, Revision, last_editor_id, one_change
from tracker.records.restoring import restore

pytestmark = pytest.mark.django_db

MAKERS = [
    *[make_agreement, make_commitment, make_country, make_forum, make_meeting],
    *[make_organisation, make_person, make_source, make_theme, make_working_group],
]


def revisions(record):
    return list(Revision.objects.of(record).order_by("number"))


def told(record):
    return [(each.number, each.status, each.is_editorial, each.is_content) for each in revisions(record)]


def values(record, name):
    return [each.content["fields"][name] for each in revisions(record)]


def rows(revision, label):
    return revision.content["rows"].get(label, {})


FIRST, LAST = (1, "applied", True, True), (2, "removed", True, True)


@pytest.mark.parametrize("make", MAKERS)
def test_record_has_a_revision_of_its_making_and_of_its_end_and_none_of_a_save_that_changes_nothing(make):
    record = make()
    assert told(record) == [FIRST]
    record.save()
    assert told(record) == [FIRST]
    name, copy = str(record), deepcopy(record)
    record.delete()
    assert told(copy) == [FIRST, LAST]
    assert [each.title for each in revisions(copy)] == [name, name]
    assert revisions(copy)[1].content == {}


def test_revision_tells_what_the_record_said_and_carries_the_data_version():
    meeting = make_meeting(place="Beijing", state="draft")
    before = DataVersion.current()
    meeting.place = "Islamabad"
    meeting.save()
    meeting.state = "in_review"
    meeting.save()
    assert values(meeting, "place") == ["Beijing", "Islamabad", "Islamabad"]
    assert [each.data_version for each in revisions(meeting)][1:] == [before + 1, before + 2]
    assert told(meeting)[1:] == [(2, "applied", True, True), (3, "applied", True, False)]


def test_all_that_one_change_touches_bears_one_data_version_and_is_one_revision_a_record():
    agreement, meeting = make_agreement(state="draft"), make_meeting(state="draft")
    with one_change():
        for place in ("Lahore", "Karachi"):
            meeting.place = place
            meeting.save()
        AgreementEvent.objects.create(agreement=agreement, kind="signed", on="2020")
        AgendaItem.objects.create(meeting=meeting, number=1, title="Standards")
    made = Revision.objects.filter(data_version=DataVersion.current())
    assert {(each.kind, each.record, each.number) for each in made} == {
        ("agreements.agreement", agreement.pk, 2),
        ("meetings.meeting", meeting.pk, 2),
    }
    assert values(meeting, "place") == ["", "Karachi"]


def test_revisions_keep_every_change_of_a_row_and_its_end():
    agreement = make_agreement()
    event = AgreementEvent.objects.create(agreement=agreement, kind="signed", on="2020")
    key = str(event.pk)
    event.on = "2021"
    event.save()
    event.delete()
    kept = [rows(each, "agreements.agreementevent") for each in revisions(agreement)]
    assert [each[key]["on"] if key in each else None for each in kept] == [None, "2020", "2021", None]


def test_rows_of_rows_are_kept_with_the_record():
    meeting = make_meeting(delegations=("PAK",))
    delegate = Delegate.objects.create(delegation=meeting.delegations.get(), person=make_person(), office="Minister")
    delegate.office = "Secretary"
    delegate.save()
    kept = [rows(each, "meetings.delegate") for each in revisions(meeting)]
    assert [[row["office"] for row in each.values()] for each in kept] == [[], ["Minister"], ["Secretary"]]


def test_rows_that_fall_with_their_record_are_read_in_the_revision_before():
    agreement = make_agreement(parties=("CHN", "PAK"))
    copy = deepcopy(agreement)
    agreement.delete()
    before, end = revisions(copy)
    countries = [row["country"] for row in rows(before, "agreements.agreementparty").values()]
    assert (countries, end.status) == ([make_country("CHN").pk, make_country("PAK").pk], "removed")


def test_records_that_fall_with_another_have_their_end_too():
    commitment, person = make_commitment(), make_person()
    hold = FollowUpHold.objects.create(commitment=commitment, person=person)
    update = ProgressUpdate.objects.create(commitment=commitment, progress="limited")
    copies = [deepcopy(each) for each in (commitment, hold, update)]
    commitment.delete()
    assert [revisions(each)[-1].status for each in copies] == ["removed"] * 3
    assert len({revisions(each)[-1].data_version for each in copies}) == 1


def test_row_that_moves_to_another_record_leaves_one_and_joins_the_other():
    one, other = make_agreement(), make_agreement(parties=())
    party = one.parties.get(country__code="CHN")
    party.agreement = other
    party.save()
    kept = [str(party.pk) in rows(revisions(each)[-1], "agreements.agreementparty") for each in (one, other)]
    assert (kept, len(revisions(one)), len(revisions(other))) == ([False, True], 2, 2)


@pytest.mark.parametrize("make", [make_agreement, make_commitment, make_meeting, make_working_group])
def test_revisions_keep_the_themes(make):
    record = make()
    cloud, skills = make_theme("cloud"), make_theme("skills")
    for themes in ([cloud], [cloud, skills], [skills]):
        with one_change():
            record.themes.set(themes)
            record.save()
    assert values(record, "themes") == [[], [cloud.pk], [cloud.pk, skills.pk], [skills.pk]]


def test_what_only_follows_from_another_record_is_no_change_by_an_editor():
    forum = make_forum(members=["CHN"])
    meeting = make_meeting(delegations=(), forum=forum, session_number=1)
    Membership.objects.create(forum=forum, country=make_country("PAK"))
    assert told(meeting) == [FIRST, (2, "applied", False, False)]
    derived = [each.content["derived"]["countries"] for each in revisions(meeting)]
    assert derived == [[make_country("CHN").pk], [make_country("CHN").pk, make_country("PAK").pk]]
    assert told(forum) == [FIRST, (2, "applied", True, True)]


def test_progress_update_is_a_record_of_its_own_from_which_the_progress_follows():
    commitment = make_commitment()
    update = ProgressUpdate.objects.create(commitment=commitment, progress="limited", state="published")
    assert told(update) == [FIRST]
    assert told(commitment) == [FIRST, (2, "applied", False, False)]
    assert revisions(commitment)[1].content["rows"].keys() == revisions(commitment)[0].content["rows"].keys()


def test_revision_names_the_account_of_the_request():
    user = get_user_model().objects.create_user("editor", "editor@example.org", "x")
    request = RequestFactory().post("/admin/")
    request.user = user
    theme = make_theme()

    def change(_request):
        theme.name = "Clouds"
        theme.save()
        return "answer"

    assert NameTheAccount(change)(request) == "answer"
    theme.name = "Cloud"
    theme.save()
    assert [each.account for each in revisions(theme)] == [None, user, None], "outside a request it is nobody's"


def test_change_names_its_account_and_the_reason_for_what_is_saved_within_it():
    user = get_user_model().objects.create_user("editor", "editor@example.org", "x")
    one, other = make_theme("cloud", name="a"), make_theme("skills", name="b")
    with one_change(account=user):
        with one_change(reason="It was misspelt"):
            one.name = "Cloud"
            one.save()
        other.name = "Skills"
        other.save()
    last = [revisions(each)[-1] for each in (one, other)]
    assert [(each.account, each.reason) for each in last] == [(user, "It was misspelt"), (user, "")]


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_hole_where_many_change_one_record_at_once():
    theme = make_theme(name="0")

    def change():
        for _ in range(5):
            with one_change():
                there = Theme.objects.get(pk=theme.pk)
                there.name = str(int(there.name) + 1)
                there.save()

    side_by_side(4, change)
    assert [each.number for each in revisions(theme)] == list(range(1, 22))
    assert values(theme, "name") == [str(number) for number in range(21)]


def test_change_that_fails_leaves_no_revision():
    theme = make_theme()
    with pytest.raises(ZeroDivisionError), one_change():
        theme.name = "Clouds"
        theme.save()
        raise ZeroDivisionError
    assert told(theme) == [FIRST]


def test_account_that_is_closed_for_good_leaves_the_revisions():
    user = get_user_model().objects.create_user("editor", "editor@example.org", "x")
    with one_change(account=user):
        theme = make_theme()
    user.delete()
    assert [each.account for each in revisions(theme)] == [None]


def test_who_answers_for_a_commitment_is_kept_with_it_and_is_nothing_that_it_says():
    commitment, person = make_commitment(state="draft"), make_person()
    point = FocalPoint.objects.create(commitment=commitment, person=person)
    assert told(commitment) == [FIRST, (2, "applied", True, False)]
    assert [*rows(revisions(commitment)[1], "meetings.focalpoint")] == [str(point.pk)]
    restore(Commitment, revisions(commitment)[0], {"title"})
    assert (list(commitment.focal_points.all()), len(revisions(commitment))) == ([point], 2)


# The last editor


def by(user, record, **changes):
    with one_change(account=user):
        for name, value in changes.items():
            setattr(record, name, value)
        record.save()


def test_last_editor_is_who_changed_the_content_and_rows_count():
    editor, other = (get_user_model().objects.create_user(name, f"{name}@example.org", "x") for name in ("a", "b"))
    agreement = make_agreement(state="draft")
    assert last_editor_id(agreement) is None
    by(editor, agreement, title="New")
    by(other, agreement, state="in_review")
    by(other, agreement, editors_note="Is it?")
    assert last_editor_id(agreement) == editor.pk
    with one_change(account=other):
        agreement.parties.first().delete()
    assert last_editor_id(agreement) == other.pk
    by(editor, make_country("CHN"), name="People's Republic of China")
    assert last_editor_id(agreement) == other.pk


def test_last_editor_within_a_change_is_who_makes_it():
    editor, other = (get_user_model().objects.create_user(name, f"{name}@example.org", "x") for name in ("a", "b"))
    agreement, untouched = make_agreement(state="draft"), make_agreement(state="draft")
    for record in (agreement, untouched):
        by(editor, record, title="New")
    with one_change(account=other):
        AgreementParty.objects.create(agreement=agreement, words="enterprises")
        untouched.state = "in_review"
        untouched.save()
        assert (last_editor_id(agreement), last_editor_id(untouched)) == (other.pk, editor.pk)


# What the deletion of another record does
