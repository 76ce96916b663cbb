"""The columns of the lists of commitments, meetings and answers."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from meetings.models import CommitmentParty, FocalPoint, Schedule
from tracker.records.admin import ListCell, listed
from tracker.records.languages import Written, compose, in_a_row, written

MOST_LETTERS_OF_A_PARTY, MOST_PARTIES = 24, 2
MOST_LETTERS_OF_A_TEXT = 120
REFERENCE = ListCell(_("reference"), lambda record: record.reference)


def _made_in(commitment):
    if commitment.meeting:
        return commitment.meeting.full_headline
    return commitment.agreement.headline if commitment.agreement else ""


@listed(_("commitment"), below=[REFERENCE, ListCell(_("made in"), _made_in)], order_by="title")
def commitment_title(commitment):
    return commitment.headline


def parties_in_short(commitment, most=None):
    """Countries by their codes; where the same ones promise and are promised, once. ``most`` parties of each side."""
    sides = {side: [] for side in CommitmentParty.Side}
    for party in commitment.parties.all():
        sides[party.side].append(_short(party))
    by, to = sides.values()
    if len(by) > 1 and sorted(by) == sorted(to):
        return in_a_row(_few(by, most), pgettext("between parties that promise one another", " ↔ "))
    if not by or not to:
        return in_a_row(_few(by or to, most), ", ")
    sentence = pgettext("parties of a commitment", "%(by)s → %(to)s")
    return compose(sentence, by=in_a_row(_few(by, most), ", "), to=in_a_row(_few(to, most), ", "))


def _few(parties, most):
    return parties if most is None or len(parties) <= most else [*parties[:most], "…"]


def _short(party):
    if party.country:
        return written(party.country.code)
    if party.organisation and party.organisation.abbreviation:
        return written(party.organisation.abbreviation)
    return written(Truncator(str(party)).chars(MOST_LETTERS_OF_A_PARTY))


@listed(_("by and to"), value=parties_in_short)
def commitment_parties(commitment):
    return parties_in_short(commitment, MOST_PARTIES)


def _schedule(commitment):
    return "" if commitment.schedule == Schedule.NO_DEADLINE else Schedule(commitment.schedule).label


@listed(_("due"), below=[ListCell(_("schedule today"), _schedule)], order_by="due_earliest")
def commitment_due(commitment):
    return commitment.due_in_words or commitment.get_due_rule_display()


@listed(FocalPoint._meta.verbose_name_plural)
def commitment_focal_points(commitment):
    """Who is named in it and in charge today."""
    today = timezone.localdate()
    serving = [each.person for each in commitment.focal_points.all() if each.is_serving(today)]
    return in_a_row([written(person.name) for person in serving], ", ") or "–"


@listed(_("meeting"), below=[REFERENCE, ListCell(_("place"), lambda meeting: written(meeting.place))], order_by="title")
def meeting_title(meeting):
    return meeting.full_headline


# Of answers, and of other progress updates


def _reference_of_commitment(update):
    return update.commitment.reference


def _received(update):
    return date_format(timezone.localtime(update.created_at), "j F Y")


def _as_of(update):
    return update.as_of_in_words


def _side(update):
    return update.side.local_name if update.side else ""


@listed(_("commitment"), below=[ListCell(_("reference"), _reference_of_commitment)], order_by="commitment__title")
def answered_commitment(update):
    return update.commitment.headline


@listed(_("what was done"), value=lambda update: update.text)
def beginning_of_text(update):
    return Written(Truncator(update.text).chars(MOST_LETTERS_OF_A_TEXT), update.text_language) or "–"


@listed(
    _("answered by"), below=[ListCell(_("side"), _side), ListCell(_("recorded at"), _received)], order_by="created_at"
)
def answered_by(update):
    return written(update.answered_by.name) if update.answered_by else "–"


@listed(_("progress"), below=[ListCell(_("as of"), _as_of)], order_by="progress")
def progress_said(update):
    return update.get_progress_display() or "–"
