"""Nobody reads the same lines twice: of several people with one mailbox, one is written to for all of them."""

from datetime import timedelta

import pytest

from meetings.followups import answers
from meetings.followups.digest import DigestWriter
from meetings.followups.planner import plan_digests, plan_sheets
from meetings.models import Coordinator, FocalPoint, OrganisationFocalPoint, Reminder
from tests.factories import make_commitment, make_forum, make_meeting, make_organisation
from tests.meetings.followups.asking import NOON, TODAY, asked, make_due, make_focal_person, make_limited_agreement
from tests.meetings.followups.coordinating import make_coordinated_forum, make_outstanding
from tests.meetings.followups.test_digest import html
from tracker.accounts.models import User
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def make_sharing(**fields):
    """Two people with one mailbox: as their own address, and in other letters as that of an account."""
    user = User.objects.create(username="office", email="DIGITAL.Desk@example.org")
    return make_focal_person("ayesha", email="Digital.Desk@Example.ORG"), make_focal_person(
        "bilal", **{"email": "", "user": user, **fields}
    )


def sent(now=NOON):
    """Plan the digests of a moment and send them; return what each asks."""
    digests = plan_digests(now)
    Delivery.objects.unsent().update(state=Delivery.State.SENT, sent_at=now)
    return asked(digests)


def test_two_focal_points_with_one_mailbox_get_one_mail():
    first, second = make_sharing()
    commitment = make_due(first, second)
    assert asked(plan_digests(NOON)) == {"ayesha": [(commitment.reference, 0)]}
    assert Delivery.objects.count() == 1


def test_what_only_one_of_them_is_in_charge_of_is_asked_of_that_one():
    first, second = make_sharing()
    shared, own = make_due(second, first), make_due(second)
    assert asked(plan_digests(NOON)) == {"bilal": [(shared.reference, 0), (own.reference, 0)]}


def test_one_person_in_two_offices_gets_one_mail():
    person, ministry, agency = make_focal_person(), make_organisation(), make_organisation()
    for office in (ministry, agency):
        OrganisationFocalPoint.objects.create(organisation=office, person=person)
    commitment = make_commitment(due=TODAY.isoformat())
    for office in (ministry, agency):
        commitment.parties.create(organisation=office, side="by")
    assert asked(plan_digests(NOON)) == {"ayesha": [(commitment.reference, 0)]}


@pytest.mark.parametrize("who", [0, 1])
def test_answer_of_one_reader_of_the_mailbox_answers_for_all_of_them(who):
    people = make_sharing()
    make_due(*people)
    sent()
    reminder = Reminder.objects.get()
    answered = Reminder.objects.create(
        commitment=reminder.commitment, person=people[1], due_on=TODAY, stage=-7, day=TODAY, delivery=reminder.delivery
    )
    answers.record((reminder, answered)[who], {"answer": "need_help"}, TODAY)
    assert sent(NOON + DAY) == {}


def test_mailbox_hears_of_a_stage_once_whoever_of_its_readers_is_away():
    first, second = make_sharing()
    commitment = make_due(first, second)
    assert sent() == {"ayesha": [(commitment.reference, 0)]}
    first.absences.create(starts=TODAY, ends=TODAY + 60 * DAY)
    assert sent() == {}
    assert sent(NOON + DAY) == {"bilal": [(commitment.reference, 1)]}


def test_whoever_follows_in_office_at_the_same_mailbox_is_asked_anew():
    first, second = make_sharing()
    commitment = make_due(first, days=-8)
    assert sent() == {"ayesha": [(commitment.reference, 7)]}
    FocalPoint.objects.filter(person=first).update(ends=TODAY)
    FocalPoint.objects.create(commitment=commitment, person=second)
    assert sent(NOON + 3 * DAY) == {"bilal": [(commitment.reference, 7)]}


def test_link_of_whoever_reads_the_same_mailbox_goes_on_working(client):
    first, second = make_sharing()
    commitment = make_due(first, second)
    plan_digests(NOON)
    reminder = Reminder.objects.get()
    other = Reminder.objects.create(
        commitment=commitment, person=second, due_on=TODAY, stage=-7, day=TODAY, delivery=reminder.delivery
    )
    for each in (reminder, other):
        assert client.get(answers.link(each).removeprefix("http://testserver")).status_code == 200


def test_supervisor_and_secretariat_with_the_mailbox_of_those_asked_hear_nothing_twice():
    first, second = make_sharing()
    forum = make_forum(secretariat=make_organisation())
    third, fourth = (make_focal_person(name, email="Above@example.org") for name in ("chen", "dara"))
    for person in (second, third):
        OrganisationFocalPoint.objects.create(organisation=forum.secretariat, person=person)
    commitment = make_due(meeting=make_meeting(forum=forum))
    FocalPoint.objects.create(commitment=commitment, person=first, supervisor=fourth)
    told = [sent(NOON + days * DAY) for days in (0, 7, 37)]
    assert [sorted(each) for each in told] == [["ayesha"], ["ayesha", "dara"], ["ayesha"]]
    assert set(Reminder.objects.values_list("person__name", "role")) == {("ayesha", "asked"), ("dara", "supervisor")}


def test_digest_of_one_reader_names_no_other_as_asked_too():
    make_due(*make_sharing())
    plan_digests(NOON)
    delivery = Delivery.objects.get()
    message = DigestWriter([delivery], NOON).write(delivery)
    assert "Also asked" not in message.body and "bilal" not in html(message)


def test_coordinators_with_one_mailbox_get_one_sheet_and_one_word_of_a_notice_period():
    forum, farah = make_coordinated_forum(email="Desk@example.org")
    gul = make_focal_person("gul", email="desk@EXAMPLE.org")
    Coordinator.objects.create(person=gul, forum=forum)
    make_outstanding(forum)
    agreement = make_limited_agreement(forum=forum)
    assert [each.person.name for each in plan_sheets(NOON)] == ["farah"]
    assert sent() == {"farah": [(agreement.reference, -30)]}
    farah.absences.create(starts=TODAY, ends=TODAY + 60 * DAY)
    assert plan_sheets(NOON + DAY) == []
    assert sent(NOON + DAY) == {}
    assert [each.person.name for each in plan_sheets(NOON + 7 * DAY)] == ["gul"]
