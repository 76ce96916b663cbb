"""Publication: draft → in review → published → withdrawn; what is in review may have a moment at which it goes public.

The state alone says what the public sees. That a moment has come changes nothing by itself: to publish is an act, which
``tracker.records.publication`` carries out.
"""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from .change import Versioned, one_change
from .content import row_models_of
from .work import WorkQuerySet

NO_CITATION = _("A published record needs at least one citation.")


def is_published(path=""):
    """The condition that the record at the end of ``path`` (as ``forum__``) is public."""
    return Q(**{f"{path}state": Publication.State.PUBLISHED})


class PublishableQuerySet(WorkQuerySet):
    """Questions that everything with a state answers."""

    def published(self):
        """What the public may see."""
        return self.filter(is_published())

    def to_be_published(self, now):
        """What was to be public by the moment ``now`` and is not yet."""
        return self.filter(publish_at__lte=now)

    def without_citation(self):
        return self.filter(citations__isnull=True)

    def without_good_source(self):
        """What cites nothing, or nothing but opinion pieces and what nobody has said the kind of."""
        good = self._citations().exclude(source__evidence__in=("opinion", "unstated"))
        return self.exclude(Exists(good.filter(record=OuterRef("pk"))))

    def with_claims_undecided(self):
        """Those of which, or of a part of which, sources state different values of one field, and no note on either
        says which is followed."""
        undecided = Q(pk__in=_undecided(self._citations()).values("record"))
        for claim, path in row_models_of(self.model):
            if getattr(claim, "is_claim", False):
                undecided |= Q(pk__in=_undecided(claim._base_manager.order_by()).values(path))
        return self.filter(undecided)

    def _citations(self):
        return self.model.citations.rel.related_model.objects.order_by()


def _undecided(stated):
    """Of citations or claims the fields of one owner of which they state different values, where none has a note."""
    claims = stated.exclude(field="").filter(note="").values(stated.model.owner_name, "field")
    return claims.annotate(values=Count("value", distinct=True)).filter(values__gt=1)


class Publication(models.Model):
    """The state of a record, or of a row with a state of its own."""

    # With a state of its own it is a record in its own right, also where it belongs to another.
    is_row = False

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "What is in review is published at this moment, if nothing stands against it then. A change of the record "
            "before then cancels it."
        ),
    )

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(state="in_review"),
                name="%(class)s_to_be_published_is_in_review",
                violation_error_message=_("Only what is in review can be published at a moment."),
            ),
        ]

    def save(self, *args, **kwargs):
        """Setting a moment approves what is saved together with it, and nothing that is changed later. Others follow a
        record that becomes public, or ceases to be."""
        # A form knows no fractions of a second: what it shows must be what is stored.
        self.publish_at = self.publish_at and self.publish_at.replace(microsecond=0)
        with one_change() as change:
            stored = type(self)._base_manager.filter(pk=self.pk).values("publish_at", "state").first()
            before = stored or {"publish_at": None, "state": ""}
            super().save(*args, **kwargs)
            for name, value in before.items():
                if getattr(self, name) != value:
                    change.note(self, name)

    # The state and the moment that the database had when the record was loaded.
    _loaded = ("", None)
    # Set where it is approved once more for the moment that it has.
    is_approved_again = False

    @classmethod
    def from_db(cls, db, field_names, values):
        record = super().from_db(db, field_names, values)
        if {"state", "publish_at"} <= set(field_names):
            record._loaded = record.state, record.publish_at
        return record

    @property
    def is_being_approved(self):
        """Whether to save it would publish it, or set a moment for that."""
        state, moment = self._loaded
        is_published_now = self.is_public and state != self.State.PUBLISHED
        return self.is_approved_again or is_published_now or (self.publish_at is not None and self.publish_at != moment)

    @property
    def is_public(self):
        return self.state == self.State.PUBLISHED

    def read(self, other: "Publication | None") -> "Publication | None":
        """Return another record where something may follow from it for this one: what is public rests on what is
        public alone."""
        return other if other is None or other.is_public or not self.is_public else None

    def note_in(self, change):
        """It is a record in its own right, also where it belongs to another."""
        change.note(self)
        if self.main_record is not self:
            self._note(change, self.main_record)

    def _note(self, change, owner):
        """What has a state of its own is no part of what its owner says."""
        change.note_owner(owner)

    def after_change(self, names):
        """A moment stands for what was approved when it was set."""
        super().after_change(names)
        if self.publish_at is not None and "publish_at" not in names:
            self.publish_at = None
            text = gettext_noop("changed after its publication was approved: the moment is cancelled")
            with one_change(reason=text):
                self.save()

    def bring_to(self, state, moment=None):
        """Move it to another state, unsaved. A moment holds while it waits for it, and no longer than that."""
        self.state, self.publish_at = state, moment

    def was_published(self, day):
        """Called by the act of publication, on its day, once it is saved. To load data is no such act."""

    def shortcomings(self):
        """Return what it lacks for publication, as messages, whoever publishes it."""
        return []


class Publishable(Publication, Versioned):
    """A record that editors prepare, reviewers publish and the public reads."""

    editors_note = models.TextField(
        _("editors' note"), blank=True, help_text=_("Open questions and doubts. Never shown to the public.")
    )

    withdrawal_reason = models.CharField(
        _("reason of the withdrawal"),
        max_length=400,
        blank=True,
        help_text=_("Shown to the public at its address once it is withdrawn, with its reference and the day."),
    )
    is_withdrawn_by_law = models.BooleanField(
        _("withdrawn for legal reasons"),
        default=False,
        help_text=_("Former releases of the data package are then issued again without it."),
    )

    class Meta(Publication.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        """What is not withdrawn is not so for legal reasons either."""
        self.is_withdrawn_by_law &= self.state == self.State.WITHDRAWN
        super().save(*args, **kwargs)

    def shortcomings(self):
        return [] if self.citations.exists() else [NO_CITATION]
