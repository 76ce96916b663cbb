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
        past = getattr(request, "past", None)
        self.site = settings.SITE_URL
        self.address = self.site + (request.get_full_path() if past else path)
        self.date = today
        self.day = edtf.in_words(today.isoformat())
        version, moved_at = DataVersion.state()
        # Until when the page may be kept, whatever day it is of.
        self.kept_version, self.read_on = version, localdate()
        self.version = past.version if past else version
        # Since when the data are as they are.
        changed_at = past.changed_at if past else moved_at
        self.version_day = localdate(changed_at) if changed_at else today
        self.past_day = today if past else None
        self.present_path = past and past.present_path
        request.edition = self

    def of_the_day(self, path):
        """The address of a record as of the day that this page is of."""
        return f"{path}{self.past_day.isoformat()}/" if self.past_day else path

    @property
    def short_address(self):
        """For the foot of each sheet: without scheme and query."""
        parts = urlsplit(self.address)
        return parts.netloc + parts.path
