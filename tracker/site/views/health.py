"""The addresses that watch over the site: in English and without secrets, for programs that watch over this one."""

from datetime import UTC

from django.db import Error
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.timesince import timesince
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.models import FollowUpPolicy
from tracker.mail.models import LastRun
from tracker.site import standing

SHOWN = (LastRun.Name.BEAT, *LastRun.OF_MAIL)


@never_cache
@require_safe
def alive(request):
    """200 as long as this process answers. The lines after the first say when beat and the programs of the mail last
    ran, and whether the policy that most mail hangs on is in use."""
    return _answer(["ok", *_runs(timezone.now()), f"default follow-up policy: {_default_policy()}"])


def _default_policy():
    try:
        return "on" if FollowUpPolicy.objects.has_default() else "off"
    except Error:
        return "unknown"


@never_cache
@require_safe
def ready(request):
    """200 where the database and the broker can be written to; 503 with the name of what cannot."""
    return _verdict("ready", "not ready", standing.unready())


@never_cache
@require_safe
def at_work(request):
    """200 where beat, worker and mail are on their way; 503 with the name of what stands still. Then the lines of
    ``alive``, and since when the oldest message waits that should have been sent. To start this process anew would mend
    none of it: that is why ``alive`` does not say so."""
    now = timezone.now()
    try:
        found = standing.standstills(now)
    except Error:
        found = ["database"]
    return _verdict("at work", "stands still", found, [*_runs(now), *_oldest_mail(now)])


def _verdict(good, bad, found, lines=()):
    words = f"{bad}: {', '.join(found)}" if found else good
    return _answer([words, *lines], status=503 if found else 200)


def _answer(lines, status=200):
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain", status=status)


def _runs(now):
    try:
        ended = standing.last_runs()
    except Error:
        return [f"{name}: unknown" for name in SHOWN]
    return [f"{name}: {_moment(ended[name], now) if name in ended else 'never'}" for name in SHOWN]


def _oldest_mail(now):
    try:
        oldest = standing.oldest_late(now)
    except Error:
        return ["oldest mail due: unknown"]
    return [f"oldest mail due: {_moment(oldest, now) if oldest else 'none'}"]


def _moment(then, now):
    with translation.override("en"):
        # As it comes, the number and the word are joined by a space that does not break, which is not ASCII.
        ago = timesince(then, now, depth=1).replace("\N{NO-BREAK SPACE}", " ")
    return f"{then.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} ({ago} ago)"
