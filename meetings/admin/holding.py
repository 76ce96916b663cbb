"""The buttons beside tomorrow's mail: hold a reminder, skip it once, hold all mail to a person, release."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from agreements.models import Person
from meetings.followups.planner import due_digests
from meetings.models import Commitment, FollowUpHold, Reminder

# In digits: more than any key has.
LONGEST_KEY = 19
ADD, DELETE = "meetings.add_followuphold", "meetings.delete_followuphold"


def act(request, now, day):
    """Do what the pressed button says. Its value: the primary keys of person and commitment, or of the hold."""
    for name, (permission, action, number) in ACTIONS.items():
        if name in request.POST:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return action(request, *_keys(request.POST[name], number), now=now, day=day)
    raise Http404


def _keys(text, number):
    """So many primary keys, with hyphens between them."""
    parts = text.split("-")
    if len(parts) != number or not all(part.isdecimal() and len(part) < LONGEST_KEY for part in parts):
        raise Http404
    return [int(part) for part in parts]


def hold_reminder(request, person, commitment, **context):
    _hold(request, get_object_or_404(Person, pk=person), get_object_or_404(Commitment, pk=commitment))


def hold_person(request, person, **context):
    _hold(request, get_object_or_404(Person, pk=person))


def skip_reminder(request, person, commitment, *, now, day):
    """Hold a reminder until the day before its next stage."""
    digest = next((each for each in due_digests(now, day) if each.person.pk == person), None) if day else None
    questions = [each for each in digest.reminders if each.role == Reminder.Role.ASKED] if digest else []
    question = next((each for each in questions if each.subject.pk == commitment), None)
    next_day = question and question.next_day(day)
    if next_day is None:
        messages.warning(request, _("Nothing is left to skip: reload the page."))
    else:
        _hold(request, digest.person, question.subject, next_day - timedelta(days=1))


def release(request, hold, **context):
    held = get_object_or_404(FollowUpHold, pk=hold)
    held.delete()
    messages.success(request, _("Released: %(hold)s. Mail goes out again as the rules say.") % {"hold": held})


def _hold(request, person, commitment=None, until=None):
    same = FollowUpHold.objects.filter(person=person, commitment=commitment, until=until).first()
    hold = same or FollowUpHold.objects.create(person=person, commitment=commitment, until=until)
    text = _("Held: %(hold)s, until %(day)s.") if until else _("Held: %(hold)s, until it is released.")
    text = text % {"hold": hold, "day": until and date_format(until)}
    if request.user.has_perm(DELETE):
        address = reverse("admin:meetings_followuphold_delete", args=[hold.pk])
        text = format_html('{} <a href="{}">{}</a>', text, address, _("Release it"))
    messages.success(request, text)


# By the name of the button: the permission, what it does, and how many keys it says.
ACTIONS = {
    "hold": (ADD, hold_reminder, 2),
    "skip": (ADD, skip_reminder, 2),
    "hold_all": (ADD, hold_person, 1),
    "release": (DELETE, release, 1),
}
