"""The mail of a day to one person, as it goes: its head and its text in the frame of the desk; what mail programs show
of it as a page of its own, which may load and do nothing."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Person
from meetings.followups import preview
from tracker.mail.preview import as_a_page
from tracker.records import edtf

from .tomorrow import DayForm


def show_mail(request, desk, person, part):
    """``part``: “text” for the page of the desk, “html” for the mail as a page."""
    if not (desk.has_view_permission(request) and request.user.has_perm("agreements.view_person")):
        raise PermissionDenied
    now = timezone.now()
    form = DayForm({"day": request.GET.get("day", "")}, today=timezone.localdate(now))
    if not form.is_valid():
        raise Http404
    day, reader = form.cleaned_data["day"], get_object_or_404(Person, pk=person)
    mail = preview.of_digest(person, now, day)
    if part == "html":
        if mail is None:
            raise Http404
        return as_a_page(mail)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Mail to %(person)s") % {"person": reader},
        "opts": desk.opts,
        "person": reader,
        "day": day,
        "day_in_words": edtf.in_words(day.isoformat()),
        "mail": mail,
        "page": f"{reverse('admin:meetings_reminder_preview_page', args=[person])}?day={day.isoformat()}",
    }
    return TemplateResponse(request, "admin/meetings/reminder/preview.html", context)
