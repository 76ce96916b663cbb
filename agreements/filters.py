"""What the query parameters of the agreements floor mean."""

from functools import cache

import django_filters
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Source
from tracker.registers.filters import AnyOf, DayField, InvolvesAll, NotAfter, NotBefore, OneOf, RegisterFilterSet

from .models import Agreement, AgreementEvent, Country, Forum, Organisation, Person, Theme, WorkingGroup


def published_forums(request):
    return Forum.objects.published()


def published_groups(request):
    return WorkingGroup.objects.published()


def published_organisations(request):
    return Organisation.objects.published()


def named_countries(request):
    return _named_in_public(Country).all()


def named_themes(request):
    return _named_in_public(Theme).all()


def named_people(request):
    return _named_in_public(Person).all()


def named_sources(request):
    return _named_in_public(Source).all()


@cache
def _named_in_public(kind):
    """Each list asks this for each of its fields, and to put the question together takes longer than to ask it."""
    return kind.objects.named_in_public()


def involves_all(path="countries"):
    return InvolvesAll(
        field_name=path, queryset=named_countries, to_field_name="code", label=_("Country"), distinct=False
    )


def any_theme(path="themes"):
    """A theme, or one that stands under it."""
    paths = [f"{path}__covered_by"]
    return AnyOf(paths=paths, queryset=named_themes, to_field_name="slug", label=_("Theme"))


def any_forum(*paths):
    return AnyOf(paths=paths, queryset=published_forums, to_field_name="slug", label=_("Forum"))


def any_source():
    """The record itself cites it; what is said in its rows may have other sources."""
    return AnyOf(paths=["citations__source"], queryset=named_sources, to_field_name="slug", label=_("Source"))


def any_working_group(*paths):
    return AnyOf(paths=paths, queryset=published_groups, to_field_name="slug", label=_("Working group"))


def any_person(path, label):
    return AnyOf(paths=[path], queryset=named_people, to_field_name="slug", label=label)


def any_organisation(*paths, label=""):
    label = label or _("Organisation")
    return AnyOf(paths=paths, queryset=published_organisations, to_field_name="slug", label=label)


class TargetWithin(django_filters.Filter):
    """Agreements with an open target whose date may lie between the days of ``target_after`` and ``target_before``: one
    and the same target, so each of the two asks for both."""

    field_class = DayField
    title = _("Planned dates")

    def filter(self, records, day):
        if not day:
            return records
        days = self.parent.form.cleaned_data
        targets = AgreementEvent.objects.filter(is_open=True)
        targets = NotBefore(field_name="on").filter(targets, days["target_after"])
        targets = NotAfter(field_name="on").filter(targets, days["target_before"])
        return records.filter(pk__in=targets.order_by().values("agreement"))


class AgreementFilterSet(RegisterFilterSet):
    country = involves_all()
    theme = any_theme()
    forum = any_forum("forum")
    organisation = any_organisation("parties__organisation")
    signatory = any_person("parties__signatory", _("Signatory"))
    source = any_source()
    type = OneOf(choices=Agreement.Type.choices, label=_("Type"))
    status = OneOf(choices=Agreement.Status.choices, label=_("Status"))
    binding = OneOf(choices=Agreement.Binding.choices, label=_("Binding intent"))
    level = OneOf(choices=Agreement.Level.choices, label=_("Level"))
    signed_after = NotBefore(field_name="signed_or_adopted", label=_("Signed or adopted on or after"))
    signed_before = NotAfter(field_name="signed_or_adopted", label=_("Signed or adopted on or before"))
    next_target = OneOf(field_name="target_kind", choices=AgreementEvent.Kind.choices, label=_("Next target"))
    target_after = TargetWithin(label=_("Planned for that day or later"))
    target_before = TargetWithin(label=_("Planned for that day or earlier"))


class ForumFilterSet(RegisterFilterSet):
    country = involves_all()
    kind = OneOf(choices=Forum.Kind.choices, label=_("Kind"))
    organisation = any_organisation("organisation", "lead_organisations", "memberships__organisation")
    source = any_source()


class WorkingGroupFilterSet(RegisterFilterSet):
    country = involves_all()
    theme = any_theme()
    forum = any_forum("forum")
    source = any_source()
    stage = OneOf(choices=WorkingGroup.Stage.choices, label=_("Stage"))


class OrganisationFilterSet(RegisterFilterSet):
    country = involves_all("country")
    source = any_source()
    kind = OneOf(choices=Organisation.Kind.choices, label=_("Kind"))


class CountryFilterSet(RegisterFilterSet):
    forum = any_forum("forums")


class ThemeFilterSet(RegisterFilterSet):
    kind = OneOf(choices=Theme.Kind.choices, label=_("Kind"))
