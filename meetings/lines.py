"""What is said of a meeting or a commitment in one line, in words that its row in the list has too."""

from agreements.lines import BETWEEN, in_a_line


def line_of_meeting(meeting, _today):
    """“3 March 2026 · Islamabad · held”."""
    return in_a_line([meeting.day_in_words, meeting.place or meeting.get_mode_display(), meeting.status_in_words])


def line_of_commitment(commitment, _today):
    return BETWEEN.join(commitment.status_line)
