"""What this room cites beyond registers and records: a pair, and the document that a source is."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.models import Country, pair_code
from tracker.records.models import Source
from tracker.registers.citing import Work, WorkKind, cited_page
from tracker.registers.edition import Edition

Evidence = Source.Evidence
IN_THE_NEWS = (Evidence.STATE_AGENCY, Evidence.NEWS, Evidence.OPINION)


def cited_pair(one: Country, other: Country, edition: Edition) -> Work:
    codes = sorted([one.code, other.code])
    place = reverse("pair-detail", args=codes).removesuffix("/")
    with translation.override(settings.LANGUAGE_CODE):
        return cited_page(
            edition,
            key=f"pair-{pair_code(*codes)}",
            title=_("%(one)s and %(other)s") % {"one": one.local_name, "other": other.local_name},
            path=reverse("pair-detail", args=codes),
            number=pair_code(*codes),
            place=place,
        )


def cited_document(source: Source, today: date) -> Work:
    """The document itself, apart from our page about it: what its fields say, its date as exactly as it is known. Where
    no title is known, the kind of document stands in brackets, as style guides ask for."""
    with translation.override(settings.LANGUAGE_CODE):
        kind = str(source.get_evidence_display())
    return Work(
        kind=_kind_of(source),
        key=f"document-{source.slug}",
        title=source.title or f"[{kind[:1].upper()}{kind[1:]}]",
        address=source.url,
        accessed=today,
        author=source.author,
        publisher=source.publisher,
        container="" if source.publisher else source.site,
        issued=source.published_on,
        archived=source.archive_url,
        language=source.language,
        place=reverse("source-detail", args=[source.slug]) + "document",
    )


def _kind_of(source):
    if source.evidence in IN_THE_NEWS:
        return WorkKind.NEWS
    return WorkKind.PAGE if source.url else WorkKind.DOCUMENT
