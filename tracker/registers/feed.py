"""A list as an Atom feed (RFC 4287): its records that changed last, each with what the site says of it in one line."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pyroaring import BitMap

from tracker.records.languages import Written
from tracker.records.models import (
    DataVersion,
    LastChange,
    beginning_of_history,
    first_published,
    last_changed,
    last_changes,
)

from .export import LICENCE, LICENCE_ADDRESS
from .index import in_order
from .naming import categories_of, tag_of, title_of
from .plain import one_line
from .plan import model_of

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
MOST = 50
# So many are looked at, as the last change of some is one that nobody can see, and the one before it older.
NOTED = 2 * MOST


class RegisterFeed(Atom1Feed):
    """Django's, with what it leaves out: the language of a title, plain summaries, what a record is filed under, and
    the licence as a link (RFC 4946)."""

    def latest_post_date(self):
        return self.feed["changed_at"]

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.addQuickElement("link", "", {"rel": "license", "href": LICENCE_ADDRESS})

    def add_item_elements(self, handler, item):
        handler.addQuickElement("title", item["title"], item["attributes"])
        handler.addQuickElement("link", "", {"rel": "alternate", "type": "text/html", "href": item["link"]})
        handler.addQuickElement("id", item["unique_id"])
        if item["pubdate"] is not None:
            handler.addQuickElement("published", rfc3339_date(item["pubdate"]))
        handler.addQuickElement("updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("summary", item["description"])
        for code, scheme, name in item["filed"]:
            handler.addQuickElement("category", "", {"term": code, "scheme": scheme, "label": one_line(name)})


def answer(listing, edition) -> HttpResponse:
    """The feed of a listing without errors."""
    register = listing.register
    changes = newest(listing)
    public = register.shown(register.records(listing.today)).prefetch_related(*register.filed_under)
    records = in_order(public, list(changes))
    published = first_published(model_of(register), list(changes))
    feed = _feed(listing, edition, _changed_at(changes, listing.today))
    for record in records:
        _add(feed, listing, record, changes[record.pk].made_at, published.get(record.pk))
    return HttpResponse(
        feed.writeString("utf-8"),
        headers={
            "Content-Type": CONTENT_TYPE,
            "Data-Version": edition.version,
            "Link": f'<{LICENCE_ADDRESS}>; rel="license"',
        },
    )


def newest(listing) -> dict[int, LastChange]:
    """``{key: its last public change}`` of the records of a listing that changed last, the newest first. Those of which
    the history knows nothing come last: they have not changed since it began."""
    model, keys = model_of(listing.register), listing.found
    noted = last_changed(model, keys, NOTED)
    known = last_changes(model, noted)
    found = dict(sorted(known.items(), key=lambda pair: (pair[1].made_at, pair[0]), reverse=True)[:MOST])
    if len(found) < min(MOST, len(keys)) and (beginning := beginning_of_history()):
        others = list((keys - BitMap(noted))[len(found) - MOST :])
        found |= {key: LastChange(0, beginning) for key in reversed(others)}
    return found


def _changed_at(changes: dict[int, LastChange], today) -> datetime:
    """The newest of its entries; of an empty feed, the last change of the data."""
    if changes:
        return max(change.made_at for change in changes.values())
    return DataVersion.moved_at() or datetime.combine(today, time(), UTC)


def _feed(listing, edition, changed_at) -> RegisterFeed:
    page = settings.SITE_URL + reverse(f"{listing.register.noun}-list") + (f"?{listing.query}" if listing.query else "")
    name = _("Digital Cooperation Tracker")
    return RegisterFeed(
        title=one_line(f"{listing.headline} – {name}"),
        link=page,
        description=None,
        language=get_language(),
        author_name=name,
        author_link=settings.SITE_URL + reverse("home"),
        subtitle=listing.register.lede,
        feed_url=edition.address,
        feed_guid=settings.SITE_URL + listing.feed_url,
        feed_copyright=LICENCE,
        changed_at=changed_at,
    )


def _add(feed, listing, record, changed_at, published_at):
    title = title_of(record)
    language = getattr(title, "language", "") if isinstance(title, Written) else ""
    feed.add_item(
        one_line(title) or record._meta.verbose_name,
        settings.SITE_URL + record.get_absolute_url(),
        one_line(listing.register.line(record, listing.today)),
        attributes={"xml:lang": language} if language and language != get_language() else {},
        pubdate=published_at,
        updateddate=changed_at,
        unique_id=tag_of(listing.register, record),
        filed=categories_of(listing.register, record),
    )
