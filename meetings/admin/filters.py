"""List filters for the questions of a working day with meetings, commitments and answers."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from meetings.followups import nobody, rules
from meetings.models import Commitment, ProgressUpdate, Schedule
from tracker.records.admin import ToDoFilter, WaitingFirstFilter
from tracker.records.admin.filters import data_state
from tracker.records.models import Publishable

# What comes so soon is near.
NEAR = timedelta(days=60)


def policies_of(request) -> rules.Policies:
    """The policies in use; looked up once a request."""
    if not hasattr(request, "policies_in_use"):
        request.policies_in_use = rules.Policies()
    return request.policies_in_use


class MeetingToDoFilter(ToDoFilter):
    def lookups(self, request, model_admin):
        return [
            ("held_without_results", _("held, outcomes not entered in time")),
            ("past_but_not_held", _("past, with no report that it was held")),
            *super().lookups(request, model_admin),
        ]

    def held_without_results(self, queryset, user):
        """Held so long ago that the policy expects outcomes, and nothing entered that came of it."""
        return rules.without_outcomes(queryset, policies_of(self.request), timezone.localdate())

    def past_but_not_held(self, queryset, user):
        return queryset.unreported(timezone.localdate())


class AgreementToDoFilter(ToDoFilter):
    def lookups(self, request, model_admin):
        return [
            ("target_near", _("a target is near")),
            ("notice_period_ends", _("the time to give notice ends")),
            *super().lookups(request, model_admin),
        ]

    def target_near(self, queryset, user):
        """Published, with a target that is open and soon due; with ``target_day``, its last day."""
        return queryset.published().with_target_by(timezone.localdate(), NEAR)

    def notice_period_ends(self, queryset, user):
        """In force, with a last day of notice that is near."""
        key = timezone.localdate(), *data_state(self.request)
        if key not in _ending:
            _ending.clear()
            _ending[key] = _ending_on(timezone.localdate(), policies_of(self.request))
        return queryset.filter(pk__in=_ending[key])


# Of the last day and state of the data that was asked about: it changes with nothing else.
_ending: dict[tuple, list[int]] = {}


def _ending_on(today, policies):
    """The keys of agreements in whose window of notice a day lies."""
    return [
        agreement.pk
        for agreement in rules.with_notice_period(Agreement.objects.all(), today)
        if (policy := policies.of_forum(agreement.forum_id)) and rules.notice_window(agreement, policy, today)
    ]


class CommitmentToDoFilter(ToDoFilter):
    NOBODY = "nobody_to_ask"

    def lookups(self, request, model_admin):
        return [
            ("overdue", _("overdue, firm")),
            ("due_near", _("due within 60 days")),
            (self.NOBODY, _("no contact person")),
            *super().lookups(request, model_admin),
        ]

    def overdue(self, queryset, user):
        return queryset.published().overdue(timezone.localdate())

    def due_near(self, queryset, user):
        """Promised, public and open."""
        today = timezone.localdate()
        return queryset.published().open().firm().filter(due_latest__range=(today, today + NEAR))

    def nobody_to_ask(self, queryset, user):
        return nobody.to_ask(queryset, policies_of(self.request), timezone.localdate())


def nobody_column(request):
    """Return a list column, good for this request, with the reason why nobody can be asked: of those of its page
    (``request.listed``) at once."""
    known = SimpleLazyObject(lambda: nobody.reasons(getattr(request, "listed", []), timezone.now()))

    @admin.display(description=_("no contact person"), empty_value="–")
    def why_nobody(commitment):
        if commitment.pk not in known:
            known.update(nobody.reasons([commitment], timezone.now()))
        return known.get(commitment.pk)

    return why_nobody


class ProgressToDoFilter(ToDoFilter):
    """Beside the filter of answers, which shows what is in review first."""

    def lookups(self, request, model_admin):
        return [each for each in super().lookups(request, model_admin) if each[0] in ("publication_due", "unread")]


class ScheduleFilter(admin.SimpleListFilter):
    """Schedule as of today, which no column holds."""

    title = _("schedule today")
    parameter_name = "schedule"

    def lookups(self, request, model_admin):
        return Schedule.choices

    def queryset(self, request, queryset):
        return queryset.filter(schedule=self.value()) if self.value() in Schedule.values else queryset


class StandingFilter(admin.SimpleListFilter):
    """Whether it was promised, or only proposed and talked about."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return Commitment.Standing.choices

    def queryset(self, request, queryset):
        if self.value() not in Commitment.Standing.values:
            return queryset
        return queryset.firm() if self.value() == Commitment.Standing.FIRM else queryset.soft()


class AwaitingFilter(WaitingFirstFilter):
    """Answers that wait come first; what was decided is a click away."""

    title = _("review")
    parameter_name = "work"
    WAITING, RETURNED, DECIDED, ALL = "waiting", "returned", "decided", "all"
    waiting = WAITING

    def lookups(self, request, model_admin):
        return [
            (self.WAITING, _("waiting for review")),
            (self.RETURNED, _("returned, waiting for the person")),
            (self.DECIDED, _("accepted or declined")),
            (self.ALL, _("all")),
        ]

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
        later = ProgressUpdate.objects.filter(**same, reminder__isnull=False, pk__gt=OuterRef("pk"))
        return updates.returned().exclude(Exists(later))
