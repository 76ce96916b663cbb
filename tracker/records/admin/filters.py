"""List filters that answer the questions of a working day."""

from django.conf import settings
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.records.models import DataVersion, Publishable, Revision

State = Publishable.State


def data_state(request) -> tuple:
    """What names the present state of the data; looked up once a request."""
    if not hasattr(request, "data_state"):
        request.data_state = DataVersion.state()
    return request.data_state


class WaitingFirstFilter(admin.SimpleListFilter):
    """What waits is shown to whoever chooses nothing; the rest is a click away. ``waiting`` is the look-up of it, and
    there is no “all” but one that a subclass names."""

    waiting = ""

    def value(self):
        return super().value() or self.waiting

    def choices(self, changelist):
        for lookup, title in self.lookup_choices:
            yield {
                "selected": self.value() == lookup,
                "query_string": changelist.get_query_string({self.parameter_name: lookup}),
                "display": title,
            }


class ToDoFilter(admin.SimpleListFilter):
    """Work that waits. A subclass adds questions of its own as ``lookups`` and methods of the same names."""

    title = _("to do")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [
            ("returned_to_me", _("returned to me")),
            ("my_drafts", _("my drafts")),
            ("in_review_not_mine", _("in review, not mine")),
            ("waits_for_others", _("mine, waiting for a reviewer")),
            ("commented", _("mine, with a comment to settle")),
            ("published_without_source", _("published without source")),
            ("without_good_source", _("published without a good source")),
            ("claims_undecided", _("claims undecided")),
            ("publication_due", _("to be published by now, and not done")),
            *([("unread", _("published, changed by one person, read by nobody else"))] if settings.FOUR_EYES else []),
        ]

    def queryset(self, request, queryset):
        known = dict(self.lookup_choices)
        if self.value() not in known:
            return queryset
        self.request = request
        return getattr(self, self.value())(queryset, request.user)

    def returned_to_me(self, queryset, user):
        return queryset.returned_to(user.pk)

    def my_drafts(self, queryset, user):
        return queryset.drafts_of(user.pk)

    def in_review_not_mine(self, queryset, user):
        """What somebody else, or nobody known, wrote."""
        return queryset.waiting_for(user.pk)

    def waits_for_others(self, queryset, user):
        return queryset.waiting_with_others(user.pk)

    def commented(self, queryset, user):
        return queryset.commented_for(user.pk)

    def publication_due(self, queryset, user):
        return queryset.to_be_published(timezone.now())

    def unread(self, queryset, user):
        """What somebody changed while it was published, and no second person has read since."""
        changed = Revision.objects.unread().filter(kind=queryset.model._meta.label_lower)
        return queryset.filter(state=State.PUBLISHED, pk__in=changed.values("record"))

    def published_without_source(self, queryset, user):
        return queryset.filter(state=State.PUBLISHED).without_citation()

    def without_good_source(self, queryset, user):
        """Published on the word of nobody, or of sources alone that do not count as good."""
        return queryset.filter(state=State.PUBLISHED).without_good_source()

    def claims_undecided(self, queryset, user):
        return queryset.exclude(state=State.WITHDRAWN).with_claims_undecided()
