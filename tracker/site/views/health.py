"""The addresses that watch over the site."""

from datetime import UTC

from django.conf import settings
from django.db import DatabaseError, Error, connection
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.timesince import timesince
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from meetings.models import FollowUpPolicy
from tracker.mail.models import LastRun


@never_cache
@require_safe
def alive(request):
    """200 as long as this process answers. The lines after the first say when the programs of the mail last ran, and
    whether the policy that most mail hangs on is in use: in English, for programs that watch over this one."""
    lines = ["ok", *_last_runs(timezone.now()), f"default follow-up policy: {_default_policy()}"]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain")


def _last_runs(now):
    try:
        ended = dict(LastRun.objects.values_list("name", "ended_at"))
    except Error:
        return [f"{name}: unknown" for name in LastRun.Name.values]
    with translation.override("en"):
        return [f"{name}: {_moment(ended[name], now) if name in ended else 'never'}" for name in LastRun.Name.values]


def _default_policy():
    try:
        return "on" if FollowUpPolicy.objects.has_default() else "off"
    except Error:
        return "unknown"


def _moment(ended_at, now):
    # As it comes, the number and the word are joined by a space that does not break, which is not ASCII.
    ago = timesince(ended_at, now, depth=1).replace("\N{NO-BREAK SPACE}", " ")
    return f"{ended_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} ({ago} ago)"


@never_cache
@require_safe
def ready(request):
    """200 where the database and the broker answer; 503 with the name of what does not."""
    failed = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        failed.append("database")
    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    except (RedisError, OSError):
        failed.append("broker")
    words = "not ready: " + ", ".join(failed) if failed else "ready"
    return HttpResponse(words + "\n", content_type="text/plain", status=503 if failed else 200)
