"""Home, about, sources and the addresses that watch over the site."""

from datetime import UTC
from operator import attrgetter

from django.conf import global_settings, settings
from django.db import DatabaseError, Error, connection
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.timesince import timesince
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from agreements.models import Agreement, WorkingGroup
from agreements.registers import AGREEMENTS
from meetings.models import Commitment, Meeting, Progress, Schedule
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.mail.models import LastRun
from tracker.records.models import Source
from tracker.registers.edition import Edition
from tracker.registers.record import fact, find, redirects_moved, render_record

from ..pairs import all_pairs
from ..registers import CITING, citing, published_sources

NEWEST = 6
# What the name of a record that cites a source is made of, beside the record itself.
NAMED_BY = {Meeting: ("forum", "working_group"), WorkingGroup: ("parent", "forum", "founding_agreement")}


@require_safe
def home(request):
    today = localdate()
    edition = Edition(request.path, today)
    agreements, meetings, commitments = AGREEMENTS.records(today), MEETINGS.records(today), COMMITMENTS.records(today)
    held = meetings.filter(status=Meeting.Status.HELD).select_related("forum", "working_group")
    pairs = all_pairs()
    due = [Schedule.OVERDUE, Schedule.DUE_SOON, Schedule.NOT_YET_DUE]
    context = {
        "edition": edition,
        "figures": {
            "pairs": len(pairs),
            "agreements": agreements.count(),
            "meetings": meetings.count(),
        },
        "headline": Commitment.objects.published().headline(today),
        "agreements": agreements.newest_first()[:NEWEST],
        "meetings": held.newest_first()[:NEWEST],
        "due": commitments.firm().filter(schedule__in=due).select_related("forum").soonest_first()[:NEWEST],
        "pairs": pairs[:24],
    }
    return render(request, "site/home.html", context)


@require_safe
def about(request):
    context = {
        "edition": Edition(request.path, localdate()),
        "progress": Progress,
        "schedule": Schedule,
        "agreement_status": Agreement.Status,
        "strength": Commitment.Strength,
        "stage": WorkingGroup.Stage,
        "evidence": Source.Evidence,
    }
    return render(request, "site/about.html", context)


@require_safe
@redirects_moved
def source_detail(request, slug):
    today = localdate()
    source = find(published_sources(today), slug=slug)
    cited = {}
    for model, path in CITING.items():
        kind = _model_at(model, path)
        for row in _with_record(citing(model).filter(source=source), path, kind, today):
            records = cited.setdefault(kind._meta.verbose_name_plural, {})
            records.setdefault(attrgetter(path.replace("__", "."))(row), []).append(row)
    facts = [
        fact(_("Publisher"), source.publisher or source.site),
        fact(_("Date"), source.published_on_in_words),
        fact(_("Kind of evidence"), source.get_evidence_display()),
        fact(_("Author"), source.author) if source.author else None,
        fact(_("Language"), _(dict(global_settings.LANGUAGES).get(source.language, source.language))),
    ]
    facts = [line for line in facts if line]
    return render_record(request, "site/source_detail.html", source, today=today, facts=facts, cited=cited)


def _model_at(model, path):
    """The model at the end of a path of foreign keys."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def _with_record(rows, path, kind, today):
    """Fetch with each row what the name of its record is made of; of a commitment also where it stands."""
    if kind is Commitment:
        return rows.prefetch_related(Prefetch(path, Commitment.objects.with_status(today)))
    return rows.select_related(path, *(f"{path}__{name}" for name in NAMED_BY.get(kind, ())))


@never_cache
@require_safe
def alive(request):
    """200 as long as this process answers. The lines after the first say when the programs of the mail last ran: in
    English, for programs that watch over this one."""
    lines = ["ok", *_last_runs(timezone.now())]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain")


def _last_runs(now):
    try:
        ended = dict(LastRun.objects.values_list("name", "ended_at"))
    except Error:
        return [f"{name}: unknown" for name in LastRun.Name.values]
    with translation.override("en"):
        return [f"{name}: {_moment(ended[name], now) if name in ended else 'never'}" for name in LastRun.Name.values]


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
