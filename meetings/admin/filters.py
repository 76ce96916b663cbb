"""List filters for the questions of a working day with meetings, commitments and answers."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, ProgressUpdate, Schedule
from tracker.records.admin import ToDoFilter
from tracker.records.models import Publishable

PATIENCE = timedelta(days=14)


class MeetingToDoFilter(ToDoFilter):
    def lookups(self, request, model_admin):
        return [
            ("held_without_results", _("held, no outcomes after 14 days")),
            ("past_but_not_held", _("past, and not said to be held")),
            *super().lookups(request, model_admin),
        ]

    def held_without_results(self, queryset, user):
        """Held more than 14 days ago, and nothing entered that came of it."""
        return queryset.filter(
            status=Meeting.Status.HELD,
            held_latest__lt=timezone.localdate() - PATIENCE,
            outcomes__isnull=True,
            commitments__isnull=True,
            agreement_links__isnull=True,
        )

    def past_but_not_held(self, queryset, user):
        planned = (Meeting.Status.TENTATIVE, Meeting.Status.CONFIRMED)
        return queryset.filter(status__in=planned, held_latest__lt=timezone.localdate())


class CommitmentToDoFilter(ToDoFilter):
    def lookups(self, request, model_admin):
        return [
            ("overdue_nobody_asked", _("overdue, nobody in charge")),
            *super().lookups(request, model_admin),
        ]

    def overdue_nobody_asked(self, queryset, user):
        return queryset.overdue(timezone.localdate()).filter(focal_points__isnull=True)


class ScheduleFilter(admin.SimpleListFilter):
    """Schedule as of today, which no column holds."""

    title = _("schedule today")
    parameter_name = "schedule"

    def lookups(self, request, model_admin):
        return Schedule.choices

    def queryset(self, request, queryset):
        return queryset.filter(schedule=self.value()) if self.value() in Schedule.values else queryset


class AwaitingFilter(admin.SimpleListFilter):
    """Answers that wait come first; what was decided is a click away."""

    title = _("work")
    parameter_name = "work"
    WAITING, RETURNED, DECIDED, ALL = "waiting", "returned", "decided", "all"

    def lookups(self, request, model_admin):
        return [
            (self.WAITING, _("waiting for review")),
            (self.RETURNED, _("returned, waiting for the person")),
            (self.DECIDED, _("accepted or set aside")),
            (self.ALL, _("all")),
        ]

    def value(self):
        return super().value() or self.WAITING

    def choices(self, changelist):
        for lookup, title in self.lookup_choices:
            yield {
                "selected": self.value() == lookup,
                "query_string": changelist.get_query_string({self.parameter_name: lookup}),
                "display": title,
            }

    def queryset(self, request, queryset):
        if self.value() == self.WAITING:
            return queryset.awaiting_review()
        if self.value() == self.RETURNED:
            return self._returned(queryset)
        if self.value() == self.DECIDED:
            decided = queryset.filter(state__in=[Publishable.State.PUBLISHED, Publishable.State.WITHDRAWN])
            return decided.exclude(pk__in=self._returned(ProgressUpdate.objects).values("pk"))
        return queryset

    def _returned(self, updates):
        """Returned with a question, and the same person has not answered since about the same commitment."""
        same = {"commitment": OuterRef("commitment"), "answered_by": OuterRef("answered_by")}
        later = ProgressUpdate.objects.filter(**same, notice__isnull=False, pk__gt=OuterRef("pk"))
        return updates.returned().exclude(Exists(later))
