"""Whose turn it is: who wrote a record is told apart from who moved it, and returned work goes back to who wrote it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.models import Agreement
from meetings.models import Commitment
from tests.factories import make_agreement, make_commitment
from tracker.accounts.models import User
from tracker.records.models import Comment, Revision, one_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [User.objects.create_user(name, email=f"{name}@example.org") for name in ("ayesha", "bilal", "chen")]


def written_by(account, make=make_agreement, **fields):
    with one_change(account=account):
        return make(**fields)


def change(account, record, **fields):
    with one_change(account=account):
        for name, value in fields.items():
            setattr(record, name, value)
        record.save()


def say(record, account, addressee=None, act=Comment.Act.RETURNED, text="Which paragraph?", **fields):
    where = {"kind": record._meta.label_lower, "record": record.pk}
    moment = fields.pop("made_at", timezone.now())
    return Comment.objects.create(**where, account=account, addressee=addressee, act=act, text=text, made_at=moment)


@pytest.mark.parametrize(("make", "model"), [(make_agreement, Agreement), (make_commitment, Commitment)])
def test_a_returned_draft_is_with_who_wrote_it_with_the_reason(people, make, model):
    ayesha, bilal, chen = people
    record = written_by(ayesha, make, state="in_review")
    change(bilal, record, state="draft")
    said = say(record, bilal, ayesha)
    (found,) = model.objects.returned_to(ayesha.pk)
    told = found.returned_reason, found.returned_at, found.returned_by
    assert (found, told) == (record, ("Which paragraph?", said.made_at, bilal.pk))
    assert [list(model.objects.returned_to(each.pk)) for each in (bilal, chen)] == [[], []]
    assert list(model.objects.drafts_of(ayesha.pk)) == []


def test_what_is_returned_to_nobody_in_particular_is_anybodys(people):
    record = make_agreement(state="draft")
    say(record, people[1])
    assert [list(Agreement.objects.returned_to(each.pk)) for each in people] == [[record]] * 3


def test_a_return_that_is_settled_leaves_a_draft_like_any_other(people):
    record = written_by(people[0], state="draft")
    Comment.objects.filter(pk=say(record, people[1], people[0]).pk).update(settled_at=timezone.now())
    assert list(Agreement.objects.returned_to(people[0].pk)) == []
    assert list(Agreement.objects.drafts_of(people[0].pk)) == [record]


def test_a_draft_stays_with_who_began_it_when_somebody_else_mends_it(people):
    record = written_by(people[0], state="draft")
    change(people[1], record, title="Mended")
    assert [list(Agreement.objects.drafts_of(each.pk)) for each in people] == [[record], [record], []]


def test_what_waits_is_for_whoever_did_not_write_it(people):
    record = written_by(people[0], state="draft")
    change(people[1], record, state="in_review")
    change(people[1], record, editors_note="Looks well")
    assert [list(Agreement.objects.waiting_for(each.pk)) for each in people] == [[], [record], [record]]
    assert [list(Agreement.objects.waiting_with_others(each.pk)) for each in people] == [[record], [], []]


def test_what_has_its_moment_waits_for_nobody(people):
    record = written_by(people[0], state="in_review")
    change(people[1], record, publish_at=timezone.now() + timedelta(days=3))
    assert [list(Agreement.objects.waiting_for(each.pk)) for each in people] == [[], [], []]


def test_a_comment_of_somebody_else_is_for_who_wrote_the_record_until_it_is_settled(people):
    record = written_by(people[0], state="in_review")
    say(record, people[0], act="comment")
    assert list(Agreement.objects.commented_for(people[0].pk)) == []
    said = say(record, people[1], act="comment")
    assert [list(Agreement.objects.commented_for(each.pk)) for each in people] == [[record], [], []]
    Comment.objects.filter(pk=said.pk).update(settled_at=timezone.now())
    assert list(Agreement.objects.commented_for(people[0].pk)) == []


def test_a_state_is_since_the_change_that_last_led_to_it_whatever_was_changed_later(people):
    record = written_by(people[0], state="draft")
    for state in ("in_review", "draft", "in_review"):
        change(people[1], record, state=state)
    moved = Revision.objects.of(record).newest_first()[0]
    change(people[0], record, title="Better")
    found = Agreement.objects.with_state_since().get()
    assert (found.state_since, found.moved_by) == (moved.made_at, people[1].pk)
