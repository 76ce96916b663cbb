"""The answer page behind the link in a follow-up mail. Opening it changes nothing, whoever does; only its form does."""

from functools import wraps

from django.conf import settings
from django.core import signing
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import answers, wording
from .calendar import Clock
from .lapses import Lapse, lapse
from .recipients import InCharge

GONE = 410


def private(view):
    """Keep a page whose address is a secret out of caches, search engines and the logs of the sites it links to."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


# Exempt from CSRF: the check proves that a form comes from a page this browser was given, by a cookie that a browser
# opened from a mail program may not keep. Here the signed token in the address is the proof; nothing else, and no
# login, gives any right, so that a foreign site could not post anything without having the mail itself.
@csrf_exempt
@private
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request, token):
    """Show what is asked (GET, HEAD) and take the answer (POST), once."""
    now = timezone.now()
    try:
        notice = answers.notice_of(token, now)
    except signing.SignatureExpired:
        return _closed(request, "expired", GONE)
    except signing.BadSignature:
        return _closed(request, "unknown", 404)
    if notice is None:
        return _closed(request, "gone", GONE)
    _speak(request, notice.person.language)
    clock = Clock(now)
    today = clock.day(notice.person)
    reason = lapse(notice, InCharge([notice.commitment], clock)[notice.commitment_id], now, today)
    if reason == Lapse.ANSWERED:
        return _answered(request, notice, now, status=409 if request.method == "POST" else 200)
    # A moved due date leaves the question standing: the page shows the new one.
    if reason not in (None, Lapse.MOVED):
        return _closed(request, reason.value, GONE)
    return _ask(request, notice, token, now, today)


def _ask(request, notice, token, now, today):
    if request.method == "POST":
        form = answers.AnswerForm(request.POST, today=today)
        if form.is_valid():
            try:
                answers.record(notice, form.cleaned_data, today)
            except answers.AlreadyAnswered:
                return _answered(request, answers.notice_of(token, now), now, status=409)
            return redirect("follow-up", token)
    else:
        form = answers.AnswerForm(initial={"answer": request.GET.get("answer")}, today=today)
    context = _told(notice, now) | {"form": form, "when": wording.when(notice.commitment, today)}
    return render(request, "follow_up/ask.html", context)


def _answered(request, notice, now, status):
    """The answer that was given; a second one is told that it changed nothing."""
    context = _told(notice, now) | {"answer": notice.answer, "is_repeated": status != 200}
    return render(request, "follow_up/answered.html", context, status=status)


def _closed(request, reason, status):
    context = {"reason": reason, "link_days": settings.FOLLOWUP_LINK_DAYS}
    return render(request, "follow_up/closed.html", context, status=status)


def _told(notice, now):
    commitment = notice.commitment
    return {
        "notice": notice,
        "commitment": commitment,
        "occasion": wording.occasion(commitment, now),
        "undertaking": wording.undertaking(commitment),
        "reports": wording.last_reports(commitment),
    }


def _speak(request, language):
    """The page speaks the language of the mail, unless the visitor has chosen another on this site."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
