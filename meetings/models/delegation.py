"""Who came: the delegations of a meeting and the people in them, with the office that each held at that time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models import TWICE, Country, Party, Person, exactly_one_of
from tracker.records.languages import written
from tracker.records.models import Row
from tracker.records.public import public

from .meeting import Comparator, Meeting


class DelegationQuerySet(models.QuerySet):
    def get_by_natural_key(self, reference, side):
        """``side`` is the code of a country or the slug of an organisation."""
        return self.get(Q(country__code=side) | Q(organisation__slug=side), meeting__reference=reference)


class Delegation(Party):
    """One side of a meeting."""

    class Role(models.TextChoices):
        PARTY = "party", _("party")
        OBSERVER = "observer", _("observer")
        GUEST = "guest", _("guest")

    class Attendance(models.TextChoices):
        CAME = "came", _("named as present")
        NOT_STATED = "not_stated", _("attendance not stated")
        ABSENT = "absent", _("did not come")

    owner_name = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="delegations")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PARTY)
    size = models.PositiveSmallIntegerField(_("size"), null=True, blank=True)
    size_comparator = models.CharField(
        _("comparator"), max_length=10, choices=Comparator, blank=True, default=Comparator.EXACTLY
    )
    attendance = models.CharField(_("attendance"), max_length=12, choices=Attendance, default=Attendance.CAME)
    invited_by = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("invited by")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("country", "organisation"),
                name="delegation_country_or_organisation",
                violation_error_message=_("A delegation is of a country or of an organisation, exactly one of them."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "country"],
                condition=Q(country__isnull=False),
                name="delegation_country_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                condition=Q(organisation__isnull=False),
                name="delegation_organisation_once",
                violation_error_message=TWICE,
            ),
        ]

    @property
    def from_country(self):
        """The country that it came from, itself or by an organisation that is not hidden; None where there is none."""
        organisation = public(self.organisation)
        return self.country or (organisation and organisation.country)

    def natural_key(self):
        return (self.meeting.reference, self.country.code if self.country else self.organisation.slug)

    natural_key.dependencies = ["meetings.meeting"]  # type: ignore[attr-defined]


class DelegateQuerySet(models.QuerySet):
    def get_by_natural_key(self, reference, side, person):
        return self.get(delegation=Delegation.objects.get_by_natural_key(reference, side), person__slug=person)


class Delegate(Row):
    """A person in a delegation."""

    class Role(models.TextChoices):
        HEAD = "head", _("head")
        CHAIR = "chair", _("chair of the meeting")
        CO_CHAIR = "co_chair", _("co-chair")
        SPEAKER = "speaker", _("speaker")
        MEMBER = "member", _("member")

    # What it shows of the fields of which sources state something.
    CLAIMED = {"person": "person", "office": "office", "role": "role"}

    owner_name = "delegation"

    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="delegates")
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("person"),
        help_text=_("Empty where a source gives the office and no name."),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.HEAD)
    office = models.CharField(_("office at that time"), max_length=250, blank=True)
    is_remote = models.BooleanField(_("attended remotely"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "person"], name="delegate_once_in_delegation", violation_error_message=TWICE
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(office=""),
                name="delegate_has_name_or_office",
                violation_error_message=_("Name the person, or give the office where no source names one."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_role_display()})"

    @property
    def name(self):
        """Of the person, or the office where no source names one."""
        return written(self.person or self.office)
