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
from tracker.records.models import one_change

WORD = "Xyzzy"
HIDDEN = {
    "draft": {"state": "draft"},
    "in review": {"state": "in_review"},
    "withdrawn": {"state": "withdrawn"},
    "approved for a moment": {"state": "in_review", "publish_at": timezone.now() + timedelta(days=2)},
}


@one_change()
def add(hidden, tag="one"):
    """Add some of each kind with the fields ``hidden``; return one of each. ``tag`` tells several sets apart."""
    tag = tag.replace(" ", "-")
    # A country that stands in nothing public: neither list nor facet may know it.
    make_country("XYZ", name=f"{WORD}land")
    organisation, forum, group = _bodies(hidden, tag)
    agreement = _agreement(hidden, forum, tag)
    meeting = _meeting(hidden, agreement, organisation, tag)
    commitment = _commitments(hidden, agreement, meeting, group, tag)
    for record in (organisation, forum, group, agreement, meeting, commitment):
        source = make_source(
            slug=f"xyzzy-{record._meta.model_name}-{tag}", title=f"{WORD} source of a {record}", language="zh-hans"
        )
        record.citations.create(source=source, locator=f"{WORD} page")
        record.editors_note = f"{WORD} note"
        record.save()
    return {record._meta.model_name: record for record in (organisation, forum, group, agreement, meeting, commitment)}


def _bodies(hidden, tag):
    pakistan = Country.objects.get(code="PAK")
    moitt, jcc = Organisation.objects.get(slug="moitt"), Forum.objects.get(slug="jcc")
    organisation = make_organisation(
        f"xyzzy-ministry-{tag}", name=f"{WORD} ministry {tag}", kind="foundation", country=pakistan, **hidden
    )
    OrganisationName.objects.create(body=organisation, name=f"{WORD} former name {tag}")
    organisation.successors.add(moitt)
    moitt.successors.add(organisation)
    jcc.lead_organisations.add(organisation)
    forum = make_forum(
        f"xyzzy-forum-{tag}", ["CHN", "PAK", "XYZ"], name=f"{WORD} forum {tag}", kind="council", **hidden
    )
    ForumName.objects.create(body=forum, name=f"{WORD} former forum {tag}")
    forum.lead_organisations.add(moitt)
    group = make_working_group(
        f"xyzzy-group-{tag}",
        forum=jcc,
        name=f"{WORD} group {tag}",
        parent=WorkingGroup.objects.get(slug="it-group"),
        founding_agreement=Agreement.objects.get(title="Alpha"),
        **hidden,
    )
    group.themes.set(WorkingGroup.objects.get(slug="it-group").themes.all())
    make_working_group(f"xyzzy-subgroup-{tag}", forum=forum, name=f"{WORD} subgroup {tag}", **hidden)
    return organisation, forum, group


def _agreement(hidden, forum, tag):
    alpha, beta = (Agreement.objects.get(title=title) for title in ("Alpha", "Beta"))
    agreement = make_agreement(
        ("CHN", "PAK", "XYZ"),
        "2026-02-02",
        title=f"{WORD} agreement {tag}",
        description=f"{WORD} description {tag}",
        type="moc",
        themes=["cloud"],
        forum=alpha.forum,
        parent=alpha,
        count=7,
        **hidden,
    )
    AgreementRelation.objects.create(agreement=agreement, kind="extends", other=beta)
    AgreementRelation.objects.create(agreement=beta, kind="supports", other=agreement)
    make_agreement(("CHN", "PAK"), title=f"{WORD} second {tag}", type="notes", forum=forum, **hidden)
    return agreement


def _meeting(hidden, agreement, organisation, tag):
    jcc, tenth = Forum.objects.get(slug="jcc"), Meeting.objects.get(title="Tenth")
    MeetingAgreement.objects.create(meeting=tenth, agreement=agreement)
    tenth.organisers.add(organisation)
    meeting = make_meeting(
        ("CHN", "PAK", "XYZ"),
        title=f"{WORD} meeting {tag}",
        forum=jcc,
        session_number=11,
        session_suffix=tag,
        held="2026-03-03",
        kind="special",
        status="held",
        mode="hybrid",
        place=f"{WORD} city {tag}",
        summary=f"{WORD} summary {tag}",
        themes=["cloud"],
        preparatory_for=tenth,
        **hidden,
    )
    MeetingAgreement.objects.create(meeting=meeting, agreement=Agreement.objects.get(title="Alpha"))
    Delegation.objects.create(meeting=meeting, organisation=organisation)
    Outcome.objects.create(meeting=meeting, kind="decision", text=f"{WORD} decision {tag}")
    make_meeting(
        ("CHN", "PAK"),
        title=f"{WORD} group meeting {tag}",
        working_group=WorkingGroup.objects.get(slug="it-group"),
        **hidden,
    )
    return meeting


def _commitments(hidden, agreement, meeting, group, tag):
    lay, tenth = Commitment.objects.get(title="Lay fibre"), Meeting.objects.get(title="Tenth")
    fields = {"kind": "align", "strength": "proposed", "themes": ["cloud"], "due": "2021", **hidden}
    commitment = make_commitment(("PAK",), ("CHN", "XYZ"), title=f"{WORD} promise {tag}", meeting=tenth, **fields)
    make_commitment(title=f"{WORD} promise of a paper {tag}", agreement=Agreement.objects.get(title="Gamma"), **fields)
    make_commitment(title=f"{WORD} promise of a group {tag}", meeting=meeting, working_group=group, **fields)
    make_commitment(
        title=f"{WORD} task {tag}", meeting=tenth, working_group=WorkingGroup.objects.get(slug="it-group"), **fields
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
