"""What a report reads: in as many queries for one commitment as for a hundred."""

from collections import defaultdict
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, JSONObject, RowNumber
from django.db.models.lookups import IsNull

from agreements.models import Agreement, Person
from tracker.records.models import Source, is_published
from tracker.registers.prepared import OfRecord, RowsOf

from ..models import (
    Commitment,
    CommitmentCitation,
    CommitmentParty,
    Delegate,
    DelegateClaim,
    Delegation,
    Meeting,
    MeetingCitation,
    ProgressUpdate,
)
from ..models.schedule import IS_CLOSED
from ..registers import COUNTED_FROM, ORIGIN
from .summary import counts

Role = Delegate.Role
LEADING = (Role.HEAD, Role.CHAIR, Role.CO_CHAIR)
# What is said of the session before.
OF_BEFORE = (
    *("id", "state", "reference", "title", "session_number", "session_suffix", "status"),
    *("held", "held_words", "held_basis", "held_earliest", "held_latest", "mode", "place"),
)


def with_session_before(meetings):
    """Annotate ``before``: the last session of the same body that is known as held, and came before; as values."""
    is_of_group, has_number = (
        IsNull(ExpressionWrapper(OuterRef(name), IntegerField()), False) for name in ("working_group", "session_number")
    )
    of_body = Q(working_group=OuterRef("working_group")) | Q(
        ~Q(is_of_group), working_group=None, forum=OuterRef("forum")
    )
    is_before = Q(session_number__lt=OuterRef("session_number")) | Q(
        ~Q(has_number), held_latest__lt=OuterRef("held_earliest")
    )
    held = Meeting.objects.published().filter(of_body, is_before, status=Meeting.Status.HELD)
    by_number = Case(When(has_number, then=F("session_number")))
    last = held.exclude(kind=Meeting.Kind.PREPARATORY).order_by(
        by_number.desc(nulls_last=True), F("held_latest").desc(nulls_last=True), "-pk"
    )
    return meetings.annotate(before=Subquery(last.values(said=JSONObject(**{name: name for name in OF_BEFORE}))[:1]))


def session_before(meeting):
    """The session before as a record; None where none is known."""
    if not meeting.before:
        return None
    values = {name: Meeting._meta.get_field(name).to_python(value) for name, value in meeting.before.items()}
    return Meeting(**values, forum=meeting.forum, working_group=meeting.working_group)


def last_sessions(forum):
    """Sessions of a forum that are known as held, the last one first; of one that numbers none, its meetings."""
    held = forum.meetings.published().filter(status=Meeting.Status.HELD, working_group=None)
    held = held.exclude(kind=Meeting.Kind.PREPARATORY)
    is_numbered = Case(When(session_number=None, then=Value(1)), default=Value(0))
    return held.newest_first().order_by(is_numbered, *held.newest_first().query.order_by)


_SIDES = OfRecord(
    lambda meetings: (
        Delegation.objects.filter(meeting__in=meetings)
        .select_related("country", "organisation__country")
        .annotate(leader=FilteredRelation("delegates", condition=Q(delegates__role__in=LEADING)))
        .annotate(
            **{f"leader_{name}": F(f"leader__{name}") for name in ("pk", "role", "office", "is_remote")},
            leader_person=F("leader__person"),
            leader_name=F("leader__person__name"),
            leader_slug=F("leader__person__slug"),
        )
        .order_by("pk", "leader_pk")
    )
)
OUTCOMES: Any = RowsOf(Meeting.outcomes, lambda rows: rows.select_related("source", "working_group", "agreement"))
INSTRUMENTS: Any = OfRecord(
    lambda meetings, today: (
        Agreement.objects.published()
        .with_status(today)
        .filter(meeting_links__meeting__in=meetings)
        .annotate(role=F("meeting_links__role"))
        .order_by("meeting_links__pk")
    )
)


def sides(meeting):
    """``[(delegation, those who led it)]``."""
    found: dict[int, Any] = {}
    for row in _SIDES(meeting):
        delegation, leading = found.setdefault(row.pk, (row, []))
        if row.leader_pk:
            person = row.leader_person and Person(pk=row.leader_person, name=row.leader_name, slug=row.leader_slug)
            leading.append(
                Delegate(
                    pk=row.leader_pk,
                    delegation=delegation,
                    person=person,
                    role=row.leader_role,
                    office=row.leader_office,
                    is_remote=row.leader_is_remote,
                )
            )
    return list(found.values())


def _promises(today):
    return Commitment.objects.published().with_status(today)


def _has_update():
    return Exists(ProgressUpdate.objects.published().filter(commitment=OuterRef("pk")))


def _of_sessions(meetings, today, most):
    """Of each of some sessions: the first ``most`` of its firm and of its soft commitments, of those open, of those
    completed on the day of the later session or after it, and of those closed before. Each knows ``of_all``, how many
    of its kind there are, and the ``counts`` of the session."""
    later_day = Meeting.objects.filter(pk__in=meetings).order_by(F("held_earliest").desc(nulls_last=True))
    firm = Case(When(strength__in=Commitment.FIRM, then=Value("firm")), default=Value("soft"))
    is_since = Q(completed_on_earliest__gte=Subquery(later_day.values("held_earliest")[:1]))
    closed = Case(When(~IS_CLOSED, then=Value("open")), When(is_since, then=Value("since")), default=Value("before"))
    alike = [F("meeting"), F("part"), F("ended")]
    rows = _promises(today).filter(meeting__in=meetings).annotate(part=firm, ended=closed)
    # At which meeting each was made is known, so that nobody asks for an agreement.
    rows = rows.select_related(None)
    rows = rows.annotate(
        of_all=Window(Count("pk"), partition_by=alike),
        place=Window(RowNumber(), partition_by=alike, order_by=["position", "pk"]),
        **{name: Window(each, partition_by=[F("meeting"), F("part")]) for name, each in counts(_has_update()).items()},
    )
    return rows.filter(place__lte=most).order_by("position", "pk")


OF_SESSIONS: Any = OfRecord(_of_sessions)
EARLIER: Any = OfRecord(
    lambda meetings, today, most: (
        _promises(today)
        .select_related(*ORIGIN)
        .filter(is_published("later__commitment__"), later__commitment__meeting__in=meetings)
        .annotate(taken_up_as=F("later__kind"), taken_up_by=F("later__commitment"))
        .order_by("pk", "later__pk")[:most]
    )
)
# What says from which day the due date of one is counted.
COUNTED: Any = OfRecord(lambda promises: Commitment.objects.filter(pk__in=promises).select_related(*COUNTED_FROM))
PARTIES: Any = OfRecord(
    lambda promises: CommitmentParty.objects.filter(commitment__in=promises).select_related(
        "country", "organisation__country"
    )
)


def _last_words(promises):
    """Of each side, and of each assessor, the last published update that says how far it is; else the last one."""
    says_how_far = Case(When(progress="", then=Value(1)), default=Value(0))
    speaker = Coalesce("side", "answered_by__country")
    order = [says_how_far.asc(), F("as_of_latest").desc(nulls_last=True), F("pk").desc()]
    place = Window(RowNumber(), partition_by=[F("commitment"), speaker, F("assessor")], order_by=order)
    rows = ProgressUpdate.objects.published().filter(commitment__in=promises).annotate(place=place)
    return rows.filter(place=1).select_related("source", "side", "answered_by__country").order_by("commitment", "pk")


LAST_WORDS: Any = OfRecord(_last_words)

# What is read of a place in a source, and of the source.
_STATED = ("locator", "field", "value", "note")
_SOURCE = ("pk", "slug", "title", "publisher", "url", "archive_url", "evidence", "language", "published_on")
_OWNERS = {MeetingCitation: "record", DelegateClaim: "part", CommitmentCitation: "record"}


def cited(meeting, delegates, promises):
    """Return ``{model of a citation: {key of what cites: [citations]}}`` of the three, in one query."""
    keys = ([meeting.pk], [each.pk for each in delegates], [each.pk for each in promises])
    queries = [_rows(place, kind, some) for place, (kind, some) in enumerate(zip(_OWNERS, keys, strict=True))]
    found: dict[Any, Any] = {kind: defaultdict(list) for kind in _OWNERS}
    sources: dict[int, Source] = {}
    for place, key, owner, *values in sorted(queries[0].union(*queries[1:], all=True)):
        kind = list(_OWNERS)[place]
        stated, about = dict(zip(_STATED, values, strict=False)), values[len(_STATED) :]
        source = sources.get(about[0]) or Source(**dict(zip(_SOURCE, about, strict=True)))
        sources[source.pk] = source
        found[kind][owner].append(kind(pk=key, source=source, **stated))
    return found


def _rows(place, kind, keys):
    rows = kind.objects.filter(**{f"{_OWNERS[kind]}__in": keys}).order_by()
    paths = (f"source__{name}" for name in _SOURCE)
    return rows.values_list(Value(place), "pk", _OWNERS[kind], *_STATED, *paths)
