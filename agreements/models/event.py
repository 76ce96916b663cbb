"""Events in the life of an agreement, and the status that follows from them on any day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.records.durations import months_later
from tracker.records.fields import EarliestDay, EDTFField, LatestDay, StatedWords
from tracker.records.models import Basis, Row, Source
from tracker.records.public import public_name

from .agreement import Agreement
from .country import Country
from .names import at_most_one_of
from .organisation import Organisation
from .person import Person

Status = Agreement.Status


class AgreementEvent(Row):
    """Something that happened to an agreement, or (``is_planned``) a target for it."""

    class Kind(models.TextChoices):
        """Nouns, as an event may be planned: “planned: signature”."""

        PROPOSED = "proposed", pgettext_lazy("event", "proposal")
        NEGOTIATED = "negotiated", pgettext_lazy("event", "opening of negotiations")
        CONCLUDED = "concluded", pgettext_lazy("event", "conclusion of negotiations")
        IN_SUBSTANCE = "in_substance", pgettext_lazy("event", "agreement in substance")
        AGREED = "agreed", pgettext_lazy("event", "agreement on the text")
        INITIALLED = "initialled", pgettext_lazy("event", "initialling")
        APPROVED = "approved", pgettext_lazy("event", "domestic approval")
        ADOPTED = "adopted", pgettext_lazy("event", "adoption")
        SIGNED = "signed", pgettext_lazy("event", "signature")
        EXCHANGED = "exchanged", pgettext_lazy("event", "exchange")
        RATIFIED = "ratified", pgettext_lazy("event", "ratification")
        IN_FORCE = "in_force", pgettext_lazy("event", "entry into force")
        APPLIED = "applied", pgettext_lazy("event", "application to accede")
        ACCEDED = "acceded", pgettext_lazy("event", "accession")
        AMENDED = "amended", pgettext_lazy("event", "amendment")
        EXTENDED = "extended", pgettext_lazy("event", "extension")
        PAUSED = "paused", pgettext_lazy("event", "suspension")
        RESUMED = "resumed", pgettext_lazy("event", "resumption")
        EXPIRED = "expired", pgettext_lazy("event", "expiry")
        TERMINATED = "terminated", pgettext_lazy("event", "termination")
        REPLACED = "replaced", pgettext_lazy("event", "supersession")

    # What it shows of the fields of which sources state something.
    CLAIMED = {"date": "on", "kind": "kind", "place": "place", "reason": "reason"}

    owner_name = "agreement"

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("event"), max_length=15, choices=Kind)
    on = EDTFField(_("date"))
    on_earliest = EarliestDay(of="on")
    on_latest = LatestDay(of="on")
    on_words = StatedWords(of="on")
    basis = models.CharField(_("basis of the date"), max_length=10, choices=Basis, default=Basis.STATED)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    is_planned = models.BooleanField(_("planned"), default=False, help_text=_("A target, not something that happened."))
    announced_on = EDTFField(_("target set on"), help_text=_("When the target was announced."))
    announced_on_earliest = EarliestDay(of="announced_on")
    announced_on_latest = LatestDay(of="announced_on")
    previous_target = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="next_targets",
        verbose_name=_("moved from"),
        help_text=_("The earlier target that this one replaces."),
    )
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by the country"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by the organisation"),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by the person"),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    act = models.SlugField(
        _("shared act"),
        blank=True,
        help_text=_("The same word on every event that resulted from one act, such as one ceremony."),
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    locator = models.CharField(_("place in the source"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = [F("on_latest").asc(nulls_first=True), "pk"]
        indexes = [models.Index(fields=["kind", "on_earliest"], name="agreement_event_kind")]
        constraints = [
            models.CheckConstraint(
                condition=at_most_one_of("country", "organisation", "person"),
                name="agreement_event_one_actor",
                violation_error_message=_("An event has one actor: a country, an organisation or a person."),
            ),
            models.CheckConstraint(
                condition=Q(previous_target__isnull=True) | Q(is_planned=True),
                name="agreement_event_only_targets_move",
                violation_error_message=_("Only a planned event takes the place of an earlier target."),
            ),
            models.CheckConstraint(
                condition=Q(announced_on="") | Q(is_planned=True),
                name="agreement_event_only_targets_are_set",
                violation_error_message=_("Only a target was set on a day: tick “planned”."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on_in_words}".strip()

    @property
    def actor(self):
        """Who acted, as the public reads it; empty where the agreement as a whole is meant."""
        return public_name(self.country or self.organisation)


# Events that say nothing about the status of the whole agreement (one side's ratification, an accession) are absent.
STATUS_AFTER = {
    AgreementEvent.Kind.PROPOSED: Status.IN_NEGOTIATION,
    AgreementEvent.Kind.NEGOTIATED: Status.IN_NEGOTIATION,
    AgreementEvent.Kind.CONCLUDED: Status.IN_NEGOTIATION,
    AgreementEvent.Kind.INITIALLED: Status.INITIALLED,
    AgreementEvent.Kind.SIGNED: Status.SIGNED,
    AgreementEvent.Kind.EXCHANGED: Status.SIGNED,
    AgreementEvent.Kind.IN_FORCE: Status.IN_FORCE,
    AgreementEvent.Kind.EXTENDED: Status.IN_FORCE,
    AgreementEvent.Kind.RESUMED: Status.IN_FORCE,
    AgreementEvent.Kind.PAUSED: Status.SUSPENDED,
    AgreementEvent.Kind.EXPIRED: Status.EXPIRED,
    AgreementEvent.Kind.TERMINATED: Status.TERMINATED,
    AgreementEvent.Kind.REPLACED: Status.SUPERSEDED,
}
TOWARDS_FORCE = (Status.IN_NEGOTIATION, Status.INITIALLED, Status.SIGNED, Status.IN_FORCE)
ORDER = {kind: place for place, kind in enumerate(AgreementEvent.Kind.values)}


class StatusPeriodQuerySet(models.QuerySet):
    def on(self, day):
        """Periods that hold on ``day``: begun by then, not yet ended."""
        return self.filter(Q(start__isnull=True) | Q(start__lte=day), Q(end__isnull=True) | Q(end__gt=day))


class AgreementStatusPeriod(models.Model):
    """From ``start`` (None: as far back as we know) to before ``end`` (None: still) an agreement has one status.

    Derived from the events whenever one changes, never from the clock: the status of any day is one indexed look-up.
    """

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


def date_of_signature(agreement):
    """Return the EDTF notation of the day on which it was first signed; empty where no event says."""
    signature = next((event for event in happened(agreement) if event.kind == AgreementEvent.Kind.SIGNED), None)
    return signature.on if signature else ""


def happened(agreement):
    """The events of an agreement without those that are only planned, in order."""
    return [event for event in agreement.events.all() if not event.is_planned]


def store_status_periods(agreement):
    """Rewrite the periods of status that follow from the events of an agreement."""
    agreement.status_periods.all().delete()
    ends = None if agreement.renews_automatically else expiry(agreement)
    AgreementStatusPeriod.objects.bulk_create(
        AgreementStatusPeriod(agreement=agreement, status=status, start=start, end=end)
        for status, start, end in status_periods(happened(agreement), ends)
    )


def expiry(agreement):
    """Return the first day on which the agreement is no longer valid; None where its start or validity is unknown.

    After an extension it is unknown: the validity is that of the original text.
    """
    entered = _entered_on(agreement)
    return entered and months_later(entered, agreement.validity_months)


def _entered_on(agreement):
    """The day from which the validity of the original text counts, as long as that text says how long."""
    events = happened(agreement)
    entered = next((event for event in events if event.kind == AgreementEvent.Kind.IN_FORCE), None)
    is_extended = any(event.kind == AgreementEvent.Kind.EXTENDED for event in events)
    return entered.on_latest if entered and agreement.validity_months and not is_extended else None


def last_day_of_notice(agreement, today):
    """Return the last day on which a party can still give notice before the validity ends, or renews itself.

    None where that is unknown or there is no notice period. One that renews itself has such a day every time: then it
    is the next one from ``today`` on.
    """
    entered = _entered_on(agreement)
    if entered is None or agreement.notice_months is None:
        return None
    months = agreement.validity_months
    while True:
        last = months_later(months_later(entered, months), -agreement.notice_months)
        if last >= today or not agreement.renews_automatically:
            return last
        months += agreement.validity_months


def status_periods(events, expires=None):
    """Return ``[(status, start, end)]`` that follow from events that happened, and from the day of expiry, in order.

    An event counts from the first day that its date allows. One without such a day is placed by the usual order of
    events, with no start of its own: a signature of unknown date comes before a known entry into force.
    """
    steps = [(event, event.on_earliest) for event in _in_order(events) if event.kind in STATUS_AFTER]
    periods = []
    for event, start in steps:
        status = STATUS_AFTER[event.kind]
        if periods and (periods[-1][0] == status or _is_behind(status, periods[-1][0])):
            continue
        if periods and (start is None or start == periods[-1][1]):
            periods[-1] = (status, periods[-1][1], None)
            continue
        if periods:
            periods[-1] = (*periods[-1][:2], start)
        periods.append((status, start, None))
    if expires and periods and _runs_out(*periods[-1][:2], expires):
        periods[-1] = (*periods[-1][:2], expires)
        periods.append((Status.EXPIRED, expires, None))
    return periods


def _runs_out(status, start, expires):
    """Whether the validity ends this period; what was resumed after that day is in force all the same."""
    return status in (Status.IN_FORCE, Status.SUSPENDED) and (start is None or start < expires)


def _is_behind(status, present):
    """Whether an agreement has passed this step towards force: one more country may still negotiate to accede."""
    return present in TOWARDS_FORCE and status in TOWARDS_FORCE[: TOWARDS_FORCE.index(present)]


def _in_order(events):
    dated = sorted((e for e in events if e.on_earliest), key=lambda e: (e.on_earliest, ORDER[e.kind]))
    for event in sorted((e for e in events if not e.on_earliest), key=lambda e: ORDER[e.kind]):
        later = (place for place, e in enumerate(dated) if ORDER[e.kind] > ORDER[event.kind])
        dated.insert(next(later, len(dated)), event)
    return dated
