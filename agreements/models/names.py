"""Names that bodies bore over time, and who a party is: patterns shared by several records."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tracker.records.fields import EarliestDay, EDTFField, LatestDay
from tracker.records.languages import written
from tracker.records.models import Row, is_published
from tracker.records.public import public, public_name


class DatedName(Row):
    """A name that a body has or had, with the dates of its use as far as they are known."""

    owner_name = "body"

    name = models.CharField(_("name"), max_length=250)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    used_from = EDTFField(_("used from"))
    used_from_earliest = EarliestDay(of="used_from")
    used_until = EDTFField(_("used until"))
    used_until_latest = LatestDay(of="used_until")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["used_from_earliest", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "name", "used_from"], name="%(class)s_unique"),
            models.CheckConstraint(
                condition=Q(used_until_latest__gte=models.F("used_from_earliest"))
                | Q(used_until_latest__isnull=True)
                | Q(used_from_earliest__isnull=True),
                name="%(class)s_ends_after_start",
                violation_error_message=_("The name ends before it starts."),
            ),
        ]

    def __str__(self):
        return self.name


TWICE = _("This entry appears twice.")


def exactly_one_of(*fields):
    """A condition: exactly one of these foreign keys or text fields (their names end in ``words``) is filled."""
    alternatives = Q()
    for chosen in fields:
        alternatives |= Q(*[_filled(name) if name == chosen else ~_filled(name) for name in fields])
    return alternatives


def at_most_one_of(*fields):
    """A condition: one of these foreign keys or text fields is filled, or none."""
    return exactly_one_of(*fields) | Q(*[~_filled(name) for name in fields])


def _filled(name):
    return ~Q(**{name: ""}) if name.endswith("words") else Q(**{f"{name}__isnull": False})


class Party(Row):
    """Somebody who takes part or is bound: a country, or an organisation (its country is then involved)."""

    country = models.ForeignKey(
        "agreements.Country", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("country")
    )
    organisation = models.ForeignKey(
        "agreements.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("organisation"),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.country or self.organisation or getattr(self, "words", ""))

    @property
    def name(self):
        """What the public reads."""
        return public_name(self.country or self.organisation) or written(getattr(self, "words", ""))

    @property
    def body(self):
        """The country or the organisation; None for an organisation that is hidden, and for words."""
        return self.country or public(self.organisation)

    @property
    def involved_country(self):
        """The country that takes part, itself or by an organisation that is not hidden."""
        return self.country or (self.body and self.body.country)


def countries_of(parties, record):
    """Return the keys of the countries that take part in a record, themselves or by an organisation. In what is public
    one that is hidden involves no country."""
    if record.is_public:
        parties = parties.filter(Q(organisation=None) | is_published("organisation__"))
    named = parties.exclude(country=None, organisation__country=None)
    return set(named.values_list(Coalesce("country", "organisation__country"), flat=True))
