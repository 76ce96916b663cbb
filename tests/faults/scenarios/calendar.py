"""Clocks that change, 29 February, the turn of the year, and working days against a second computation."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from agreements.models import Person
from meetings.followups.planner import plan_digests
from meetings.models import Commitment, FocalPoint, FollowUpPolicy, Reminder
from tests.factories import make_country, make_meeting
from tests.faults import holidays
from tests.faults.records import make_commitments, make_people
from tests.faults.world import World
from tracker.mail.models import Delivery

# Where the clocks change in 2028, with the days; Lord Howe moves them by half an hour.
CHANGES = {
    "Europe/Paris": (date(2028, 3, 26), date(2028, 10, 29)),
    "America/New_York": (date(2028, 3, 12), date(2028, 11, 5)),
    "Australia/Lord_Howe": (date(2028, 4, 2), date(2028, 10, 1)),
}
TURNS = (date(2028, 2, 29), date(2028, 12, 31))
COUNTRIES = {"Europe/Paris": "FR", "America/New_York": "US"}
STEP = timedelta(minutes=15)
YEARS = range(2024, 2034)
CODES = {"FR": "FRA", "US": "USA", "DE": "DEU"}


def run(world: World) -> None:
    count_digests(world)
    for model in (Reminder, Delivery, FocalPoint, Commitment, Person):
        model.objects.all().delete()
    shift(world)


# One digest a person and day


def count_digests(world):
    FollowUpPolicy.objects.update(days_after="1", then_every=1, rest_days=0)
    people = [
        Person.objects.create(
            slug=f"{zone}-{country}-{hour}".replace("/", "-").lower(),
            name=f"{zone} {country} {hour}",
            email=f"p{hour}@example.org",
            time_zone=zone,
            country=make_country(CODES[country], alpha2=country) if country else None,
            send_hour=hour,
        )
        for zone in CHANGES
        for country in {None, COUNTRIES.get(zone)}
        for hour in (0, 1, 2, 3, 8, 23)
    ]
    make_commitments(people, len(people), date(2028, 1, 1), world.random, days=range(-40, -1))
    expected = {}
    for day in sorted({*TURNS, *(day for days in CHANGES.values() for day in days)}):
        expected |= plan_around(day, people)
    found = {(row.recipient, row.day): row.not_before for row in Delivery.objects.all()}
    world.figures.tell("people and working days around 8 turns of the calendar", len(expected))
    world.figures.exactly("digests missing", len(expected.keys() - found.keys()), 0)
    world.figures.exactly("digests uncalled for", len(found.keys() - expected.keys()), 0)
    world.figures.exactly("digests in all, less one a person and day", Delivery.objects.count() - len(found), 0)
    early_or_late = [key for key in expected.keys() & found.keys() if expected[key] != found[key]]
    world.figures.exactly("digests not planned at their hour", len(early_or_late), 0)


def plan_around(day, people):
    """Plan every quarter of an hour from the day before until the day after; return what each person should get when:
    at the first of these moments at which their hour has come on a working day."""
    start, expected = datetime.combine(day, datetime.min.time(), UTC) - timedelta(days=1), {}
    for number in range(3 * 24 * 4):
        moment = start + STEP * number
        for person in people:
            local = moment.astimezone(ZoneInfo(person.time_zone))
            if local.hour >= person.send_hour and works(local.date(), person):
                expected.setdefault((f"person:{person.pk}", local.date()), moment)
        plan_digests(moment)
        Delivery.objects.unsent().update(state=Delivery.State.SENT, sent_at=moment)
    return expected


def works(day, person):
    return person.country is None or _works(day, person.country.alpha2)


_works = lru_cache(maxsize=None)(holidays.is_working_day)


# Shifts to the next working day


def shift(world):
    """A reminder that falls due on a weekend or holiday, in each of ten years; the planner is run on day after day."""
    FollowUpPolicy.objects.update(window_days=0, days_before="", on_the_day=True, days_after="", then_every=0)
    each, wrong, done = world.options.shifts // len(YEARS), [], 0
    for year in YEARS:
        due = due_dates(world, each, year)
        for day in sorted({day for start in due.values() for day in days_from(start, 7)}):
            plan_digests(datetime.combine(day, datetime.min.time(), UTC), day)
            Delivery.objects.unsent().update(
                state=Delivery.State.SENT, sent_at=datetime.combine(day, datetime.min.time(), UTC)
            )
        found = dict(Reminder.objects.values_list("person", "day"))
        for person, start in due.items():
            expected = holidays.next_working_day(start, person.country.alpha2)
            done += 1
            if found.get(person.pk) != expected:
                wrong.append(f"{person.country.alpha2} {start}: {found.get(person.pk)}, not {expected}")
        for model in (Reminder, Delivery, FocalPoint, Commitment, Person):
            model.objects.all().delete()
    for line in wrong[:10]:
        print(f"  {line}", flush=True)
    world.figures.tell("reminders due on a weekend or public holiday", done)
    world.figures.exactly("not sent on the next working day", len(wrong), 0)


def due_dates(world, count, year):
    """People in three countries, each with one commitment, and the day on which it is due."""
    days = days_from(date(year, 1, 1), 365)
    idle = {code: [day for day in days if not _works(day, code)] for code in CODES}
    people = make_people(count)
    meeting, due = make_meeting(), {}
    for number, person in enumerate(people):
        code = list(CODES)[number % len(CODES)]
        person.country = make_country(CODES[code], alpha2=code)
        # As many holidays as weekends: these would be found by chance.
        on_weekdays = [day for day in idle[code] if day.weekday() < holidays.SATURDAY]
        due[person] = world.random.choice(world.random.choice([idle[code], on_weekdays]))
    Person.objects.bulk_update(people, ["country"])
    commitments = Commitment.objects.bulk_create(
        Commitment(
            reference=f"COM-{year}{number}",
            title="x",
            strength="agreed",
            state="published",
            meeting=meeting,
            due=day.isoformat(),
            due_rule="date",
        )
        for number, day in enumerate(due.values())
    )
    FocalPoint.objects.bulk_create(
        FocalPoint(person=person, commitment=commitment) for person, commitment in zip(due, commitments, strict=True)
    )
    return due


def days_from(start, count):
    return [start + timedelta(days=number) for number in range(count)]
