"""What a page says of itself on paper: where it stands, of which day it is, and which state of the data it shows."""

from urllib.parse import urlsplit

from django.conf import settings

from tracker.records import edtf
from tracker.records.models import DataVersion


class Edition:
    """The page at ``path`` as printed on ``today``; made before the page reads its records.

    A change in between is then on the page under the number before it, never missing under its own.
    """

    def __init__(self, path, today):
        self.site = settings.SITE_URL
        self.address = self.site + path
        self.day = edtf.in_words(today.isoformat())
        self.version = DataVersion.current()

    @property
    def short_address(self):
        """For the foot of each sheet: without scheme and query."""
        parts = urlsplit(self.address)
        return parts.netloc + parts.path
