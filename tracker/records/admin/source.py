"""Sources: the documents that everything else points at."""

import re

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tracker.records.languages import written
from tracker.records.models import Source, free_slug

from .base import edtf_column
from .dates import ReadsTyped
from .lists import ListCell, listed
from .made import MadeByName
from .merging import MergesRecords
from .shared import SharedAdmin
from .slugs import SluggedForm
from .views_of_lists import ListView

ADDRESS = re.compile(r"https?://\S+")


class LacksFilter(admin.SimpleListFilter):
    """What is not known of a document, and is worth looking up."""

    title = _("lacks")
    parameter_name = "lacks"
    LACKED = {
        "title": {"title": ""},
        "address": {"url": ""},
        "archive": {"archive_url": ""},
        "kind": {"evidence": Source.Evidence.UNSTATED},
    }

    def lookups(self, request, model_admin):
        return [
            ("title", _("a title")),
            ("address", _("an address")),
            ("archive", _("an address in an archive")),
            ("kind", _("a kind of evidence")),
        ]

    def queryset(self, request, queryset):
        """Only what has an address can be kept by an archive of the web."""
        if self.value() not in self.LACKED:
            return queryset
        lacking = queryset.filter(**self.LACKED[self.value()])
        return lacking.exclude(url="") if self.value() == "archive" else lacking


def _publisher(source):
    return "" if source.publisher == source.label else written(source.publisher)


def _site(source):
    return "" if source.site == source.label else written(source.site)


@listed(_("source"), below=[ListCell(_("publisher"), _publisher), ListCell(_("site"), _site)], order_by="title")
def source_title(source):
    return source.label


@admin.display(description=_("archived copy"), ordering="archive_url", empty_value="–")
def archive_column(source):
    return _("yes") if source.archive_url else None


class SourceForm(SluggedForm):
    slug_from = ("title", "publisher", "url")

    def clean_url(self):
        """A document at the same address is the same document."""
        url = self.cleaned_data["url"]
        twin = of_the_same_address(url).exclude(pk=self.instance.pk).first() if url else None
        if twin is not None and "url" in self.changed_data:
            raise ValidationError(
                _("There is a source with this address already: %(source)s."), params={"source": twin}
            )
        return url

    def clean_archive_url(self):
        """A copy lies elsewhere than the document."""
        copy, url = self.cleaned_data["archive_url"], self.cleaned_data.get("url")
        if copy and copy == url:
            raise ValidationError(_("This is the address of the document itself: give that of the copy."))
        return copy


def of_the_same_address(url):
    """Sources at this address, however its beginning and its end are written."""
    bare = _bare(url)
    starts = [f"{scheme}://{www}{bare}" for scheme in ("https", "http") for www in ("", "www.")]
    return Source.objects.filter(url__in=[f"{start}{end}" for start in starts for end in ("", "/")])


def _bare(url):
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


def _address_and_title(text):
    found = ADDRESS.search(text)
    if not found:
        return "", text
    return found[0], " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


@admin.register(Source)
class SourceAdmin(MergesRecords, MadeByName, ReadsTyped, SharedAdmin):
    form = SourceForm
    list_display = [
        source_title,
        edtf_column("published_on", _("date of the document")),
        "evidence",
        "language",
        archive_column,
    ]
    list_filter = [LacksFilter, "evidence", "language"]
    list_views = (
        ListView(_("All")),
        ListView(_("Without a title"), "lacks=title"),
        ListView(_("Without an address"), "lacks=address"),
        ListView(_("Without an archived copy"), "lacks=archive"),
        ListView(_("Without a kind"), "lacks=kind"),
    )
    search_fields = ["title", "publisher", "author", "url", "slug"]
    ordering = [F("published_earliest").desc(nulls_last=True), "slug"]
    prepopulated_fields = {"slug": ["title"]}
    fields = [
        "title",
        ("publisher", "author"),
        "url",
        "archive_url",
        ("published_on", "language"),
        "evidence",
        "note",
        "slug",
    ]
    next_fields = ["publisher", "evidence", "language"]
    terms = {
        "archive_url": _(
            "Have an archive of the web, such as web.archive.org, keep the page, and give the address of the copy: it "
            "is still there when the page has gone. Empty if none is known."
        ),
        "evidence": _(
            "Official publication: of a government or treaty body. State news agency: APP, Xinhua. Press release: of "
            "a party. News report: by others. Opinion piece: only what it reports counts. Reference work: a database, "
            "a list. Kind not stated: nobody has said yet."
        ),
    }

    def made_of(self, text):
        """An address, a title, or both."""
        url, title = _address_and_title(text)
        return Source(url=url, title=title, slug=free_slug(Source, [title, url]), evidence=Source.Evidence.UNSTATED)

    def twins_of(self, text):
        url, title = _address_and_title(text)
        same = list(of_the_same_address(url)) if url else []
        return same or (super().twins_of(title) if title else [])

    def is_the_same(self, text, record):
        url, _title = _address_and_title(text)
        return bool(url) and _bare(url) == _bare(record.url)
