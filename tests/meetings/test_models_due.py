"""Due dates that follow from something else: rules of recurrence, and the next session of a body."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from meetings.models import Commitment
from meetings.models.due import recurrence_around, recurrences, validate_recurrence
from meetings.models.recurrence import recurrence_in_words
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting, make_working_group
from tracker.records.publication import publish_due

START, DAY = date(2026, 1, 31), date(2026, 11, 23)
LATER = datetime(2027, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;INTERVAL=2",
        "RRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1",
        "freq=weekly;byday=mo",
        "FREQ=DAILY;UNTIL=20301231T000000Z",
        "FREQ=YEARLY;COUNT=3",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
    ],
)
def test_validate_recurrence_of_a_rule_passes(rule):
    validate_recurrence(rule)


# Some of these would keep the library busy for minutes or for ever.
NO_RULES = [
    "",
    "nonsense",
    "every month",
    "FREQ=",
    "FREQ=SECONDLY",
    "FREQ=HOURLY",
    "FREQ=DAILY;BYHOUR=9",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=-1",
    "FREQ=DAILY;INTERVAL=x",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;BYMONTH=13",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTHDAY=32;COUNT=5",
    "FREQ=DAILY;COUNT=0",
    "FREQ=MONTHLY;BYDAY=XX",
    "FREQ=MONTHLY;BYDAY=",
    "FREQ=YEARLY;BYYEARDAY=366;BYMONTHDAY=30;BYEASTER=400",
    "FREQ=MONTHLY;UNTIL=soon",
    "FREQ=MONTHLY;COLOUR=RED",
    "FREQ=MONTHLY\nRRULE:FREQ=DAILY",
    "FREQ=MONTHLY\nEXDATE:20260101T000000",
    "DTSTART:20260101T000000\nRRULE:FREQ=DAILY",
]


@pytest.mark.parametrize("rule", NO_RULES)
def test_validate_recurrence_of_anything_else_explains_how_to_write_it(rule):
    with pytest.raises(ValidationError, match="Write it as in FREQ=MONTHLY;INTERVAL=2"):
        validate_recurrence(rule)


@pytest.mark.parametrize("rule", NO_RULES)
def test_recurrence_around_with_what_is_no_rule_happens_once(rule):
    day = timedelta(days=1)
    found = [recurrence_around(rule, START, each) for each in (START - day, START, START + day)]
    assert found == [(None, START), (START, None), (START, None)]


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ("FREQ=YEARLY", date(2026, 1, 30), (None, START)),
        ("FREQ=YEARLY", START, (START, date(2027, 1, 31))),
        ("FREQ=YEARLY", DAY, (START, date(2027, 1, 31))),
        ("FREQ=MONTHLY", DAY, (date(2026, 10, 31), date(2026, 11, 30))),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", DAY, (date(2026, 10, 31), date(2026, 11, 30))),
        ("FREQ=WEEKLY;BYDAY=MO", DAY, (DAY, date(2026, 11, 30))),
        ("FREQ=MONTHLY;UNTIL=20260401", DAY, (date(2026, 3, 31), None)),
        ("FREQ=MONTHLY;COUNT=2", DAY, (date(2026, 2, 28), None)),
        ("FREQ=MONTHLY;UNTIL=20250101", DAY, (START, None)),
    ],
)
def test_recurrence_around_a_day_gives_the_times_on_both_sides(rule, day, expected):
    assert recurrence_around(rule, START, day) == expected


ENDS_OF_MONTHS = [
    ("FREQ=MONTHLY;INTERVAL=3", "2026-11-30", "2026-11-30 2027-02-28 2027-05-30 2027-08-30 2027-11-30 2028-02-29"),
    ("FREQ=MONTHLY", "2026-01-31", "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30"),
    ("FREQ=MONTHLY;COUNT=3", "2026-01-29", "2026-01-29 2026-02-28 2026-03-29"),
    ("FREQ=MONTHLY;UNTIL=20260228", "2026-01-31", "2026-01-31 2026-02-28"),
    ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-01", "2026-01-31 2026-02-28 2026-03-31 2026-04-30"),
    ("FREQ=MONTHLY;BYMONTHDAY=15,31", "2026-02-01", "2026-02-15 2026-02-28 2026-03-15 2026-03-31"),
    ("FREQ=MONTHLY;BYMONTHDAY=30,-1", "2026-02-01", "2026-02-28 2026-03-30 2026-03-31 2026-04-30"),
    ("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-31", "2026-02-27 2026-03-27"),
    ("FREQ=YEARLY", "2024-02-29", "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
    ("FREQ=YEARLY;BYMONTH=2,6", "2026-01-31", "2026-02-28 2026-06-30 2027-02-28"),
    ("FREQ=YEARLY;INTERVAL=2;BYMONTH=6", "2026-01-31", "2026-06-30 2028-06-30"),
    ("FREQ=MONTHLY", "2026-01-28", "2026-01-28 2026-02-28 2026-03-28"),
    ("FREQ=DAILY;INTERVAL=30", "2026-01-31", "2026-01-31 2026-03-02"),
]


@pytest.mark.parametrize(("rule", "start", "expected"), ENDS_OF_MONTHS)
def test_recurrence_on_a_day_that_a_month_lacks_falls_on_its_last_day(rule, start, expected):
    days = expected.split()
    found = list(islice(recurrences(rule, date.fromisoformat(start)), len(days)))
    assert [day.isoformat() for day in found] == days


# rule: (English, Urdu, Chinese)
WORDS = {
    "FREQ=YEARLY": ("every year", "ہر سال", "每年"),
    "FREQ=MONTHLY;INTERVAL=2": ("every 2 months", "ہر 2 ماہ بعد", "每2个月"),
    "freq=weekly;byday=mo": ("every week on Monday", "ہر ہفتے، پیر کو", "每周星期一"),
    "FREQ=WEEKLY;BYDAY=MO,TH": ("every week on Monday, Thursday", "ہر ہفتے، پیر، جمعرات کو", "每周星期一、星期四"),
    "FREQ=MONTHLY;BYMONTHDAY=15;WKST=MO": ("every month on day 15", "ہر ماہ، 15 تاریخ کو", "每月的15日"),
    "FREQ=MONTHLY;BYMONTHDAY=31": (
        "every month on day 31, or the last day of a shorter month",
        "ہر ماہ، 31 تاریخ کو، یا چھوٹے مہینے کے آخری دن",
        "每月的31日，无此日的月份则为当月最后一天",
    ),
    "FREQ=MONTHLY;BYMONTHDAY=-1": (
        "every month on the last day of the month",
        "ہر ماہ، مہینے کے آخری دن",
        "每月，当月最后一天",
    ),
    "RRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1": (
        "every year on the last day of June",
        "ہر سال، جون کے آخری دن",
        "每年六月的最后一天",
    ),
    "FREQ=YEARLY;BYMONTH=6": ("every year in June", "ہر سال، جون میں", "每年六月"),
    "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=9": ("every year on 9 June", "ہر سال، 9 جون کو", "每年6月9日"),
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29": (
        "every year on 29 February, or the last day of a shorter month",
        "ہر سال، 29 فروری کو، یا چھوٹے مہینے کے آخری دن",
        "每年2月29日，无此日的月份则为当月最后一天",
    ),
    "FREQ=DAILY;UNTIL=20301231T000000Z": (
        "every day until 31 December 2030",
        "ہر روز، 31 دسمبر 2030 تک",
        "每天，至2030年12月31日止",
    ),
    "FREQ=YEARLY;COUNT=3": ("every year, 3 times", "ہر سال، 3 بار", "每年，共3次"),
    "": ("", "", ""),
}


@pytest.mark.parametrize("rule", WORDS)
def test_rule_of_recurrence_in_words_of_each_language(rule):
    for language, words in zip(("en", "ur", "zh-hans"), WORDS[rule], strict=True):
        with translation.override(language):
            assert recurrence_in_words(rule) == words


@pytest.mark.parametrize(
    "rule",
    [
        *["nonsense", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=x", "FREQ=DAILY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=XX"],
        *["FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=MONTHLY;BYMONTHDAY=32"],
        *["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=13", "FREQ=MONTHLY;UNTIL=soon"],
        *["FREQ=YEARLY;COUNT=x", "FREQ=YEARLY;BYDAY=MO"],
    ],
)
def test_rule_for_which_there_are_no_words_has_none(rule):
    assert recurrence_in_words(rule) is None


# The next session

pytestmark = pytest.mark.django_db


def fresh(commitment):
    commitment.refresh_from_db()
    return commitment.due, commitment.due_latest, commitment.due_version


UNKNOWN, KNOWN = ("", None), ("2027-03-10", date(2027, 3, 10))


def promise(**fields):
    """A commitment to be kept by the next session of its forum."""
    fields = fields or {"meeting": make_meeting(forum=make_forum(), held="2026-01-28", session_number=13)}
    return make_commitment(due_rule="next_session", **fields)


def schedule(commitment, **fields):
    return make_meeting(
        **{"forum": commitment.forum, "held": "2027-03-10", "status": "confirmed", "session_number": 14, **fields}
    )


def change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


def test_next_session_when_none_is_scheduled_has_no_date():
    assert fresh(promise()) == (*UNKNOWN, 1)


def test_next_session_when_it_is_scheduled_gives_the_due_date_its_day():
    commitment = promise()
    session = schedule(commitment, held="2027-03-10/2027-03-12")
    assert fresh(commitment) == ("2027-03-10/2027-03-12", date(2027, 3, 12), 2)
    assert commitment.due_session == session


def test_next_session_when_it_moves_takes_the_due_date_along():
    commitment = promise()
    session = schedule(commitment)
    change(session, held="2027-05-02")
    assert fresh(commitment) == ("2027-05-02", date(2027, 5, 2), 3)


def test_next_session_when_saved_without_a_change_keeps_the_version():
    commitment = promise()
    session = schedule(commitment)
    change(session, summary="Tea was served.")
    commitment.refresh_from_db()
    change(commitment, caution="A doubt.")
    assert fresh(commitment) == (*KNOWN, 2)


PUT_OFF = {
    "without a new date": {"held": "", "status": "postponed"},
    "cancelled": {"status": "cancelled"},
    "withdrawn": {"state": "withdrawn"},
    "back to review": {"state": "in_review"},
    "to be published later": {"state": "in_review", "publish_at": timezone.now() + timedelta(days=9)},
    "only preparatory": {"kind": "preparatory"},
    "of no forum": {"forum": None, "session_number": None},
    "before the promise": {"held": "2026-01-01"},
}


@pytest.mark.parametrize("fields", PUT_OFF.values(), ids=PUT_OFF)
def test_next_session_when_it_is_put_off_makes_the_due_date_unknown(fields):
    commitment = promise()
    session = schedule(commitment)
    change(session, **fields)
    assert fresh(commitment) == (*UNKNOWN, 3)


def test_next_session_when_its_moment_of_publication_comes_is_the_due_date_though_nobody_saves():
    commitment = promise()
    schedule(commitment, state="in_review", publish_at=LATER)
    assert fresh(commitment) == (*UNKNOWN, 1)
    publish_due(LATER)
    assert fresh(commitment) == (*KNOWN, 2)


def test_next_session_when_it_is_deleted_falls_to_the_one_after_or_to_nobody_knows():
    commitment = promise()
    session = schedule(commitment)
    later = schedule(commitment, held="2028-03-10", session_number=15)
    session.delete()
    assert fresh(commitment) == ("2028-03-10", date(2028, 3, 10), 4)  # unknown first, then the later day
    later.delete()
    assert fresh(commitment) == (*UNKNOWN, 5)


def test_next_session_when_it_is_put_off_falls_to_the_one_after():
    commitment = promise()
    session = schedule(commitment)
    schedule(commitment, held="2028-03-10", session_number=15)
    assert fresh(commitment) == (*KNOWN, 2)
    change(session, status="cancelled")
    assert fresh(commitment) == ("2028-03-10", date(2028, 3, 10), 3)


def test_next_session_when_an_earlier_one_is_scheduled_comes_earlier():
    commitment = promise()
    schedule(commitment)
    schedule(commitment, held="2026-09-01", session_number=13, session_suffix="Special", kind="special")
    assert fresh(commitment) == ("2026-09-01", date(2026, 9, 1), 3)


OTHERS = {
    "draft": {"state": "draft"},
    "preparatory": {"kind": "preparatory"},
    "cancelled": {"status": "cancelled"},
    "without a date": {"held": ""},
    "open to the future": {"held": "2027-03-10/.."},
    "on the same day": {"held": "2026-01-28"},
    "of no forum": {"forum": None, "session_number": None},
}


@pytest.mark.parametrize("fields", OTHERS.values(), ids=OTHERS)
def test_next_session_is_none_that_does_not_count(fields):
    commitment = promise()
    schedule(commitment, **fields)
    assert fresh(commitment) == (*UNKNOWN, 1)


def test_next_session_of_a_forum_is_not_that_of_another_or_of_its_groups():
    commitment = promise()
    schedule(commitment, forum=make_forum())
    schedule(commitment, working_group=make_working_group(forum=commitment.forum))
    assert fresh(commitment) == (*UNKNOWN, 1)


def test_next_session_of_a_group_is_not_that_of_its_forum_or_of_another_group():
    forum = make_forum()
    group, other = make_working_group(forum=forum), make_working_group(forum=forum)
    commitment = promise(meeting=make_meeting(working_group=group, held="2026-01-28"))
    schedule(commitment)
    schedule(commitment, working_group=other)
    assert fresh(commitment) == (*UNKNOWN, 1)
    schedule(commitment, working_group=group, held="2027-04-01")
    assert fresh(commitment) == ("2027-04-01", date(2027, 4, 1), 2)


def test_next_session_after_one_of_unknown_date_has_a_higher_number():
    commitment = promise(meeting=make_meeting(forum=make_forum(), held="", session_number=13))
    schedule(commitment, session_number=12)
    assert fresh(commitment) == (*UNKNOWN, 1)
    schedule(commitment, session_number=14)
    assert fresh(commitment) == (*KNOWN, 2)


def test_next_session_of_an_agreement_is_the_first_of_its_forum_after_the_signature():
    forum = make_forum()
    commitment = promise(agreement=make_agreement(forum=forum, signed="2026-05-01"))
    schedule(commitment, forum=forum, held="2026-02-01", session_number=12)
    assert fresh(commitment) == (*UNKNOWN, 1)
    schedule(commitment, forum=forum)
    assert fresh(commitment) == (*KNOWN, 2)


def test_next_session_of_an_agreement_follows_the_day_of_its_signature():
    forum = make_forum()
    agreement = make_agreement(forum=forum)
    commitment = promise(agreement=agreement)
    schedule(commitment, forum=forum)
    assert fresh(commitment) == (*UNKNOWN, 1)
    agreement.events.create(kind="signed", on="2026-05-01")
    assert fresh(commitment) == (*KNOWN, 2)


def test_next_session_when_the_day_of_the_promise_is_corrected_is_looked_for_again():
    commitment = promise()
    schedule(commitment)
    change(commitment.meeting, held="2027-06-01")
    assert fresh(commitment) == (*UNKNOWN, 3)


def test_next_session_leaves_an_editors_date_until_one_is_scheduled():
    commitment = promise(meeting=make_meeting(forum=make_forum()), due="2027-12")
    assert fresh(commitment) == ("2027-12", date(2027, 12, 31), 1)
    schedule(commitment)
    assert fresh(commitment) == (*KNOWN, 2)


def test_next_session_when_an_editor_sets_a_date_instead_no_longer_counts():
    commitment = promise()
    session = schedule(commitment)
    commitment.refresh_from_db()
    change(commitment, due="2027-12", due_rule=Commitment.DueRule.DATE)
    assert fresh(commitment) == ("2027-12", date(2027, 12, 31), 3)
    assert commitment.due_session is None
    change(session, held="2027-05-02")
    assert fresh(commitment) == ("2027-12", date(2027, 12, 31), 3)
