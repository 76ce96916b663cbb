"""The pages behind the links in a follow-up mail. Opening one changes nothing, whoever does; only its form does."""

from functools import wraps

from django.conf import settings
from django.core import signing
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from meetings.models import Commitment
from tracker.mail.relay import Withdraw
from tracker.records import edtf

from . import answers, wording
from .digest import DigestWriter, groups_of
from .history import WhyDropped, why_dropped
from .people import InCharge
from .rules import happens_again, is_at_intervals
from .working_days import Clock

GONE = 410


def by_signed_link(view):
    """A page for whoever has its address from a mail. The address is a secret: it stays out of caches, search engines
    and the logs of the sites that the page links to.

    Exempt from CSRF: that check proves that a form comes from a page this browser was given, by a cookie that a browser
    opened from a mail program may not keep, and that a mail program never has. Here the signed token in the address is
    the proof; nothing else, and no login, gives any right, so that a foreign site could not post anything without
    having the mail itself.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = require_http_methods(["GET", "HEAD", "POST"])(view)(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@by_signed_link
def follow_up(request, token):
    """Show what is asked (GET, HEAD) and take the answer (POST), once."""
    now = timezone.now()
    try:
        reminder = answers.reminder_of(token)
    except signing.SignatureExpired:
        return _out_of_date(request, token, "expired")
    except signing.BadSignature:
        return _closed(request, "unknown", 404)
    if reminder is None:
        return _out_of_date(request, token, "gone")
    reminder.commitment = _commitment(reminder.commitment_id)
    _speak(request, reminder.person)
    clock = Clock(now)
    people = InCharge([reminder.commitment], clock)[reminder.commitment_id]
    today = clock.day(reminder.person)
    reason = why_dropped(reminder, people, today)
    if reason == WhyDropped.ANSWERED:
        return _answered(request, reminder, reminder.answer, status=409 if request.method == "POST" else 200)
    # A moved due date leaves the question standing: the page shows the new one.
    if reason not in (None, WhyDropped.MOVED):
        return _closed(request, reason.value, GONE)
    return _ask(request, reminder, people, now, today)


@by_signed_link
@require_safe
def follow_up_list(request, token):
    """Show all that one message says, as far as it still holds: the message itself has room for the first of many."""
    try:
        delivery, person = answers.message_of(token)
    except signing.SignatureExpired:
        return _closed(request, "expired", GONE)
    except signing.BadSignature:
        return _closed(request, "unknown", 404)
    if person is not None:
        _speak(request, person)
    try:
        items = DigestWriter([delivery], timezone.now()).items(delivery) if delivery and person else []
    except Withdraw:
        items = []
    if not items:
        return _closed(request, "gone", GONE)
    context = {"person": person, "groups": groups_of(items), "total": len(items)}
    return render(request, "follow_up/list.html", context)


def _commitment(key):
    return wording.for_wording(Commitment.objects.filter(pk=key)).get()


def _ask(request, reminder, people, now, today):
    known = {"today": today, "colleagues": people.colleagues(reminder.person)}
    asked, is_changed = answers.what_is_asked(reminder.commitment), False
    if request.method == "POST":
        form = answers.AnswerForm(request.POST, **known)
        is_changed = request.POST.get("asked", asked) != asked
        if form.is_valid() and not is_changed:
            try:
                answers.record(reminder, form.cleaned_data, today, people.side_of(reminder.person))
            except answers.AlreadyAnswered as error:
                return _answered(request, reminder, error.answer, status=409)
            return redirect(request.path)
    else:
        form = answers.AnswerForm(initial={"answer": request.GET.get("answer")}, **known)
    context = _told(reminder) | {
        "form": form,
        "asked": asked,
        "is_changed": is_changed,
        "timing": _timing(reminder, today),
        "happens_again": happens_again(reminder.commitment),
        "capacity": people.capacity(reminder),
        "returned": answers.returned_to(reminder, people.who_share(reminder.person)),
    }
    return render(request, "follow_up/ask.html", context)


def _timing(reminder, today):
    """When it is due, and how far off that is, in words; of what recurs, the time that the reminder is about."""
    commitment = reminder.commitment
    if is_at_intervals(commitment):
        return [_("Continuous, with no completion date")]
    if commitment.recurrence:
        date = edtf.in_words(reminder.due_on.isoformat())
        return [
            _("Recurring; this time due %(date)s") % {"date": date},
            wording.when_due(reminder.due_on, today, is_firm=commitment.is_firm),
        ]
    if commitment.due_latest is None:
        return [_("No longer has a due date")]
    return [
        _("Due %(date)s") % {"date": commitment.due_in_words},
        wording.when_due(commitment.due_latest, today, is_firm=commitment.is_firm),
    ]


def _answered(request, reminder, answer, status):
    """The answer that was given; a second one is told that it changed nothing."""
    context = _told(reminder) | {"answer": answer, "is_repeated": status != 200, "typed": _typed(request)}
    return render(request, "follow_up/answered.html", context, status=status)


def _out_of_date(request, token, reason):
    """A link that was ours: its reader is known, though there is nothing left to ask."""
    person = answers.recipient_of(token)
    if person is not None:
        _speak(request, person)
    return _closed(request, reason, GONE)


def _closed(request, reason, status):
    context = {"reason": reason, "link_days": settings.FOLLOWUP_LINK_DAYS, "typed": _typed(request)}
    return render(request, "follow_up/closed.html", context, status=status)


def _typed(request):
    """What was sent and cannot be taken, ``[(label, text)]``: shown, so that nobody has to type it again."""
    fields = answers.AnswerForm(today=None).fields if request.method == "POST" else {}
    texts = [(fields[name].label, request.POST.get(name, "").strip()) for name in answers.TEXTS if name in fields]
    return [(label, text) for label, text in texts if text]


def _told(reminder):
    commitment = reminder.commitment
    return {
        "reminder": reminder,
        "commitment": commitment,
        "occasion": wording.occasion(commitment),
        "undertaking": wording.undertaking(commitment),
        "reports": wording.last_reports(commitment),
    }


def _speak(request, person):
    """The page speaks the language of the mail."""
    translation.activate(person.language)
    request.LANGUAGE_CODE = translation.get_language()


@by_signed_link
def follow_up_stop(request, token):
    """Say what the link does (GET, HEAD); stop the mail, or send it again (POST): as often as anybody likes.

    A mail program posts ``List-Unsubscribe=One-Click`` and looks at the status alone, which must not redirect
    (RFC 8058, section 3.1).
    """
    try:
        person = answers.person_of(token)
    except signing.BadSignature:
        return _closed(request, "unknown", 404)
    if person is None:
        return _closed(request, "unknown", 404)
    _speak(request, person)
    if request.method == "POST" and "resume" in request.POST:
        answers.resume(person)
    elif request.method == "POST":
        answers.stop(person, timezone.now())
    context = {"person": person, "is_changed": request.method == "POST"}
    return render(request, "follow_up/stop.html", context)
