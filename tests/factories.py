"""Records for tests: published and cited unless the test says otherwise, with nothing that it did not ask for.

Each record is made in one change, its rows in one statement a table: they have no history, which is the record's alone.
"""

from itertools import count

from django.utils import timezone

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
from tracker.records.models import ProposedChange, Publishable, Source, one_change

NAMES = {"PAK": "Pakistan", "CHN": "China", "LKA": "Sri Lanka", "SAU": "Saudi Arabia", "UZB": "Uzbekistan"}
PUBLISHED = Publishable.State.PUBLISHED
_numbers = count(1)


def make_country(code="PAK", **fields):
    """The country of this alpha-3 code, made once."""
    known = Country.objects.filter(code=code).first()
    fields = {"name": NAMES.get(code, f"Country {code}"), "alpha2": code[:2], **fields}
    return known or Country.objects.create(code=code, **fields)


def _countries(codes):
    known = Country.objects.in_bulk(codes, field_name="code") if codes else {}
    return [known.get(code) or make_country(code) for code in codes]


def make_source(**fields):
    number = next(_numbers)
    return Source.objects.create(**{"slug": f"source-{number}", "title": f"Report {number}", **fields})


def make_theme(slug="cloud", **fields):
    known = Theme.objects.filter(slug=slug).first()
    return known or Theme.objects.create(slug=slug, **{"name": slug.replace("-", " "), **fields})


def make_person(name=None, **fields):
    number = next(_numbers)
    return Person.objects.create(**{"slug": f"person-{number}", "name": name or f"Person {number}", **fields})


def make_organisation(slug=None, *, cited=True, **fields):
    slug = slug or f"organisation-{next(_numbers)}"
    defaults = {"name": slug.replace("-", " "), "kind": "ministry", "state": PUBLISHED}
    with one_change():
        organisation = Organisation.objects.create(slug=slug, **(defaults | fields))
        _cite(organisation, OrganisationCitation, cited)
    return _fresh(organisation)


def make_forum(slug=None, members=(), *, cited=True, **fields):
    """A forum; ``members`` are country codes."""
    slug = slug or f"forum-{next(_numbers)}"
    defaults = {"name": slug.replace("-", " "), "kind": "jec", "state": PUBLISHED}
    with one_change():
        forum = Forum.objects.create(slug=slug, **(defaults | fields))
        Membership.objects.bulk_create(Membership(forum=forum, country=country) for country in _countries(members))
        _cite(forum, ForumCitation, cited)
    return _fresh(forum)


def make_working_group(slug=None, *, cited=True, **fields):
    slug = slug or f"group-{next(_numbers)}"
    defaults = {"name": slug.replace("-", " "), "state": PUBLISHED}
    with one_change():
        fields["forum"] = fields.get("forum") or make_forum()
        group = WorkingGroup.objects.create(slug=slug, **(defaults | fields))
        _cite(group, WorkingGroupCitation, cited)
    return _fresh(group)


def make_agreement(parties=("CHN", "PAK"), signed=None, *, themes=(), cited=True, **fields):
    """An agreement between countries (codes), signed on an EDTF date where one is given."""
    defaults = {"title": f"Memorandum {next(_numbers)}", "type": "mou", "state": PUBLISHED}
    with one_change():
        agreement = Agreement.objects.create(**(defaults | fields))
        sides = [AgreementParty(agreement=agreement, country=country) for country in _countries(parties)]
        AgreementParty.objects.bulk_create(sides)
        if signed is not None:
            AgreementEvent.objects.bulk_create([AgreementEvent(agreement=agreement, kind="signed", on=signed)])
        if themes:
            agreement.themes.set([make_theme(slug) for slug in themes])
        _cite(agreement, AgreementCitation, cited)
    return _fresh(agreement)


def make_meeting(delegations=("CHN", "PAK"), *, themes=(), cited=True, **fields):
    """A meeting of delegations (country codes)."""
    defaults = {"title": f"Meeting {next(_numbers)}", "held": "2026-01-28", "state": PUBLISHED}
    with one_change():
        meeting = Meeting.objects.create(**(defaults | fields))
        Delegation.objects.bulk_create(
            Delegation(meeting=meeting, country=country) for country in _countries(delegations)
        )
        if themes:
            meeting.themes.set([make_theme(slug) for slug in themes])
        _cite(meeting, MeetingCitation, cited)
    return _fresh(meeting)


def make_commitment(by=("PAK",), to=("CHN",), *, themes=(), cited=True, **fields):
    """A commitment by countries to countries (codes), made at a meeting of its own unless one is given."""
    defaults = {"title": f"Commitment {next(_numbers)}", "strength": "agreed", "kind": "other", "state": PUBLISHED}
    fields = defaults | fields
    if fields.get("due"):
        fields.setdefault("due_rule", Commitment.DueRule.DATE)
    with one_change():
        if not (fields.get("meeting") or fields.get("agreement")):
            fields["meeting"] = make_meeting()
        commitment = Commitment.objects.create(**fields)
        CommitmentParty.objects.bulk_create(
            CommitmentParty(commitment=commitment, side=side, country=country)
            for side, codes in (("by", by), ("to", to))
            for country in _countries(codes)
        )
        if themes:
            commitment.themes.set([make_theme(slug) for slug in themes])
        _cite(commitment, CommitmentCitation, cited)
    return _fresh(commitment)


def _cite(record, citation, cited):
    if cited:
        number = next(_numbers)
        (source,) = Source.objects.bulk_create([Source(slug=f"source-{number}", title=f"Report {number}")])
        citation.objects.bulk_create([citation(record=record, source=source, locator="paragraph 1")])


def _fresh(record):
    """The record as the database has it, with what is derived once the change that made it has ended."""
    record.refresh_from_db()
    return record


def make_used_theme(slug="cloud"):
    """A theme has a page once a published record has it."""
    theme = make_theme(slug)
    make_agreement(themes=[slug])
    return theme


def make_proposal(record, author=None, **values):
    """A proposed change of a record, as its form would have sent it."""
    named = {"kind": record._meta.label_lower, "record": record.pk, "title": str(record), "author": author}
    sent = {"opened": {"own": {}}, "values": {name: [text] for name, text in values.items()}}
    return ProposedChange.objects.create(**named, **sent, data_version=1, sent_at=timezone.now())
