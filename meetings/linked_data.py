"""What meetings and commitments are to search engines, as schema.org has words for it."""

from collections.abc import Iterable
from typing import Any

from agreements.linked_data import bodies, body
from tracker.records.public import public
from tracker.registers.linked_data import Node, first_and_last, named, node

from .models import Meeting

SCHEMA = "https://schema.org/"
EVENT_STATUS = {Meeting.Status.POSTPONED: "EventPostponed", Meeting.Status.CANCELLED: "EventCancelled"}
ATTENDANCE = {
    Meeting.Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Meeting.Mode.VIRTUAL: "OnlineEventAttendanceMode",
    Meeting.Mode.HYBRID: "MixedEventAttendanceMode",
}


def meeting_as_thing(meeting: Meeting) -> Node:
    """An event, on the days that are known as exactly as they are: one that was put off has none."""
    status = Meeting.Status(meeting.status)
    first, last = ("", "") if status in EVENT_STATUS else first_and_last(meeting.held)
    organiser = public(meeting.body)
    return node(
        "Event",
        startDate=first,
        endDate=last,
        eventStatus=SCHEMA + EVENT_STATUS.get(status, "EventScheduled"),
        eventAttendanceMode=SCHEMA + ATTENDANCE[Meeting.Mode(meeting.mode)] if meeting.mode else "",
        location=node("Place", name=meeting.place) if meeting.place else None,
        organizer=organiser and body(organiser),
    )


def commitment_as_thing(commitment: Any, parties: Iterable[Any]) -> Node:
    """What was said, and of whom: schema.org has no word for a promise."""
    agreement, made = public(commitment.agreement), commitment.made_earliest
    return node(
        "CreativeWork",
        genre=commitment.get_strength_display(),
        dateCreated=made.isoformat() if made and made == commitment.made_latest else "",
        about=bodies(parties),
        isPartOf=agreement and named(agreement, "CreativeWork"),
    )
