"""What a form or a list asks for: the step, and what was typed into its panel."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from tracker.records.models import MOST_OF_A_COMMENT, Publishable

from ..moments import read_moment
from .outlook import changed_along
from .step import Step
from .taking import NO_REASON, StepWords

# The name of the button.
INPUT = "_step"
NO_MOMENT = _("Give the day and the hour at which it is to be published.")
PAST = _("This moment has passed: publish it now.")
# Of the records that changed so many are named.
MOST_NAMED = 5
MOST_OF_A_REASON = Publishable._meta.get_field("withdrawal_reason").max_length or 0
ALONG_CHANGED = _(
    "What goes along was changed while you had this page open: %(records)s. Read it as it is now: nothing has been "
    "done yet."
)
TOO_LONG = _("The text is too long: at most %(most)s characters.")


def step_asked(sent: QueryDict) -> Step | None:
    value = sent.get(INPUT, "")
    return Step(value) if value in Step.values else None


def told_with(step: Step, sent: QueryDict) -> StepWords:
    """What was typed into the panel of this step."""
    text = {Step.RETURN: "_reason", Step.REVIEW: "_word"}.get(step, "")
    told = StepWords(text=sent.get(text, "").strip(), alone=bool(sent.get("_alone")))
    if step == Step.PUBLISH_AT:
        _put_moment(told, sent.get("_day", ""), sent.get("_time", ""))
    if step.is_grave:
        told.public_reason = " ".join(sent.get("_public_reason", "").split())
        told.is_by_law = bool(sent.get("_by_law"))
    return told


def errors_in(step: Step, told: StepWords, now: datetime, former: datetime | None = None) -> list[str]:
    """What is wrong with what was typed; ``former`` is the moment that the record has already."""
    if step == Step.RETURN and not told.text:
        return [str(NO_REASON)]
    if step == Step.PUBLISH_AT:
        if told.moment is None:
            return [told.no_moment or str(NO_MOMENT)]
        return [str(PAST)] if told.moment <= now and told.moment != former else []
    if len(told.text) > MOST_OF_A_COMMENT:
        return [TOO_LONG % {"most": MOST_OF_A_COMMENT}]
    if len(told.public_reason) > MOST_OF_A_REASON:
        return [TOO_LONG % {"most": MOST_OF_A_REASON}]
    return []


def unread_along(step: Step, told: StepWords, records: list[Any], user: Any, version: int | None) -> list[str]:
    """What is wrong where something that goes along is not as it was at the data version at which that was told."""
    changed = changed_along(records, step, user, version) if version is not None and not told.alone else []
    named = "; ".join(map(str, changed[:MOST_NAMED]))
    return [ALONG_CHANGED % {"records": named}] if changed else []


def _put_moment(told, day, hour):
    """In the time zone of the site."""
    try:
        told.moment = read_moment(day, hour, get_default_timezone())
    except ValidationError as error:
        told.no_moment = " ".join(error.messages)
