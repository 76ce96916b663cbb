"""The starter data load whole, and say no more than their sources do."""

import re
import unicodedata
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementParty,
    AgreementRelation,
    AgreementTitle,
    Forum,
    ForumName,
    Membership,
    OrganisationName,
    Theme,
    WorkingGroup,
    WorkingGroupName,
    WorkingGroupStage,
)
from meetings.models import Commitment, CommitmentLineage, CommitmentParty, Meeting, Progress, ProgressUpdate
from tracker.records import edtf
from tracker.records.evidence import Verdict, verdict
from tracker.records.models import Citation, Publishable, Source, Versioned
from tracker.site.management.commands.load_starter_data import LOADER
from tracker.site.registers import CITING

pytestmark = pytest.mark.usefixtures("starter_data")

# Commitments by the meeting that an article reports. The articles tell of 51 things in all; those that nobody undertook
# or even proposed stand among the outcomes and statements of the meeting, and their numbers are not given again.
COMMITMENTS_OF_ARTICLES = {"MTG-0001": 6, "MTG-0002": 14, "MTG-0004": 6, "MTG-0005": 2, "MTG-0006": 7}
NOT_IN_USE = ["2", "5", "7", "9", "24", "26", "31", "32", "35", "36", "39", "40", "44", "47", "50", "51", "67", "68"]

# A reader knows neither what the entries were made from nor who made them.
BUILDERS_WORDS = re.compile(
    r"\b(the|an|one) article\b|encyclop|\bwe saw\b|\bpages? seen\b|our reading|the tracker|\bby us\b"
    r"|\bthe record (takes|keeps|follows|uses|shows|allows)\b|\b(one|another|a later) (report|page)\b",
    re.IGNORECASE,
)


def rows_of_fixtures():
    """The rows of fixtures/ by model, as a file each has them."""
    found = Counter()
    for path in Path(settings.FIXTURE_DIRS[0]).glob("*.yaml"):
        found.update(row["model"] for row in yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER))
    return found


def kept_models():
    labels = ("agreements", "meetings", "records")
    return [model for model in apps.get_models() if issubclass(model, Versioned) and model._meta.app_label in labels]


def test_every_row_of_the_fixtures_is_loaded_once():
    found = {model._meta.label_lower: model.objects.count() for model in kept_models()}
    # Made by a migration, so that mail has a policy even before there are data.
    assert found.pop("meetings.followuppolicy") == 1
    assert {label: count for label, count in found.items() if count} == rows_of_fixtures()


def test_foreign_keys_of_loaded_rows_hold():
    connection.check_constraints()


def test_every_loaded_record_is_published_and_cited():
    for model in apps.get_models():
        if issubclass(model, Publishable):
            assert list(model.objects.exclude(state=Publishable.State.PUBLISHED)) == []
            assert list(model.objects.without_citation()) == []


def test_commitments_of_the_articles_are_all_there():
    references = [f"COM-{number:04}" for number in range(1, 52)]
    found = Commitment.objects.filter(reference__in=references)
    assert Counter(found.values_list("meeting__reference", flat=True)) == COMMITMENTS_OF_ARTICLES


def test_numbers_of_what_nobody_undertook_are_not_in_use():
    assert list(Commitment.objects.filter(reference__in=[f"COM-{int(number):04}" for number in NOT_IN_USE])) == []


def test_themes_have_eleven_clusters_and_five_of_cooperation():
    kinds = Counter(Theme.objects.values_list("kind", flat=True))
    assert (kinds["cluster"], kinds["cooperation"]) == (11, 5)


@pytest.mark.parametrize("model", [AgreementParty, CommitmentParty])
def test_every_party_is_exactly_one_of_country_organisation_and_words(model):
    for party in model.objects.all():
        assert [bool(party.country_id), bool(party.organisation_id), bool(party.words)].count(True) == 1, party


def claims(record, field):
    """``{(source, value)}`` of a record for one field."""
    rows = record.citations.filter(field=field)
    return set(rows.values_list("source__slug", "value"))


def test_13th_jec_session_shows_both_dates_with_their_sources():
    session = Meeting.objects.get(forum__slug="sri-lanka-pakistan-jec", session_number=13)
    assert session.held == "2026-01-28"
    assert claims(session, Citation.Field.DATE) == {
        ("adaderana-lk-2026-01-29", "../2026-01-29"),
        ("colombotimes-net", "2026-01-28"),
        ("agritechinsights-com-2026-01-29", "2026-01-28"),
        ("ft-lk-2026-01-30", "2026-01-29"),
        ("athavannews-com", "2026-01-28"),
    }


def test_working_group_of_the_13th_jec_session_shows_both_wordings():
    group = WorkingGroup.objects.get(slug="jec-jwg-it-digital-economy")
    assert group.stage == WorkingGroup.Stage.AGREED_IN_PRINCIPLE
    assert claims(group, Citation.Field.STATUS) == {
        ("adaderana-lk-2026-01-29", "agreed by establishing it"),
        ("adaderana-lk-2026-01-29", "newly formed"),
        ("athavannews-com", "established"),
        ("colombotimes-net", "agreed in principle"),
        ("ft-lk-2026-01-30", "agreed in principle"),
    }
    assert claims(group, Citation.Field.TITLE) == {
        ("adaderana-lk-2026-01-29", "Joint Working Group on Information Technology and Digital Economy"),
        ("colombotimes-net", "Working group on IT and telecommunications"),
        ("ft-lk-2026-01-30", "Working group on IT and telecommunications"),
    }


def test_10th_jcc_meeting_keeps_every_date_it_was_once_to_have():
    meeting = Meeting.objects.get(forum__slug="cpec-jcc", session_number=10)
    assert meeting.held == "2021-09-23"
    changes = meeting.schedule_changes.values_list("kind", "planned_for", "source__slug")
    assert set(changes) == {
        ("proposed", "2020-04", "dailytimes-com-pk-2020-01-24"),
        ("announced", "2020-11", "app-com-pk-2020-10-16"),
        ("announced", "2021-07-13", "dawn-com-2021-07-09"),
        ("announced", "2021-07-16", "thediplomaticinsight-com-2021-07-10"),
        ("postponed", "", "profit-pakistantoday-com-pk"),
        ("agreed", "2021-09-23", "profit-pakistantoday-com-pk"),
    }


def test_members_of_the_dco_are_those_it_counts_itself():
    dco = Forum.objects.get(slug="dco")
    roles = Counter(dco.memberships.values_list("role", flat=True))
    assert roles == {"founding": 7, "member": 9, "invited": 2}
    assert dco.countries.count() == 16


def days(notation):
    """How many days a date leaves open; as good as endless where it has no beginning or no end."""
    earliest, latest = edtf.bounds(notation)
    return latest - earliest if earliest and latest else timedelta.max


def test_no_meeting_is_dated_more_exactly_than_its_sources():
    """Either a source states a date as exact, or the record says how the date was found."""
    for meeting in Meeting.objects.exclude(held=""):
        stated = meeting.citations.filter(field=Citation.Field.DATE).values_list("value", flat=True)
        as_exact = any(days(value) <= days(meeting.held) for value in stated)
        vouched_for = meeting.citations.filter(field="").exists()
        assert as_exact or meeting.held_reason or (vouched_for and meeting.held_basis == "stated"), meeting


def test_no_meeting_is_dated_against_all_that_its_sources_state():
    for meeting in Meeting.objects.exclude(held=""):
        stated = [verdict(meeting, "date", value) for _source, value in claims(meeting, Citation.Field.DATE)]
        assert not stated or {Verdict.SAME, Verdict.AGREES} & set(stated), meeting


def test_every_date_claim_can_be_read():
    for model in Citation.__subclasses__():
        for value in model.objects.filter(field=Citation.Field.DATE).values_list("value", flat=True):
            assert edtf.in_words(value)


def test_every_source_has_a_title_or_an_address_and_is_cited():
    cited = {slug for model in CITING for slug in model.objects.values_list("source__slug", flat=True)}
    memberships = apps.get_model("agreements", "Membership").objects.values_list("source__slug", flat=True)
    for source in Source.objects.all():
        assert source.title or source.url, source
        assert source.slug in cited | set(memberships), source


def public_texts():
    """``(row, field, text)`` of every text that the public reads."""
    for model in kept_models():
        names = [
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, models.SlugField | models.URLField)
            and field.name not in ("editors_note", "reference", "state")
        ]
        for row in model.objects.all() if names else ():
            yield from ((row, name, getattr(row, name)) for name in names if getattr(row, name))


def test_no_public_text_speaks_in_the_words_of_its_makers():
    found = [(row, name, text) for row, name, text in public_texts() if BUILDERS_WORDS.search(text)]
    assert found == []


def test_every_progress_has_a_source_and_says_who_assessed_it():
    for update in ProgressUpdate.objects.all():
        assert update.source_id and update.assessor, update.commitment


def test_what_is_complete_says_so_with_a_day_unless_only_its_own_side_says_it():
    for update in ProgressUpdate.objects.filter(progress=Progress.COMPLETE):
        assert update.as_of or update.side_id, update.commitment


def test_no_commitment_was_only_talked_about():
    talk = (Commitment.Strength.DISCUSSED,)
    assert list(Commitment.objects.filter(strength__in=talk)) == []


def test_a_closed_commitment_is_dated():
    for commitment in Commitment.objects.exclude(closure=""):
        assert commitment.closed_on, commitment


def test_verbatim_wording_is_short_and_has_its_language():
    worded = Commitment.objects.exclude(wording="")
    assert worded
    for commitment in worded:
        assert len(commitment.wording.split()) < 25 and commitment.wording_language, commitment


def made(commitment):
    """The latest day on which it can have been made; None where that is not known."""
    return commitment.meeting.held_latest if commitment.meeting else commitment.agreement.signed_latest


def test_a_promise_is_repeated_after_it_was_made():
    for step in CommitmentLineage.objects.all():
        earlier, later = made(step.earlier), made(step.commitment)
        assert earlier is None or later is None or earlier <= later, step.commitment


def test_looking_in_vain_came_after_the_last_news():
    for model in (Agreement, Commitment, Meeting):
        for record in model.objects.exclude(last_looked_on=None):
            news = [update.as_of_earliest for update in getattr(record, "progress_updates", model.objects.none()).all()]
            assert all(day is None or day <= record.last_looked_on for day in news), record


def test_numbers_that_may_overlap_carry_a_caution():
    overlapping = AgreementRelation.objects.filter(kind=AgreementRelation.Kind.MAY_OVERLAP)
    assert {(each.agreement.reference, each.other.reference) for each in overlapping} == {("AGR-0010", "AGR-0013")}
    for each in overlapping:
        assert each.agreement.caution and each.other.caution


def test_a_target_was_set_before_its_day():
    targets = AgreementEvent.objects.exclude(announced_on="")
    assert targets
    for target in targets:
        assert target.announced_on_earliest <= target.on_latest, target


def test_no_planned_session_is_left_tentative_where_a_later_one_was_held():
    for session in Meeting.objects.exclude(session_number=None).filter(status=Meeting.Status.TENTATIVE):
        body = {"working_group": session.working_group} if session.working_group else {"forum": session.forum}
        later = Meeting.objects.filter(**body, session_number__gt=session.session_number, status=Meeting.Status.HELD)
        assert not later.exists(), session


@pytest.mark.parametrize("names", [AgreementTitle, ForumName, OrganisationName, WorkingGroupName])
def test_native_names_are_written_in_the_script_of_their_language(names):
    scripts = {"zh-hans": "CJK", "ja": "CJK", "ko": "HANGUL", "ar": "ARABIC", "ur": "ARABIC", "ta": "TAMIL"}
    for name in names.objects.exclude(language="en"):
        letters = {unicodedata.name(letter, "").split()[0] for letter in str(name) if letter.isalpha()}
        assert scripts[name.language] in letters, name


@pytest.mark.parametrize(
    ("model", "name"),
    [(AgreementEvent, "on"), (Membership, "joined"), (Membership, "left"), (WorkingGroupStage, "on")],
)
def test_what_happened_once_is_not_dated_with_a_span(model, name):
    """Where the day is in doubt, it is one of several: a span would say that it went on from one to the other."""
    closed_span = models.Q(**{f"{name}__contains": "/"}) & ~models.Q(**{f"{name}__contains": ".."})
    assert list(model.objects.filter(closed_span).values_list("pk", name)) == []
