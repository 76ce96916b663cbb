"""Answers with the report of a session: as a page; of a forum, the way to that of its last session."""

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Forum
from tracker.registers.edition import Edition
from tracker.registers.record import Moved, NoneYet, find

from ..registers import MEETINGS
from .contents import SessionReport
from .reading import last_sessions, with_session_before

# Of each part, on the page; the rest is a list, a click away.
MOST_ON_PAGE = 100


@require_safe
def session_report(request, reference):
    """The page. It is another for each day, as it says what is overdue."""
    today = localdate()
    edition = Edition(request, today, reverse("meeting-report", args=[reference]))
    try:
        meeting = meeting_of(reference, today)
    except Moved as moved:
        return HttpResponsePermanentRedirect(reverse("meeting-report", args=[moved.name]))
    report = SessionReport(meeting, today, MOST_ON_PAGE)
    return render(request, "meetings/report/page.html", {"edition": edition, "report": report, "meeting": meeting})


def meeting_of(reference, today):
    """The published meeting with all that its report says of it; raise what ``find`` raises."""
    meetings = MEETINGS.records(today).select_related("forum", "working_group")
    return find(with_session_before(meetings), reference=reference)


@require_safe
def last_session_report(request, slug):
    """The way to the report of the last session of a forum that is known as held."""
    try:
        forum = find(Forum.objects.published(), slug=slug)
    except Moved as moved:
        return HttpResponsePermanentRedirect(reverse("forum-report", args=[moved.name]))
    session = last_sessions(forum).first()
    if session is None:
        raise NoneYet(_("No session of this forum is recorded as held, so there is no report of one."))
    return HttpResponseRedirect(reverse("meeting-report", args=[session.reference]))
