"""One record of each kind, with as many of everything beside it as asked for: for counting queries."""

from types import SimpleNamespace

from agreements.models import AgreementEvent, AgreementTitle, ForumName, WorkingGroupStage
from meetings.models import (
    AgendaItem,
    AgreementFigure,
    CommitmentFigure,
    CommitmentLineage,
    CommitmentStatement,
    Delegate,
    DueChange,
    MeetingAgreement,
    MeetingFigure,
    MeetingFigureClaim,
    MeetingStatement,
    Outcome,
    ProgressUpdate,
    ScheduleChange,
)
from tests.factories import (
    PUBLISHED,
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_theme,
    make_working_group,
)
from tests.meetings.followups.reminders import make_reminder
from tracker.records.models import one_change


def gather(number):
    """Return the records in the middle by kind; ``number`` is how many of everything stand around them."""
    with one_change():
        hub = SimpleNamespace(
            person=make_person(), source=make_source(), country=make_country("PAK"), theme=make_theme("digital")
        )
        hub.organisation = make_organisation("ministry", country=hub.country)
        hub.forum = make_forum("jcc", ["CHN", "PAK"])
        hub.group = make_working_group("it-group", forum=hub.forum, convener=hub.organisation)
        hub.agreement = make_agreement(forum=hub.forum, signed="2021")
        hub.meeting = make_meeting(title="", forum=hub.forum, session_number=50)
        hub.commitment = make_commitment(
            meeting=hub.meeting,
            agreement=hub.agreement,
            working_group=hub.group,
            spoken_by=hub.person,
        )
        for place in range(number):
            _surround(hub, place)
    return hub


def _surround(hub, place):
    one = SimpleNamespace(source=make_source(), person=make_person())
    one.theme = make_theme(f"theme-{place}", parent=hub.theme)
    one.country = make_country(f"X{chr(65 + place // 26)}{chr(65 + place % 26)}", alpha2=f"{place:02}")
    one.organisation = make_organisation(country=one.country, parent=hub.organisation, cited=False)
    one.forum = make_forum(members=["CHN", "PAK"], cited=False)
    one.forum.lead_organisations.add(hub.organisation)
    one.group = make_working_group(forum=hub.forum, parent=hub.group, founding_agreement=hub.agreement, cited=False)
    one.group.themes.set([hub.theme])
    one.agreement = make_agreement(
        ("CHN", "PAK"), "2020", forum=one.forum, parent=hub.agreement, themes=["digital"], cited=False
    )
    numbered = {"title": "", "session_number": place + 1, "cited": False}
    one.session = make_meeting(forum=hub.forum, themes=["digital"], **numbered)
    one.meeting = make_meeting(working_group=hub.group, **numbered)
    one.commitment = make_commitment(
        meeting=one.session, agreement=hub.agreement, working_group=hub.group, due="2021", cited=False
    )
    for record in (one.organisation, one.forum, one.group, one.agreement, one.session, one.meeting, one.commitment):
        record.citations.create(source=hub.source)
    for record in (hub.organisation, hub.forum, hub.group, hub.agreement, hub.meeting, hub.commitment):
        record.citations.create(source=one.source, field="date", value=f"20{place + 10}")
        if hasattr(record, "themes"):
            record.themes.add(one.theme)
    _beside_bodies(hub, one, place)
    _beside_agreement(hub, one, place)
    _beside_meeting(hub, one, place)
    _beside_commitment(hub, one, place)
    _beside_person(hub, one, place)


def _beside_bodies(hub, one, place):
    hub.organisation.successors.add(one.organisation)
    hub.organisation.predecessors.add(one.organisation)
    hub.organisation.secretariat_of.add(one.forum)
    hub.organisation.convened_groups.add(one.group)
    hub.group.members.create(organisation=one.organisation, source=one.source)
    for body in (hub.forum, hub.group):
        body.successors.add(one.forum if body == hub.forum else one.group)
        body.predecessors.add(one.forum if body == hub.forum else one.group)
        _say_something_about(body, one)
    hub.forum.memberships.create(organisation=one.organisation, source=one.source)
    hub.forum.presidencies.create(country=one.country, term=f"20{place + 10}", source=one.source)
    hub.forum.lead_organisations.add(one.organisation)
    ForumName.objects.create(body=hub.forum, name=f"Name {place}")
    WorkingGroupStage.objects.create(group=hub.group, stage="active", on=f"20{place + 10}", source=one.source)
    WorkingGroupStage.objects.create(group=one.group, stage="active", on="2020", source=one.source)


def _say_something_about(record, one):
    record.statements.create(kind="protest", organisation=one.organisation, text="No.", source=one.source)
    record.statements.create(kind="comment", person=one.person, text="Well.", source=one.source)


def _beside_agreement(hub, one, place):
    agreement = hub.agreement
    agreement.parties.create(organisation=one.organisation, signatory=one.person)
    one.agreement.parties.create(organisation=hub.organisation)
    AgreementEvent.objects.create(
        agreement=agreement, kind="ratified", on="2022", source=one.source, country=one.country
    )
    planned = {"agreement": agreement, "kind": "signed", "is_planned": True, "source": one.source, "act": "ceremony"}
    first = AgreementEvent.objects.create(on=f"21{place + 10}-01-01", **planned)
    AgreementEvent.objects.create(on=f"21{place + 10}-02-01", person=one.person, previous_target=first, **planned)
    AgreementEvent.objects.create(agreement=one.agreement, kind="signed", on="2020", act="ceremony")
    AgreementTitle.objects.create(agreement=agreement, language=f"l{place}", title="Title")
    AgreementFigure.objects.create(agreement=agreement, what="x", amount=1, unit="USD", said_by=one.person)
    agreement.relations.create(kind="amends", other=one.agreement)
    agreement.related_from.create(kind="amends", agreement=one.agreement)
    one.agreement.relations.create(kind="may_overlap", other=agreement)
    _say_something_about(agreement, one)
    MeetingAgreement.objects.create(meeting=one.session, agreement=agreement)
    Outcome.objects.create(
        meeting=one.session, kind="signature", text="x", source=one.source, working_group=one.group, agreement=agreement
    )
    figure = {"agreement": agreement, "what": "x", "amount": 1, "unit": "USD", "source": one.source}
    MeetingFigureClaim.objects.create(
        part=MeetingFigure.objects.create(meeting=one.session, said_by=one.person, **figure),
        source=one.source,
        field="amount",
        value="2",
    )


def _beside_meeting(hub, one, place):
    meeting = hub.meeting
    for held in (meeting, one.session):
        side = held.delegations.create(organisation=one.organisation)
        Delegate.objects.create(delegation=side, person=one.person)
        held.organisers.add(one.organisation)
        ScheduleChange.objects.create(meeting=held, planned_for="2020", source=one.source, country=one.country)
    Outcome.objects.create(
        meeting=meeting, kind="decision", text="x", source=one.source, working_group=one.group, agreement=one.agreement
    )
    Outcome.objects.create(meeting=one.session, kind="decision", text="x", source=one.source, working_group=hub.group)
    MeetingFigure.objects.create(
        meeting=meeting, what="x", amount=1, unit="USD", said_by=one.person, agreement=one.agreement
    )
    MeetingStatement.objects.create(meeting=meeting, kind="wish", person=one.person, text="x", source=one.source)
    one.session.preparatory_for = meeting
    one.session.save()
    AgendaItem.objects.create(meeting=meeting, number=place, title="x")
    MeetingAgreement.objects.create(meeting=meeting, agreement=one.agreement)
    make_commitment(meeting=meeting, cited=False)


def _beside_commitment(hub, one, place):
    commitment = hub.commitment
    for promise in (commitment, one.commitment):
        promise.parties.create(side="by", organisation=one.organisation)
    ProgressUpdate.objects.create(
        commitment=commitment, state=PUBLISHED, progress="limited", source=one.source, side=one.country
    )
    reminder = make_reminder(commitment, one.person, stage=place)
    ProgressUpdate.objects.create(commitment=commitment, state="in_review", answer="late", reminder=reminder)
    DueChange.objects.create(commitment=commitment, due_after=f"20{place + 21}", source=one.source)
    CommitmentFigure.objects.create(commitment=commitment, what="x", amount=1, unit="USD", said_by=one.person)
    CommitmentStatement.objects.create(
        commitment=commitment, kind="wish", organisation=one.organisation, text="x", source=one.source
    )
    CommitmentLineage.objects.create(commitment=commitment, kind="repeats", earlier=one.commitment)
    CommitmentLineage.objects.create(commitment=one.commitment, kind="repeats", earlier=commitment)


def _beside_person(hub, one, place):
    """Every way to name a person, in records that stand around the others: on a day of their own, as a page shows the
    newest, and of one day those of the highest key, whatever they are."""
    on = f"20{place + 10}"
    side = one.session.delegations.create(country=one.country)
    Delegate.objects.create(delegation=side, person=hub.person, office="Minister")
    one.agreement.parties.create(organisation=one.organisation, signatory=hub.person, office="Minister")
    AgreementEvent.objects.create(agreement=one.agreement, kind="initialled", on="2020", person=hub.person)
    for record in (one.agreement, one.session, one.commitment, one.forum, one.group):
        record.statements.create(kind="wish", person=hub.person, text="Soon.", on=on, source=one.source)
    for record in (one.agreement, one.session, one.commitment):
        record.figures.create(what="x", amount=1, unit="USD", as_of=on, said_by=hub.person)
    one.commitment.spoken_by = hub.person
    one.commitment.save()
