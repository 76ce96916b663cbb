"""Proposed changes of what is or was public: the whole form as it was typed, held back until a second person has read
it. Nothing of it is public; once it is switched, the record says it, and the history tells of it as of any change."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .content import row_models_of
from .publication import Publication


class ProposedChangeQuerySet(models.QuerySet):
    def of(self, record):
        return self.filter(kind=record._meta.label_lower, record=record.pk)

    def pending(self):
        """Those that may still be switched, with those that their author is to look at again."""
        return self.filter(state__in=PENDING)

    def waiting_for(self, user):
        """Those that the user may decide about, and nobody has yet: nobody decides about their own."""
        found = self.filter(state=ProposedChange.State.OPEN, switch_at__isnull=True, kind__in=kinds_to_publish(user))
        return found.exclude(author=user) if settings.FOUR_EYES else found

    def returned_to(self, user):
        """Those that came back with a reason."""
        return self.filter(state=ProposedChange.State.RETURNED, author=user)

    def of_author(self, user):
        """Those of the user that may still become of something."""
        return self.pending().filter(author=user)

    def to_be_switched(self, now: datetime):
        """Those whose moment has come by ``now``: what stays among them meets an obstacle."""
        return self.filter(switch_at__lte=now)


class ProposedChange(models.Model):
    """One proposal. ``opened`` and ``values`` are what the form was opened with and what was sent, by the names of its
    inputs (``tracker.records.admin.typed``); ``data_version`` is that of the text which it rests on.

    ``number`` is moved by everything that becomes of it: an act on an older one is no act on what was seen.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waits for a reviewer")
        RETURNED = "returned", _("returned with a reason")
        ACCEPTED = "accepted", _("switched")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    kind = models.CharField(max_length=60, editable=False)
    record = models.BigIntegerField(editable=False)
    title = models.CharField(_("record"), max_length=500, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    sent_at = models.DateTimeField(_("proposed at"), editable=False)
    why = models.TextField(_("why"), max_length=2000, blank=True, editable=False)
    opened = models.JSONField(editable=False)
    values = models.JSONField(editable=False)
    data_version = models.PositiveBigIntegerField(_("data version"), editable=False)
    number = models.PositiveIntegerField(default=1, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    # Why it was returned or declined.
    reason = models.TextField(_("reason"), max_length=2000, blank=True, editable=False)
    switch_at = models.DateTimeField(_("to be switched at"), null=True, blank=True, db_index=True, editable=False)
    # Who returned or decided it, or set the moment.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)

    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        # What one may do with it follows from what one may do with the record.
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["kind", "record"], name="proposals_of_a_record"),
            models.Index(fields=["state", "sent_at"], name="proposals_in_turn"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(switch_at__isnull=True) | Q(state="open", decided_at__isnull=False),
                name="proposal_with_a_moment_is_open_and_approved",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False),
                name="decided_proposal_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "declined"]) | ~Q(reason=""),
                name="returned_proposal_has_a_reason",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_pending(self):
        return self.state in PENDING

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def model(self) -> Any:
        return apps.get_model(self.kind)

    @property
    def mark(self):
        """What a page carries of it: which one, and how it was when the page was drawn."""
        return f"{self.pk}.{self.number}"

    def as_post(self) -> QueryDict:
        """The form as it was sent."""
        post = QueryDict(mutable=True)
        for name, texts in self.values.items():
            post.setlist(name, texts)
        return post

    def decide(self, state: str, user: Any, now: datetime, reason: str = "") -> None:
        """By hand of ``user``; at the moment that somebody set, it is theirs."""
        self.state, self.reason, self.switch_at = state, reason or self.reason, None
        self.decided_by, self.decided_at = user, now
        self._move()

    def approve(self, moment: datetime | None, user: Any, now: datetime) -> None:
        """Have what it says now switched at a moment; without one that is taken back."""
        self.switch_at, self.decided_by = moment, user if moment else None
        self.decided_at = now if moment else None
        self._move()

    def send_again(self, now: datetime, **values: Any) -> None:
        """Anew, by its author: what was approved or returned is no more what it says."""
        for name, value in values.items():
            setattr(self, name, value)
        self.state, self.sent_at = self.State.OPEN, now
        self.switch_at = self.decided_by = self.decided_at = None
        self._move()

    def _move(self):
        self.number += 1
        self.save()


PENDING = (ProposedChange.State.OPEN, ProposedChange.State.RETURNED)


def kinds_to_publish(user: Any) -> list[str]:
    """The kinds of record, with their rows, that the user may publish."""
    found: set[str] = set()
    for model in _published_kinds():
        if user.has_perm(f"{model._meta.app_label}.{get_permission_codename('publish', model._meta)}"):
            found |= {model._meta.label_lower, *(row._meta.label_lower for row, _path in row_models_of(model))}
    return sorted(found)


def _published_kinds() -> Iterator[Any]:
    return (model for model in apps.get_models() if issubclass(model, Publication))
