"""The bar above the form of a record: its state, who has it, and the steps that this person can take now, each with a
panel that tells what it would lead to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from tracker.accounts.models import User
from tracker.records.models import Comment, Revision

from .outlook import Outlook, counted, outlook
from .step import State, Step, offered

MOST_NAMED = 5


@dataclass
class Panel:
    """One step of the bar. ``template`` is what stands in the panel; rooms above add panels of their own with one, and
    ``values`` are for it."""

    label: str | Promise
    template: str
    is_main: bool = False
    is_grave: bool = False
    is_open: bool = False
    values: dict[str, Any] = field(default_factory=dict)


def template_of(step: Step) -> str:
    name = step.value
    return f"admin/steps/{name}.html"


class StepPanel(Panel):
    """``sent`` is what was sent with a form that could not be saved. What goes along with a new record is not known
    before it is saved."""

    def __init__(
        self, step: Step, found: Outlook, sent: Any, is_main: bool, label: str | Promise, *, is_new: bool = False
    ) -> None:
        super().__init__(label, template_of(step), is_main, step.is_grave)
        self.is_new = is_new
        self.step, self.outlook, self.is_open = step, found, sent.get("_step") == step.value
        self.sent = {name.removeprefix("_"): sent.get(name, "") for name in INPUTS}

    @property
    def number(self):
        return len(self.outlook.goes)

    @cached_property
    def button(self):
        return self.step.label if self.is_new else button(self.step, self.number)

    @property
    def may_be_taken(self):
        """Where two people are needed, nothing that is typed into the same form helps against what stands in the
        way."""
        return not (self.outlook.against and settings.FOUR_EYES)

    @property
    def kinds(self):
        kinds = counted(self.outlook.goes)
        return [*kinds, _("what is entered with it")] if self.is_new else kinds

    @property
    def has_company(self):
        """Whether there is a choice to move the record alone."""
        return bool(self.outlook.along)

    @property
    def zone(self):
        """That of the hour that is asked for."""
        return settings.TIME_ZONE

    @property
    def stays(self):
        return self.outlook.stays[:MOST_NAMED]

    @property
    def more_stay(self):
        return len(self.outlook.stays) - len(self.stays)


INPUTS = ("_word", "_reason", "_day", "_time", "_public_reason", "_by_law", "_alone")


def button(step: Step, number: int) -> str:
    """What the button says that takes the step with so many records."""
    texts = {
        Step.REVIEW: ngettext("Send %(count)s record to review", "Send %(count)s records to review", number),
        Step.PUBLISH: ngettext("Publish %(count)s record", "Publish %(count)s records", number),
        Step.PUBLISH_AT: ngettext(
            "Publish %(count)s record at this moment", "Publish %(count)s records at this moment", number
        ),
        Step.NO_MOMENT: ngettext(
            "Cancel the moment of %(count)s record", "Cancel the moment of %(count)s records", number
        ),
        Step.RETURN: ngettext(
            "Return %(count)s record with this reason", "Return %(count)s records with this reason", number
        ),
        Step.TAKE_BACK: ngettext("Take back %(count)s record", "Take back %(count)s records", number),
        Step.WITHDRAW: ngettext("Withdraw %(count)s record", "Withdraw %(count)s records", number),
        Step.SET_ASIDE: ngettext("Set aside %(count)s record", "Set aside %(count)s records", number),
    }
    return texts[step] % {"count": number}


class Bar:
    """``record`` is the record as it is stored, or an empty one; ``further`` are the panels of rooms above."""

    def __init__(
        self, request: HttpRequest, record: Any, left_out: Sequence[Step] = (), further: Sequence[Panel] = ()
    ) -> None:
        self.record, self.user, self.further = record, request.user, further
        self.sent = request.POST
        self.left_out = left_out
        self.now = timezone.now()

    @property
    def is_new(self):
        return self.record.pk is None

    @property
    def status(self) -> str:
        """Its shape: that of the state, or of what the state does not say."""
        if self.returned is not None:
            return "returned"
        return "scheduled" if self.record.publish_at else self.record.state

    @property
    def status_in_words(self):
        named = {
            "returned": pgettext("state of a record", "draft, returned"),
            "scheduled": pgettext("state of a record", "to be published"),
        }
        return named.get(self.status, self.record.get_state_display())

    @cached_property
    def returned(self) -> Comment | None:
        if self.is_new or self.record.state != State.DRAFT:
            return None
        return Comment.objects.of(self.record).returns().select_related("account", "addressee").last()

    @cached_property
    def panels(self) -> list[Panel]:
        steps = [step for step in offered(self.record, self.user) if step not in self.left_out]
        steps = [step for step in steps if not (step == Step.PUBLISH_AT and self.is_new)]
        return [*(self._panel(step, steps) for step in steps), *self.further]

    def _panel(self, step, steps):
        found = outlook(self.record, step, self.user, alone=self.is_new)
        is_main = step is steps[0] and not step.is_grave
        return StepPanel(step, found, self.sent, is_main, self._label(step), is_new=self.is_new)

    def _label(self, step):
        has_moment = self.record.publish_at is not None
        others = {
            (Step.REVIEW, self.returned is not None): _("Send to review again"),
            (Step.PUBLISH, has_moment): _("Publish now"),
            (Step.PUBLISH, self.record.state == State.WITHDRAWN): _("Publish again"),
            (Step.PUBLISH_AT, has_moment): _("Change the moment"),
        }
        return others.get((step, True), step.label)

    @cached_property
    def moved(self) -> Any:
        """``state_since`` and ``mover``, of the change that brought the record into its state; None of a new one."""
        found = type(self.record)._default_manager.filter(pk=self.record.pk).with_state_since()
        values = found.values("state_since", "moved_by").first() if not self.is_new else None
        mover = values and User.objects.filter(pk=values["moved_by"]).first()
        return values and {"since": values["state_since"], "by": mover}

    @cached_property
    def writer(self) -> Any:
        written = Revision.objects.of(self.record).changing_content().newest_first().select_related("account")
        last = None if self.is_new else written.defer("content").first()
        return last and last.account

    @property
    def is_writer(self):
        return self.writer is not None and self.writer == self.user

    @property
    def zone(self) -> str:
        """That of the moments that are shown and asked for."""
        return settings.TIME_ZONE

    @property
    def word_sent(self) -> Comment | None:
        """What was said to the reviewer when it was sent last, and not before it was returned."""
        if self.record.state != State.IN_REVIEW or self.is_new:
            return None
        acts = [Comment.Act.SENT, Comment.Act.RETURNED]
        last = Comment.objects.of(self.record).filter(act__in=acts).select_related("account").last()
        return last if last is not None and last.act == Comment.Act.SENT else None
