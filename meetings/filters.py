"""What the query parameters of the meetings floor mean."""

import django_filters
from django.utils.translation import gettext_lazy as _

from agreements.filters import (
    any_forum,
    any_organisation,
    any_person,
    any_source,
    any_theme,
    any_working_group,
    involves_all,
    named_countries,
)
from agreements.models import Agreement
from tracker.registers.filters import AnyOf, CodesField, NotAfter, NotBefore, OneOf, RegisterFilterSet

from .models import Assessment, Commitment, Implementation, Meeting, Progress, Report, Schedule, YesNo


class UndertakenBy(django_filters.ModelMultipleChoiceFilter):
    """Commitments that one of the countries, or an organisation of it, undertook."""

    field_class = CodesField

    def filter(self, records, countries):
        return records.undertaken_by(countries) if countries else records


def published_meetings(request):
    return Meeting.objects.published()


def published_agreements(request):
    return Agreement.objects.published()


class MeetingFilterSet(RegisterFilterSet):
    country = involves_all()
    theme = any_theme()
    forum = any_forum("forum")
    working_group = any_working_group("working_group")
    organisation = any_organisation("delegations__organisation")
    delegate = any_person("delegations__delegates__person", _("Delegate"))
    source = any_source()
    organiser = any_organisation("organisers", label=_("Organised by"))
    status = OneOf(choices=Meeting.Status.choices, label=_("Status"))
    report = OneOf(choices=Report.choices, label=_("Report of the meeting"))
    kind = OneOf(choices=Meeting.Kind.choices, label=_("Kind"))
    mode = OneOf(choices=Meeting.Mode.choices, label=_("Mode"))
    held_after = NotBefore(field_name="held", label=_("Held on or after"))
    held_before = NotAfter(field_name="held", label=_("Held on or before"))


class CommitmentFilterSet(RegisterFilterSet):
    country = involves_all()
    by = UndertakenBy(queryset=named_countries, to_field_name="code", label=_("Undertaken by"))
    theme = any_theme()
    forum = any_forum("forum")
    working_group = any_working_group("working_group")
    meeting = AnyOf(paths=["meeting"], queryset=published_meetings, to_field_name="reference", label=_("Meeting"))
    agreement = AnyOf(
        paths=["agreement"], queryset=published_agreements, to_field_name="reference", label=_("Agreement")
    )
    organisation = any_organisation("parties__organisation")
    spoken_by = any_person("spoken_by", _("Spoken by"))
    source = any_source()
    kind = OneOf(choices=Commitment.Kind.choices, label=_("Kind"))
    strength = OneOf(choices=Commitment.Strength.choices, label=_("Strength"))
    progress = OneOf(choices=Progress.choices, label=_("Progress"))
    schedule = OneOf(choices=Schedule.choices, label=_("Schedule"), former={"on_schedule": Schedule.NOT_YET_DUE.value})
    standing = OneOf(choices=Commitment.Standing.choices, label=_("Standing"))
    implementation = OneOf(choices=Implementation.choices, label=_("What became of it"))
    assessment = OneOf(choices=Assessment.choices, label=_("Progress rests on"))
    completed = OneOf(choices=YesNo.choices, label=_("Completed"))
    late = OneOf(choices=YesNo.choices, label=_("Completed late"))
    repeated = OneOf(choices=YesNo.choices, label=_("Promised again"))
    made_after = NotBefore(field_name="made", title=_("Made"), label=_("Made on or after"))
    made_before = NotAfter(field_name="made", title=_("Made"), label=_("Made on or before"))
    completed_after = NotBefore(field_name="completed_on", label=_("Completed on or after"))
    completed_before = NotAfter(field_name="completed_on", label=_("Completed on or before"))
    heard_after = NotBefore(field_name="heard", title=_("Last word"), label=_("Last word on or after"))
    heard_before = NotAfter(field_name="heard", title=_("Last word"), label=_("Last word on or before"))
    due_after = NotBefore(field_name="due", title=_("Due"), label=_("Due on or after"))
    due_before = NotAfter(field_name="due", title=_("Due"), label=_("Due on or before"))
