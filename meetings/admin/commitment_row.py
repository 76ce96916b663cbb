"""Commitments as rows of the meeting that made them: title, parties, strength, due date and source in one step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Commitment, CommitmentCitation, CommitmentParty
from tracker.records.admin import ARROW, RecordForm, StackedRowInline, may_change_at_once
from tracker.records.admin.dates import PlaceInput
from tracker.records.admin.proposing import is_proposed
from tracker.records.form_fields import PlaceFormField

from .handed_down import HandedDownFormSet
from .lookups import one_of, several_of
from .plausible import doubt_commitment

BY, TO = CommitmentParty.Side.BY, CommitmentParty.Side.TO
WORDS: dict[str, Any] = {"required": False, "max_length": 400, "widget": forms.TextInput(attrs={"size": 28})}


class CommitmentRowForm(RecordForm):
    """Also writes the parties and the citation. ``user`` is set for each request, and whether the form is a proposal:
    in one nothing is locked."""

    user, is_proposed = None, False
    mutual = forms.BooleanField(
        label=_("All sides, to each other"),
        required=False,
        initial=True,
        help_text=_("The parties named as present promise one another; names given below apply instead."),
    )
    by = several_of(CommitmentParty, "country", _("By"))
    to = several_of(CommitmentParty, "country", _("To"))
    by_words = forms.CharField(label=_("By, in words"), **WORDS)
    to_words = forms.CharField(
        label=_("To, in words"), help_text=_("Where no country is meant; several with “;” between."), **WORDS
    )
    source = one_of(CommitmentCitation, "source", _("Source"), _("Empty: the sources of the meeting."))
    locator = PlaceFormField(
        label=_("Place in the source"),
        required=False,
        max_length=CommitmentCitation._meta.get_field("locator").max_length,
        widget=PlaceInput,
    )

    class Meta:
        widgets = {"title": forms.TextInput(attrs={"size": 90})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.citation = None
        if not self.instance.pk:
            self.initial.setdefault("strength", Commitment.Strength.AGREED)
            return
        parties = list(self.instance.parties.all())
        for side, name in ((BY, "by"), (TO, "to")):
            own = [party for party in parties if party.side == side]
            self.initial[name] = [party.country_id for party in own if party.country_id]
            self.initial[f"{name}_words"] = "; ".join(party.words for party in own if party.words)
        # The parties are there to be seen; to ask again would only raise the question what happens to them.
        self.initial["mutual"] = False
        self.fields["mutual"].widget = forms.HiddenInput()
        self.citation = next((each for each in self.instance.citations.all() if not each.field), None)
        if self.citation:
            self.initial.update(source=self.citation.source_id, locator=self.citation.locator)
        if not self.is_proposed and not may_change_at_once(self.user, self.instance):
            for field in self.fields.values():
                field.disabled = True

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        named = any(cleaned.get(name) for name in ("by", "to", "by_words", "to_words"))
        cleaned["mutual"] = bool(cleaned.get("mutual")) and not named
        if not self.instance.pk and not cleaned["mutual"] and not (cleaned.get("by") or cleaned.get("by_words")):
            self.add_error("by", _("Say who promised: countries, words, or all sides."))
        # The row shows the date alone, so the rule follows it.
        if not cleaned.get("due") and self.instance.due_rule == Commitment.DueRule.DATE:
            self.instance.due_rule = Commitment.DueRule.NONE
        doubt_commitment(self)
        return cleaned

    def save(self, commit=True):
        commitment = super().save(commit=commit)
        if commit:
            self._save_parties(commitment)
            self._save_citation(commitment)
        return commitment

    def _save_parties(self, commitment):
        if self.cleaned_data["mutual"]:
            sides = commitment.meeting.delegations.filter(role="party", attendance="came")
            for party in sides:
                for side in (BY, TO):
                    names = {"country": party.country, "organisation": party.organisation}
                    CommitmentParty.objects.get_or_create(commitment=commitment, side=side, **names)
            return
        for side, name in ((BY, "by"), (TO, "to")):
            if {name, f"{name}_words"} & set(self.changed_data):
                self._save_side(commitment, side, self.cleaned_data[name], self.cleaned_data[f"{name}_words"])

    def _save_side(self, commitment, side, countries, words):
        """Make the countries and words of one side what the row says; its organisations stay as they are."""
        texts = {text.strip() for text in words.split(";") if text.strip()}
        present = [party for party in commitment.parties.filter(side=side) if not party.organisation_id]
        for party in present:
            if party.country not in countries and party.words not in texts:
                party.delete()
        known = {party.country or party.words for party in present}
        for country in countries:
            if country not in known:
                CommitmentParty.objects.create(commitment=commitment, side=side, country=country)
        for text in sorted(texts - known):
            CommitmentParty.objects.create(commitment=commitment, side=side, words=text)

    def _save_citation(self, commitment):
        source = self.cleaned_data["source"]
        if not {"source", "locator"} & set(self.changed_data):
            return
        if source is None:
            if self.citation:
                self.citation.delete()
            return
        citation = self.citation or CommitmentCitation(record=commitment)
        citation.source, citation.locator = source, self.cleaned_data["locator"]
        citation.save()


class CommitmentInline(StackedRowInline):
    model = Commitment
    form = CommitmentRowForm
    formset = HandedDownFormSet
    fk_name = "meeting"
    show_change_link = True
    extra_when_new = 1
    list_field = "title"
    line = ["title", ("mutual", "by", "by_words", ARROW, "to", "to_words"), "strength", "due", "locator"]
    line_title = "title"
    widths = {"themes": 5, "source": 4, "locator": 3}
    readonly_fields = ["state"]
    fields = [
        "title",
        ("kind", "strength", "due", "state"),
        "mutual",
        ("by", "by_words", "to", "to_words"),
        ("themes", "source", "locator"),
    ]
    intro = _(
        "One thing that named parties said they would do. Agreed: both sides are reported to agree. Agreed in "
        "principle: the details are open. Committed: one side alone promises. Announced: a side says that it happens. "
        "Proposed: one side puts it forward. Offered: one side would do it for the other. Expected: a side counts on "
        "it. Invited: one side asks the other. To explore, discussed: talked about, no result claimed. Intention: a "
        "side hopes or wishes. Due: only where the source says so. Wording, working group, focal points and the rest "
        "are on the page of each commitment (“Change”)."
    )
    terms = {"due": _("Empty where the source gives no date."), "themes": _("Empty: those of the meeting (↑).")}

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user, formset.form.is_proposed = request.user, is_proposed(request, obj)
        return formset

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("parties__country", "citations", "themes")
