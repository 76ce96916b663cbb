"""Tomorrow's mail: who will be written to about what, by which rule, and what is held back of it before it goes out."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements.models import Agreement, Person
from meetings.followups import rules, why, wording
from meetings.followups.nobody import nobody_to_ask
from meetings.followups.people import address
from meetings.followups.planner import due_digests
from meetings.models import Commitment, FollowUpHold, Reminder
from tracker.mail.models import Delivery, LastRun
from tracker.records import edtf

from . import holding

ONE_DAY = timedelta(days=1)
FARTHEST = timedelta(days=60)
PEOPLE_A_PAGE = 50
HOLDS_SHOWN = 50
NOBODY_SHOWN = 50
LONGEST_QUESTION = 200
# Beat wakes both programs far more often than that.
SILENCE = timedelta(hours=1)


class DayInput(forms.DateInput):
    """The browser's own choice of a day. It would complain of a value that is none."""

    input_type = "date"

    def format_value(self, value):
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            return None


class DayForm(forms.Form):
    """The day to look at, from today on; without one it is tomorrow."""

    day = forms.DateField(
        label=gettext_lazy("Mail for"),
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("Not a valid date: write it as in 2026-11-22.")},
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.first, self.tomorrow, self.last = today, today + ONE_DAY, today + FARTHEST
        self.fields["day"].widget = DayInput({"min": self.first.isoformat(), "max": self.last.isoformat()})

    def clean_day(self):
        day = self.cleaned_data["day"] or self.tomorrow
        if not self.first <= day <= self.last:
            days = {"first": date_format(self.first), "last": date_format(self.last)}
            raise forms.ValidationError(_("Choose a day from %(first)s to %(last)s.") % days)
        return day


def respond(request, desk):
    """Show the page, or do what one of its buttons says. ``desk``: the admin of reminders."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    now = timezone.now()
    today = timezone.localdate(now)
    form = DayForm({"day": request.GET.get("day") or (today + ONE_DAY).isoformat()}, today=today)
    day = form.cleaned_data["day"] if form.is_valid() else None
    if request.method == "POST":
        holding.act(request, now, day)
        return redirect(request.get_full_path())
    digests = due_digests(now, day) if day else []
    title = _("Mail for %(day)s") % {"day": edtf.in_words(day.isoformat())} if day else _("Tomorrow’s mail")
    context = {
        **desk.admin_site.each_context(request),
        **_people(digests, _told_before(now, today, day), request.GET.get("page")),
        **_state_of_things(now, today),
        **_nobody(now, day),
        **_why(request, now, day or today),
        "title": title,
        "opts": desk.opts,
        "form": form,
        "day": day,
        "today": today,
        "is_later": day is not None and day > form.tomorrow,
    }
    return TemplateResponse(request, "admin/meetings/reminder/tomorrow.html", context)


def _told_before(now, today, day):
    """Return the primary keys of those who get mail today yet: what that says, tomorrow's does not say again.

    They are shown all the same. Where the planner runs once a day, today's mail may be that of tomorrow.
    """
    return {digest.person.pk for digest in due_digests(now, today)} if day == today + ONE_DAY else set()


def _people(digests, told_before, number):
    """The people of one page, by name, with all that is shown of them."""
    by_name = sorted(digests, key=lambda digest: (digest.person.name, digest.person.pk))
    page = Paginator(by_name, PEOPLE_A_PAGE).get_page(number)
    return {
        "page": page,
        "told_before": len(told_before),
        "lines": sum(len(digest.reminders) for digest in digests),
        "pages": page.paginator.get_elided_page_range(page.number),
        "mails": [
            {
                "person": digest.person,
                "address": address(digest.person),
                "is_told_before": digest.person.pk in told_before,
                "reminders": [_shown(due, digest.day) for due in digest.reminders],
            }
            for digest in page.object_list
        ],
    }


def _shown(due, day):
    opts = due.subject._meta
    next_day = due.next_day(day)
    return {
        "due": due,
        "record_link": reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[due.subject.pk]),
        "stage": stage_in_words(due.stage),
        "may_hold": isinstance(due.subject, Commitment),
        "until": next_day and next_day - ONE_DAY,
        "due_in_words": edtf.in_words(due.due_on.isoformat()),
        "next_in_words": next_day and edtf.in_words(next_day.isoformat()),
        "says": _says(due, day),
    }


def _says(due, day):
    """How late or how soon it is, as the mail puts it."""
    if isinstance(due.subject, Commitment):
        if due.role == Reminder.Role.ASKED and rules.is_at_intervals(due.subject):
            return _("asked from time to time")
        return wording.when_due(due.due_on, day, is_firm=due.subject.is_firm)
    return wording.when_due(due.due_on, day)


def _nobody(now, day):
    """Lines that a rule calls for, and that go to nobody."""
    reasons = nobody_to_ask(now, day) if day else {}
    shown = Commitment.objects.in_bulk(sorted(reasons)[:NOBODY_SHOWN])
    return {
        "nobody": [(commitment, reasons[key]) for key, commitment in sorted(shown.items())],
        "nobody_number": len(reasons),
        "nobody_left": max(len(reasons) - NOBODY_SHOWN, 0),
    }


def _why(request, now, day):
    """Why somebody gets no mail, or nobody does about a record, where that was asked."""
    about = " ".join(request.GET.get("about", "").split())[:LONGEST_QUESTION]
    subject = _asked_about(request.user, about) if about else None
    found = why.checks(subject, now, day) if subject is not None else []
    return {
        "about": about,
        "why_of": subject,
        "why_of_in_words": subject and getattr(subject, "headline", str(subject)),
        "checks": found,
        "gets_mail": why.gets_mail(found),
    }


def _asked_about(user, about):
    """A commitment or an agreement by its reference, else a person by name, as far as the account may see them."""
    for model in (Commitment, Agreement):
        if user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            record = model.objects.filter(reference__iexact=about).first()
            if record is not None:
                return record
    people = Person.objects.select_related("user", "country") if user.has_perm("agreements.view_person") else None
    if people is None:
        return None
    return people.filter(name__iexact=about).first() or people.filter(name__icontains=about).order_by("name").first()


def stage_in_words(stage: int) -> str:
    """Return a stage, in days from the day that it counts from, in words."""
    if stage == 0:
        return _("on the day")
    days = abs(stage)
    text = (
        ngettext("%(days)s day before", "%(days)s days before", days)
        if stage < 0
        else ngettext("%(days)s day after", "%(days)s days after", days)
    )
    return text % {"days": days}


def _state_of_things(now, today):
    """What waits, what is held, and whether the programs run."""
    ended = {run.name: run for run in LastRun.objects.all()}
    holds = FollowUpHold.objects.on(today).select_related("person", "commitment")
    number = holds.count()
    return {
        "waiting": Delivery.objects.aggregate(
            queued=Count("pk", filter=Q(state=Delivery.State.QUEUED)),
            held=Count("pk", filter=Q(state=Delivery.State.HELD)),
        ),
        "runs": [
            {"name": name, "run": (run := ended.get(name.value)), "is_silent": not run or now - run.ended_at > SILENCE}
            for name in LastRun.OF_MAIL
        ],
        "holds": holds[:HOLDS_SHOWN],
        "holds_number": number,
        "holds_left": max(number - HOLDS_SHOWN, 0),
    }
