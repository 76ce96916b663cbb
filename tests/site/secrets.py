"""Records that are not public, tied to the public ones of the world in every way there is, all marked by one word."""

from datetime import timedelta

from django.utils import timezone

from agreements.models import (
    Agreement,
    AgreementRelation,
    Country,
    Forum,
    ForumName,
    Organisation,
    OrganisationName,
    WorkingGroup,
)
from meetings.models import (
    Commitment,
    CommitmentLineage,
    Delegation,
    Meeting,
    MeetingAgreement,
    Outcome,
    ProgressUpdate,
)
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_source,
    make_working_group,
)

WORD = "Xyzzy"
HIDDEN = {
    "draft": {"state": "draft"},
    "in review": {"state": "in_review"},
    "withdrawn": {"state": "withdrawn"},
    "embargoed": {"state": "published", "embargoed_until": timezone.now() + timedelta(days=2)},
}


def add(hidden):
    """Add one of each kind with the fields ``hidden``; return them by kind."""
    # A country that stands in nothing public: neither list nor facet may know it.
    make_country("XYZ", name=f"{WORD}land")
    organisation, forum, group = _bodies(hidden)
    agreement = _agreement(hidden, forum)
    meeting = _meeting(hidden, agreement, organisation)
    commitment = _commitments(hidden, agreement, meeting, group)
    for record in (organisation, forum, group, agreement, meeting, commitment):
        source = make_source(
            slug=f"xyzzy-{record._meta.model_name}", title=f"{WORD} source of a {record}", language="zh-hans"
        )
        record.citations.create(source=source, locator=f"{WORD} page")
        record.editors_note = f"{WORD} note"
        record.save()
    return {record._meta.model_name: record for record in (organisation, forum, group, agreement, meeting, commitment)}


def _bodies(hidden):
    pakistan = Country.objects.get(code="PAK")
    moitt, jcc = Organisation.objects.get(slug="moitt"), Forum.objects.get(slug="jcc")
    organisation = make_organisation(
        "xyzzy-ministry", name=f"{WORD} ministry", kind="foundation", country=pakistan, **hidden
    )
    OrganisationName.objects.create(body=organisation, name=f"{WORD} former name")
    organisation.successors.add(moitt)
    moitt.successors.add(organisation)
    jcc.lead_organisations.add(organisation)
    forum = make_forum("xyzzy-forum", ["CHN", "PAK", "XYZ"], name=f"{WORD} forum", kind="council", **hidden)
    ForumName.objects.create(body=forum, name=f"{WORD} former forum")
    forum.lead_organisations.add(moitt)
    group = make_working_group(
        "xyzzy-group",
        forum=jcc,
        name=f"{WORD} group",
        parent=WorkingGroup.objects.get(slug="it-group"),
        founding_agreement=Agreement.objects.get(title="Alpha"),
        **hidden,
    )
    group.themes.set(WorkingGroup.objects.get(slug="it-group").themes.all())
    make_working_group("xyzzy-subgroup", forum=forum, name=f"{WORD} subgroup", **hidden)
    return organisation, forum, group


def _agreement(hidden, forum):
    alpha, beta = (Agreement.objects.get(title=title) for title in ("Alpha", "Beta"))
    agreement = make_agreement(
        ("CHN", "PAK", "XYZ"),
        "2026-02-02",
        title=f"{WORD} agreement",
        description=f"{WORD} description",
        type="moc",
        themes=["cloud"],
        forum=alpha.forum,
        parent=alpha,
        count=7,
        **hidden,
    )
    AgreementRelation.objects.create(agreement=agreement, kind="extends", other=beta)
    AgreementRelation.objects.create(agreement=beta, kind="supports", other=agreement)
    make_agreement(("CHN", "PAK"), title=f"{WORD} second", type="notes", forum=forum, **hidden)
    return agreement


def _meeting(hidden, agreement, organisation):
    jcc, tenth = Forum.objects.get(slug="jcc"), Meeting.objects.get(title="Tenth")
    MeetingAgreement.objects.create(meeting=tenth, agreement=agreement)
    meeting = make_meeting(
        ("CHN", "PAK", "XYZ"),
        title=f"{WORD} meeting",
        forum=jcc,
        session_number=11,
        held="2026-03-03",
        kind="special",
        status="held",
        mode="hybrid",
        place=f"{WORD} city",
        summary=f"{WORD} summary",
        themes=["cloud"],
        preparatory_for=tenth,
        **hidden,
    )
    MeetingAgreement.objects.create(meeting=meeting, agreement=Agreement.objects.get(title="Alpha"))
    Delegation.objects.create(meeting=meeting, organisation=organisation)
    Outcome.objects.create(meeting=meeting, kind="decision", text=f"{WORD} decision")
    make_meeting(
        ("CHN", "PAK"), title=f"{WORD} group meeting", working_group=WorkingGroup.objects.get(slug="it-group"), **hidden
    )
    return meeting


def _commitments(hidden, agreement, meeting, group):
    lay, tenth = Commitment.objects.get(title="Lay fibre"), Meeting.objects.get(title="Tenth")
    fields = {"kind": "align", "strength": "proposed", "themes": ["cloud"], "due": "2021", **hidden}
    commitment = make_commitment(("PAK",), ("CHN", "XYZ"), title=f"{WORD} promise", meeting=tenth, **fields)
    make_commitment(title=f"{WORD} promise of a paper", agreement=Agreement.objects.get(title="Gamma"), **fields)
    make_commitment(title=f"{WORD} promise of a group", meeting=meeting, working_group=group, **fields)
    make_commitment(
        title=f"{WORD} task", meeting=tenth, working_group=WorkingGroup.objects.get(slug="it-group"), **fields
    )
    CommitmentLineage.objects.create(commitment=commitment, kind="repeats", earlier=lay)
    train = Commitment.objects.get(title="Train staff")
    CommitmentLineage.objects.create(commitment=train, kind="refines", earlier=commitment)
    return commitment


def add_update(hidden, commitment):
    """An answer about a public commitment that nobody has published yet."""
    source = make_source(slug="xyzzy-update", title=f"{WORD} evidence")
    return ProgressUpdate.objects.create(
        commitment=commitment,
        progress="substantial",
        text=f"{WORD} progress",
        as_of="2026",
        assessor=f"{WORD} assessor",
        evidence_url="https://example.org/xyzzy",
        source=source,
        **hidden,
    )
