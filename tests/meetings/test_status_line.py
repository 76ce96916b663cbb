"""The line never says more than the record: whatever the record holds, in every language."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import translation

from agreements.models import Agreement
from meetings.models import Assessment, Commitment, Meeting, Progress, Schedule
from meetings.models.status_line import period_in_words

TODAY = date(2026, 11, 26)
LATE = {"en": ("late", "overdue"), "ur": ("تاخیر", "گزر چکی"), "zh-hans": ("延迟", "逾期")}
COMPLETED = {"en": "complete", "ur": "مکمل", "zh-hans": "完成"}
NO_REPORT = {"en": "no report", "ur": "کوئی رپورٹ", "zh-hans": "未见报告"}
OVERDUE = {"en": "overdue", "ur": "گزر چکی", "zh-hans": "逾期"}
CLOSED = {"en": "Closed", "ur": "بند", "zh-hans": "已了结"}
LANGUAGES = list(COMPLETED)
# What a record may hold, each value with each other.
CLOSURES = ["", "completed", "dropped", "failed"]
LATENESS = [(None, None), (0, 0), (0, 40), (40, 40), (1100, 1300)]
DUE = [None, TODAY - timedelta(days=400), TODAY + timedelta(days=400)]
STRENGTHS = [Commitment.Strength.AGREED, Commitment.Strength.PROPOSED]
SPEAKERS = [(None, ""), ("X", Assessment.CLAIMED.value), ("Y", Assessment.CONFIRMED.value)]
LOOKED = [None, date(2026, 3, 12)]
OCCASIONS = [
    Meeting(state="published", held_earliest=date(2021, 9, 1), held_latest=date(2021, 9, 30)),
    Meeting(state="draft", held_earliest=date(2021, 9, 1), held_latest=date(2021, 9, 30)),
    Agreement(state="published", signed_earliest=date(2020, 12, 1), signed_latest=date(2021, 2, 1)),
]


def commitment_of(strength, closure, progress, lateness, due, speaker, looked, occasion):
    """One as the database would hold it, with what ``with_status`` adds."""
    is_meeting = isinstance(occasion, Meeting)
    commitment = Commitment(
        strength=strength,
        closure=closure,
        closed_on="2026-02" if closure else "",
        progress=progress,
        days_late_least=lateness[0],
        days_late_most=lateness[1],
        due_latest=due,
        last_looked_on=looked,
        assessment=speaker[1],
        meeting=occasion if is_meeting else None,
        agreement=None if is_meeting else occasion,
    )
    commitment.schedule = commitment.schedule_on(TODAY)
    commitment.read_on, commitment.speaker, commitment.assessor = TODAY, speaker[0], None
    commitment.reports = None if progress == Progress.NO_INFORMATION and speaker[0] is None else 1
    commitment.other_progress = commitment.other_as_of = commitment.other_speaker = None
    return commitment


def is_possible(commitment):
    """Days late are derived for what is completed, and for nothing else."""
    return is_completed(commitment) or commitment.days_late_most is None


def is_completed(commitment):
    return commitment.closure == "completed" or (not commitment.closure and commitment.progress == Progress.COMPLETE)


@pytest.fixture(scope="module")
def commitments():
    made = product(STRENGTHS, CLOSURES, Progress.values, LATENESS, DUE, SPEAKERS, LOOKED, OCCASIONS)
    return [commitment for commitment in (commitment_of(*values) for values in made) if is_possible(commitment)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_line_says_no_more_than_the_record_whatever_it_holds(commitments, language):
    with translation.override(language):
        lines = [(each, " · ".join(each.status_line[1:]).lower()) for each in commitments]
    assert len(lines) > 4000
    for each, line in lines:
        is_late = bool(each.days_late_least)
        is_overdue = each.schedule == Schedule.OVERDUE and each.is_firm
        if not is_late and not is_overdue:
            assert "late" not in line if language == "en" else LATE[language][0] not in line
        if not is_overdue:
            assert OVERDUE[language] not in line or is_late
        if not is_completed(each):
            assert COMPLETED[language] not in line or each.progress == Progress.COMPLETE
            assert not (each.closure and COMPLETED[language] in line)
        assert (NO_REPORT[language] in line) == (
            not each.closure and each.progress == Progress.NO_INFORMATION and not each.reports
        )
        assert CLOSED[language].lower() not in line.split(" · ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_line_of_a_proposal_never_says_overdue_and_that_of_a_hidden_meeting_no_year(commitments, language):
    with translation.override(language):
        for each in commitments:
            line = " · ".join(each.status_line)
            if not each.is_firm and not each.days_late_least:
                assert OVERDUE[language] not in line
            if (each.meeting and not each.meeting.is_public) or each.agreement:
                assert "2021" not in line and "2020" not in line


def test_closing_of_a_late_one_says_how_late_and_of_a_bound_at_least():
    occasion = OCCASIONS[0]
    line = commitment_of("agreed", "completed", "complete", (1100, 1300), None, ("X", "claimed"), None, occasion)
    assert line.status_line == ["Agreed 2021", "completed, says X", "3 years late by our reckoning"]
    line = commitment_of("agreed", "completed", "complete", (40, 800), None, (None, ""), None, occasion)
    assert line.status_line == ["Agreed 2021", "completed", "at least 40 days late by our reckoning"]


def test_what_was_promised_and_not_heard_of_since_says_for_how_long_and_when_somebody_looked():
    commitment = commitment_of(
        "agreed", "", "no_information", (None, None), DUE[2], (None, ""), LOOKED[1], OCCASIONS[0]
    )
    assert commitment.status_line == [
        "Agreed 2021",
        "not yet due",
        "no report seen in 5 years (last looked 12 March 2026)",
    ]
    assert commitment.without_report == "We have seen no report (last looked 12 March 2026)"


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (60, "60 days"), (61, "2 months"), (730, "23 months"), (731, "2 years"), (1095, "2 years")],
)
def test_period_is_never_longer_than_what_passed(days, words):
    assert period_in_words(days) == words
