"""Agreements as rows of the meeting: chosen, or made there with what the meeting says already."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementEvent, AgreementParty
from meetings.models import Delegation, MeetingAgreement, MeetingFigure, Outcome
from tracker.records.admin import RecordForm, StackedRowInline
from tracker.records.admin.dates import PlaceInput
from tracker.records.form_fields import PlaceFormField

from .handed_down import HandedDownFormSet
from .outcome import DONE, done
from .plausible import doubt_agreement, doubt_figure

Role = MeetingAgreement.Role
# What the meeting did, as an event of an agreement that is made with it. What was announced has not happened.
EVENTS = {
    Role.SIGNED: AgreementEvent.Kind.SIGNED,
    Role.EXCHANGED: AgreementEvent.Kind.EXCHANGED,
    Role.ADOPTED: AgreementEvent.Kind.ADOPTED,
}
# A figure that was given for it at the meeting.
OF_A_FIGURE = ("what", "amount", "unit")
OF_A_NEW_ONE = ("title", "about", "type", "count", "parties_words", "place", "as_outcome", *OF_A_FIGURE)


class AgreementRowForm(RecordForm):
    """Also makes the agreement where none is chosen: with the forum, sides, day and themes of the meeting."""

    title = forms.CharField(
        label=_("New: its title"),
        required=False,
        max_length=Agreement._meta.get_field("title").max_length,
        help_text=_("As on the paper; else say beside it what it is."),
        widget=forms.TextInput(attrs={"size": 50}),
    )
    about = forms.CharField(
        label=_("New: what it is, in our words"), required=False, widget=forms.TextInput(attrs={"size": 50})
    )
    type = forms.ChoiceField(
        label=capfirst(_("type")), choices=Agreement.Type, initial=Agreement.Type.UNSPECIFIED.value, required=False
    )
    count = forms.IntegerField(label=capfirst(_("number of documents")), min_value=1, initial=1, required=False)
    parties_words = forms.CharField(
        label=_("Parties, in words"),
        required=False,
        max_length=AgreementParty._meta.get_field("words").max_length,
        help_text=_("Empty: the parties at the meeting, unless enterprises concluded it."),
    )
    place = PlaceFormField(label=_("Place in the source"), required=False, max_length=100, widget=PlaceInput)
    as_outcome = forms.BooleanField(label=_("Also list it among the outcomes"), required=False, initial=True)
    what = MeetingFigure._meta.get_field("what").formfield(
        label=_("Figure given for it: what it counts"),
        help_text=_("Its value, as it was given at the meeting. The row of the figure can say more of it."),
        required=False,
        widget=forms.TextInput(attrs={"size": 50}),
    )
    amount = MeetingFigure._meta.get_field("amount").formfield()
    unit = MeetingFigure._meta.get_field("unit").formfield(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreement"].required = False
        if self.instance.pk:
            for name in OF_A_NEW_ONE:
                self.fields[name].widget, self.fields[name].disabled = forms.HiddenInput(), True

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        is_new = bool(cleaned.get("title") or cleaned.get("about"))
        if cleaned.get("agreement") and is_new:
            self.add_error("agreement", _("Choose one that exists, or describe a new one: not both."))
        elif not cleaned.get("agreement") and not is_new and "agreement" not in self.errors:
            self.add_error("agreement", _("Choose an agreement, or give the title of a new one, or what it is."))
        elif is_new:
            self._check(self._new_agreement(), "reference")
        if (figure := self._new_figure()) and self.errors.keys().isdisjoint(OF_A_FIGURE):
            self._check(figure, "meeting")
        doubt_agreement(self)
        doubt_figure(self)
        return cleaned

    def _check(self, made, *given_later):
        try:
            made.full_clean(exclude=given_later)
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                self.add_error({"description": "about"}.get(name, name if name in self.fields else None), texts)

    def save(self, commit=True):
        if commit and self.instance.agreement_id is None:
            self._make_agreement(self.instance.meeting)
        if commit and (figure := self._new_figure()):
            self._give(figure, self.instance.meeting, self.instance.agreement)
        return super().save(commit)

    def _new_agreement(self):
        cleaned = self.cleaned_data
        is_of_enterprises = cleaned.get("type") == Agreement.Type.ENTERPRISE
        return Agreement(
            title=cleaned.get("title", ""),
            description=cleaned.get("about", ""),
            type=cleaned.get("type") or Agreement.Type.UNSPECIFIED,
            level=Agreement.Level.ENTERPRISE if is_of_enterprises else Agreement.Level.UNSTATED,
            count=cleaned.get("count") or 1,
        )

    def _new_figure(self):
        """None where none is given."""
        given = {name: self.cleaned_data.get(name) for name in OF_A_FIGURE}
        is_given = any(value not in (None, "") for value in given.values())
        return MeetingFigure(**given) if is_given else None

    def _make_agreement(self, meeting):
        agreement = self._new_agreement()
        agreement.forum = meeting.forum
        agreement.save()
        agreement.themes.set(meeting.themes.all())
        self._make_parties(agreement, meeting)
        self._make_event(agreement, meeting)
        self._make_outcome(agreement, meeting)
        self.instance.agreement = agreement

    def _make_parties(self, agreement, meeting):
        if words := self.cleaned_data["parties_words"]:
            AgreementParty.objects.create(agreement=agreement, words=words)
        elif agreement.type != Agreement.Type.ENTERPRISE:
            came = Delegation.Attendance.CAME
            for side in meeting.delegations.filter(role=Delegation.Role.PARTY, attendance=came):
                AgreementParty.objects.create(agreement=agreement, country=side.country, organisation=side.organisation)

    def _make_event(self, agreement, meeting):
        kind = EVENTS.get(self.cleaned_data["role"])
        if kind is not None and meeting.status == meeting.Status.HELD:
            dated = {"on": meeting.held, "on_words": meeting.held_words, "basis": meeting.held_basis}
            AgreementEvent.objects.create(
                agreement=agreement, kind=kind, **dated, reason=meeting.held_reason, **self._source_of(meeting)
            )

    def _make_outcome(self, agreement, meeting):
        role = self.cleaned_data["role"]
        if role in DONE and self.cleaned_data["as_outcome"]:
            kind, text = done(role, agreement)
            last = meeting.outcomes.order_by("-position").first()
            self._give(Outcome(kind=kind, text=text, position=last.position if last else 0), meeting, agreement)

    def _give(self, row, meeting, agreement):
        """Save an outcome or a figure of the meeting that concerns the agreement."""
        row.meeting, row.agreement = meeting, agreement
        for name, value in self._source_of(meeting).items():
            setattr(row, name, value)
        row.save()

    def _source_of(self, meeting):
        first = meeting.citations.first()
        return {"source": first and first.source, "locator": self.cleaned_data["place"] if first else ""}


class MeetingAgreementInline(StackedRowInline):
    model = MeetingAgreement
    form = AgreementRowForm
    formset = HandedDownFormSet
    fields = [
        ("agreement", "role"),
        ("title", "about"),
        ("type", "count", "parties_words"),
        ("place", "as_outcome"),
        OF_A_FIGURE,
    ]
    line, line_title = [("agreement", "title", "about"), "role"], "agreement"
    widths = {"agreement": 8, "role": 4, "title": 6, "about": 6, "type": 4, "count": 3, "parties_words": 5}
    widths |= {"what": 6, "amount": 3, "unit": 3}
    terms = {
        "agreement": _("One that exists. Without a source it takes those of the meeting."),
        "role": _("Announcing a signature is not signing."),
    }
    intro = _(
        "An agreement that is entered here takes its forum, its day, its parties, its themes and its sources from the "
        "meeting; its own page can say otherwise."
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("agreement")
