"""The registers of agreements, forums, working groups, organisations, countries and themes."""

from django.db.models import CharField, F, Prefetch, Value
from django.db.models.functions import Coalesce, Left, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.records.public import value_if_published
from tracker.registers.columns import choice, code, codes, date, day, of_one, page, period, sources, text, yes_or_no
from tracker.registers.facets import Facet
from tracker.registers.register import Column, Datatype, Head, Register, by_day, of_the_day
from tracker.registers.tables import tables_of
from tracker.registers.terms import Related

from . import filters, lines
from .calendar import CALENDAR
from .columns import (
    LABELS,
    NAME_OF_COUNTRY,
    NAME_OF_GROUP,
    NAMES_OF_PARTIES,
    PARTY_ROWS,
    TITLE_OF_AGREEMENT,
    country_codes,
    events,
    members,
    other_names,
    overlaps,
    parties_over_time,
    party_columns,
    statements,
    texts,
)
from .models import (
    Agreement,
    AgreementEvent,
    AgreementParty,
    AgreementStatement,
    Country,
    Forum,
    ForumStatement,
    Organisation,
    SessionWord,
    Theme,
    WorkingGroup,
    WorkingGroupStatement,
    name_column,
)

MOST_OF_A_DESCRIPTION = 80
PARTIES = Prefetch("parties", AgreementParty.objects.select_related("country", "organisation__country"))


def country_name(path):
    """The path to the name of a country in the active language, known only when the list is asked for."""
    return lambda: f"{path}__{name_column()}"


def group_name(path):
    """The path to the name of a group, or the beginning of its description where no source names it."""
    name = NullIf(F(f"{path}__name"), Value(""))
    return lambda: Coalesce(name, Left(f"{path}__description", MOST_OF_A_DESCRIPTION), output_field=CharField())


COUNTRY = Facet(
    name="country",
    title=_("Country"),
    value="countries__code",
    label=country_name("countries"),
    is_local=True,
    narrows=True,
    is_open=True,
)
THEME = Facet(name="theme", title=_("Theme"), value="themes__covered_by__slug", label="themes__covered_by__name")
FORUM = Facet(name="forum", title=_("Forum"), value="forum__slug", label="forum__name", is_open=True)


def choice_facet(name, title, choices, **options):
    return Facet(name=name, title=title, value=name, choices=tuple(choices), **options)


def published_agreements(today):
    return Agreement.objects.published().with_status(today)


AGREEMENTS: Register = Register(
    name="agreements",
    noun="agreement",
    title=_("Agreements"),
    lede=_("Treaties, memoranda, declarations and other papers, with their parties, their status and their sources."),
    counted=lambda number: ngettext("%(n)s agreement record", "%(n)s agreement records", number) % {"n": number},
    records=of_the_day(published_agreements),
    shown=lambda records: records.prefetch_related(PARTIES, "themes"),
    filterset=filters.AgreementFilterSet,
    facets=(
        COUNTRY,
        choice_facet("status", _("Status"), Agreement.Status.choices, is_open=True),
        choice_facet("type", _("Type"), Agreement.Type.choices, is_open=True),
        Facet(
            name="next_target", title=_("Next target"), value="target_kind", choices=tuple(AgreementEvent.Kind.choices)
        ),
        THEME,
        FORUM,
        Facet(
            name="organisation",
            title=_("Organisation"),
            value="parties__organisation__slug",
            label="parties__organisation__name",
        ),
        choice_facet("binding", _("Binding intent"), Agreement.Binding.choices),
        choice_facet("level", _("Level"), Agreement.Level.choices),
    ),
    heads=(
        Head(label=_("Agreement"), sort="title"),
        Head(label=_("Parties")),
        Head(label=_("Signed or adopted"), sort="signed"),
        Head(label=_("Status")),
        Head(label=_("Next target"), sort="target"),
    ),
    columns=(
        text("reference"),
        text("title"),
        Column(
            name="name",
            reads=TITLE_OF_AGREEMENT.reads,
            value=TITLE_OF_AGREEMENT,
            means=_("the title or, where it is not known, the first sentence of the description"),
        ),
        texts(),
        text("description"),
        *choice("type", Agreement.Type),
        *choice("status", Agreement.Status, means=_("status on the day of the export")),
        *choice("binding", Agreement.Binding),
        *choice("level", Agreement.Level),
        *party_columns("parties", "party", PARTY_ROWS, NAMES_OF_PARTIES),
        country_codes(PARTY_ROWS),
        *parties_over_time(PARTY_ROWS),
        *date("signed"),
        *date("signed_or_adopted"),
        events(),
        code("target_kind", AgreementEvent.Kind),
        *date("target"),
        *period("validity"),
        *period("notice"),
        yes_or_no("renews_automatically"),
        *period("renewal"),
        *date("covers"),
        Column(
            name="documents",
            reads=("count",),
            datatype=Datatype.WHOLE_NUMBER,
            means=_("how many documents the record stands for"),
        ),
        text("counted_within", "parent__reference", means=_("the record in whose number it is counted")),
        overlaps(),
        text("caution"),
        *of_one("forum", "slug"),
        *codes("themes", "slug"),
        statements(AgreementStatement),
        day("last_looked_on"),
        page("agreement", "reference"),
        sources(),
    ),
    tables=tables_of(Agreement, LABELS),
    sorts={
        "signed": by_day("signed_or_adopted"),
        "target": by_day("target"),
        "title": F("title"),
        "reference": F("reference"),
    },
    default_sort="-signed",
    related=(
        Related("countries", lambda: COUNTRIES),
        Related("parties__organisation", lambda: ORGANISATIONS),
        Related("parties__signatory"),
        Related("themes", lambda: THEMES),
        Related("forum", lambda: FORUMS),
    ),
    day="signed_or_adopted",
    row_template="agreements/agreement_row.html",
    line=lines.line_of_agreement,
    filed_under=("countries", "themes"),
    calendar=CALENDAR,
    date_ranges=(("signed_after", "signed_before"), ("target_after", "target_before")),
)

FORUMS: Register = Register(
    name="forums",
    noun="forum",
    title=_("Forums"),
    lede=_("Commissions, committees, councils and organisations in which the sides meet repeatedly."),
    counted=lambda number: ngettext("%(n)s forum", "%(n)s forums", number) % {"n": number},
    records=lambda today: Forum.objects.published(),
    shown=lambda records: records.prefetch_related("countries"),
    filterset=filters.ForumFilterSet,
    facets=(COUNTRY, choice_facet("kind", _("Kind"), Forum.Kind.choices, is_open=True)),
    heads=(Head(label=_("Forum"), sort="name"), Head(label=_("Kind"), sort="kind"), Head(label=_("Members"))),
    columns=(
        text("slug"),
        text("name"),
        text("abbreviation"),
        *choice("kind", Forum.Kind),
        text("description"),
        *choice("session_word", SessionWord),
        *codes("countries", "code", NAME_OF_COUNTRY),
        *of_one("organisation", "slug"),
        *codes("lead_organisations", "slug"),
        *of_one("secretariat", "slug"),
        *codes("successors", "slug"),
        statements(ForumStatement),
        page("forum", "slug"),
        sources(),
    ),
    tables=tables_of(Forum, LABELS),
    sorts={"name": F("name"), "kind": F("kind")},
    default_sort="name",
    related=(Related("countries", lambda: COUNTRIES),),
    row_template="agreements/forum_row.html",
    line=lines.line_of_forum,
    filed_under=("countries",),
)


def groups_with_bodies(records):
    return records.with_bodies().prefetch_related("themes", "countries")


WORKING_GROUPS: Register = Register(
    name="working-groups",
    noun="working-group",
    title=_("Working groups"),
    lede=_("Groups under a forum, or founded by an agreement or at a meeting, with the dated stages of their life."),
    counted=lambda number: ngettext("%(n)s working group", "%(n)s working groups", number) % {"n": number},
    records=lambda today: WorkingGroup.objects.published(),
    shown=groups_with_bodies,
    filterset=filters.WorkingGroupFilterSet,
    facets=(COUNTRY, FORUM, choice_facet("stage", _("Stage"), WorkingGroup.Stage.choices, is_open=True), THEME),
    heads=(
        Head(label=_("Working group"), sort="name"),
        Head(label=_("Forum"), sort="forum"),
        Head(label=_("Countries")),
        Head(label=_("Stage")),
    ),
    columns=(
        text("slug"),
        text("name"),
        Column(name="name_in_words", reads=NAME_OF_GROUP.reads, value=NAME_OF_GROUP, is_local=True),
        text("abbreviation"),
        text("description"),
        *of_one("forum", "slug"),
        *of_one("parent", "slug"),
        *of_one("founding_agreement", "reference", TITLE_OF_AGREEMENT),
        *of_one("convener", "slug"),
        *of_one("convening_country", "code", NAME_OF_COUNTRY, is_local=True),
        *choice("stage", WorkingGroup.Stage),
        *choice("session_word", SessionWord),
        *codes("countries", "code", NAME_OF_COUNTRY),
        *members(),
        *codes("themes", "slug"),
        *codes("successors", "slug", NAME_OF_GROUP),
        statements(WorkingGroupStatement),
        page("working-group", "slug"),
        sources(),
    ),
    tables=tables_of(WorkingGroup, LABELS),
    sorts={"name": F("name"), "forum": value_if_published(WorkingGroup, "forum__name")},
    default_sort="forum",
    related=(
        Related("countries", lambda: COUNTRIES),
        Related("forum", lambda: FORUMS),
        Related("themes", lambda: THEMES),
    ),
    row_template="agreements/working_group_row.html",
    line=lines.line_of_group,
    filed_under=("countries", "themes"),
)

ORGANISATIONS: Register = Register(
    name="organisations",
    noun="organisation",
    title=_("Organisations"),
    lede=_("Ministries, agencies, companies and international organisations that act, sign or answer."),
    counted=lambda number: ngettext("%(n)s organisation", "%(n)s organisations", number) % {"n": number},
    records=lambda today: Organisation.objects.published(),
    shown=lambda records: records.select_related("country"),
    filterset=filters.OrganisationFilterSet,
    facets=(
        Facet(
            name="country",
            title=_("Country"),
            value="country__code",
            label=country_name("country"),
            is_local=True,
            narrows=True,
            is_open=True,
        ),
        choice_facet("kind", _("Kind"), Organisation.Kind.choices, is_open=True),
    ),
    heads=(
        Head(label=_("Organisation"), sort="name"),
        Head(label=_("Country"), sort="country"),
        Head(label=_("Kind"), sort="kind"),
    ),
    columns=(
        text("slug"),
        text("name"),
        text("abbreviation"),
        *choice("kind", Organisation.Kind),
        *of_one("country", "code", NAME_OF_COUNTRY, is_local=True),
        *of_one("parent", "slug"),
        text("seat"),
        yes_or_no("is_uncertain"),
        text("note"),
        other_names(),
        *codes("successors", "slug"),
        page("organisation", "slug"),
        sources(),
    ),
    tables=tables_of(Organisation, LABELS),
    sorts={"name": F("name"), "country": F("country__name"), "kind": F("kind")},
    default_sort="name",
    related=(Related("country", lambda: COUNTRIES),),
    row_template="agreements/organisation_row.html",
    line=lines.line_of_organisation,
)

COUNTRIES: Register = Register(
    name="countries",
    noun="country",
    title=_("Countries"),
    lede=_("Countries and unions that appear in a published agreement, meeting, commitment or forum."),
    counted=lambda number: ngettext("%(n)s country", "%(n)s countries", number) % {"n": number},
    records=lambda today: Country.objects.in_published_records(),
    shown=lambda records: records,
    filterset=filters.CountryFilterSet,
    facets=(Facet(name="forum", title=_("Forum"), value="forums__slug", label="forums__name"),),
    heads=(Head(label=_("Country"), sort="name"), Head(label=_("Code"), sort="code")),
    columns=(
        text("code"),
        text("alpha2"),
        text("name"),
        Column(name="name_in_words", reads=NAME_OF_COUNTRY.reads, value=NAME_OF_COUNTRY, is_local=True),
        yes_or_no("is_union"),
        page("country", "code"),
    ),
    sorts={"name": F("name"), "code": F("code")},
    default_sort="name",
    row_template="agreements/country_row.html",
    line=lines.line_of_country,
)

THEMES: Register = Register(
    name="themes",
    noun="theme",
    title=_("Themes"),
    lede=_("What cooperation is about: the clusters of the digital trade agreements, cooperation themes, programmes."),
    counted=lambda number: ngettext("%(n)s theme", "%(n)s themes", number) % {"n": number},
    records=lambda today: Theme.objects.named_in_public(),
    shown=lambda records: records.select_related("parent"),
    filterset=filters.ThemeFilterSet,
    facets=(choice_facet("kind", _("Kind"), Theme.Kind.choices, is_open=True),),
    heads=(Head(label=_("Theme"), sort="name"), Head(label=_("Kind"), sort="kind"), Head(label=_("Parent theme"))),
    columns=(
        text("slug"),
        text("name"),
        *choice("kind", Theme.Kind),
        *of_one("parent", "slug", name="under"),
        text("description"),
        page("theme", "slug"),
    ),
    sorts={"name": F("name"), "kind": F("kind")},
    default_sort="name",
    row_template="agreements/theme_row.html",
    line=lines.line_of_theme,
)
