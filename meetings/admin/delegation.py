"""Delegations: a row of the meeting with its head in it, and a page for everybody else who came."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings.models import Delegate, Delegation
from tracker.records.admin import RecordForm, RowAdmin, RowInline, StackedRowInline, made_here

from .lookups import one_of

LEADING = (Delegate.Role.HEAD, Delegate.Role.CHAIR, Delegate.Role.CO_CHAIR)


class DelegationRowForm(RecordForm):
    """Also writes the ``Delegate`` who led the delegation, the one fact on delegates that most sources give."""

    head = one_of(Delegate, "person", _("Led by"))
    head_office = forms.CharField(
        label=_("Office at that time"),
        required=False,
        max_length=Delegate._meta.get_field("office").max_length,
        help_text=_("As the source puts it, not as it became later. Enough where no name is given."),
    )
    head_role = forms.ChoiceField(
        label=_("As"), choices=Delegate.Role, initial=Delegate.Role.HEAD.value, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if as_at := self.initial.get("as_at"):
            for name in ("head", "head_office"):
                self.fields[name].help_text = _("↑ proposed: as at %(session)s. Check it.") % {"session": as_at}
        self.leader = _leader(self.instance) if self.instance.pk else None
        if self.leader:
            self.initial.update(head=self.leader.person_id, head_office=self.leader.office, head_role=self.leader.role)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("attendance") == Delegation.Attendance.ABSENT and any(map(cleaned.get, ("head", "head_office"))):
            self.add_error("attendance", _("A delegation that did not come has nobody who led it."))
        return cleaned

    def save(self, commit=True):
        delegation = super().save(commit=commit)
        if commit and {"head", "head_office", "head_role"} & set(self.changed_data):
            self._save_leader(delegation)
        return delegation

    def _save_leader(self, delegation):
        person, office = self.cleaned_data["head"], self.cleaned_data["head_office"]
        if person in made_here() and person.country is None and delegation.country:
            person.country = delegation.country
            person.save()
        if person is None and not office:
            if self.leader:
                self.leader.delete()
            return
        known = delegation.delegates.filter(person=person).first() if person else None
        delegate = known or self.leader or Delegate(delegation=delegation)
        delegate.person = person
        delegate.office = office
        delegate.role = self.cleaned_data["head_role"] or Delegate.Role.HEAD
        delegate.save()


def _leader(delegation):
    delegates = list(delegation.delegates.all())
    return next((each for each in delegates if each.role in LEADING), delegates[0] if delegates else None)


class DelegationInline(StackedRowInline):
    model = Delegation
    form = DelegationRowForm
    fields = [
        ("country", "organisation", "role", "attendance", "invited_by"),
        ("head", "head_office", "head_role"),
    ]
    extra_when_new = 2
    show_change_link = True
    line = [("country", "organisation", "role", "attendance"), ("head", "head_office", "head_role")]
    line_title = "country"
    widths = {"country": 3, "organisation": 3, "role": 2, "attendance": 2, "invited_by": 2}
    widths |= {"head": 4, "head_office": 5, "head_role": 3}
    terms = {
        "country": _("A country or an organisation, one of them."),
        "role": _("A party takes part in what is agreed; observers and guests do not."),
        "attendance": _("Not stated: a member or a guest of whom no source says that it came."),
    }

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("country", "organisation").prefetch_related("delegates")


class DelegateInline(RowInline):
    model = Delegate
    show_change_link = True
    fields = ["person", "role", "office", "is_remote", "note"]
    widths = {"person": 4, "role": 2, "office": 3, "is_remote": 1, "note": 2}
    extra_when_new = 1


@admin.register(Delegation)
class DelegationAdmin(RowAdmin):
    """Reached from the meeting; absent from the index."""

    list_display = ["__str__", "meeting", "role", "attendance", "size"]
    list_select_related = ["country", "organisation", "meeting__forum", "meeting__working_group"]
    search_fields = ["country__name", "organisation__name", "meeting__reference", "meeting__title"]
    fields = [
        "meeting",
        ("country", "organisation"),
        ("role", "attendance", "invited_by"),
        ("size_comparator", "size"),
        "note",
    ]
    inlines = [DelegateInline]

    def get_model_perms(self, request):
        return {}
