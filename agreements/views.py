"""Pages of agreements, forums, working groups, organisations and themes."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.records import edtf, typography
from tracker.records.languages import written
from tracker.records.models import is_published, with_claims
from tracker.records.public import public
from tracker.registers.beginning import Beginning
from tracker.registers.past.days import day_of
from tracker.registers.prepared import RowsOf
from tracker.registers.record import fact, find, linked, redirects_moved, render_record
from tracker.registers.templatetags.registers import list_url

from .linked_data import (
    agreement_as_thing,
    forum_as_thing,
    group_as_thing,
    organisation_as_thing,
    theme_as_thing,
)
from .models import (
    Agreement,
    AgreementEvent,
    AgreementEventClaim,
    AgreementParty,
    Forum,
    MembershipClaim,
    Organisation,
    Theme,
    WorkingGroup,
    WorkingGroupStageClaim,
)
from .models.target import tell_targets, what_is_missed_of
from .models.validity import expiry
from .registers import AGREEMENTS, FORUMS, ORGANISATIONS, THEMES, WORKING_GROUPS


def _claims_of(relation):
    """What to prefetch of rows whose kind, as that of their claims, is of a room above."""
    return with_claims(relation.rel.related_model.claims.rel.related_model)


def _at_meetings(rows):
    """Outcomes or figures of published meetings, the first meeting first, with what is told of each."""
    rows = rows.filter(is_published("meeting__")).order_by("meeting__held_latest", "pk")
    return rows.select_related("source", "meeting__forum", "meeting__working_group")


# What belongs to an agreement, as its page reads it.
EVENTS = RowsOf(
    Agreement.events,
    lambda rows: rows.select_related("source", "country", "organisation", "person").prefetch_related(
        with_claims(AgreementEventClaim)
    ),
)
FIGURES = RowsOf(
    Agreement.figures,
    lambda rows: rows.select_related("source", "said_by").prefetch_related(_claims_of(Agreement.figures)),
)
STATEMENTS = RowsOf(Agreement.statements, lambda rows: rows.with_voices())
# What meetings produced or were told that concerns it.
OUTCOMES = RowsOf(Agreement.outcomes, _at_meetings)
FIGURES_AT_MEETINGS = RowsOf(
    Agreement.meeting_figures,
    lambda rows: _at_meetings(rows).select_related("said_by").prefetch_related(_claims_of(Agreement.meeting_figures)),
)
CITATIONS = RowsOf(Agreement.citations, lambda rows: rows.select_related("source"))
PARTIES = RowsOf(Agreement.parties, lambda rows: rows.select_related("country", "organisation__country", "signatory"))
TITLES = RowsOf(Agreement.titles)
RELATIONS = RowsOf(Agreement.relations, lambda rows: rows.filter(is_published("other__")).select_related("other"))
RELATED_FROM = RowsOf(
    Agreement.related_from, lambda rows: rows.filter(is_published("agreement__")).select_related("agreement")
)
CHILDREN = RowsOf(Agreement.children, lambda rows: rows.published())
GROUPS = RowsOf(Agreement.founded_groups, lambda rows: rows.published().with_bodies())


@require_safe
@redirects_moved
def agreement_detail(request, reference):
    today = day_of(request)
    agreement = find(AGREEMENTS.records(today).select_related("forum", "parent"), reference=reference)
    events = EVENTS(agreement)
    # Whatever else asks for them has these.
    agreement._prefetched_objects_cache = {"events": events}
    tell_targets(agreement, events, today)
    _name_others_of_the_same_act(events)
    figures, statements, parties = FIGURES(agreement), STATEMENTS(agreement), PARTIES(agreement)
    outcomes, figures_at_meetings = OUTCOMES(agreement), FIGURES_AT_MEETINGS(agreement)
    return render_record(
        request,
        "agreements/agreement_detail.html",
        agreement,
        register=AGREEMENTS,
        thing=agreement_as_thing(agreement, agreement.status, parties),
        today=today,
        facts=_agreement_facts(agreement, today),
        citations=CITATIONS(agreement),
        parts=[*events, *outcomes, *figures, *figures_at_meetings, *statements],
        status=Agreement.Status(agreement.status),
        parties=parties,
        events=events,
        outcomes=outcomes,
        figures=figures,
        figures_at_meetings=figures_at_meetings,
        statements=statements,
        themes=agreement.themes.all(),
        titles=TITLES(agreement),
        relations=RELATIONS(agreement),
        related_from=RELATED_FROM(agreement),
        children=CHILDREN(agreement),
        meetings=agreement.meetings.published()
        .with_report(today)
        .annotate(role=F("agreement_links__role"))
        .select_related("forum", "working_group"),
        groups=GROUPS(agreement),
        commitments=agreement.commitments.published().with_status(today),
    )


def _agreement_facts(agreement, today):
    is_only_adopted = agreement.signed_or_adopted and not agreement.signed
    facts = [
        fact(_("Type"), agreement.get_type_display()),
        fact(_("Adopted"), agreement.signed_or_adopted_in_words) if is_only_adopted else None,
        None if is_only_adopted else fact(_("Signed"), agreement.signed_in_words),
        _target(agreement, today) if agreement.target_kind else None,
        fact(_("Valid for"), agreement.validity_in_words) if agreement.validity else None,
        fact(_("Valid until"), _last_day(agreement)) if agreement.validity or agreement.renews_automatically else None,
        fact(_("Notice period"), agreement.notice_in_words) if agreement.notice else None,
        fact(_("Period it covers"), agreement.covers_in_words) if agreement.covers else None,
        linked(_("Forum"), public(agreement.forum)),
        fact(_("Binding intent"), agreement.get_binding_display()),
        fact(_("Level"), agreement.get_level_display()),
        fact(_("Documents"), agreement.count),
        linked(_("Counted within"), public(agreement.parent)),
        fact(_("Last looked"), agreement.last_looked_in_words) if agreement.last_looked_on else None,
        fact(_("Permanent reference"), agreement.reference),
    ]
    return [line for line in facts if line]


def _last_day(agreement):
    """The last day of its validity in words; empty where it is unknown."""
    if agreement.renews_automatically:
        if not agreement.renewal:
            return _("renews automatically")
        return _("renews automatically, each time for %(period)s") % {"period": agreement.renewal_in_words}
    end = expiry(agreement)
    return edtf.in_words((end - timedelta(days=1)).isoformat()) if end else ""


def _target(agreement, today):
    kind = AgreementEvent.Kind(agreement.target_kind).label
    words = typography.clauses([kind, agreement.target_in_words or _("date not stated")])
    return fact(_("Next target"), words, basis=what_is_missed_of(agreement, today))


def _name_others_of_the_same_act(events):
    """Give each event ``same_act``, the other public agreements that one act concerned together with this one."""
    acts = {event.act for event in events if event.act}
    others = defaultdict(list)
    if acts:
        rows = AgreementEvent.objects.filter(is_published("agreement__"), act__in=acts)
        for row in rows.exclude(agreement=events[0].agreement_id).select_related("agreement").order_by("agreement"):
            if row.agreement not in others[row.act]:
                others[row.act].append(row.agreement)
    for event in events:
        event.same_act = others[event.act] if event.act else []


@require_safe
@redirects_moved
def forum_detail(request, slug):
    today = day_of(request)
    forum = find(Forum.objects.published().select_related("organisation", "secretariat"), slug=slug)
    memberships = forum.memberships.select_related("country", "organisation", "source")
    memberships = list(memberships.prefetch_related(with_claims(MembershipClaim)))
    presidencies = list(forum.presidencies.select_related("country", "source"))
    for presidency in presidencies:
        presidency.is_now = presidency.is_on(today)
    statements = list(forum.statements.with_voices())
    meetings = forum.meetings.published().with_report(today).select_related("forum", "working_group")
    sessions = meetings.filter(working_group=None).prefetch_related("schedule_changes")
    agreements = forum.agreements.published().with_status(today).newest_first()
    facts = [
        fact(_("Kind"), forum.get_kind_display()),
        fact(_("Abbreviation"), written(forum.abbreviation)) if forum.abbreviation else None,
        linked(_("Organisation"), public(forum.organisation)),
        linked(_("Secretariat"), public(forum.secretariat)),
    ]
    return render_record(
        request,
        "agreements/forum_detail.html",
        forum,
        register=FORUMS,
        thing=forum_as_thing(forum, memberships),
        today=today,
        facts=[line for line in facts if line],
        citations=forum.citations.select_related("source"),
        parts=[*memberships, *presidencies, *statements],
        memberships=memberships,
        presidencies=presidencies,
        statements=statements,
        names=forum.names.all(),
        leads=forum.lead_organisations.published().select_related("country"),
        sessions=Beginning(sessions.newest_first(), list_url("meeting", forum=slug)),
        group_meetings=Beginning(meetings.exclude(working_group=None).newest_first(), list_url("meeting", forum=slug)),
        successors=forum.successors.published(),
        predecessors=forum.predecessors.published(),
        groups=Beginning(forum.working_groups.published().with_bodies(), list_url("working-group", forum=slug)),
        agreements=Beginning(agreements, list_url("agreement", forum=slug)),
        headline=forum.commitments.published().headline(today),
    )


@require_safe
@redirects_moved
def working_group_detail(request, slug):
    today = day_of(request)
    groups = WorkingGroup.objects.published().with_bodies().select_related("convener", "convening_country")
    group = find(groups, slug=slug)
    stages = list(group.stages.select_related("source").prefetch_related(with_claims(WorkingGroupStageClaim)))
    members = list(group.members.select_related("country", "organisation", "source"))
    statements = list(group.statements.with_voices())
    outcomes = list(_at_meetings(group.founding_outcomes))
    meetings = group.meetings.published().with_report(today).select_related("forum", "working_group")
    return render_record(
        request,
        "agreements/working_group_detail.html",
        group,
        register=WORKING_GROUPS,
        thing=group_as_thing(group, members),
        today=today,
        facts=_group_facts(group, members),
        citations=group.citations.select_related("source"),
        parts=[*stages, *members, *outcomes, *statements],
        stages=stages,
        outcomes=outcomes,
        memberships=members,
        statements=statements,
        names=group.names.all(),
        themes=group.themes.all(),
        successors=group.successors.published().with_bodies(),
        predecessors=group.predecessors.published().with_bodies(),
        meetings=Beginning(meetings.newest_first(), list_url("meeting", working_group=slug)),
        commitments=group.commitments.published().with_status(today),
        subgroups=group.subgroups.published().with_bodies(),
    )


def _group_facts(group, members):
    facts = [
        linked(_("Forum"), group.forum),
        linked(_("Founded by"), public(group.founding_agreement)),
        None if members else _countries_of_what_it_belongs_to(group),
        fact(_("Stage"), group.get_stage_display()),
        linked(_("Parent group"), public(group.parent)),
        linked(_("Convener"), group.convening_country or group.convener) or fact(_("Convener")),
    ]
    return [line for line in facts if line]


def _countries_of_what_it_belongs_to(group):
    names = typography.names(group.countries.all())
    origin = _("those of its forum") if group.forum else _("those of its founding agreement")
    return fact(_("Countries"), names, basis=origin) if names else None


@require_safe
@redirects_moved
def organisation_detail(request, slug):
    today = day_of(request)
    organisation = find(Organisation.objects.published().select_related("country", "parent"), slug=slug)
    country = organisation.country
    facts = [
        fact(_("Kind"), organisation.get_kind_display()),
        fact(_("Country"), country.local_name, country.get_absolute_url()) if country else None,
        fact(_("Abbreviation"), written(organisation.abbreviation)) if organisation.abbreviation else None,
        linked(_("Part of"), public(organisation.parent)),
        fact(_("Seat"), written(organisation.seat)) if organisation.seat else None,
    ]
    itself = Forum.objects.published().filter(organisation=organisation).first()
    if itself:
        facts.append(linked(_("Forum"), itself))
    taken_part = AgreementParty.objects.filter(organisation=organisation)
    agreements = Agreement.objects.published().filter(pk__in=taken_part.values("agreement"))
    return render_record(
        request,
        "agreements/organisation_detail.html",
        organisation,
        register=ORGANISATIONS,
        thing=organisation_as_thing(organisation),
        today=today,
        facts=[line for line in facts if line],
        citations=organisation.citations.select_related("source"),
        names=organisation.names.all(),
        forums=organisation.led_forums.published(),
        secretariats=organisation.secretariat_of.published(),
        groups=organisation.convened_groups.published().with_bodies(),
        divisions=organisation.parts.published(),
        successors=organisation.successors.published(),
        predecessors=organisation.predecessors.published(),
        agreements=Beginning(agreements.with_status(today).newest_first(), list_url("agreement", organisation=slug)),
    )


@require_safe
@redirects_moved
def theme_detail(request, slug):
    today = day_of(request)
    named = Theme.objects.named_in_public()
    theme = find(named.select_related("parent"), slug=slug)
    below = theme.covers.all()
    facts = [fact(_("Kind"), theme.get_kind_display()), linked(_("Parent theme"), theme.parent)]
    agreements = Agreement.objects.published().filter(pk__in=below.values("agreements"))
    groups = WorkingGroup.objects.published().filter(pk__in=below.values("working_groups"))
    return render_record(
        request,
        "agreements/theme_detail.html",
        theme,
        register=THEMES,
        thing=theme_as_thing(theme),
        today=today,
        facts=[line for line in facts if line],
        children=named.filter(parent=theme),
        agreements=Beginning(agreements.with_status(today).newest_first(), list_url("agreement", theme=slug)),
        groups=Beginning(groups.with_bodies(), list_url("working-group", theme=slug)),
    )
