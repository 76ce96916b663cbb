"""What a page says of itself on paper: where it stands, of which day it is, and which state of the data it shows."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import localdate

from tracker.records import edtf
from tracker.records.models import DataVersion


class Edition:
    """The page that answers ``request``, as printed on ``today``; made before the page reads its records.

    A change in between is then on the page under the number before it, never missing under its own. ``path`` is its own
    address, where that may differ from the one asked for. A page that says all this of itself may be kept
    (``caching``), so that the request remembers it.
    """

    def __init__(self, request, today, path):
        self.site = settings.SITE_URL
        self.address = self.site + path
        self.date = today
        self.day = edtf.in_words(today.isoformat())
        self.version, moved_at = DataVersion.state()
        # Since when the data are as they are.
        self.version_day = localdate(moved_at) if moved_at else today
        request.edition = self

    @property
    def short_address(self):
        """For the foot of each sheet: without scheme and query."""
        parts = urlsplit(self.address)
        return parts.netloc + parts.path
