"""What a deletion takes from other records is in their history, and what follows from it is derived."""

import pytest
from django.apps import apps
from django.db import models

from agreements.models import (
    Agreement,
    AgreementEvent,
    Forum,
    Organisation,
    WorkingGroup,
)
from meetings.models import Commitment, Meeting
from meetings.models.counted import counted_day_unknown_again
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_organisation,
    make_theme,
    make_working_group,
)
from tests.records.test_revisions import revisions, told
from tracker.records.models import Versioned, one_change
from tracker.records.models.content import stored_fields
from tracker.records.restoring import restore

pytestmark = pytest.mark.django_db


def lead(forum):
    organisation = make_organisation("ministry")
    with one_change():
        forum.lead_organisations.add(organisation)
        forum.save()
    return organisation


def organise(meeting):
    organisation = make_organisation("agency")
    with one_change():
        meeting.organisers.add(organisation)
        meeting.save()
    return organisation


def give_a_theme(record):
    theme = make_theme("cloud")
    with one_change():
        record.state = "draft"  # what is in public use cannot be deleted
        record.themes.add(theme)
        record.save()
    return theme


def point_at(agreement):
    """The planned event of another agreement, which one of this agreement moves."""
    target = AgreementEvent.objects.create(agreement=make_agreement(), kind="signed", on="2027", is_planned=True)
    move = {"kind": "signed", "on": "2028", "is_planned": True}
    AgreementEvent.objects.create(agreement=agreement, previous_target=target, **move)
    return target


def count_from_an_event(commitment):
    return count_from(commitment, "due_event", make_agreement(signed="2026").events.get())


def count_from_a_meeting(commitment):
    return count_from(commitment, "due_meeting", make_meeting())


def count_from(commitment, name, day_of):
    present = Commitment.objects.get(pk=commitment.pk)
    setattr(present, name, day_of)
    present.save()
    return day_of


MAKERS_OF_BODIES = {Forum: make_forum, Organisation: make_organisation, WorkingGroup: make_working_group}


def follow_on(body):
    successor = MAKERS_OF_BODIES[type(body)]()
    with one_change():
        body.successors.add(successor)
        body.save()
    return successor


RELATIONS = {
    (Agreement, "themes"): (make_agreement, give_a_theme),
    (Commitment, "themes"): (make_commitment, give_a_theme),
    (Meeting, "themes"): (make_meeting, give_a_theme),
    (Meeting, "organisers"): (make_meeting, organise),
    (WorkingGroup, "themes"): (make_working_group, give_a_theme),
    (Forum, "lead_organisations"): (make_forum, lead),
    (Forum, "successors"): (make_forum, follow_on),
    (Organisation, "successors"): (make_organisation, follow_on),
    (WorkingGroup, "successors"): (make_working_group, follow_on),
    (AgreementEvent, "previous_target"): (make_agreement, point_at),
    (Commitment, "due_event"): (make_commitment, count_from_an_event),
    (Commitment, "due_meeting"): (make_commitment, count_from_a_meeting),
}


def test_relations_that_a_deletion_may_take_from_another_record_are_all_tried_below():
    fields = [field for model in apps.get_models() if issubclass(model, Versioned) for field in stored_fields_of(model)]
    taken = [
        each
        for each in fields
        if each.many_to_many or each.remote_field.on_delete in (models.SET_NULL, counted_day_unknown_again)
    ]
    assert {(field.model, field.name) for field in taken} == RELATIONS.keys()


def stored_fields_of(model):
    return [each for each in stored_fields(model, editable=True) if each.many_to_many or each.many_to_one]


@pytest.mark.parametrize(("make", "relate"), RELATIONS.values(), ids=lambda each: each.__name__)
def test_deletion_that_takes_something_from_another_record_is_in_the_history_of_that_record(make, relate):
    record = make()
    other, before = relate(record), len(revisions(record))
    other.delete()
    assert [each[1:] for each in told(record)[before:]] == [("applied", True, True)]
    record.save()
    assert len(revisions(record)) == before + 1


def due_by_the_next_session(**fields):
    """A commitment of one session, due by the next one, and that next session."""
    forum = make_forum()
    made_in, session = (make_meeting(forum=forum, held=held) for held in ("2020-01-01", "2021-01-01"))
    return make_commitment(meeting=made_in, due_rule="next_session", **fields), session


def test_deletion_and_change_of_what_follows_from_it_in_one_change_are_both_done():
    commitment, session = due_by_the_next_session()
    with one_change():
        session.delete()
        commitment = Commitment.objects.get()
        commitment.title = "New"
        commitment.save()
    commitment.refresh_from_db()
    assert (commitment.title, commitment.due, commitment.due_session) == ("New", "", None)


def test_deletion_and_a_date_instead_in_one_change_are_both_done():
    _commitment, session = due_by_the_next_session()
    with one_change():
        session.delete()
        commitment = Commitment.objects.get()
        commitment.due, commitment.due_rule = "2030-01-01", "date"
        commitment.save()
    assert Commitment.objects.values_list("due", "due_rule").get() == ("2030-01-01", "date")


def test_record_may_be_deleted_in_one_change_with_what_it_follows_from():
    commitment, session = due_by_the_next_session()
    with one_change():
        session.delete()
        commitment.delete()
    assert not Commitment.objects.exists()


def test_two_sessions_that_are_deleted_in_one_change_leave_no_day():
    commitment, session = due_by_the_next_session()
    later = make_meeting(forum=session.forum, held="2022-01-01")
    with one_change():
        session.delete()
        later.delete()
    commitment.refresh_from_db()
    assert (commitment.due, commitment.due_latest, commitment.due_session) == ("", None, None)


def test_commitment_whose_session_is_gone_too_can_be_brought_back():
    commitment, session = due_by_the_next_session()
    key, last = commitment.pk, revisions(commitment)[-1]
    commitment.delete(), session.delete()
    restore(Commitment, last, {"title", "due", "due_rule", "kind", "strength", "meeting"})
    assert Commitment.objects.values_list("pk", "due_session").get() == (key, None)
