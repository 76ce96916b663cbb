"""Due dates counted from an event of an agreement or from a meeting: computed once it happened, and told in words."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from agreements.models import AgreementEvent
from meetings.models import Commitment
from meetings.models.counted import later
from tests.agreements.test_pages import facts, open_page
from tests.factories import make_agreement, make_commitment, make_country, make_forum, make_meeting
from tests.registers.reading import exported

pytestmark = pytest.mark.django_db


def event_of(agreement, kind="in_force", on="2024-03-01", **fields):
    return AgreementEvent.objects.create(agreement=agreement, kind=kind, on=on, **fields)


def counted(period="P180D", **fields):
    return make_commitment(due_rule="relative", due_period=period, **fields)


def stored(commitment):
    """``(due, its last day, its version)``"""
    read = Commitment.objects.get(pk=commitment.pk)
    return read.due, read.due_latest and read.due_latest.isoformat(), read.due_version


@pytest.mark.parametrize(
    ("notation", "period", "expected"),
    [
        ("2024-03-01", "P180D", "2024-08-28"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2024-03-01?", "P1Y", "2025-03-01?"),
        ("2024-03", "P1M", "[2024-04-01..2024-04-30]"),
        ("2024", "P2W", "[2024-01-15..2025-01-14]"),
        ("../2024-03-01", "P1Y", "../2025-03-01"),
        ("2024-03-01/..", "P1Y", "2025-03-01/.."),
        ("XXXX-03-01", "P1Y", ""),
        ("2199", "P3Y", ""),
    ],
)
def test_due_date_is_as_exact_as_the_date_it_is_counted_from(notation, period, expected):
    assert later(notation, period) == expected


def test_due_date_is_computed_once_the_event_has_a_date():
    event = event_of(make_agreement(), on="")
    commitment = counted(due_event=event)
    assert stored(commitment) == ("", None, 1)
    event.on = "2024-03-01"
    event.save()
    assert stored(commitment) == ("2024-08-28", "2024-08-28", 2)
    event.on = "2024-03-02"
    event.save()
    assert stored(commitment) == ("2024-08-29", "2024-08-29", 3)
    event.on = ""
    event.save()
    assert stored(commitment) == ("", None, 4)


def test_date_of_an_editor_stands_as_long_as_the_event_has_none():
    event = event_of(make_agreement(), on="")
    commitment = counted(due_event=event, due="2030")
    assert stored(commitment)[0] == "2030"
    event.on = "2024-03-01"
    event.save()
    assert stored(commitment)[0] == "2024-08-28"


def test_target_starts_no_period_until_the_same_has_happened():
    agreement, pakistan = make_agreement(), make_country("PAK")
    target = event_of(agreement, "ratified", "2024-03-01", is_planned=True, country=pakistan)
    commitment = counted(due_event=target)
    event_of(agreement, "ratified", "2024-05-01", country=make_country("CHN"))
    assert stored(commitment)[0] == ""
    event_of(agreement, "ratified", "2024-06-01", country=pakistan)
    assert stored(commitment)[0] == "2024-11-28"


def test_period_counts_from_a_meeting_that_was_held():
    meeting = make_meeting(held="2024-03-01", status="confirmed")
    commitment = counted("P1M", due_meeting=meeting)
    assert stored(commitment)[0] == ""
    meeting.status = "held"
    meeting.save()
    assert stored(commitment)[0] == "2024-04-01"
    meeting.state = "draft"
    meeting.save()
    assert stored(commitment)[0] == ""


def test_period_counts_from_what_is_public_only():
    agreement = make_agreement(state="draft")
    commitment = counted(due_event=event_of(agreement))
    assert stored(commitment)[0] == ""
    agreement.state = "published"
    agreement.save()
    assert stored(commitment)[0] == "2024-08-28"


@pytest.mark.parametrize("by_query", [False, True])
def test_due_date_goes_with_the_event_that_it_was_counted_from(by_query):
    event = event_of(make_agreement())
    commitment, typed = counted(due_event=event), counted("", due_event=event, due="2030")
    if by_query:
        AgreementEvent.objects.filter(pk=event.pk).delete()
    else:
        event.delete()
    assert stored(commitment) == ("", None, 3)
    assert stored(typed) == ("2030", "2030-12-31", 1)


def test_another_rule_leaves_the_date_to_the_editor():
    commitment = counted(due_event=event_of(make_agreement()))
    commitment.refresh_from_db()
    commitment.due_rule, commitment.due_event, commitment.due_period = "date", None, ""
    commitment.save()
    assert stored(commitment)[0] == "2024-08-28"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"due_period": "P1Y"}, "Name the event, or the meeting, after which it is due."),
        ({"due_rule": "none", "due_event": True}, "What is counted from an event or a meeting has the rule for that."),
    ],
)
def test_half_a_rule_is_refused(fields, message):
    commitment = make_commitment()
    commitment.due_rule = "relative"
    if "due_event" in fields:
        fields = fields | {"due_event": event_of(make_agreement())}
    for name, value in fields.items():
        setattr(commitment, name, value)
    with pytest.raises(ValidationError) as refused:
        commitment.full_clean()
    assert refused.value.messages == [message]


def test_page_and_export_tell_the_rule_in_words(client):
    agreement = make_agreement()
    commitment = counted(due_event=event_of(agreement), title="Build")
    rule = f"180 days after the entry into force of {agreement.reference}"
    known = facts(open_page(client, commitment))
    assert (known["Due"], known["Rule of the due date"]) == ("28 August 2024", rule)
    (row,) = exported(client, "commitments", "q=Build")
    names = ("due_rule", "due_rule_in_words", "due_period", "due_event", "due_event_of", "due_meeting")
    assert [row[name] for name in names] == ["relative", rule, "P180D", "in_force", agreement.reference, None]


def test_rule_that_counts_from_a_meeting_or_from_one_side_says_so(client):
    meeting = make_meeting(forum=make_forum(name="Joint commission"), title="", session_number=13)
    after = counted("P1M", due_meeting=meeting)
    assert facts(open_page(client, after))["Rule of the due date"] == "1 month after Joint commission, session 13"
    agreement = make_agreement()
    side = counted("", due_event=event_of(agreement, "ratified", country=make_country("PAK")))
    words = f"After the ratification of {agreement.reference} by Pakistan"
    assert facts(open_page(client, side))["Rule of the due date"] == words


def test_rule_does_not_name_what_is_not_public(client):
    agreement = make_agreement(state="draft")
    commitment = counted(due_event=event_of(agreement))
    words = "180 days after an event of an agreement not published here"
    assert facts(open_page(client, commitment))["Rule of the due date"] == words
    meeting = make_meeting(title="Secret", state="draft")
    other = counted(due_meeting=meeting)
    assert facts(open_page(client, other))["Rule of the due date"] == "180 days after a meeting not published here"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "180 days after the entry into force of AGR-0001"),
        ("ur", "نفاذ (AGR-0001) کے 180 دن بعد"),
        ("zh-hans", "AGR-0001生效后180天"),
    ],
)
def test_rule_is_told_in_the_language_of_the_reader(language, words):
    commitment = counted(due_event=event_of(make_agreement()))
    with translation.override(language):
        assert commitment.rule_in_words == words
