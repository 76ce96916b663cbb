"""Commitments on a page of their own: everything that the row of the meeting has no room for."""

from django.contrib import admin
from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agreements.admin.bulk import ThemesInBulk
from meetings.models import (
    Commitment,
    CommitmentCitation,
    CommitmentLineage,
    CommitmentParty,
    DueChange,
    FocalPoint,
    Schedule,
)
from tracker.records.admin import (
    ARROW,
    EDITORS_NOTE,
    CitationInline,
    ListView,
    LooksAgain,
    NamedOnlyFilter,
    PublishableAdmin,
    RowInline,
    StackedRowInline,
    state_column,
)

from .bulk import DueInBulk, FocalPointInBulk
from .called import are_called
from .columns import commitment_due, commitment_focal_points, commitment_parties, commitment_title
from .counted import CountedFromField, countable_events
from .filters import CommitmentToDoFilter, ScheduleFilter, StandingFilter, nobody_column
from .outcome import CommitmentFigureInline
from .recurrence import ShowsNextDates
from .statement import CommitmentStatementInline


class CommitmentCitationInline(CitationInline):
    model = CommitmentCitation


class CommitmentPartyInline(RowInline):
    model = CommitmentParty
    fields = ["side", "country", "organisation", "words"]
    extra_when_new = 2
    terms = {"country": _("A country, an organisation or words: one of them.")}


class FocalPointInline(StackedRowInline):
    model = FocalPoint
    line, line_title = [("person", "side"), ("deputy", "supervisor", "starts", "ends")], "person"
    fields = [("person", "side"), ("deputy", "supervisor"), ("starts", "ends")]
    warning = _(
        "Whoever is named here receives mail about this commitment: once it is published and its due "
        "date comes near, and again until it is answered. Saving alone sends nothing."
    )


class DueChangeInline(StackedRowInline):
    model = DueChange
    line, line_title = [("due_before", ARROW, "due_after"), ("agreed_on", "reason")], "due_after"
    fields = [("due_before", "due_after", "agreed_on"), ("reason", "source")]
    widths = {"reason": 8}
    terms = {"due_after": _("Also enter it above as the due date that counts.")}


class LineageInline(RowInline):
    model = CommitmentLineage
    fk_name = "commitment"
    fields = ["kind", "earlier"]


@admin.register(Commitment)
class CommitmentAdmin(ShowsNextDates, LooksAgain, PublishableAdmin):
    list_display = [
        commitment_title,
        commitment_parties,
        "strength",
        commitment_due,
        "progress",
        commitment_focal_points,
        state_column,
    ]
    list_filter = [
        CommitmentToDoFilter,
        "state",
        StandingFilter,
        ScheduleFilter,
        "progress",
        "kind",
        ("forum", NamedOnlyFilter),
        ("countries", NamedOnlyFilter),
        ("themes", NamedOnlyFilter),
    ]
    list_views = (
        ListView(_("All")),
        ListView(_("Overdue"), "schedule=overdue"),
        ListView(_("Due soon"), "schedule=due_soon"),
        ListView(_("Nobody to ask"), f"todo={CommitmentToDoFilter.NOBODY}"),
        *PublishableAdmin.list_views[1:],
    )
    list_select_related = ["meeting__forum", "meeting__working_group", "agreement"]
    list_prefetch_related = [
        Prefetch("parties", CommitmentParty.objects.select_related("country", "organisation")),
        Prefetch("focal_points", FocalPoint.objects.select_related("person")),
    ]
    bulk_changes = [DueInBulk, FocalPointInBulk, ThemesInBulk]
    search_fields = ["title", "text", "reference", "meeting__reference", "agreement__reference", "group"]
    search_related = ["forum", "working_group", "meeting", "agreement"]
    ordering = ["-pk"]
    readonly_fields = ["reference", "forum", "involved", "progress", "schedule_today", "progress_updates", "next_dates"]
    next_fields = ["meeting", "agreement", "strength", "working_group", "group"]
    inlines = [
        CommitmentCitationInline,
        CommitmentPartyInline,
        FocalPointInline,
        DueChangeInline,
        CommitmentFigureInline,
        LineageInline,
        CommitmentStatementInline,
    ]
    fieldsets = [
        (
            _("What was promised"),
            {"fields": ["title", "text", ("kind", "strength", "scope"), "themes", ("meeting", "agreement")]},
        ),
        (
            _("By when"),
            {
                "fields": [
                    ("due", "due_rule", "due_basis"),
                    ("due_words", "due_reason"),
                    ("due_period", "due_event", "due_meeting"),
                    "condition",
                    ("recurrence", "next_dates"),
                ]
            },
        ),
        (
            _("In charge, wording, group"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("working_group", "spoken_by"),
                    ("group", "position"),
                    ("wording", "wording_language"),
                    "caution",
                ],
            },
        ),
        (
            _("What became of it"),
            {
                "fields": [
                    ("schedule_today", "progress", "progress_updates"),
                    ("closure", "closed_on", "last_looked_on"),
                ]
            },
        ),
        (
            EDITORS_NOTE[0],
            {**EDITORS_NOTE[1], "fields": [*EDITORS_NOTE[1]["fields"], ("reference", "forum", "involved")]},
        ),
    ]
    terms = {
        "strength": _(
            "Agreed: both sides are reported to agree. Committed: one side alone promises. Announced, proposed, "
            "offered, invited: by one side. Expected: a side counts on it. To explore, discussed: no result claimed. "
            "Intention: a side hopes or wishes."
        ),
        "scope": _("Domestic: what a country promises to do at home."),
        "due_rule": _("No deadline stays so unless a source gives one. Without a date nothing is ever overdue."),
        "due_event": _(
            "Events of its agreement, and of the agreements of its meeting. A target counts once the same has happened."
        ),
        "due_meeting": _("Counts once it was held."),
        "closure": _("Empty while it is open. Completed: a source says so."),
    }

    def get_list_display(self, request):
        """Who looks for those with nobody to ask also reads why."""
        columns = super().get_list_display(request)
        is_asked = request.GET.get(CommitmentToDoFilter.parameter_name) == CommitmentToDoFilter.NOBODY
        return [*columns[:1], nobody_column(request), *columns[1:]] if is_asked else columns

    def changelist_view(self, request, extra_context=None):
        """What a column tells of all commitments of a page is asked once."""
        response = super().changelist_view(request, extra_context)
        if getattr(response, "context_data", None) and "cl" in response.context_data:
            request.listed = list(response.context_data["cl"].result_list)
        return response

    def get_queryset(self, request):
        today = timezone.localdate()
        return super().get_queryset(request).with_schedule(today)

    def goes_without_saying(self, term):
        return are_called(term, "meeting__")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Few events can be meant, so a short list serves better than a search."""
        if db_field.name == "due_event":
            kwargs |= {"form_class": CountedFromField, "queryset": countable_events(request)}
            return db_field.formfield(**kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        return {"strength": Commitment.Strength.AGREED} | super().get_changeform_initial_data(request)

    def next_initial(self, obj):
        citation = obj.citations.first()
        return super().next_initial(obj) | ({"source": str(citation.source_id)} if citation else {})

    @admin.display(description=_("countries involved"))
    def involved(self, commitment):
        return " ".join(sorted(country.code for country in commitment.countries.all())) if commitment.pk else "–"

    @admin.display(description=_("schedule today"), ordering=F("due_latest").asc(nulls_last=True))
    def schedule_today(self, commitment):
        return Schedule(commitment.schedule).label if commitment.pk else "–"

    @admin.display(description=_("progress updates"))
    def progress_updates(self, commitment):
        if not commitment.pk:
            return "–"
        address = reverse("admin:meetings_progressupdate_changelist")
        return format_html(
            '<a href="{}?commitment__id__exact={}&amp;work=all">{}</a>, <a href="{}?commitment={}">{}</a>',
            address,
            commitment.pk,
            _("see all"),
            reverse("admin:meetings_progressupdate_add"),
            commitment.pk,
            _("add one"),
        )
