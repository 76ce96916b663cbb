"""The one form for a meeting and everything it produced, in the order in which a communiqué tells it."""

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.admin.bulk import ThemesInBulk
from meetings.models import AgendaItem, Delegation, Meeting, MeetingCitation, ScheduleChange
from tracker.records.admin import (
    EDITORS_NOTE,
    CitationInline,
    ListView,
    LooksAgain,
    NamedOnlyFilter,
    PublishableAdmin,
    PublishableForm,
    RowInline,
    StackedRowInline,
    edtf_column,
    state_column,
)

from .agreement_row import MeetingAgreementInline
from .called import are_called
from .columns import meeting_title
from .commitment_row import CommitmentInline
from .delegation import DelegationInline
from .filters import MeetingToDoFilter
from .handed_down import HandedDownFormSet, fill_in, hand_down
from .next_session import StartsFromLastSession
from .outcome import MeetingFigureInline, OutcomeInline
from .plausible import doubt_meeting
from .statement import MeetingStatementInline


class MeetingForm(PublishableForm):
    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        doubt_meeting(self)
        return cleaned


class MeetingCitationInline(CitationInline):
    model = MeetingCitation


class ScheduleChangeInline(StackedRowInline):
    model = ScheduleChange
    formset = HandedDownFormSet
    show_change_link = True
    line, line_title = ["kind", "reason", ("planned_for", "planned_for_words")], "reason"
    fields = [("kind", "planned_for", "planned_for_words", "reported_on"), ("reason", "country", "source")]
    widths = {"reason": 6, "country": 3, "source": 3}
    terms = {"planned_for": _("The date that was announced, however it turned out.")}


class AgendaInline(RowInline):
    model = AgendaItem
    fields = ["number", "title", "note"]
    widths = {"number": 1, "title": 6, "note": 5}
    order_field, list_field = "number", "title"


@admin.register(Meeting)
class MeetingAdmin(StartsFromLastSession, LooksAgain, PublishableAdmin):
    form = MeetingForm
    list_display = [meeting_title, edtf_column("held", _("date")), "involved", "status_today", state_column]
    change_form_template = "admin/meetings/meeting/change_form.html"
    list_filter = [
        MeetingToDoFilter,
        "state",
        "status",
        "kind",
        ("forum", NamedOnlyFilter),
        ("working_group", NamedOnlyFilter),
        ("countries", NamedOnlyFilter),
        ("themes", NamedOnlyFilter),
    ]
    list_views = (
        ListView(_("All")),
        ListView(_("Held, outcomes missing"), "todo=held_without_results"),
        ListView(_("Past, no report"), "todo=past_but_not_held"),
        *PublishableAdmin.list_views[1:],
    )
    list_prefetch_related = ["countries"]
    bulk_changes = [ThemesInBulk]
    list_select_related = ["forum", "working_group"]
    search_fields = [
        "title",
        "reference",
        "place",
        "forum__name",
        "forum__abbreviation",
        "forum__names__name",
        "working_group__name",
        "=session_number",
    ]
    search_related = ["forum", "working_group", "countries", "organisers"]
    ordering = [F("held_earliest").desc(nulls_last=True), "-pk"]
    readonly_fields = ["reference", "involved"]
    next_fields = ["forum", "working_group"]
    widths = {"session_number": 2, "session_suffix": 2, "kind": 4, "status": 4}
    widths |= {"held": 3, "held_words": 3, "held_basis": 3, "held_reason": 3, "place": 4, "host": 4, "mode": 4}
    widths |= {"title": 8, "preparatory_for": 4, "organisers": 8, "occasion": 4, "participants_words": 4}
    inlines = [
        MeetingCitationInline,
        DelegationInline,
        OutcomeInline,
        MeetingAgreementInline,
        CommitmentInline,
        MeetingFigureInline,
        ScheduleChangeInline,
        AgendaInline,
        MeetingStatementInline,
    ]
    fieldsets = [
        (
            _("Body that met"),
            {
                "fields": [
                    ("forum", "working_group"),
                    ("session_number", "session_suffix", "kind", "status"),
                    ("title", "preparatory_for"),
                ]
            },
        ),
        (
            _("When and where"),
            {
                "fields": [
                    ("held", "held_words", "held_basis", "held_reason"),
                    ("place", "host", "mode"),
                    ("organisers", "occasion"),
                    "place_note",
                ]
            },
        ),
        (
            _("Subject and attendance"),
            {
                "fields": [
                    "summary",
                    "themes",
                    (
                        "participants_comparator",
                        "participants",
                        "participants_words",
                        "participants_expected_comparator",
                        "participants_expected",
                    ),
                ]
            },
        ),
        (
            EDITORS_NOTE[0],
            {
                **EDITORS_NOTE[1],
                "fields": [*EDITORS_NOTE[1]["fields"], ("reference", "involved", "last_looked_on")],
            },
        ),
    ]
    terms = {
        "kind": _(
            "Special: outside the regular series. Preparatory: name the meeting it prepares. Ad hoc: of no forum."
        ),
        "status": _("Tentative: a date was named. Confirmed: by all sides. Held: a source reports it."),
        "held_basis": _("Inferred or from another source: say why beside it."),
        "host": _("Who invites; not always where it met."),
        "mode": _("Leave empty if no source says."),
        "preparatory_for": _("Only for a preparatory meeting."),
    }

    class Media:
        js = ["admin_tracker/completion.js"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_report(timezone.localdate())

    def save_formset(self, request, form, formset, change):
        fill_in(form.instance, formset)
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        """The sources and the delegations are saved first, wherever the form shows them: other rows take after them."""
        formsets = sorted(formsets, key=lambda formset: formset.model not in (MeetingCitation, Delegation))
        super().save_related(request, form, formsets, change)

    def rows_saved(self, form, formsets):
        hand_down(form.instance, formsets)

    def goes_without_saying(self, term):
        return are_called(term)

    @admin.display(description=_("status"), ordering="status")
    def status_today(self, meeting):
        return meeting.status_in_words

    @admin.display(description=_("countries involved"))
    def involved(self, meeting):
        return " ".join(sorted(country.code for country in meeting.countries.all())) if meeting.pk else "–"
