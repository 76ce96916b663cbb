"""Pages of agreements, forums, working groups, organisations and themes."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.records.models import with_claims
from tracker.records.public import public
from tracker.registers.record import fact, find, linked, redirects_moved, render_record

from .models import (
    Agreement,
    AgreementEventClaim,
    Forum,
    MembershipClaim,
    Organisation,
    Theme,
    WorkingGroup,
    WorkingGroupStageClaim,
)
from .registers import AGREEMENTS


@require_safe
@redirects_moved
def agreement_detail(request, reference):
    today = localdate()
    agreement = find(AGREEMENTS.records(today).select_related("forum", "parent"), reference=reference)
    events = agreement.events.select_related("source", "country", "organisation", "previous_target")
    events = list(events.prefetch_related(with_claims(AgreementEventClaim)))
    figures = list(agreement.figures.select_related("source", "said_by").prefetch_related("claims__source"))
    facts = [
        fact(_("Type"), agreement.get_type_display()),
        fact(_("Signed"), agreement.signed_in_words),
        linked(_("Forum"), public(agreement.forum)),
        fact(_("Binding intent"), agreement.get_binding_display()),
        fact(_("Level"), agreement.get_level_display()),
        fact(_("Documents"), agreement.count),
        linked(_("Counted within"), public(agreement.parent)),
        fact(_("Last looked"), agreement.last_looked_in_words) if agreement.last_looked_on else None,
        fact(_("Permanent reference"), agreement.reference),
    ]
    return render_record(
        request,
        "agreements/agreement_detail.html",
        agreement,
        today=today,
        facts=[line for line in facts if line],
        citations=agreement.citations.select_related("source"),
        parts=[*events, *figures],
        status=Agreement.Status(agreement.status),
        parties=agreement.parties.select_related("country", "organisation__country", "signatory"),
        events=events,
        figures=figures,
        themes=agreement.themes.all(),
        titles=agreement.titles.all(),
        relations=agreement.relations.filter(other__in=Agreement.objects.published()).select_related("other"),
        related_from=agreement.related_from.filter(agreement__in=Agreement.objects.published()).select_related(
            "agreement"
        ),
        children=agreement.children.published(),
        meetings=agreement.meetings.published().select_related("forum", "working_group"),
        groups=agreement.founded_groups.published(),
        commitments=agreement.commitments.published().with_status(today),
    )


@require_safe
@redirects_moved
def forum_detail(request, slug):
    today = localdate()
    forum = find(Forum.objects.published().select_related("organisation", "secretariat"), slug=slug)
    memberships = forum.memberships.select_related("country", "organisation", "source")
    memberships = list(memberships.prefetch_related(with_claims(MembershipClaim)))
    presidencies = list(forum.presidencies.select_related("country", "source"))
    for presidency in presidencies:
        presidency.is_now = presidency.is_on(today)
    meetings = forum.meetings.published().select_related("working_group")
    facts = [
        fact(_("Kind"), forum.get_kind_display()),
        fact(_("Abbreviation"), forum.abbreviation) if forum.abbreviation else None,
        linked(_("Organisation"), public(forum.organisation)),
        linked(_("Secretariat"), public(forum.secretariat)),
    ]
    return render_record(
        request,
        "agreements/forum_detail.html",
        forum,
        today=today,
        facts=[line for line in facts if line],
        citations=forum.citations.select_related("source"),
        parts=[*memberships, *presidencies],
        memberships=memberships,
        presidencies=presidencies,
        names=forum.names.all(),
        leads=forum.lead_organisations.published().select_related("country"),
        sessions=meetings.filter(working_group=None).prefetch_related("schedule_changes").newest_first(),
        group_meetings=meetings.exclude(working_group=None).newest_first(),
        groups=forum.working_groups.published().prefetch_related("stages"),
        agreements=forum.agreements.published().with_status(today).newest_first(),
        headline=forum.commitments.published().headline(today),
    )


@require_safe
@redirects_moved
def working_group_detail(request, slug):
    today = localdate()
    group = find(
        WorkingGroup.objects.published().select_related("forum", "parent", "convener", "founding_agreement"),
        slug=slug,
    )
    stages = list(group.stages.select_related("source").prefetch_related(with_claims(WorkingGroupStageClaim)))
    facts = [
        linked(_("Forum"), group.forum),
        fact(_("Stage"), group.get_stage_display()),
        linked(_("Parent group"), public(group.parent)),
        linked(_("Convener"), group.convener) or fact(_("Convener")),
    ]
    return render_record(
        request,
        "agreements/working_group_detail.html",
        group,
        today=today,
        facts=[line for line in facts if line],
        citations=group.citations.select_related("source"),
        parts=stages,
        stages=stages,
        names=group.names.all(),
        themes=group.themes.all(),
        meetings=group.meetings.published().select_related("forum", "working_group").newest_first(),
        commitments=group.commitments.published().with_status(today),
        subgroups=group.subgroups.published(),
    )


@require_safe
@redirects_moved
def organisation_detail(request, slug):
    today = localdate()
    organisation = find(Organisation.objects.published().select_related("country", "parent"), slug=slug)
    country = organisation.country
    facts = [
        fact(_("Kind"), organisation.get_kind_display()),
        fact(_("Country"), country.local_name, country.get_absolute_url()) if country else None,
        fact(_("Abbreviation"), organisation.abbreviation) if organisation.abbreviation else None,
        linked(_("Part of"), public(organisation.parent)),
        fact(_("Seat"), organisation.seat) if organisation.seat else None,
    ]
    agreements = Agreement.objects.published().filter(parties__organisation=organisation).distinct()
    return render_record(
        request,
        "agreements/organisation_detail.html",
        organisation,
        today=today,
        facts=[line for line in facts if line],
        citations=organisation.citations.select_related("source"),
        names=organisation.names.all(),
        forums=organisation.led_forums.published(),
        successors=organisation.successors.published(),
        predecessors=organisation.predecessors.published(),
        agreements=agreements.with_status(today).newest_first(),
    )


@require_safe
@redirects_moved
def theme_detail(request, slug):
    today = localdate()
    named = Theme.objects.named_in_public()
    theme = find(named.select_related("parent"), slug=slug)
    below = theme.covers.all()
    facts = [fact(_("Kind"), theme.get_kind_display()), linked(_("Parent theme"), theme.parent)]
    return render_record(
        request,
        "agreements/theme_detail.html",
        theme,
        today=today,
        facts=[line for line in facts if line],
        children=named.filter(parent=theme),
        agreements=Agreement.objects.published()
        .filter(themes__in=below)
        .distinct()
        .with_status(today)
        .newest_first()[:20],
        groups=WorkingGroup.objects.published().filter(themes__in=below).distinct().select_related("forum"),
    )
