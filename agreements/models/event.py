"""Events in the life of an agreement, those that happened and those that are planned."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.records.fields import DurationField, EarliestDay, EDTFField, LatestDay, StatedWords
from tracker.records.models import Basis, Row, Source
from tracker.records.public import public, public_name

from .agreement import Agreement
from .country import Country
from .names import at_most_one_of
from .organisation import Organisation
from .person import Person


class AgreementEventQuerySet(models.QuerySet):
    def get_by_natural_key(self, reference, kind, on):
        return self.get(agreement__reference=reference, kind=kind, on=on)


class AgreementEvent(Row):
    """Something that happened to an agreement, or (``is_planned``) a target for it."""

    class Kind(models.TextChoices):
        """Nouns, as an event may be planned: “planned: signature”."""

        PROPOSED = "proposed", pgettext_lazy("event", "proposal")
        NEGOTIATED = "negotiated", pgettext_lazy("event", "opening of negotiations")
        IN_PRINCIPLE = "in_principle", pgettext_lazy("event", "agreement in principle")
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
    is_open = models.BooleanField(_("open target"), default=False, editable=False)
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
    extends_by = DurationField(_("extended by"))
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

    objects = AgreementEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        # What happened on an unknown day comes first, a target without a date last.
        ordering = [
            Case(When(is_planned=True, on_latest=None, then=Value(1)), default=Value(0)),
            F("on_latest").asc(nulls_first=True),
            "pk",
        ]
        indexes = [
            models.Index(fields=["kind", "on_earliest"], name="agreement_event_kind"),
            models.Index(fields=["is_open", "on_latest", "on_earliest"], name="agreement_event_open_target"),
        ]
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
        return public_name(self.country or self.organisation or self.person)

    @property
    def body(self):
        """The page of whoever acted; None where nobody is named, or one that is hidden."""
        return public(self.country or self.organisation or self.person)


def happened(agreement):
    """The events of an agreement without those that are only planned, in order."""
    return [event for event in agreement.events.all() if not event.is_planned]


def date_of_signature(agreement):
    """Return the EDTF notation of the day on which it was first signed; empty where no event says."""
    return _date_of_first(agreement, AgreementEvent.Kind.SIGNED)


def date_of_adoption(agreement):
    """Return the EDTF notation of the day on which it was first adopted; empty where no event says."""
    return _date_of_first(agreement, AgreementEvent.Kind.ADOPTED)


def _date_of_first(agreement, kind):
    return next((event.on for event in happened(agreement) if event.kind == kind), "")
