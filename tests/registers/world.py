"""A small world in which every filter of every register has something to find and something to leave out."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from agreements.models import (
    Agreement,
    AgreementCitation,
    AgreementEvent,
    AgreementParty,
    AgreementTitle,
    Forum,
    ForumName,
    Membership,
    Organisation,
    WorkingGroup,
    WorkingGroupStage,
)
from meetings.models import CommitmentParty, Delegate, Delegation, Meeting, Outcome, ProgressUpdate
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
from tracker.records.models import Source, one_change


@contextmanager
def for_a_while():
    """It is there for as long as a module of tests reads it."""
    with transaction.atomic():
        build()
        yield
        transaction.set_rollback(True)


def build():
    """Make it. Agreements, meetings and commitments are told apart by their titles, the rest by slug or code."""
    with one_change():
        _themes()
        _bodies()
        _agreements()
        _meetings()
        _commitments()
        _sources()


def _themes():
    digital = make_theme("digital", name="Digital economy", kind="cluster", other_names="cyber\nonline")
    cloud = make_theme("cloud", name="Cloud", parent=digital)
    make_theme("caches", name="Caches", parent=cloud)
    make_theme("skills", name="Skills", kind="cooperation")


def _bodies():
    pakistan, china = make_country("PAK", name_ur="پاکستان"), make_country("CHN", name_zh="中国")
    moitt = make_organisation("moitt", name="Ministry of IT", kind="ministry", country=pakistan)
    make_organisation("ndrc", name="Reform Commission", kind="agency", country=china)
    make_organisation("telecom", name="Telecom Works", kind="enterprise", country=china)
    make_organisation("bureau", name="World Bureau", kind="international")
    jcc = make_forum("jcc", ["CHN", "PAK"], name="Joint Cooperation Committee", kind="jcc", abbreviation="JCC")
    jcc.lead_organisations.add(moitt)
    ForumName.objects.create(body=jcc, name="Corridor Council")
    jec = make_forum("jec", ["LKA", "PAK"], name="Joint Economic Commission", kind="jec")
    club = make_forum("club", ["PAK", "SAU", "UZB"], name="Digital Club", kind="organisation")
    Membership.objects.create(forum=club, country=china, role="observer")
    it = make_working_group("it-group", forum=jcc, name="IT group")
    it.themes.set([make_theme("cloud")])
    WorkingGroupStage.objects.create(group=it, stage="proposed", on="2018")
    WorkingGroupStage.objects.create(group=it, stage="active", on="2020-05")
    trade = make_working_group("trade-group", forum=jec, name="Trade group")
    WorkingGroupStage.objects.create(group=trade, stage="proposed", on="2024")
    make_working_group("quiet-group", forum=jec, name="Quiet group")


def _agreements():
    jcc, jec = Forum.objects.get(slug="jcc"), Forum.objects.get(slug="jec")
    alpha = make_agreement(
        ("CHN", "PAK"),
        "2021-09-23",
        themes=["cloud"],
        title="Alpha",
        forum=jcc,
        binding="non_binding",
        level="government",
        count=5,
    )
    AgreementParty.objects.create(agreement=alpha, organisation=Organisation.objects.get(slug="telecom"))
    signing = alpha.parties.get(country__code="PAK")
    signing.signatory, signing.office = make_person("Asad Umar", slug="asad-umar"), "Minister"
    signing.save()
    AgreementTitle.objects.create(agreement=alpha, language="zh", title="谅解备忘录")
    beta = make_agreement(
        ("LKA", "PAK"), "2016", themes=["skills"], title="Beta", type="treaty", forum=jec, binding="binding"
    )
    AgreementEvent.objects.create(agreement=beta, kind="in_force", on="2017-01-01")
    gamma = make_agreement(
        ("CHN", "PAK", "SAU"), themes=["caches", "skills"], title="Gamma", type="plan", level="agency"
    )
    AgreementParty.objects.create(agreement=gamma, organisation=Organisation.objects.get(slug="bureau"))
    delta = make_agreement(("SAU", "UZB"), title="Delta", type="framework", level="mixed")
    AgreementEvent.objects.create(agreement=delta, kind="negotiated", on="2025-03")
    AgreementEvent.objects.create(agreement=delta, kind="signed", on="2188-06", is_planned=True)
    AgreementEvent.objects.create(agreement=delta, kind="in_force", on="2190", is_planned=True)
    make_agreement(("CHN", "LKA"), "../2026-01-29", title="Epsilon", type="letter", description="100% fibre_optic")
    # An organisation signs for its country: China is involved, though not a party itself.
    zeta = make_agreement(("PAK",), "2021-10", title="Zeta", type="enterprise", level="enterprise")
    AgreementParty.objects.create(agreement=zeta, organisation=Organisation.objects.get(slug="telecom"))


def _meetings():
    jcc, jec = Forum.objects.get(slug="jcc"), Forum.objects.get(slug="jec")
    tenth = make_meeting(
        ("CHN", "PAK"),
        title="Tenth",
        forum=jcc,
        session_number=10,
        held="2021-09-23",
        mode="virtual",
        themes=["cloud"],
    )
    Delegate.objects.create(delegation=tenth.delegations.first(), person=make_person("Ning Jizhe", slug="ning-jizhe"))
    tenth.organisers.add(Organisation.objects.get(slug="moitt"))
    thirteenth = make_meeting(
        ("LKA", "PAK"),
        title="Thirteenth",
        forum=jec,
        session_number=13,
        session_suffix="Special",
        kind="special",
        mode="in_person",
        place="Colombo",
        held="2026-01-28",
        themes=["skills"],
    )
    Delegation.objects.create(meeting=thirteenth, organisation=Organisation.objects.get(slug="moitt"))
    aruni = make_person("Aruni Wijewardane", slug="aruni", other_names="Aruni W.")
    side = thirteenth.delegations.get(country__code="LKA")
    Delegate.objects.create(delegation=side, person=aruni, role="co_chair", office="Foreign Secretary")
    Outcome.objects.create(meeting=thirteenth, kind="decision", text="A kiosk in every village")
    make_meeting(("CHN", "PAK", "SAU"), title="Three", kind="ad_hoc", mode="hybrid", held="2025-07")
    make_meeting(
        ("CHN", "PAK"),
        title="Group",
        working_group=WorkingGroup.objects.get(slug="it-group"),
        status="tentative",
        held="",
        kind="preparatory",
    )
    make_meeting(("SAU", "UZB"), title="Before", status="held", held="../2020-05-01", themes=["caches"])


def _commitments():
    today = localdate()
    tenth, thirteenth, group = (Meeting.objects.get(title=title) for title in ("Tenth", "Thirteenth", "Group"))
    lay = make_commitment(
        ("PAK",),
        ("CHN",),
        title="Lay fibre",
        meeting=tenth,
        due="2022-06",
        kind="build",
        strength="agreed",
        themes=["cloud"],
        working_group=WorkingGroup.objects.get(slug="it-group"),
    )
    ProgressUpdate.objects.create(commitment=lay, state=PUBLISHED, progress="limited", as_of="2024")
    done = make_commitment(("CHN",), ("PAK",), title="Train staff", meeting=tenth, due="2023", kind="train")
    ProgressUpdate.objects.create(
        commitment=done, state=PUBLISHED, progress="complete", as_of="2023", side=make_country("CHN")
    )
    soon = (today + timedelta(days=10)).isoformat()
    make_commitment(
        ("LKA", "PAK"), (), title="Meet again", meeting=thirteenth, due=soon, kind="meet", strength="intention"
    )
    make_commitment(
        ("LKA",), ("PAK",), title="Share data", meeting=thirteenth, due="2190", kind="exchange", themes=["skills"]
    )
    make_commitment(
        ("PAK",),
        ("LKA",),
        title="Dropped plan",
        meeting=thirteenth,
        due="../2019-01-01",
        kind="pilot",
        closure="dropped",
    )
    build = make_commitment((), ("PAK",), title="Build park", agreement=Agreement.objects.get(title="Gamma"))
    CommitmentParty.objects.create(commitment=build, side="by", organisation=Organisation.objects.get(slug="telecom"))
    words = make_commitment((), ("PAK",), title="Open stores", meeting=group, strength="invited", themes=["caches"])
    CommitmentParty.objects.create(commitment=words, side="by", words="Pakistani “corner” shops")


def _sources():
    # Only what a published record cites is public, hence the citation.
    for slug, fields in {
        "gazette": {"title": "Gazette", "evidence": "official", "published_on": "2026-01-29"},
        "daily": {"title": "Daily", "publisher": "The Daily", "published_on": "2025-07", "language": "ur"},
        "lanka": {"title": "Lanka", "language": "si", "published_on": "../2020-05-01"},
    }.items():
        source = make_source(slug=slug, **fields)
        AgreementCitation.objects.create(record=Agreement.objects.get(title="Alpha"), source=source, locator="p. 1")
    Source.objects.filter(slug__startswith="source-").update(evidence="press_release")
