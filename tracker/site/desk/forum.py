"""Forums on the desk, with the question that only the dates of all their sessions can answer."""

from collections import defaultdict
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Forum
from meetings.admin.forum import MeetingForumAdmin
from meetings.models import Meeting
from tracker.records.admin import ToDoFilter
from tracker.records.admin.filters import data_state

from ..rhythm import rhythm_of

admin.site.unregister(Forum)


class ForumToDoFilter(ToDoFilter):
    def lookups(self, request, model_admin):
        return [
            ("past_usual_interval", _("past the usual interval between sessions")),
            *super().lookups(request, model_admin),
        ]

    def past_usual_interval(self, queryset, user):
        return queryset.filter(pk__in=beyond_their_rhythm(timezone.localdate(), *data_state(self.request)))


class DatedSession(NamedTuple):
    """What the rhythm of a forum is told by."""

    session_number: int
    held_earliest: date | None
    held_latest: date | None
    status: str = Meeting.Status.HELD


@lru_cache(maxsize=4)
def beyond_their_rhythm(today: date, version: int, moved_at: datetime | None) -> tuple[int, ...]:
    """The keys of the published forums whose last session lies longer ago than is usual between two of them: as of a
    state of the data, as it changes with nothing else."""
    sessions = Meeting.objects.published().filter(working_group=None, session_number__isnull=False)
    sessions = sessions.filter(status=Meeting.Status.HELD, forum__state="published").order_by()
    by_forum = defaultdict(list)
    for forum, *row in sessions.values_list("forum", "session_number", "held_earliest", "held_latest"):
        by_forum[forum].append(DatedSession(*row))
    rhythms = ((forum, rhythm_of(some, today)) for forum, some in by_forum.items())
    return tuple(forum for forum, rhythm in rhythms if rhythm is not None and rhythm.beyond)


@admin.register(Forum)
class PacedForumAdmin(MeetingForumAdmin):
    list_filter = [ForumToDoFilter, *MeetingForumAdmin.list_filter[1:]]
