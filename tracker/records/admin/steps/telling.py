"""What a step did, as messages of the next page."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .step import Step
from .taking import Taken


def tell(request: HttpRequest, step: Step, taken: Taken) -> None:
    for staying in taken.stayed:
        text = _("Not published: %(record)s. %(reasons)s") if step.is_approval else _("Stays: %(record)s. %(reasons)s")
        text = text % {"record": staying.record, "reasons": " ".join(map(str, staying.reasons))}
        messages.warning(request, text)
    if taken.moved:
        messages.success(request, _done(step, len(taken.moved)))
    if taken.elsewhere:
        text = ngettext(
            "%(count)s record was in another state and stays as it is.",
            "%(count)s records were in another state and stay as they are.",
            taken.elsewhere,
        )
        messages.info(request, text % {"count": taken.elsewhere})


def _done(step, number):
    if step == Step.PUBLISH_AT:
        text = ngettext(
            "%(count)s record is to be published at the same moment.",
            "%(count)s records are to be published at the same moment.",
            number,
        )
        return text % {"count": number}
    text = ngettext("%(count)s record is now %(state)s.", "%(count)s records are now %(state)s.", number)
    return text % {"count": number, "state": step.leads_to.label}
