"""Agreements, with all that is known of them on one form."""

from django.contrib import admin
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.models import (
    Agreement,
    AgreementCitation,
    AgreementEvent,
    AgreementParty,
    AgreementRelation,
    AgreementTitle,
)
from tracker.records.admin import (
    EDITORS_NOTE,
    CitationInline,
    ListCell,
    LooksAgain,
    NamedOnlyFilter,
    PublishableAdmin,
    RowInline,
    StackedRowInline,
    ToDoFilter,
    edtf_column,
    listed,
    state_column,
)

from .bulk import ThemesInBulk
from .statement import AgreementStatementInline


class AgreementCitationInline(CitationInline):
    model = AgreementCitation


class AgreementPartyInline(StackedRowInline):
    model = AgreementParty
    line = [("country", "organisation", "words"), ("signatory", "office", "on_behalf_of", "joined", "left")]
    line_title = "country"
    fields = [("country", "organisation", "words"), ("signatory", "office"), ("on_behalf_of", "joined", "left")]
    extra_when_new = 2
    terms = {"country": _("A country, an organisation or words: one of them.")}


class AgreementEventInline(StackedRowInline):
    model = AgreementEvent
    show_change_link = True
    fk_name = "agreement"
    extra_when_new = 1
    line = ["on", ("kind", "is_planned", "country", "organisation", "person"), ("source", "locator")]
    line_title = "kind"
    fields = [
        ("kind", "on", "on_words", "basis"),
        ("is_planned", "announced_on", "previous_target"),
        ("source", "locator", "place"),
        ("country", "organisation", "person"),
        ("extends_by", "act"),
        ("reason", "note"),
    ]
    intro = _(
        "The status of the agreement follows from what happened. Agreement in principle: that there is to be one, the "
        "text is still to be negotiated. Negotiations concluded, agreement in substance, "
        "agreement on the text: agreed, nobody has signed. Initialled: the text is fixed by initials. Adopted: a "
        "declaration or a strategy that nobody signs. Signed: by the parties, wherever; it says nothing of force. "
        "Approved domestically and ratified: by one side, name it. Entered into force: binding from that day. Resumed "
        "and extended lead back to what it was before. A planned event is a target; when it moves, add the new one and "
        "name the old one under “moved from”."
    )
    terms = {
        "extends_by": _("Of an extension: for how long, counted from the former end. Then the new end is known."),
        "country": _("Who did it alone: a country, an organisation or a person. Empty where the parties did."),
    }

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """An earlier target is one of this agreement, so a short list serves better than a search."""
        if db_field.name == "previous_target":
            own = AgreementEvent.objects.filter(is_planned=True, agreement=request.form_of and request.form_of.pk)
            return db_field.formfield(queryset=own, required=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AgreementTitleInline(RowInline):
    model = AgreementTitle
    fields = ["language", "title", "is_authentic", "prevails"]


class AgreementRelationInline(RowInline):
    model = AgreementRelation
    fk_name = "agreement"
    fields = ["kind", "other"]
    terms = {"kind": _("May overlap with: both may stand for some of the same documents. Sums then give a range.")}


class StatusFilter(admin.SimpleListFilter):
    """Status as of today, which no column holds."""

    title = _("status today")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Agreement.Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() in Agreement.Status.values else queryset


@listed(
    _("agreement"),
    below=[
        ListCell(_("reference"), lambda agreement: agreement.reference),
        ListCell(_("type"), lambda agreement: agreement.get_type_display()),
    ],
    order_by="title",
)
def agreement_title(agreement):
    return agreement.headline


@admin.register(Agreement)
class AgreementAdmin(LooksAgain, PublishableAdmin):
    list_display = [
        agreement_title,
        "involved",
        edtf_column("signed_or_adopted", _("signed or adopted")),
        "status_today",
        state_column,
    ]
    list_filter = [
        ToDoFilter,
        "state",
        StatusFilter,
        "type",
        "binding",
        "level",
        ("forum", NamedOnlyFilter),
        ("countries", NamedOnlyFilter),
        ("themes", NamedOnlyFilter),
    ]
    list_prefetch_related = ["countries"]
    bulk_changes = [ThemesInBulk]
    search_fields = ["title", "description", "titles__title", "reference"]
    search_related = ["forum", "countries"]
    ordering = [F("signed_or_adopted_earliest").desc(nulls_last=True), "-pk"]
    readonly_fields = ["reference", "status_today", "signed_in_words", "involved"]
    next_fields = ["type", "forum", "level"]
    inlines = [
        AgreementCitationInline,
        AgreementPartyInline,
        AgreementEventInline,
        AgreementTitleInline,
        AgreementRelationInline,
        AgreementStatementInline,
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "description",
                    ("type", "binding", "level"),
                    ("count", "parent"),
                    "caution",
                    "forum",
                    "themes",
                ]
            },
        ),
        (
            _("Validity"),
            {
                "classes": ["collapse"],
                "fields": [("validity", "notice"), ("renews_automatically", "renewal"), "covers"],
            },
        ),
        (
            _("Derived information"),
            {"fields": [("reference", "status_today", "signed_in_words", "involved", "last_looked_on")]},
        ),
        EDITORS_NOTE,
    ]
    terms = {
        "binding": _("Only where a source says so or the type leaves no doubt; otherwise “unstated”."),
        "caution": _(
            "A doubt that readers should see, as “these may be the same documents as …”; name the other record below, "
            "as one that may overlap. It is shown on the page, marked in lists and exported."
        ),
        "level": _("The level on whose authority it was signed, not the level of those present."),
    }

    def get_queryset(self, request):
        today = timezone.localdate()
        return super().get_queryset(request).with_status(today)

    @admin.display(description=_("countries involved"))
    def involved(self, agreement):
        return " ".join(sorted(country.code for country in agreement.countries.all())) if agreement.pk else "–"

    @admin.display(description=_("status today"))
    def status_today(self, agreement):
        return Agreement.Status(agreement.status).label if agreement.pk else "–"

    @admin.display(description=pgettext_lazy("date", "signed"))
    def signed_in_words(self, agreement):
        return agreement.signed_in_words or "–"
