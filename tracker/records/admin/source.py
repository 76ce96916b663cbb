"""Sources: the documents that everything else points at."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Source

from .base import edtf_column
from .merging import MergesRecords
from .shared import SharedAdmin
from .slugs import SluggedForm


class SourceForm(SluggedForm):
    slug_from = ("title", "publisher", "url")

    def clean_url(self):
        """A document at the same address is the same document."""
        url = self.cleaned_data["url"]
        twin = Source.objects.filter(url=url).exclude(pk=self.instance.pk).first() if url else None
        if twin is not None and "url" in self.changed_data:
            raise ValidationError(
                _("There is a source with this address already: %(source)s."), params={"source": twin}
            )
        return url


@admin.register(Source)
class SourceAdmin(MergesRecords, SharedAdmin):
    form = SourceForm
    list_display = [
        "label",
        "publisher",
        edtf_column("published_on", _("date of the document")),
        "evidence",
        "language",
    ]
    list_filter = ["evidence", "language"]
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
        "evidence": _(
            "Official publication: of a government or treaty body. State news agency: APP, Xinhua. Press release: of "
            "a party. News report: by others. Opinion piece: only what it reports counts. Reference work: a database, "
            "a list."
        ),
    }

    @admin.display(description=_("source"), ordering="title")
    def label(self, source):
        return source.label
