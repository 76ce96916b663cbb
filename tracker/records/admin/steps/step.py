"""The steps by which a record is moved from state to state: who may take which one, and where it leads."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Publication

from ..publication import may_publish, needs_another_reader

State = Publication.State
NOT_A_REVIEWER = _("Only a reviewer may publish and withdraw.")


class Step(models.TextChoices):
    """In the order in which they are offered. The value is what a form sends as ``_step``."""

    REVIEW = "review", _("Send to review")
    PUBLISH = "publish", _("Publish")
    PUBLISH_AT = "publish_at", _("Publish at …")
    NO_MOMENT = "no_moment", _("Cancel the moment")
    RETURN = "return", _("Return with a reason")
    TAKE_BACK = "draft", _("Take back to draft")
    WITHDRAW = "withdraw", _("Withdraw")
    SET_ASIDE = "set_aside", _("Set aside")

    @property
    def leads_to(self) -> str:
        return LEADS_TO[self]

    @property
    def is_approval(self) -> bool:
        """Whether what goes along has to have what the public may expect."""
        return self in (Step.PUBLISH, Step.PUBLISH_AT)

    @property
    def is_grave(self) -> bool:
        return self in (Step.WITHDRAW, Step.SET_ASIDE)


# To set aside is to withdraw what was never public.
LEADS_TO = {
    Step.REVIEW: State.IN_REVIEW,
    Step.PUBLISH: State.PUBLISHED,
    Step.PUBLISH_AT: State.IN_REVIEW,
    Step.NO_MOMENT: State.IN_REVIEW,
    Step.RETURN: State.DRAFT,
    Step.TAKE_BACK: State.DRAFT,
    Step.WITHDRAW: State.WITHDRAWN,
    Step.SET_ASIDE: State.WITHDRAWN,
}
# From which states a step leads on, for the record that is moved.
FROM = {
    Step.REVIEW: {State.DRAFT},
    Step.PUBLISH: {State.DRAFT, State.IN_REVIEW, State.WITHDRAWN},
    Step.PUBLISH_AT: {State.DRAFT, State.IN_REVIEW},
    Step.NO_MOMENT: {State.IN_REVIEW},
    Step.RETURN: {State.IN_REVIEW, State.WITHDRAWN},
    Step.TAKE_BACK: {State.IN_REVIEW},
    Step.WITHDRAW: {State.PUBLISHED},
    Step.SET_ASIDE: {State.IN_REVIEW},
}
# And for what goes along with it: nothing comes back to the public because something else does.
ALONG_FROM = FROM | {Step.PUBLISH: {State.DRAFT, State.IN_REVIEW}, Step.RETURN: {State.IN_REVIEW}}
REVIEWERS = {Step.PUBLISH, Step.PUBLISH_AT, Step.NO_MOMENT, Step.RETURN, Step.WITHDRAW, Step.SET_ASIDE}
IN_ANOTHER_STATE = _("It is %(state)s: this step does not lead on from there.")


def why_not(step: Step, record: Any, user: Any) -> str:
    """Why this person cannot take the step with the record as it is stored; empty where they can."""
    if step in REVIEWERS and not may_publish(user, record):
        return str(NOT_A_REVIEWER)
    if record.state not in FROM[step] or (step == Step.NO_MOMENT and record.publish_at is None):
        return str(IN_ANOTHER_STATE) % {"state": record.get_state_display()}
    return ""


def offered(record: Any, user: Any) -> list[Step]:
    """The steps that this person can take now; nobody is offered to approve what they wrote, or to give it back to
    themselves."""
    steps = [step for step in Step if not why_not(step, record, user)]
    is_writer = needs_another_reader(record, user) or (record.pk is None and settings.FOUR_EYES)
    if is_writer:
        steps = [step for step in steps if not step.is_approval and step not in (Step.RETURN, Step.SET_ASIDE)]
    elif Step.RETURN in steps:
        steps = [step for step in steps if step != Step.TAKE_BACK]
    return steps
