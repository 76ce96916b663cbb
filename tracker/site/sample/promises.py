"""Commitments of sample data: who promised what to whom, by when, and what was reported of it."""

from datetime import date, timedelta
from typing import Any

from meetings.models import (
    Commitment,
    CommitmentCitation,
    CommitmentFigure,
    CommitmentLineage,
    CommitmentParty,
    CommitmentStatement,
    DueChange,
    Progress,
    ProgressUpdate,
)
from tracker.records.models import Basis

from . import asides, days, derived
from .bodies import Cooperation
from .words import LANGUAGES, SETTINGS
from .world import State, World

TITLES = {
    "establish": "Set up a {setting} group on {theme}",
    "sign": "Sign a memorandum on {theme} in {place}",
    "exchange": "Exchange information on {theme} between {setting}",
    "train": "Train {setting} from {place} in {theme}",
    "pilot": "Pilot {theme} with {setting} in {place}",
    "align": "Align rules on {theme} for {setting}",
    "meet": "Hold a seminar on {theme} in {place}",
    "invest": "Invest in {theme} for {setting} in {place}",
    "build": "Build the {project} platform for {theme}",
    "cooperate": "Cooperate on {theme} under the {project} programme",
    "other": "Support {setting} in {place} with {theme}",
}
RECURRENCES = ("FREQ=MONTHLY;INTERVAL=2", "FREQ=YEARLY", "FREQ=WEEKLY;INTERVAL=4", "FREQ=YEARLY;BYMONTH=9")
PERIODS = ("P180D", "P1Y", "P90D", "P18M", "P2Y")
RULES = ("date", "none", "date", "next_session", "relative", "continuous", "conditional")
# How often nothing is reported of a commitment, or once, and so on.
REPORTS = (0, 0, 1, 0, 2, 1, 3)
Rule = Commitment.DueRule


def make_commitment(world: World, about: Cooperation) -> None:
    meeting = world.words.even(about.meetings) if about.meetings and world.happens(0.85) else None
    agreement = world.words.even(about.agreements) if about.agreements and world.happens(0.2) else None
    if meeting is None and agreement is None:
        meeting = about.meetings[0]
    made = _day_of(meeting, agreement, about)
    commitment = Commitment(
        meeting=meeting,
        agreement=agreement,
        state=_state(world, meeting or agreement),
        last_looked_on=world.looked(),
        position=world.up_to(9),
        **_words(world, about),
        **_due(world, about, made),
        **_closure(world, made),
    )
    world.store.put(commitment)
    world.store.link(commitment, "themes", world.some_themes())
    parties = _promise(world, about, commitment)
    updates = [_report(world, about, commitment, made) for _number in range(world.words.even(REPORTS))]
    _derive(world, about, commitment, parties, updates)
    _add(world, about, commitment, made)
    about.commitments.append(commitment)


def _day_of(meeting, agreement, about):
    return (meeting and meeting.held_latest) or (agreement and agreement.signed_latest) or about.start


def _state(world, origin):
    """What a hidden meeting produced is hidden with it."""
    return world.state(Commitment) if origin.is_public else origin.state


def _derive(world, about, commitment, parties, updates):
    meeting, agreement = commitment.read(commitment.meeting), commitment.read(commitment.agreement)
    # The later columns rest on this one.
    commitment.forum_id = (meeting and meeting.forum_id) or (agreement and agreement.forum_id)
    due = derived.due_of(commitment, about.meetings)
    met = about.countries[commitment.meeting] if commitment.meeting else set()
    world.store.derive(commitment, **due, **derived.of_commitment(commitment, parties, updates, due["due"], met))


def _words(world, about):
    kind, words = world.deal(Commitment.Kind), world.words
    setting, place, project = words.often(SETTINGS), words.place(), words.project()
    theme = words.theme()
    title = TITLES[kind].format(setting=setting, place=place, project=project, theme=theme)
    quotes = world.happens(0.15)
    return {
        "kind": kind,
        "title": title,
        "text": f"{title}. {words.remarks(3)}".strip() if world.happens(0.8) else "",
        "wording": f"“{words.remark()}”" if quotes else "",
        "wording_language": (words.even(LANGUAGES) if world.happens(0.3) else "en") if quotes else "",
        "strength": world.deal(Commitment.Strength),
        "scope": world.deal(Commitment.Scope) if world.happens(0.2) else Commitment.Scope.BILATERAL.value,
        "working_group": words.even(about.groups) if about.groups and world.happens(0.3) else None,
        "group": f"{words.even(('three', 'four', 'five'))} initiatives" if world.happens(0.05) else "",
        "spoken_by": world.person_of(about.sides[0]) if world.happens(0.1) else None,
        "caution": words.remark() if world.happens(0.03) else "",
        "editors_note": words.remark() if world.happens(0.05) else "",
    }


def _due(world, about, made):
    rule = world.words.even(RULES)
    written = world.on(days.after(world.chance, made, 1500), known=1)
    columns: dict[str, Any] = {"due_rule": rule}
    if rule == Rule.DATE.value or (rule in (Rule.CONTINUOUS.value, Rule.NEXT_SESSION.value) and world.happens(0.2)):
        columns |= {"due": written, "due_basis": world.deal(Basis, "due")}
        columns["due_reason"] = world.words.remark() if columns["due_basis"] != Basis.STATED.value else ""
    elif rule == Rule.RELATIVE.value and about.events and world.happens(0.6):
        columns |= {"due_event": world.words.even(about.events), "due_period": world.words.often(PERIODS)}
    elif rule == Rule.RELATIVE.value and about.meetings:
        columns |= {"due_meeting": world.words.even(about.meetings), "due_period": world.words.often(PERIODS)}
    elif rule == Rule.CONDITIONAL.value:
        columns["condition"] = world.words.remark()
    if rule == Rule.CONTINUOUS.value and world.happens(0.6):
        columns["recurrence"] = world.words.even(RECURRENCES)
    if rule != Rule.NONE.value and world.happens(0.05):
        columns["due_words"] = world.words.even(("swiftly", "as soon as possible", "in due course"))
    return columns


def _closure(world, made):
    if not world.happens(0.18):
        return {}
    return {
        "closure": world.deal(Commitment.Closure),
        "closed_on": world.on(min(days.after(world.chance, made, 1500), days.LAST_REPORT), known=0.85),
    }


def _promise(world, about, commitment):
    sides = list(about.sides)
    if world.happens(0.5):
        sides.reverse()
    by = sides[: 2 if world.happens(0.15) else 1]
    found = [_party(world, commitment, "by", country) for country in by]
    found += [_party(world, commitment, "to", country) for country in sides[1:3] if country not in by]
    if world.happens(0.08):
        words = f"{world.words.place()} {world.words.often(('companies', 'banks', 'universities'))}"
        side = world.words.even(CommitmentParty.Side.values)
        found.append(CommitmentParty(commitment=commitment, side=side, words=words))
    return [world.store.put(party, commitment) for party in found]


def _party(world, commitment, side, country):
    organisation = world.organisation_of(country) if world.happens(0.25) else None
    return CommitmentParty(
        commitment=commitment, side=side, country=None if organisation else country, organisation=organisation
    )


def _report(world, about, commitment, made):
    """What one side, or an assessor, says of it: a record of its own."""
    day = min(days.after(world.chance, made, 1200), days.LAST_REPORT)
    is_answer, side = world.happens(0.08), world.words.even(about.sides)
    answer = world.deal(ProgressUpdate.Answer) if is_answer else ""
    update = ProgressUpdate(
        commitment=commitment,
        side=None if is_answer else side,
        as_of=world.on(day),
        progress="" if is_answer and world.happens(0.5) else world.deal(Progress),
        text=world.words.remarks(2),
        assessor=world.words.office() if world.happens(0.2) else "",
        source=None if is_answer else world.words.even(about.sources),
        evidence_url=f"https://www.example.org/evidence/{commitment.pk}" if world.happens(0.1) else "",
        answer=answer,
        answered_by=world.person_of(side) if is_answer else None,
        expected=world.on(days.after(world.chance, day, 400)) if answer == "late" else "",
        reason=world.words.remark() if answer == "late" else "",
        responsible_words=world.words.office() if answer == "not_mine" else "",
        state=world.state(ProgressUpdate) if commitment.state == State.PUBLISHED.value else commitment.state,
        created_at=world.store.now,
    )
    if update.progress == Progress.COMPLETE.value and is_answer:
        update.side = side
    return world.store.put(update)


def _add(world, about, commitment, made: date) -> None:
    if about.commitments and world.happens(0.06):
        earlier, kind = world.words.even(about.commitments), world.deal(CommitmentLineage.Kind)
        world.store.put(CommitmentLineage(commitment=commitment, kind=kind, earlier=earlier), commitment)
    if commitment.due_rule == Rule.DATE.value and world.happens(0.1):
        change = DueChange(
            commitment=commitment,
            due_before=made.isoformat(),
            due_after=commitment.due,
            agreed_on=world.on(made + timedelta(days=100)),
            reason=world.words.remark(),
            source=world.words.even(about.sources),
        )
        world.store.put(change, commitment)
    world.cite(commitment, CommitmentCitation, about.sources)
    asides.state(world, CommitmentStatement, "commitment", commitment, about)
    asides.give_figure(world, CommitmentFigure, "commitment", commitment, made, about)
