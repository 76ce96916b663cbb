"""Who is asked: those in charge, or their deputies, or the next in line who can be written to."""

from datetime import UTC, datetime, timedelta

import pytest

from agreements.models import Absence
from meetings.followups.nobody import nobody_to_ask
from meetings.followups.people import InCharge
from meetings.followups.planner import plan_digests
from meetings.followups.working_days import Clock
from meetings.models import FocalPoint, OrganisationFocalPoint
from tests.factories import make_forum, make_meeting, make_organisation, make_working_group
from tests.meetings.followups.asking import NOON, TODAY, asked, make_due, make_focal_person
from tests.meetings.followups.mailing import asked_once, change, give_answer, mail_of_day, withdrawal
from tracker.accounts.models import User
from tracker.mail.models import Delivery, RefusedAddress

pytestmark = pytest.mark.django_db


def days(number):
    return TODAY + timedelta(days=number)


def make_office(organisation, name, **fields):
    return OrganisationFocalPoint.objects.create(
        organisation=organisation, person=make_focal_person(name), **fields
    ).person


def make_line():
    """A commitment with somebody at each of the four levels, and those people in the order of the line."""
    ministry, convener, secretariat = make_organisation(), make_organisation(), make_organisation()
    forum = make_forum(secretariat=secretariat)
    group = make_working_group(forum=forum, convener=convener)
    commitment = make_due(make_focal_person("own"), meeting=make_meeting(working_group=group))
    commitment.parties.create(organisation=ministry, side="by")
    bodies = {"ministry": ministry, "convener": convener, "secretariat": secretariat}
    people = [make_office(body, name) for name, body in bodies.items()]
    return commitment, [commitment.focal_points.get().person, *people]


def away(person, first=0, last=0):
    return Absence.objects.create(person=person, starts=days(first), ends=days(last))


def close_account(person):
    change(person, user=User.objects.create(username=person.name, email=person.email, is_active=False))


def refuse_address(person):
    RefusedAddress.objects.create(address=person.email.lower(), error="550 No such user", refused_at=NOON)


UNREACHABLE = {
    "unsubscribed": lambda person: change(person, unsubscribed_at=NOON),
    "without an address": lambda person: change(person, email=""),
    "with no usable address": lambda person: change(person, email="nobody"),
    "with a refused address": refuse_address,
    "with a closed account": close_account,
}
REASONS = {
    "unsubscribed": " has stopped the mail",
    "without an address": " has no e-mail address",
    "with no usable address": "'s e-mail address is not valid",
    "with a refused address": "'s address was refused",
    "with a closed account": "'s account is closed",
}


# The line


@pytest.mark.parametrize("level", range(4))
def test_plan_asks_the_first_level_with_somebody_who_can_be_written_to(level):
    commitment, people = make_line()
    for person in people[:level]:
        change(person, unsubscribed_at=NOON)
    assert asked(plan_digests(NOON)) == {people[level].name: [(commitment.reference, 0)]}


def test_plan_where_all_of_the_line_are_out_of_reach_asks_nobody():
    commitment, people = make_line()
    for person in people:
        change(person, unsubscribed_at=NOON)
    assert plan_digests(NOON) == []
    assert nobody_to_ask(NOON, TODAY) == {commitment.pk: "own has stopped the mail"}


def test_plan_where_one_of_a_level_can_be_written_to_stays_at_that_level():
    commitment, people = make_line()
    change(people[0], unsubscribed_at=NOON)
    FocalPoint.objects.create(commitment=commitment, person=make_focal_person("second"))
    assert asked(plan_digests(NOON)) == {"second": [(commitment.reference, 0)]}


@pytest.mark.parametrize("term", [{"ends": days(-1)}, {"starts": days(1)}], ids=["ended", "to come"])
def test_plan_where_nobody_of_a_level_is_in_office_asks_the_next(term):
    commitment, _people = make_line()
    change(commitment.focal_points.get(), **term)
    assert asked(plan_digests(NOON)) == {"ministry": [(commitment.reference, 0)]}


def test_plan_takes_the_convener_of_the_group_in_charge_before_that_of_the_meeting():
    commitment, people = make_line()
    for person in people[:2]:
        change(person, unsubscribed_at=NOON)
    other = make_organisation()
    make_office(other, "other convener")
    change(commitment, working_group=make_working_group(forum=commitment.forum, convener=other))
    assert asked(plan_digests(NOON)) == {"other convener": [(commitment.reference, 0)]}


def test_plan_where_the_group_in_charge_has_no_convener_asks_the_secretariat_and_not_the_convener_of_the_meeting():
    commitment, people = make_line()
    for person in people[:2]:
        change(person, unsubscribed_at=NOON)
    change(commitment, working_group=make_working_group(forum=commitment.forum))
    assert asked(plan_digests(NOON)) == {"secretariat": [(commitment.reference, 0)]}


def test_colleagues_are_those_in_line_and_no_others():
    commitment, people = make_line()
    clock = Clock(NOON)
    in_charge = InCharge([commitment], clock)[commitment.pk]
    assert in_charge.colleagues(people[0]) == [people[1 + place] for place in (1, 0, 2)]
    change(commitment, working_group=make_working_group(forum=commitment.forum))
    in_charge = InCharge([commitment], clock)[commitment.pk]
    assert in_charge.colleagues(people[0]) == [people[1], people[3]]


def test_plan_asks_who_speaks_for_several_once():
    one, two = make_organisation(), make_organisation()
    person = make_office(one, "both")
    OrganisationFocalPoint.objects.create(organisation=two, person=person)
    OrganisationFocalPoint.objects.create(organisation=two, person=make_focal_person("away"), deputy=person)
    away(OrganisationFocalPoint.objects.latest("pk").person)
    commitment = make_due()
    for organisation in (one, two):
        commitment.parties.create(organisation=organisation, side="by")
    assert asked(plan_digests(NOON)) == {"both": [(commitment.reference, 0)]}


def test_plan_takes_terms_of_office_on_the_persons_own_day():
    east = make_focal_person("east", time_zone="Pacific/Kiritimati", send_hour=0)
    west = make_focal_person("west", time_zone="Pacific/Pago_Pago", send_hour=0)
    commitment = make_due()
    for person in (east, west):
        FocalPoint.objects.create(commitment=commitment, person=person, starts=days(1))
    moment = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # the 24th in the east, the 22nd in the west
    assert asked(plan_digests(moment)) == {"east": [(commitment.reference, 1)]}


# Deputies


def make_pair(**fields):
    """A commitment with a person in charge and a deputy."""
    person, deputy = make_focal_person("own", **fields), make_focal_person("deputy")
    commitment = make_due()
    FocalPoint.objects.create(commitment=commitment, person=person, deputy=deputy)
    return commitment, person, deputy


def test_plan_while_the_person_is_there_does_not_ask_the_deputy():
    commitment, _person, _deputy = make_pair()
    assert asked(plan_digests(NOON)) == {"own": [(commitment.reference, 0)]}


def test_plan_while_the_person_is_out_of_reach_asks_the_deputy():
    commitment, person, _deputy = make_pair()
    change(person, unsubscribed_at=NOON)
    assert asked(plan_digests(NOON)) == {"deputy": [(commitment.reference, 0)]}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [(0, 0, "deputy"), (-9, 0, "deputy"), (0, 9, "deputy"), (-9, -1, "own"), (1, 9, "own")],
)
def test_plan_on_the_days_of_an_absence_asks_the_deputy(first, last, expected):
    _commitment, person, _deputy = make_pair()
    away(person, first, last)
    assert set(asked(plan_digests(NOON))) == {expected}


def test_plan_for_a_day_far_ahead_knows_the_absences_of_that_day():
    _commitment, person, _deputy = make_pair()
    away(person, 100, 100)
    assert set(asked(plan_digests(NOON, days(100)))) == {"deputy"}


def test_plan_takes_an_absence_on_the_persons_own_day():
    commitment, person, _deputy = make_pair(time_zone="Pacific/Kiritimati")
    away(person, 1, 1)
    # The 24th has begun where the person is.
    assert asked(plan_digests(NOON)) == {"deputy": [(commitment.reference, 0)]}


def test_plan_while_the_person_is_away_without_a_deputy_waits_for_their_return():
    commitment, people = make_line()
    away(people[0], -1, 2)
    assert [mail_of_day(day) for day in range(4)] == [{}, {}, {}, asked_once(commitment, 1, "own")]


def test_plan_while_both_are_away_waits_for_the_person():
    commitment, person, deputy = make_pair()
    away(person, 0, 2)
    away(deputy, 0, 9)
    assert [mail_of_day(day) for day in range(4)] == [{}, {}, {}, asked_once(commitment, 1, "own")]


def test_plan_while_the_person_is_out_of_reach_and_the_deputy_away_waits_for_the_deputy():
    commitment, person, deputy = make_pair()
    commitment.parties.create(organisation=make_organisation("ministry"), side="by")
    make_office(commitment.parties.get(organisation__isnull=False).organisation, "of the ministry")
    change(person, unsubscribed_at=NOON)
    away(deputy, 0, 2)
    assert [mail_of_day(day) for day in range(4)] == [{}, {}, {}, asked_once(commitment, 1, "deputy")]


def test_plan_after_the_deputy_answered_does_not_ask_the_person_the_same():
    commitment, person, deputy = make_pair()
    away(person, 0, 5)
    assert mail_of_day(0) == asked_once(commitment, 0, "deputy")
    give_answer(deputy, "late", "published", expected="2026-12-08")
    assert [mail_of_day(day) for day in (7, 15)] == [{}, {}]
    assert mail_of_day(30) == asked_once(commitment, 30, "own")


def test_plan_for_a_deputy_of_two_asks_while_one_of_them_has_not_answered():
    deputy, first, second = (make_focal_person(name) for name in ("deputy", "first", "second"))
    commitment = make_due()
    for person in (first, second):
        FocalPoint.objects.create(commitment=commitment, person=person, deputy=deputy)
    assert mail_of_day(0) == asked_once(commitment, 0, "first", "second")
    give_answer(first, "done")
    for person in (first, second):
        away(person, 1, 9)
    assert mail_of_day(1) == asked_once(commitment, 1, "deputy")
    give_answer(second, "done")
    assert mail_of_day(7) == {}


def test_letter_when_the_person_goes_away_after_planning_leaves_the_question_to_the_deputy():
    commitment, person, _deputy = make_pair()
    plan_digests(NOON)
    away(person)
    assert withdrawal() == "the person is no longer in charge: 1"
    Delivery.objects.update(state=Delivery.State.WITHDRAWN)
    assert mail_of_day(0) == asked_once(commitment, 0, "deputy")


# Nobody


def test_nobody_to_ask_gives_the_reason():
    expected = {}
    for name, lose in UNREACHABLE.items():
        person = make_focal_person(name)
        commitment = make_due(person)
        lose(person)
        expected[commitment.pk] = f"{name}{REASONS[name]}"
    assert nobody_to_ask(NOON, TODAY) == expected


def test_nobody_to_ask_names_what_has_nobody_and_calls_for_a_question_today():
    nameless, later = make_due(days=-3), make_due(days=31)
    make_due(days=-3, state="draft")
    make_due(days=-3, closure="dropped")
    make_due(make_focal_person())
    assert nobody_to_ask(NOON, TODAY) == {nameless.pk: "nobody is named"}
    assert nobody_to_ask(NOON, days(1)) == {nameless.pk: "nobody is named", later.pk: "nobody is named"}


def test_nobody_to_ask_does_not_name_what_waits_for_a_return():
    make_due(make_focal_person("own"))
    away(FocalPoint.objects.get().person)
    assert nobody_to_ask(NOON, TODAY) == {}
