"""Text as any program can take it: a feed or a calendar that holds one character too many is refused as a whole."""

import re

# What XML 1.0 (2.2) leaves out; iCalendar (RFC 5545, 3.1) has no control characters either.
NOWHERE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def one_line(text: str) -> str:
    """Without what cannot be written; whatever some program takes for the end of a line is a blank."""
    return NOWHERE.sub("", " ".join(text.split()))


def in_lines(text: str) -> str:
    """The same of text whose lines stay lines."""
    return "\n".join(NOWHERE.sub("", line.rstrip()) for line in text.splitlines())
