"""A person's own day: time zone, working week, public holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agreements.models import Country, Person
from meetings.followups.planner import plan_digests
from meetings.followups.working_days import Clock, is_working_day, local_time
from tests.factories import make_forum, make_meeting
from tests.meetings.followups.asking import make_due, make_focal_person
from tests.meetings.followups.mailing import after, asked_once, change, mail_of_day, mail_of_days, withdrawal

MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 21), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("alpha2", "day", "expected"),
    [
        ("PK", MONDAY, True),
        ("PK", SATURDAY, False),
        ("PK", date(2026, 3, 23), False),  # Pakistan Day
        ("CN", date(2026, 10, 1), False),  # National Day
        ("LK", date(2026, 2, 4), False),  # Independence Day
        ("AF", date(2026, 11, 20), False),  # a Friday
        ("AF", SUNDAY, True),
        ("EU", MONDAY, True),
        ("EU", SUNDAY, False),
    ],
)
def test_is_working_day_follows_the_country(alpha2, day, expected):
    assert is_working_day(day, Person(country=Country(alpha2=alpha2))) is expected


FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("week", "alpha2", "free"),
    [
        ("12345", "PK", [SATURDAY, SUNDAY]),
        ("12345", "", [SATURDAY, SUNDAY]),
        ("71234", "PK", [FRIDAY, SATURDAY]),
        ("67123", "PK", [date(2026, 11, 19), FRIDAY]),
        ("123456", "AE", [SUNDAY]),
        ("1234567", "AF", []),
        ("", "PK", [SATURDAY, SUNDAY]),
        ("", "BD", [FRIDAY, SATURDAY]),
        ("", "XX", [SATURDAY, SUNDAY]),
        ("", "", []),
    ],
)
def test_is_working_day_follows_the_persons_own_week_before_the_countrys(week, alpha2, free):
    person = Person(working_week=week, country=Country(alpha2=alpha2))
    days = [date(2026, 11, 17 + number) for number in range(7)]
    assert [day for day in days if not is_working_day(day, person)] == free


@pytest.mark.parametrize("week", ["12345", "1234567"])
def test_is_working_day_on_a_public_holiday_is_none_in_any_week(week):
    assert not is_working_day(date(2026, 3, 23), Person(working_week=week, country=Country(alpha2="PK")))


@pytest.mark.parametrize("day", [MONDAY, SATURDAY, SUNDAY])
def test_is_working_day_without_a_country_is_every_day(day):
    assert is_working_day(day, Person())


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Karachi", "2026-11-24T01:30:00+05:00"),
        ("America/New_York", "2026-11-23T15:30:00-05:00"),
        ("Pacific/Kiritimati", "2026-11-24T10:30:00+14:00"),
        ("Mars/Olympus", "2026-11-23T20:30:00+00:00"),
    ],
)
def test_local_time_is_that_of_the_person_or_the_site(zone, expected):
    now = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
    assert local_time(now, Person(time_zone=zone)).isoformat() == expected


EAST, WEST = (Person(pk=number, time_zone=zone) for number, zone in ((1, "Pacific/Kiritimati"), (2, "Pacific/Niue")))
MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


def test_clock_gives_each_person_their_own_day():
    clock = Clock(MORNING)
    assert (clock.day(EAST), clock.day(WEST)) == (date(2026, 11, 24), SUNDAY)
    assert (clock.first_day, clock.last_day) == (SUNDAY, date(2026, 11, 24))


def test_clock_with_a_day_is_that_day_for_all_past_their_hour():
    clock = Clock(MORNING, SATURDAY)
    assert {clock.day(EAST), clock.day(WEST), clock.first_day, clock.last_day} == {SATURDAY}
    assert clock.is_hour_of_mail(WEST)


def test_clock_with_an_earliest_day_never_gives_an_earlier_one():
    clock = Clock(MORNING, earliest={1: SUNDAY, 2: date(2026, 12, 1)})
    assert (clock.day(EAST), clock.day(WEST), clock.last_day) == (
        date(2026, 11, 24),
        date(2026, 12, 1),
        date(2026, 12, 1),
    )


@pytest.mark.parametrize(("hour", "expected"), [(0, True), (8, True), (12, True), (13, False), (23, False)])
def test_clock_is_past_the_hour_of_mail_of_the_person(hour, expected):
    now = datetime(2026, 11, 23, 12, 59, tzinfo=UTC)
    assert Clock(now).is_hour_of_mail(Person(time_zone="UTC", send_hour=hour)) is expected


# Where the clocks change in 2026, with the days; Lord Howe moves them by half an hour.
CLOCKS_CHANGE = {
    "Europe/Paris": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
}


@pytest.mark.parametrize("zone", CLOCKS_CHANGE)
@pytest.mark.parametrize("send_hour", [0, 1, 2, 3, 23])
def test_clock_where_the_clocks_change_has_an_hour_of_mail_on_every_day(zone, send_hour):
    person = Person(time_zone=zone, send_hour=send_hour)
    for change_on in CLOCKS_CHANGE[zone]:
        start = datetime.combine(change_on, time(), UTC) - timedelta(days=2)
        clocks = [Clock(start + timedelta(minutes=15) * number) for number in range(5 * 24 * 4)]
        first = {}
        for clock in clocks:
            if clock.is_hour_of_mail(person):
                first.setdefault(clock.day(person), clock.now.astimezone(ZoneInfo(zone)))
        days = [change_on + timedelta(days=number) for number in (-1, 0, 1)]
        assert set(days) <= set(first)
        assert all(send_hour <= first[day].hour <= send_hour + 1 for day in days)


# Over the days, with real records


@pytest.mark.django_db
def test_plan_for_a_weekend_of_friday_and_saturday_waits_for_sunday():
    kabul, karachi = (
        make_focal_person("kabul", working_week="71234"),
        make_focal_person("karachi", working_week="12345"),
    )
    commitment = make_due(kabul, karachi, days=4)  # a Friday
    assert mail_of_days([4, 5, 6, 7]) == {
        4: asked_once(commitment, 0, "karachi"),
        6: asked_once(commitment, 1, "kabul"),
        7: asked_once(commitment, 1, "karachi"),
    }


@pytest.mark.django_db
def test_plan_after_an_outage_of_three_days_catches_up_with_one_digest_of_the_latest_stages():
    person = make_focal_person()
    due, soon, late = make_due(person, days=1), make_due(person, days=8), make_due(person, days=-6)
    assert mail_of_day(0) == {
        "ayesha": [("asked", late.reference, 1), ("asked", due.reference, -1), ("asked", soon.reference, -30)]
    }
    assert mail_of_days([4, 5]) == {
        4: {"ayesha": [("asked", late.reference, 7), ("asked", due.reference, 1), ("asked", soon.reference, -7)]},
    }


@pytest.mark.django_db
def test_plan_when_the_next_session_moves_asks_afresh_and_when_it_is_put_off_not_at_all():
    person = make_focal_person()
    meeting = make_meeting(forum=make_forum(), held="2026-01-28", session_number=13)
    commitment = make_due(person, due="", due_rule="next_session", meeting=meeting)
    assert mail_of_day(0) == {}
    session = make_meeting(forum=meeting.forum, held="2026-12-01", status="confirmed", session_number=14)
    assert mail_of_day(0) == asked_once(commitment, -30, "ayesha")
    change(session, held="2026-12-05")
    assert mail_of_day(5) == asked_once(commitment, -7, "ayesha")
    change(session, held="", status="postponed")
    assert mail_of_days([12, 13, 20]) == {}


@pytest.mark.django_db
def test_letter_when_the_next_session_moved_after_planning_is_withdrawn():
    meeting = make_meeting(forum=make_forum(), held="2026-01-28", session_number=13)
    make_due(make_focal_person(), due="", due_rule="next_session", meeting=meeting)
    session = make_meeting(forum=meeting.forum, held="2026-12-01", status="confirmed", session_number=14)
    plan_digests(after(0))
    change(session, held="2026-12-05")
    assert withdrawal() == "the due date was moved: 1"
