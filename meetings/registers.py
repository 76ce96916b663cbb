"""The registers of meetings and commitments."""

from functools import partial

from django.conf import settings
from django.db.models import F, Prefetch
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.models import name_column
from agreements.registers import COUNTRY, FORUM, THEME, choice_facet, party_columns
from tracker.records.models import with_sources
from tracker.registers.columns import absolute, choice, codes, computed, date, of_one, sources, text
from tracker.registers.facets import Facet
from tracker.registers.register import Column, Head, Register

from . import filters
from .models import (
    Commitment,
    CommitmentCitation,
    CommitmentParty,
    Meeting,
    MeetingCitation,
    Progress,
    Schedule,
)

ORIGIN = ("forum", "meeting__forum", "meeting__working_group", "agreement")
PARTIES = Prefetch("parties", CommitmentParty.objects.select_related("country", "organisation__country"))


def _on_side(side, commitment):
    return [party for party in commitment.parties.all() if party.side == side]


MEETINGS = Register(
    name="meetings",
    noun="meeting",
    title=_("Meetings"),
    lede=_("Sessions of forums and groups, and other meetings, as exactly dated as their sources allow."),
    counted=lambda number: ngettext("%(n)s meeting", "%(n)s meetings", number) % {"n": number},
    records=lambda today: Meeting.objects.published(),
    shown=lambda records: records.select_related("forum", "working_group").prefetch_related("countries", "themes"),
    exported=lambda records: records.select_related("forum", "working_group").prefetch_related(
        "countries", "themes", with_sources(MeetingCitation)
    ),
    filterset=filters.MeetingFilterSet,
    facets=(
        COUNTRY,
        FORUM,
        Facet(
            name="working_group",
            title=_("Working group"),
            value="working_group__slug",
            label="working_group__name",
            is_publishable=True,
        ),
        choice_facet("status", _("Status"), Meeting.Status.choices, is_open=True),
        THEME,
        choice_facet("kind", _("Kind"), Meeting.Kind.choices),
        choice_facet("mode", _("Mode"), Meeting.Mode.choices),
        Facet(
            name="organisation",
            title=_("Organisation"),
            value="delegations__organisation__slug",
            label="delegations__organisation__name",
            is_publishable=True,
        ),
    ),
    heads=(
        Head(label=_("Meeting"), sort="session"),
        Head(label=_("Held"), sort="held"),
        Head(label=_("Place")),
        Head(label=_("Status")),
    ),
    columns=(
        text("reference"),
        Column(name="title", value=lambda meeting: meeting.headline, is_local=True),
        *of_one("forum", "slug"),
        *of_one("working_group", "slug"),
        text("session_number"),
        text("session_suffix"),
        *choice("kind"),
        *choice("status"),
        *date("held"),
        *choice("mode"),
        text("place"),
        text("participants_comparator"),
        Column(
            name="participants_comparator_in_words",
            value=lambda meeting: meeting.participants and str(meeting.get_participants_comparator_display()),
            is_local=True,
        ),
        text("participants"),
        *codes("countries", "code", "local_name"),
        *codes("themes", "slug"),
        text("summary"),
        absolute(settings.SITE_URL),
        sources(),
    ),
    sorts={
        "held": Coalesce("held_earliest", "held_latest"),
        "session": F("session_number"),
        "reference": F("reference"),
    },
    default_sort="-held",
    search_fields=(
        "reference",
        "title",
        "summary",
        "place",
        "forum__name",
        "forum__abbreviation",
        "forum__names__name",
        "working_group__name",
        "working_group__names__name",
        "delegations__delegates__person__name",
        "outcomes__text",
        "countries__name",
    ),
    row_template="meetings/meeting_row.html",
    date_ranges=(("held_after", "held_before"),),
)

COMMITMENTS = Register(
    name="commitments",
    noun="commitment",
    title=_("Commitments"),
    lede=_("What named parties said they would do, who said it, and what became of it."),
    counted=lambda number: ngettext("%(n)s commitment", "%(n)s commitments", number) % {"n": number},
    records=lambda today: Commitment.objects.published().with_schedule(today),
    shown=lambda records: records.select_related(*ORIGIN).prefetch_related(PARTIES, "themes"),
    exported=lambda records: records.select_related(*ORIGIN).prefetch_related(
        PARTIES, "themes", with_sources(CommitmentCitation)
    ),
    filterset=filters.CommitmentFilterSet,
    facets=(
        COUNTRY,
        choice_facet("schedule", _("Schedule"), Schedule.choices, is_open=True),
        choice_facet("progress", _("Progress"), Progress.choices, is_open=True),
        choice_facet("strength", _("Strength"), Commitment.Strength.choices, is_open=True),
        THEME,
        FORUM,
        Facet(
            name="by",
            title=_("Undertaken by"),
            value=Coalesce("parties__country__code", "parties__organisation__country__code"),
            label=lambda: Coalesce(
                f"parties__country__{name_column()}", f"parties__organisation__country__{name_column()}"
            ),
            is_local=True,
            when=(("parties__side", "by"),),
        ),
        choice_facet("kind", _("Kind"), Commitment.Kind.choices),
        Facet(
            name="organisation",
            title=_("Organisation"),
            value="parties__organisation__slug",
            label="parties__organisation__name",
            is_publishable=True,
        ),
        Facet(
            name="working_group",
            title=_("Working group"),
            value="working_group__slug",
            label="working_group__name",
            is_publishable=True,
        ),
    ),
    heads=(
        Head(label=_("Commitment"), sort="title"),
        Head(label=_("By")),
        Head(label=_("Due"), sort="due"),
        Head(label=_("Progress")),
        Head(label=_("Schedule")),
    ),
    columns=(
        text("reference"),
        text("title"),
        text("text"),
        text("wording"),
        text("wording_language"),
        *party_columns("by", "by", partial(_on_side, CommitmentParty.Side.BY)),
        *party_columns("to", "to", partial(_on_side, CommitmentParty.Side.TO)),
        *choice("kind"),
        *choice("strength"),
        *choice("scope"),
        *date("due"),
        *choice("due_rule"),
        text("due_words"),
        *computed("schedule", Schedule),
        *choice("progress"),
        *choice("closure"),
        *of_one("meeting", "reference", "headline", is_local=True),
        *of_one("agreement", "reference", "headline"),
        *of_one("forum", "slug"),
        *codes("themes", "slug"),
        absolute(settings.SITE_URL),
        sources(),
    ),
    sorts={
        "due": Coalesce("due_earliest", "due_latest"),
        "title": F("title"),
        "reference": F("reference"),
    },
    default_sort="due",
    search_fields=(
        "reference",
        "title",
        "text",
        "wording",
        "parties__words",
        "parties__country__name",
        "parties__organisation__name",
        "themes__name",
        "forum__name",
        "forum__names__name",
    ),
    row_template="meetings/commitment_row.html",
    date_ranges=(("due_after", "due_before"),),
)
