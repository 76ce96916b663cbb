"""The timeline of a pair: record by record, or counted by year where there are too many to tell apart."""

from django.utils.translation import gettext as _

from meetings.models import Meeting
from tracker.records.languages import written

from . import timeline
from .timeline_by_year import draw_by_year


def by_record(cards, other_sessions, loose, agreements, today):
    """A lane for each of the forums that the page names, and one each for the rest."""
    lanes = [timeline.Lane(written(card.forum.name), _held(card.sessions, numbered=True)) for card in cards]
    lanes += [
        timeline.Lane(_("Sessions of other forums"), _held(other_sessions)),
        timeline.Lane(_("Working groups and other meetings"), _held(loose)),
        timeline.Lane(
            _("Agreements signed or adopted"),
            [timeline.point(agreement, agreement.headline, "signed_or_adopted") for agreement in agreements],
        ),
    ]
    return timeline.on_each_sheet(timeline.draw, lanes, today)


def _held(meetings, numbered=False):
    return [
        timeline.point(meeting, meeting.headline, "held", str(meeting.session_number or "") if numbered else "")
        for meeting in meetings
        if meeting.status == Meeting.Status.HELD
    ]


def by_year(sessions, loose, agreements, today):
    """Of each kind ``{year or None: number}``."""
    lanes = [
        (_("Sessions of forums"), sessions),
        (_("Working groups and other meetings"), loose),
        (_("Agreements signed or adopted"), agreements),
    ]
    return timeline.on_each_sheet(draw_by_year, lanes, today)
