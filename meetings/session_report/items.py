"""What a report says of one thing: of a commitment, an outcome, an instrument, or of what sources state of it
differently. Each has its number, by which it is cited."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement
from tracker.records import typography
from tracker.records.languages import compose, written
from tracker.records.public import public

from ..models import Commitment, CommitmentParty, MeetingAgreement, ProgressUpdate

Rule = Commitment.DueRule
# Rules that say by when it is due where no day is known.
SAY_WHEN = (Rule.NEXT_SESSION, Rule.RELATIVE, Rule.CONDITIONAL, Rule.CONTINUOUS)
# Of sides that said nothing, so many are named.
MOST_SILENT = 3


class Word(NamedTuple):
    """What one side, or an assessor, said last of a commitment; ``said`` is empty where no report of it was seen."""

    name: str
    said: str
    marks: Sequence[int] = ()

    @property
    def said_or_not(self) -> str:
        return self.said or _("no report seen")


class Lineage(NamedTuple):
    """That a commitment of the session takes up an earlier one; ``other`` is the number of that, or of this."""

    sentence: str
    other: str

    @property
    def in_words(self) -> str:
        return self.sentence % {"other": self.other}


class Promised:
    """A commitment with its parties, and with what was last said of it. ``marks`` and ``stated`` are those of
    ``Evidence``."""

    lineage: Sequence[Lineage] = ()

    def __init__(self, commitment: Any, parties: Iterable[CommitmentParty], updates: Iterable[ProgressUpdate]) -> None:
        self.commitment, self.number = commitment, ""
        self.by = [party for party in parties if party.side == party.Side.BY]
        self.updates = list(updates)

    @property
    def marks(self) -> list[int]:
        return self.commitment.marks

    @property
    def by_in_words(self) -> str:
        return typography.names(party.name for party in self.by)

    @property
    def due_in_words(self) -> str:
        """By when, as a day or as the rule by which it is due; empty where nothing is recorded."""
        if self.commitment.due_in_words:
            return self.commitment.due_in_words
        return self.commitment.rule_in_words if self.commitment.due_rule in SAY_WHEN else ""

    @property
    def state(self) -> list[Any]:
        """The clauses of its status line, without the one that says how firmly it was promised."""
        return self.commitment.status_parts[1:]

    @property
    def state_in_words(self) -> str:
        return " · ".join(part.text for part in self.state)

    @property
    def words(self) -> list[Word]:
        """What each side that promised said last; then what others said."""
        countries = {country.pk: country for party in self.by if (country := party.involved_country)}
        spoken = {_speaker(update).pk: update for update in self.updates if _speaker(update)}
        said = [_word(update, countries[key].local_name) for key, update in spoken.items() if key in countries]
        silent = [country.local_name for key, country in countries.items() if key not in spoken]
        others = [update for update in self.updates if not _speaker(update) or _speaker(update).pk not in countries]
        return [*said, *_not_heard(silent), *(_word(update) for update in others)]

    @property
    def made_at(self) -> str:
        """Where it was made, as far as that is public."""
        origin = public(self.commitment.meeting) or public(self.commitment.agreement)
        return origin.headline if origin else ""


def _speaker(update):
    return update.side or (update.answered_by and update.answered_by.country)


def _not_heard(names):
    if not names:
        return []
    if len(names) <= MOST_SILENT:
        return [Word(typography.names(names), "")]
    return [Word(ngettext("%(n)s side", "%(n)s sides", len(names)) % {"n": len(names)}, "")]


def _word(update, name=""):
    said = update.get_progress_display() or update.get_answer_display()
    if day := update.as_of_in_words:
        said = compose(_("%(what)s, %(date)s"), what=said, date=day)
    speaker, assessor = _speaker(update), update.assessor and written(update.assessor)
    name = name or (speaker and speaker.local_name) or assessor or _("not recorded who says so")
    if assessor and speaker:
        said = typography.statements([said, compose(_("assessed by %(name)s"), name=assessor)])
    return Word(name, said, update.marks)


class Produced:
    """An outcome that is no commitment."""

    def __init__(self, outcome: Any) -> None:
        self.outcome, self.number = outcome, ""

    @property
    def marks(self) -> list[int]:
        return self.outcome.marks

    @property
    def group(self) -> Any:
        return public(self.outcome.working_group)

    @property
    def agreement(self) -> Any:
        return public(self.outcome.agreement)


class Instrument:
    """An agreement that was signed, adopted, extended or spoken of at the session, with its status today."""

    def __init__(self, agreement: Any) -> None:
        self.agreement, self.number = agreement, ""

    @property
    def role_in_words(self) -> str:
        return str(MeetingAgreement.Role(self.agreement.role).label)

    @property
    def status_in_words(self) -> str:
        return str(Agreement.Status(self.agreement.status).label)


class Disagreement:
    """A field of which sources state something else than what is shown. ``of`` is what it is a field of: a number of
    the report, the name of a delegate, or nothing for the meeting itself."""

    def __init__(self, field: str, chosen: Any, others: Sequence[Any], of: str = "", address: str = "") -> None:
        self.field, self.chosen, self.others, self.of, self.address = field, chosen, others, of, address
        self.number = ""


def differences(claims: Iterable[Any], of: str = "", address: str = "") -> list[Disagreement]:
    """Those of the claims on one thing that say something else."""
    return [
        Disagreement(claim["field_label"], claim["chosen"], claim["others"], of, address)
        for claim in claims
        if claim["others"]
    ]
