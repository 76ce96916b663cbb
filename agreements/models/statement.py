"""Statements: what a third voice said about a record. Listed there, and counted nowhere as a commitment."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tracker.records.fields import EarliestDay, EDTFField, LatestDay, StatedWords
from tracker.records.languages import written
from tracker.records.models import Row, Source
from tracker.records.public import public, public_name

from .agreement import Agreement
from .country import Country
from .forum import Forum
from .names import exactly_one_of
from .organisation import Organisation
from .person import Person
from .working_group import WorkingGroup


class StatementQuerySet(models.QuerySet):
    def with_voices(self):
        """With whoever speaks, and the source, in one query."""
        return self.select_related("country", "organisation", "person", "source")


class Statement(Row):
    """A protest, a reaction, a wish, a pledge of a company, an editorial: who said it, when, in our own words.

    One table for each kind of record, as citations are; each names its record in the field ``owner_name``.
    """

    class Kind(models.TextChoices):
        PROTEST = "protest", _("protest")
        REACTION = "reaction", _("reaction")
        WISH = "wish", _("request or wish")
        PLEDGE = "pledge", _("pledge")
        COMMENT = "comment", _("comment")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    words = models.CharField(
        _("voice in words"), max_length=200, blank=True, help_text=_("As in “a newspaper’s editorial”.")
    )
    office = models.CharField(_("office at that time"), max_length=250, blank=True)
    on = EDTFField(_("date"))
    on_earliest = EarliestDay(of="on")
    on_latest = LatestDay(of="on")
    on_words = StatedWords(of="on")
    text = models.TextField(_("text"), help_text=_("What was said, in our own words."))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source"))
    locator = models.CharField(_("place in the source"), max_length=100, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = [F("on_latest").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("country", "organisation", "person", "words"),
                name="%(class)s_has_one_voice",
                violation_error_message=_("A statement has one voice: a country, an organisation, a person or words."),
            ),
        ]

    def __str__(self):
        return self.text[:80]

    @property
    def name(self):
        """The voice, as the public reads it."""
        return public_name(self.country or self.organisation or self.person) or written(self.words)

    @property
    def body(self):
        """What has a page of its own: the country, the person, or the organisation, unless it is hidden."""
        return self.country or public(self.organisation) or self.person


class AgreementStatement(Statement):
    owner_name = "agreement"
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="statements")


class ForumStatement(Statement):
    owner_name = "forum"
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="statements")


class WorkingGroupStatement(Statement):
    owner_name = "group"
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="statements")
