"""What a focal point answered, in the words in which it came, and what an editor compares it with."""

from datetime import date

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from meetings.models import ProgressUpdate, Schedule
from tracker.records.admin.steps import changes_elsewhere
from tracker.records.models import Revision
from tracker.records.models.content import with_values

from .columns import parties_in_short

MOST_OTHERS = 5


class Said:
    """``update`` is the answer as it stands now: what is edited in it does not change what was said."""

    def __init__(self, update: ProgressUpdate, today: date) -> None:
        self.update, self.today = update, today

    @cached_property
    def answer(self):
        first = Revision.objects.of(self.update).applied().order_by("number").first()
        if first is None:
            return self.update
        said = ProgressUpdate(pk=self.update.pk)
        with_values(said, first.content["derived"] | first.content["fields"])
        return said

    @property
    def person(self):
        return self.update.answered_by

    @property
    def side(self):
        return self.answer.side

    @cached_property
    def is_of_a_party(self) -> bool:
        """Whether the side is one of those that the commitment binds."""
        return self.commitment.countries.filter(pk=self.answer.side_id).exists()

    @property
    def commitment(self):
        return self.update.commitment

    @property
    def parties(self):
        return parties_in_short(self.commitment)

    @property
    def due(self) -> str:
        return self.commitment.due_in_words or self.commitment.rule_in_words

    @property
    def schedule(self):
        return Schedule(self.commitment.schedule_on(self.today))

    @cached_property
    def others(self) -> list[ProgressUpdate]:
        """What else was said of the same commitment, newest first."""
        others = ProgressUpdate.objects.filter(commitment=self.commitment).exclude(pk=self.update.pk)
        return list(others.select_related("side", "answered_by").order_by("-created_at")[:MOST_OTHERS])

    @cached_property
    def also_asked(self):
        """Who else is named to be asked about it today."""
        named = self.commitment.focal_points.serving(self.today).exclude(person=self.person)
        return list(named.select_related("person", "side"))


@changes_elsewhere
def progress_of_commitments(records, step):
    """What accepting an answer makes of the progress of its commitment."""
    if not step.is_approval:
        return
    for update in records:
        if isinstance(update, ProgressUpdate) and update.progress and _is_newest(update):
            commitment = update.commitment
            if not commitment.is_public:
                yield _("%(record)s is not published: nobody reads this of it before it is") % {
                    "record": commitment.reference
                }
            before, after = commitment.get_progress_display(), update.get_progress_display()
            if before == after:
                yield _("Progress of %(record)s: stays “%(progress)s”") % {
                    "record": commitment.reference,
                    "progress": before,
                }
            else:
                yield _("Progress of %(record)s: “%(before)s” becomes “%(after)s”") % {
                    "record": commitment.reference,
                    "before": before,
                    "after": after,
                }


def _is_newest(update):
    known = update.commitment.progress_updates.published().exclude(progress="").exclude(pk=update.pk).last()
    return known is None or _place(known) < _place(update)


def _place(update):
    return update.as_of_latest or date.min, update.pk
