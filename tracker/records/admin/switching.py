"""What becomes of a proposed change: put beside the record as it is now, and switched through its real form, by hand or
at the moment that somebody set."""

import logging
from collections.abc import Collection
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tracker.records.models import DataVersion, ProposedChange, Revision, one_change, one_writer

from .join import Joined, join
from .made import making
from .meanwhile import CORRECTION, MOST_OF_A_CORRECTION
from .proposing import bound
from .publication import may_publish
from .typed import CHOICE, Typed, as_post, sent, with_choices

logger = logging.getLogger(__name__)
GONE = _("The record is no more.")
OWN = _("It is your own proposal: somebody else reads it and switches it; this applies to administrators too.")
NO_REVIEWER = _("Only a reviewer may switch it.")
NOT_CHOSEN = _("Somebody changed the same meanwhile: choose for each place what is to stand, or return it.")
LOCKED = _("Some of it can no longer be changed.")
DECIDED = _("It is decided already.")
SWITCHED = gettext_noop("a proposed change was switched")


class CannotSwitch(Exception):
    """``reasons`` are messages."""

    def __init__(self, *reasons: Any) -> None:
        super().__init__(*map(str, reasons))
        self.reasons = reasons


class Unheard:
    """In place of the messages of a request, where nobody reads them."""

    def add(self, level, message, extra_tags=""):
        pass


def _request(user: Any, messages: Any) -> Any:
    """As the form of a record is asked for and sent, where a browser asks for something else or nobody does."""
    request = HttpRequest()
    request.method, request.user, request.path = "POST", user, "/"
    setattr(request, "_messages", messages or Unheard())  # noqa: B010
    return request


class Beside:
    """A proposal beside the record as it is now, as ``user`` may see and change it."""

    def __init__(self, proposal: ProposedChange, user: Any, messages: Any = None) -> None:
        self.proposal, self.user = proposal, user
        self.desk: Any = admin.site.get_model_admin(proposal.model)
        self.request = _request(user, messages)
        self.record = self.request.proposed_record = self.desk.get_object(self.request, str(proposal.record))

    @cached_property
    def publication(self) -> Any:
        return self.desk.publication_of(self.record)

    @cached_property
    def _form_and_inputs(self):
        return self.desk._now(self.request, self.record)

    @property
    def forms(self):
        return self._form_and_inputs[0]

    @property
    def now(self) -> Typed:
        return self._form_and_inputs[1]

    @cached_property
    def joined(self) -> Joined:
        typed = sent(self.proposal.as_post(), self.forms.formsets.values())
        return join(Typed(**self.proposal.opened), typed, self.now)

    def refusals(self) -> list[Any]:
        """Why this person may not switch it."""
        if self.record is None:
            return [GONE]
        found = [] if may_publish(self.user, self.publication) else [NO_REVIEWER]
        return [*found, OWN] if settings.FOUR_EYES and self.proposal.author_id == self.user.pk else found

    def post(self, choices: QueryDict) -> QueryDict:
        """What is to be sent through the form; raise ``CannotSwitch`` where that is not decided."""
        chosen = {name: texts for name, texts in choices.lists() if name.startswith(CHOICE)}
        if any(f"{CHOICE}{place.choice}" not in chosen for place in self.joined.collisions):
            raise CannotSwitch(NOT_CHOSEN)
        if self.joined.locked:
            raise CannotSwitch(LOCKED)
        typed = self.joined.typed
        typed.own = typed.own | chosen
        return as_post(with_choices(typed, self.now))


def switch(proposal: ProposedChange, user: Any, now: datetime, choices: QueryDict, messages: Any = None) -> int | None:
    """Make the record say what was proposed, as a change by whoever proposed it, read by ``user``; return the data
    version it led to, None where the record said so already. Raise ``CannotSwitch`` with what stands against it, and
    change nothing then.

    ``choices`` says which side stands where both changed the same, as the page of the conflict sends it.
    """
    with transaction.atomic():
        one_writer()
        beside = Beside(ProposedChange.objects.get(pk=proposal.pk), user, messages)
        if refusals := beside.refusals():
            raise CannotSwitch(*refusals)
        return _switched(beside, now, choices)


def _switched(beside, now, choices):
    proposal = beside.proposal
    if not proposal.is_open:
        raise CannotSwitch(DECIDED)
    before = DataVersion.current()
    author = proposal.author
    makes = author if author is not None and author.is_active else beside.user
    with one_change(account=author, reason=SWITCHED) as change, making(makes):
        change.correction = proposal.as_post().get(CORRECTION, "").strip()[:MOST_OF_A_CORRECTION]
        _send(beside, choices)
    proposal.decide(ProposedChange.State.ACCEPTED, beside.user, now)
    version = DataVersion.current()
    if version == before:
        return None
    made = Revision.objects.filter(data_version=version)
    made.update(account=proposal.author_id)  # where the account is gone, it was not the reviewer's either
    made.changing_content().update(reader=beside.user, read_at=now)
    return version


def _send(beside, choices):
    beside.request.POST = beside.post(choices)
    desk, record = beside.desk, beside.desk.get_object(beside.request, str(beside.proposal.record))
    form, formsets, is_valid = bound(desk, beside.request, record)
    if not is_valid:
        raise CannotSwitch(*_errors(form, formsets))
    desk.save_model(beside.request, form.instance, form, True)
    desk.save_related(beside.request, form, formsets, True)


def _errors(form, formsets):
    """What is wrong, each with where it is."""
    for one in (form, *(row for formset in formsets for row in formset.forms)):
        for name, texts in one.errors.items():
            label = capfirst(str(one.fields[name].label or name)) if name in one.fields else ""
            yield from (
                _("%(field)s: %(error)s") % {"field": label, "error": text} if label else text for text in texts
            )
    for formset in formsets:
        yield from formset.non_form_errors()


@contextmanager
def tried(proposal: ProposedChange, user: Any, now: datetime):
    """Switch it for the length of the block, whoever asks, and take it back: yields the revisions that it would leave.
    Raise ``CannotSwitch`` as ``switch`` does."""
    with transaction.atomic():
        try:
            version = _switched(Beside(ProposedChange.objects.get(pk=proposal.pk), user), now, QueryDict())
            yield list(Revision.objects.filter(data_version=version).order_by("pk")) if version else []
        finally:
            transaction.set_rollback(True)


def switch_due(now: datetime) -> Collection[ProposedChange]:
    """Switch what was to be switched by ``now``, each in a transaction of its own; return what was.

    What something stands against stays as it is, for the editors' desk to show. Any number may run at once, as often as
    they like.
    """
    due = list(ProposedChange.objects.to_be_switched(now).order_by("switch_at", "pk"))
    return [proposal for proposal in due if _switch(proposal, now)]


def _switch(proposal, now):
    try:
        with transaction.atomic():
            one_writer()
            due = ProposedChange.objects.to_be_switched(now).filter(pk=proposal.pk).first()
            if due is None or due.decided_by is None:
                return False
            switch(due, due.decided_by, now, QueryDict())
            return True
    except CannotSwitch:
        return False
    except Exception:  # one that cannot be saved must not hold up all others
        logger.exception("Proposed change %s could not be switched.", proposal.pk)
        return False
