"""What the query parameters of the agreements floor mean."""

from django.utils.translation import gettext_lazy as _

from tracker.registers.filters import AnyOf, InvolvesAll, NotAfter, NotBefore, OneOf, RegisterFilterSet

from .models import Agreement, Country, Forum, Organisation, Theme, WorkingGroup


def published_forums(request):
    return Forum.objects.published()


def published_groups(request):
    return WorkingGroup.objects.published()


def published_organisations(request):
    return Organisation.objects.published()


def named_countries(request):
    return Country.objects.named_in_public()


def named_themes(request):
    return Theme.objects.named_in_public()


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


def any_working_group(*paths):
    return AnyOf(paths=paths, queryset=published_groups, to_field_name="slug", label=_("Working group"))


def any_organisation(*paths):
    return AnyOf(paths=paths, queryset=published_organisations, to_field_name="slug", label=_("Organisation"))


class AgreementFilterSet(RegisterFilterSet):
    country = involves_all()
    theme = any_theme()
    forum = any_forum("forum")
    organisation = any_organisation("parties__organisation")
    type = OneOf(choices=Agreement.Type.choices, label=_("Type"))
    status = OneOf(choices=Agreement.Status.choices, label=_("Status"))
    binding = OneOf(choices=Agreement.Binding.choices, label=_("Binding intent"))
    level = OneOf(choices=Agreement.Level.choices, label=_("Level"))
    signed_after = NotBefore(field_name="signed", label=_("Signed on or after"))
    signed_before = NotAfter(field_name="signed", label=_("Signed on or before"))


class ForumFilterSet(RegisterFilterSet):
    country = involves_all()
    kind = OneOf(choices=Forum.Kind.choices, label=_("Kind"))
    organisation = any_organisation("organisation", "lead_organisations", "memberships__organisation")


class WorkingGroupFilterSet(RegisterFilterSet):
    country = involves_all("forum__countries")
    theme = any_theme()
    forum = any_forum("forum")
    stage = OneOf(choices=WorkingGroup.Stage.choices, label=_("Stage"))


class OrganisationFilterSet(RegisterFilterSet):
    country = involves_all("country")
    kind = OneOf(choices=Organisation.Kind.choices, label=_("Kind"))


class CountryFilterSet(RegisterFilterSet):
    forum = any_forum("forums")


class ThemeFilterSet(RegisterFilterSet):
    kind = OneOf(choices=Theme.Kind.choices, label=_("Kind"))
