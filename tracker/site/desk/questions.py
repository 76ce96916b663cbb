"""All questions of the index, in their order. Each is declared by the room whose lists answer it."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agreements.admin.questions import OF_AGREEMENTS
from meetings.admin.questions import OF_MAIL_TO_COME, OF_MEETINGS
from tracker.mail.questions import OF_MAIL
from tracker.records.admin.questions import OF_RECORDS, OF_SOURCES, Group, Question

from ..error_reports.models import ErrorReport
from ..subscriptions.models import Subscription

OF_READERS = (
    Question(
        group=Group.MINE,
        label=_("Errors reported by readers"),
        nothing=_("errors reported by readers"),
        models=("site.errorreport",),
        parameter="state",
        value=ErrorReport.State.NEW,
        is_put_anew=True,
        right="change",
        since=F("received_at"),
        said=F("name"),
    ),
    Question(
        group=Group.FAILING,
        label=_("Subscriptions stopped by the mail server"),
        nothing=_("subscriptions stopped by the mail server"),
        models=("site.subscription",),
        parameter="state",
        value="refused",
        records=lambda records: records.filter(why_stopped=Subscription.WhyStopped.REFUSED),
        since=F("stopped_at"),
        said=F("followed"),
    ),
)
OF_FORUMS = (
    Question(
        group=Group.DUE,
        label=_("Sessions past their usual interval"),
        nothing=_("sessions past their usual interval"),
        models=("agreements.forum",),
        value="past_usual_interval",
        rests_on_data=True,
        is_put_anew=True,
    ),
)
QUESTIONS: tuple[Question, ...] = (
    *OF_RECORDS,
    *OF_READERS,
    *OF_MEETINGS,
    *OF_AGREEMENTS,
    *OF_FORUMS,
    *OF_MAIL_TO_COME,
    *OF_SOURCES,
    *OF_MAIL,
)
