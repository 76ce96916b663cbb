"""What search engines are told of: the page of every public record, the lists, and the pairs, in each language.

A map holds few addresses, so that each is made in a moment; the index at ``/sitemap.xml`` names all maps.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.timezone import localdate

from meetings.models import Meeting
from tracker.records.models import Revision
from tracker.registers.plan import model_of
from tracker.registers.register import Register

from .pairs import all_pairs
from .registers import REGISTERS

# Of each language; the protocol allows 50,000 of all (sitemaps.org).
MOST = 2_000


class PublicSitemap(Sitemap):
    i18n = True
    limit = MOST * len(settings.LANGUAGES)

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme


class RecordSitemap(PublicSitemap):
    """The public records of a register, each with the time of its last change."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def items(self):
        model = model_of(self.register)
        public = self.register.records(localdate()).order_by().values("pk")
        changes = Revision.objects.filter(kind=model._meta.label_lower, record=OuterRef("pk")).order_by("-number")
        records = model._base_manager.filter(pk__in=public).order_by("pk")
        return records.annotate(changed_at=Subquery(changes.values("made_at")[:1]))

    def lastmod(self, record):
        return record.changed_at


class PageSitemap(PublicSitemap):
    """Pages of no record: the start, the lists and what the site says of itself."""

    def items(self):
        return [
            "home",
            "about",
            "data",
            "api-docs",
            "statistics",
            "changes",
            "calendar",
            "compare",
            "pair-list",
            *(f"{register.noun}-list" for register in REGISTERS),
        ]

    def location(self, name):
        return reverse(name)


class ReportSitemap(PublicSitemap):
    """The report of every public meeting."""

    def items(self):
        return Meeting.objects.published().order_by("pk").values_list("reference", flat=True)

    def location(self, reference):
        return reverse("meeting-report", args=[reference])


class PairSitemap(PublicSitemap):
    def items(self):
        return [pair.code for pair in all_pairs(localdate())]

    def location(self, code):
        return reverse("pair-detail", args=code.split("-"))


SITEMAPS = {"pages": PageSitemap(), "pairs": PairSitemap(), "reports": ReportSitemap()} | {
    register.name: RecordSitemap(register) for register in REGISTERS
}
