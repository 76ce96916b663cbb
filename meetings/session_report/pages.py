"""Answers with the report of a session: as a page; of a forum, the way to that of its last session."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Forum
from tracker.records.models import DataVersion
from tracker.registers import xlsx
from tracker.registers.deployed import etag_of
from tracker.registers.edition import Edition
from tracker.registers.export import LICENCE_ADDRESS, head_of
from tracker.registers.record import Moved, NoneYet, find

from ..registers import MEETINGS
from . import word
from .contents import SessionReport
from .document import as_docx
from .reading import last_sessions, with_session_before
from .workbook import as_xlsx

# Of each part, on the page; the rest is a list, a click away.
MOST_ON_PAGE = 50


@dataclass(frozen=True)
class FileFormat:
    """A file that a report is taken away as. It holds ``most`` items of each part, and says how many it leaves out."""

    extension: str
    label: str
    most: int
    content_type: str
    write: Callable[[SessionReport, dict], Iterable[bytes] | bytes]

    def address(self, reference: str) -> str:
        return reverse(f"meeting-report-{self.extension}", args=[reference])


FORMATS = (
    FileFormat("docx", "DOCX", 500, word.CONTENT_TYPE, as_docx),
    FileFormat("xlsx", "XLSX", 5000, xlsx.CONTENT_TYPE, as_xlsx),
)


@require_safe
def session_report(request, reference):
    """The page. It is another for each day, as it says what is overdue."""
    today = localdate()
    edition = Edition(request, today, reverse("meeting-report", args=[reference]))
    try:
        meeting = meeting_of(reference, today)
    except Moved as moved:
        return HttpResponsePermanentRedirect(reverse("meeting-report", args=[moved.name]))
    context = {
        "edition": edition,
        "meeting": meeting,
        "report": SessionReport(meeting, today, MOST_ON_PAGE),
        "formats": [{"label": each.label, "url": each.address(meeting.reference)} for each in FORMATS],
    }
    return render(request, "meetings/report/page.html", context)


@require_safe
def session_report_file(request, reference, format):
    """The same as a file: as exports are, another for each data version and day; who has it already is told so before
    it is made."""
    today, version = localdate(), DataVersion.current()
    try:
        meeting = meeting_of(reference, today)
    except Moved as moved:
        return HttpResponsePermanentRedirect(format.address(moved.name))
    address = settings.SITE_URL + format.address(meeting.reference)
    etag = etag_of(address, version, today)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        opening = head_of("report", address, version, today, meeting=meeting.reference)
        report = SessionReport(meeting, today, format.most)
        content = format.write(report, opening | {"left_out": report.left_out})
        response = HttpResponse(content, content_type=format.content_type)
        response["Content-Disposition"] = f'attachment; filename="{meeting.reference}-report.{format.extension}"'
    page = settings.SITE_URL + reverse("meeting-report", args=[meeting.reference])
    response["Link"] = f'<{page}>; rel="canonical", <{LICENCE_ADDRESS}>; rel="license"'
    response["Data-Version"] = version
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    return response


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
