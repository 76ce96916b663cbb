"""The status of an agreement on any day, as it follows from what happened to it."""

from typing import NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .agreement import Agreement
from .event import AgreementEvent, happened
from .validity import expiry

Kind, Status = AgreementEvent.Kind, Agreement.Status

# Events that say nothing about the status of the whole agreement (one side's ratification, an accession) are absent.
STEPS = {
    Kind.PROPOSED: Status.IN_NEGOTIATION,
    Kind.NEGOTIATED: Status.IN_NEGOTIATION,
    # The sides agree that there is to be one; nothing says that its text is settled.
    Kind.IN_PRINCIPLE: Status.IN_NEGOTIATION,
    Kind.CONCLUDED: Status.AGREED,
    Kind.IN_SUBSTANCE: Status.AGREED,
    Kind.AGREED: Status.AGREED,
    Kind.INITIALLED: Status.INITIALLED,
    Kind.ADOPTED: Status.ADOPTED,
    Kind.SIGNED: Status.SIGNED,
    Kind.EXCHANGED: Status.SIGNED,
    Kind.IN_FORCE: Status.IN_FORCE,
}
HALTS = {
    Kind.PAUSED: Status.SUSPENDED,
    Kind.EXPIRED: Status.EXPIRED,
    Kind.TERMINATED: Status.TERMINATED,
    Kind.REPLACED: Status.SUPERSEDED,
}
ENDS = frozenset(HALTS.values()) - {Status.SUSPENDED}
TOWARDS_FORCE = tuple(dict.fromkeys(STEPS.values()))
ORDER = {kind: place for place, kind in enumerate(Kind.values)}
# What is recorded for the very day of the expiry, or only for its year, is the extension that follows it.
ORDER_OF_A_DAY = ORDER | {Kind.EXTENDED.value: ORDER[Kind.EXPIRED] + 0.5}


class StatusPeriodQuerySet(models.QuerySet):
    def on(self, day):
        """Periods that hold on ``day``: begun by then, not yet ended."""
        return self.filter(Q(start__isnull=True) | Q(start__lte=day), Q(end__isnull=True) | Q(end__gt=day))


class AgreementStatusPeriod(models.Model):
    """From ``start`` (None: as far back as we know) to before ``end`` (None: still) an agreement has one status.

    Derived from the events whenever one changes, never from the clock: the status of any day is one indexed look-up.
    """

    # A change of it stands in the history of the agreement, as one of its events.
    owner_name = "agreement"

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="status_periods")
    status = models.CharField(max_length=15, choices=Status)
    start = models.DateField(null=True)
    end = models.DateField(null=True)

    objects = StatusPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("status period")
        ordering = ["agreement", F("start").asc(nulls_first=True)]
        indexes = [
            models.Index(fields=["agreement", "start", "end", "status"], name="status_of_agreement"),
            models.Index(fields=["status", "start", "end", "agreement"], name="agreements_of_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")) | Q(end__isnull=True) | Q(start__isnull=True),
                name="status_period_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()} {self.start or '…'}–{self.end or '…'}"


def store_status_periods(agreement):
    """Rewrite the periods of status that follow from the events of an agreement."""
    agreement.status_periods.all().delete()
    AgreementStatusPeriod.objects.bulk_create(_periods_of(agreement))


def write_status_periods(agreements):
    """Those of many agreements that have none."""
    AgreementStatusPeriod.objects.bulk_create([period for each in agreements for period in _periods_of(each)])


def _periods_of(agreement):
    ends = None if agreement.renews_automatically else expiry(agreement)
    periods = status_periods(happened(agreement), ends)
    return [
        AgreementStatusPeriod(agreement=agreement, status=each, start=start, end=end) for each, start, end in periods
    ]


class Life(NamedTuple):
    """How far towards force an agreement has come, and what has halted it since: paused, ended."""

    reached: str | None = None
    halts: tuple[str, ...] = ()

    @property
    def status(self):
        """None where no event tells."""
        return self.halts[-1] if self.halts else self.reached

    def after(self, kind):
        """What it is after an event of this kind; only an event leads to a status, or back to one that another led to.

        A step that it has passed changes nothing (one more country may still negotiate to accede), unless it had ended.
        """
        if kind == Kind.RESUMED:
            return self._replace(halts=())
        if kind == Kind.EXTENDED:
            return self._replace(halts=self.halts[:-1]) if self.status == Status.EXPIRED else self
        if kind in HALTS:
            return self if self.status == HALTS[kind] else self._replace(halts=(*self.halts, HALTS[kind]))
        if kind not in STEPS or (self._is_beyond(STEPS[kind]) and ENDS.isdisjoint(self.halts)):
            return self
        return Life(STEPS[kind])

    def _is_beyond(self, step):
        return self.reached is not None and TOWARDS_FORCE.index(step) < TOWARDS_FORCE.index(self.reached)


def status_periods(events, expires=None):
    """Return ``[(status, start, end)]`` that follow from events that happened, and from the day of expiry, in order.

    An event counts from the first day that its date allows. One without such a day is placed by the usual order of
    events, with no start of its own: a signature of unknown date comes before a known entry into force.
    """
    changes = _changes(events)
    if expires and changes and _runs_out(*changes[-1], expires):
        changes.append((Status.EXPIRED, expires))
    ends = [start for _status, start in changes[1:]] + [None]
    return [(status, start, end) for (status, start), end in zip(changes, ends, strict=False) if status]


def _changes(events):
    """``[(status, start)]``, each other than the one before; None as status where it is no longer known."""
    changes, life = [], Life()
    for event in _in_order(events):
        life = life.after(event.kind)
        former = changes[-1][0] if changes else None
        if life.status == former:
            continue
        start = event.on_earliest
        if changes and start in (None, changes[-1][1]):
            start = changes.pop()[1]
            former = changes[-1][0] if changes else None
        if life.status != former:
            changes.append((life.status, start))
    return changes


def _runs_out(status, start, expires):
    """Whether the validity ends this period; what was resumed after that day is in force all the same."""
    return status in (Status.IN_FORCE, Status.SUSPENDED) and (start is None or start < expires)


def _in_order(events):
    dated = sorted((e for e in events if e.on_earliest), key=lambda e: (e.on_earliest, ORDER_OF_A_DAY[e.kind]))
    for event in sorted((e for e in events if not e.on_earliest), key=lambda e: ORDER[e.kind]):
        later = (place for place, e in enumerate(dated) if ORDER[e.kind] > ORDER[event.kind])
        dated.insert(next(later, len(dated)), event)
    return dated
