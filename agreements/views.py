"""Pages of agreements, forums, working groups, organisations and themes."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.records.languages import written
from tracker.registers.record import fact, find, redirects_moved, render_record

from .models import Agreement, Forum, Organisation, Theme, WorkingGroup
from .registers import AGREEMENTS


@require_safe
@redirects_moved
def agreement_detail(request, reference):
    today = localdate()
    agreement = find(AGREEMENTS.records(today).select_related("forum", "parent"), reference=reference)
    events = list(agreement.events.select_related("source", "country", "organisation", "previous_target"))
    figures = list(agreement.figures.select_related("source", "said_by"))
    facts = [
        fact(_("Type"), agreement.get_type_display()),
        fact(_("Signed"), agreement.signed_in_words),
        fact(_("Forum"), *_link(agreement.forum)) if agreement.forum else None,
        fact(_("Binding intent"), agreement.get_binding_display()),
        fact(_("Level"), agreement.get_level_display()),
        fact(_("Documents"), agreement.count),
        fact(_("One of"), agreement.parent.headline, agreement.parent.get_absolute_url())
        if agreement.parent and agreement.parent.is_public
        else None,
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
        shown=[("date", agreement.signed)],
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
        commitments=agreement.commitments.published().with_schedule(today),
    )


def _link(body):
    return (written(body.name), body.get_absolute_url() if body.is_public else "")


@require_safe
@redirects_moved
def forum_detail(request, slug):
    today = localdate()
    forum = find(Forum.objects.published().select_related("organisation", "secretariat"), slug=slug)
    memberships = list(forum.memberships.select_related("country", "organisation", "source"))
    presidencies = list(forum.presidencies.select_related("country", "source"))
    meetings = forum.meetings.published().select_related("working_group")
    facts = [
        fact(_("Kind"), forum.get_kind_display()),
        fact(_("Abbreviation"), written(forum.abbreviation)) if forum.abbreviation else None,
        fact(_("Organisation"), *_link(forum.organisation)) if forum.organisation else None,
        fact(_("Secretariat"), *_link(forum.secretariat)) if forum.secretariat else None,
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
        commitment_count=forum.commitments.published().count(),
    )


@require_safe
@redirects_moved
def working_group_detail(request, slug):
    today = localdate()
    group = find(
        WorkingGroup.objects.published().select_related("forum", "parent", "convener", "founding_agreement"),
        slug=slug,
    )
    stages = list(group.stages.select_related("source"))
    facts = [
        fact(_("Forum"), *_link(group.forum)),
        fact(_("Stage"), group.get_stage_display()),
        fact(_("Under the group"), *_link(group.parent)) if group.parent else None,
        fact(_("Convener"), *_link(group.convener)) if group.convener else fact(_("Convener")),
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
        commitments=group.commitments.published().with_schedule(today),
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
        fact(_("Abbreviation"), written(organisation.abbreviation)) if organisation.abbreviation else None,
        fact(_("Part of"), *_link(organisation.parent)) if organisation.parent else None,
        fact(_("Seat"), written(organisation.seat)) if organisation.seat else None,
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
    theme = find(Theme.objects.select_related("parent"), slug=slug)
    below = theme.covers.all()
    facts = [fact(_("Kind"), theme.get_kind_display())]
    if theme.parent:
        facts.append(fact(_("Under"), written(theme.parent.name), theme.parent.get_absolute_url()))
    return render_record(
        request,
        "agreements/theme_detail.html",
        theme,
        today=today,
        facts=facts,
        children=theme.children.all(),
        agreements=Agreement.objects.published()
        .filter(themes__in=below)
        .distinct()
        .with_status(today)
        .newest_first()[:20],
        groups=WorkingGroup.objects.published().filter(themes__in=below).distinct().select_related("forum"),
    )
