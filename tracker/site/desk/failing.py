"""What stands still of the mail, as the index says it: the programs behind it, and the policy that most of it hangs
on."""

from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.admin.filters import policies_of
from tracker.mail.models import LastRun
from tracker.records.ages import age_in_words

from ..standing import LONGEST_SILENCE, last_runs
from .rows import WorkRow


def what_fails(section, request, now: datetime) -> None:
    """Enter it for those who see to publication or to the mail."""
    if not (request.user.has_perm("meetings.publish_commitment") or request.user.has_perm("mail.view_delivery")):
        return
    silent = _silent(request, now)
    for text in silent:
        detail = _("Mail that is due waits until it does. An administrator starts it, or runs it by a command.")
        section.rows.append(WorkRow(1, text, reverse("admin:meetings_reminder_tomorrow"), detail=detail, is_late=True))
    if not silent:
        section.nothing.append(_("programs of the mail that stand still"))
    if policies_of(request).of_forum(None) is None:
        detail = _("Nobody is asked about any commitment, except those of forums with an active policy of their own.")
        address = reverse("admin:meetings_followuppolicy_changelist")
        section.rows.append(WorkRow(1, _("The default follow-up policy is off"), address, detail=detail, is_late=True))
    else:
        section.nothing.append(_("follow-up policy off"))


def mail_in_words(request, now: datetime) -> list[str]:
    """What there is to say to everybody who may look at tomorrow's mail."""
    if not request.user.has_perm("meetings.view_reminder"):
        return []
    found = _silent(request, now)
    if policies_of(request).of_forum(None) is None:
        found = [*found, _("The default follow-up policy is off")]
    return found or [_("The programs of the mail run.")]


def _silent(request, now):
    if not hasattr(request, "silent_programs"):
        ended = last_runs()
        request.silent_programs = [
            text for name in LastRun.OF_MAIL if (text := _silence(name, ended.get(name.value), now))
        ]
    return request.silent_programs


def _silence(name, ended_at, now):
    if ended_at is None:
        return _("The %(program)s has never run") % {"program": name.label}
    since = now - ended_at
    if since <= LONGEST_SILENCE[name]:
        return ""
    hours = int(since.total_seconds() // 3600)
    if since.days:
        ago = age_in_words(ended_at.date(), now.date())
    elif hours:
        ago = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    else:
        minutes = int(since.total_seconds() // 60)
        ago = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return capfirst(_("The %(program)s has not run for %(age)s") % {"program": name.label, "age": ago})
