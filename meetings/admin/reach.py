"""Who among those in charge cannot be written to, and why: as the planner sees it."""

from django.contrib import admin
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from meetings.followups.nobody import reachable
from meetings.followups.people import Directory
from meetings.followups.working_days import Clock


class UnreachableFilter(admin.SimpleListFilter):
    title = _("cannot be reached")
    parameter_name = "unreachable"

    def lookups(self, request, model_admin):
        return [("yes", _("yes"))]

    def queryset(self, request, queryset):
        return queryset.exclude(person__in=reachable()) if self.value() == "yes" else queryset


def obstacle_column():
    """Return a list column, good for one request, with the reason why nobody can write to the person of a row."""
    directory = SimpleLazyObject(_directory)

    @admin.display(description=_("cannot be reached"), empty_value="–")
    def obstacle(appointment):
        return directory.obstacle(appointment.person)

    return obstacle


def _directory():
    return Directory([], Clock(timezone.now()))
