"""Records for tests: published and cited unless the test says otherwise, with nothing that it did not ask for."""

from functools import wraps
from itertools import count

from agreements.models import (
    Agreement,
    AgreementCitation,
    AgreementEvent,
    AgreementParty,
    Country,
    Forum,
    ForumCitation,
    Membership,
    Organisation,
    OrganisationCitation,
    Person,
    Theme,
    WorkingGroup,
    WorkingGroupCitation,
)
from meetings.models import (
    Commitment,
    CommitmentCitation,
    CommitmentParty,
    Delegation,
    Meeting,
    MeetingCitation,
)
from tracker.records.models import Publishable, Source, one_change

NAMES = {"PAK": "Pakistan", "CHN": "China", "LKA": "Sri Lanka", "SAU": "Saudi Arabia", "UZB": "Uzbekistan"}
PUBLISHED = Publishable.State.PUBLISHED
_numbers = count(1)


def in_one_change(make):
    """A record with its rows is made as a form makes it: as one change."""

    @wraps(make)
    def made(*args, **fields):
        with one_change():
            record = make(*args, **fields)
        record.refresh_from_db()
        return record

    return made


def make_country(code="PAK", **fields):
    """The country of this alpha-3 code, made once."""
    known = Country.objects.filter(code=code).first()
    fields = {"name": NAMES.get(code, f"Country {code}"), "alpha2": code[:2], **fields}
    return known or Country.objects.create(code=code, **fields)


def make_source(**fields):
    number = next(_numbers)
    return Source.objects.create(**{"slug": f"source-{number}", "title": f"Report {number}", **fields})


def make_theme(slug="cloud", **fields):
    known = Theme.objects.filter(slug=slug).first()
    return known or Theme.objects.create(slug=slug, **{"name": slug.replace("-", " "), **fields})


def make_person(name=None, **fields):
    number = next(_numbers)
    return Person.objects.create(**{"slug": f"person-{number}", "name": name or f"Person {number}", **fields})


@in_one_change
def make_organisation(slug=None, *, cited=True, **fields):
    slug = slug or f"organisation-{next(_numbers)}"
    defaults = {"name": slug.replace("-", " "), "kind": "ministry", "state": PUBLISHED}
    return _cite(Organisation.objects.create(slug=slug, **(defaults | fields)), OrganisationCitation, cited)


@in_one_change
def make_forum(slug=None, members=(), *, cited=True, **fields):
    """A forum; ``members`` are country codes."""
    slug = slug or f"forum-{next(_numbers)}"
    defaults = {"name": slug.replace("-", " "), "kind": "jec", "state": PUBLISHED}
    forum = Forum.objects.create(slug=slug, **(defaults | fields))
    for code in members:
        Membership.objects.create(forum=forum, country=make_country(code))
    return _cite(forum, ForumCitation, cited)


@in_one_change
def make_working_group(slug=None, *, cited=True, **fields):
    slug = slug or f"group-{next(_numbers)}"
    fields.setdefault("forum", None)
    fields["forum"] = fields["forum"] or make_forum()
    defaults = {"name": slug.replace("-", " "), "state": PUBLISHED}
    return _cite(WorkingGroup.objects.create(slug=slug, **(defaults | fields)), WorkingGroupCitation, cited)


@in_one_change
def make_agreement(parties=("CHN", "PAK"), signed=None, *, themes=(), cited=True, **fields):
    """An agreement between countries (codes), signed on an EDTF date where one is given."""
    defaults = {"title": f"Memorandum {next(_numbers)}", "type": "mou", "state": PUBLISHED}
    agreement = Agreement.objects.create(**(defaults | fields))
    for code in parties:
        AgreementParty.objects.create(agreement=agreement, country=make_country(code))
    if signed is not None:
        AgreementEvent.objects.create(agreement=agreement, kind="signed", on=signed)
    agreement.themes.set([make_theme(slug) for slug in themes])
    return _cite(agreement, AgreementCitation, cited)


@in_one_change
def make_meeting(delegations=("CHN", "PAK"), *, themes=(), cited=True, **fields):
    """A meeting of delegations (country codes)."""
    defaults = {"title": f"Meeting {next(_numbers)}", "held": "2026-01-28", "state": PUBLISHED}
    meeting = Meeting.objects.create(**(defaults | fields))
    for code in delegations:
        Delegation.objects.create(meeting=meeting, country=make_country(code))
    meeting.themes.set([make_theme(slug) for slug in themes])
    return _cite(meeting, MeetingCitation, cited)


@in_one_change
def make_commitment(by=("PAK",), to=("CHN",), *, themes=(), cited=True, **fields):
    """A commitment by countries to countries (codes), made at a meeting of its own unless one is given."""
    defaults = {"title": f"Commitment {next(_numbers)}", "strength": "agreed", "kind": "other", "state": PUBLISHED}
    fields = defaults | fields
    if not (fields.get("meeting") or fields.get("agreement")):
        fields["meeting"] = make_meeting()
    if fields.get("due"):
        fields.setdefault("due_rule", Commitment.DueRule.DATE)
    commitment = Commitment.objects.create(**fields)
    for side, codes in (("by", by), ("to", to)):
        for code in codes:
            CommitmentParty.objects.create(commitment=commitment, side=side, country=make_country(code))
    commitment.themes.set([make_theme(slug) for slug in themes])
    return _cite(commitment, CommitmentCitation, cited)


def _cite(record, citation, cited):
    if cited:
        citation.objects.create(record=record, source=make_source(), locator="paragraph 1")
    return record
