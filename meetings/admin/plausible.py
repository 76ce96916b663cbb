"""What can hardly be true of a meeting and its rows: asked about once, never refused."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, MeetingAgreement
from tracker.records import edtf

FAR_AHEAD = timedelta(days=3 * 365)
# A number of this size has its “billion” in it, or a zero too many.
HUGE = Decimal(10) ** 12


def doubt_meeting(form):
    cleaned, today = form.cleaned_data, timezone.localdate()
    earliest = edtf.bounds(cleaned.get("held") or "").earliest
    if earliest and earliest > today and cleaned.get("status") == Meeting.Status.HELD:
        form.doubt("held", _("This day is still to come: until a source reports it, it is not held."), "status")
    elif earliest and earliest > today + FAR_AHEAD:
        form.doubt("held", _("This day is more than three years ahead."))
    last = _last_number(cleaned)
    if last and (cleaned.get("session_number") or 0) > last + 1:
        form.doubt("session_number", _("The last one known here is %(number)s.") % {"number": last}, "forum")


def _last_number(cleaned):
    group, forum = cleaned.get("working_group"), cleaned.get("forum")
    if not (group or forum):
        return None
    own = (
        Meeting.objects.filter(working_group=group)
        if group
        else Meeting.objects.filter(forum=forum, working_group=None)
    )
    return own.aggregate(last=Max("session_number"))["last"]


def doubt_commitment(form):
    due, held = edtf.bounds(form.cleaned_data.get("due") or "").latest, _day(form.meeting)
    if due and held and due < held:
        form.doubt("due", _("It would have been due before the meeting."))


def doubt_agreement(form):
    """A signature comes after its announcement."""
    agreement, role, held = form.cleaned_data.get("agreement"), form.cleaned_data.get("role"), _day(form.meeting)
    if agreement is None or held is None:
        return
    announced = agreement.meeting_links.filter(role=MeetingAgreement.Role.ANNOUNCED, meeting__held_earliest__gt=held)
    if role == MeetingAgreement.Role.SIGNED and announced.exists():
        form.doubt("role", _("A later meeting announced its signing."), "agreement")
    elif role == MeetingAgreement.Role.ANNOUNCED and agreement.signed_latest and agreement.signed_latest < held:
        message = _("It had been signed before: %(date)s.") % {"date": agreement.signed_in_words}
        form.doubt("role", message, "agreement")


def doubt_figure(form):
    amount = form.cleaned_data.get("amount")
    if amount is not None and abs(amount) >= HUGE:
        form.doubt("amount", _("This is a million million or more: is “billion” part of the unit already?"), "unit")


def _day(meeting) -> date | None:
    """The first day on which it may have met, as the form says it at the moment."""
    return edtf.bounds(meeting.held).earliest if meeting.held else None
