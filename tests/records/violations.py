"""For each constraint of each model, a row that breaks it and nothing else, and what the person who typed it reads.

``VIOLATIONS`` here, in ``tests.agreements`` and in ``tests.meetings`` maps the name of a constraint, or
``app.Model.field`` for a column of unique values, to ``(function that makes the row, message)``.
"""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model

from tests.factories import (
    make_source,
)
from tracker.mail.models import Delivery, LastRun, RefusedAddress
from tracker.records.models import (
    Comment,
    DataVersion,
    Merger,
    ProposedChange,
    Revision,
    SavedView,
    SearchEntry,
    SentForm,
    SlugAlias,
    Source,
)
from tracker.site.error_reports.models import ErrorReport
from tracker.site.models import Release
from tracker.site.subscriptions.models import Alert, Subscriber, Subscription

MENDED = "checking the row mends it"
TWICE = "This entry appears twice."
NOT_IN_REVIEW = "Only what is in review can be published at a moment."
ONE_PARTY = "A party is a country, an organisation or words, exactly one of them."
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def twin(model, **fields):
    """A second row like one that is there."""
    model.objects.create(**fields)
    return model(**fields)


def changed(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    return record


def its_own(record, field):
    return changed(record, **{field: record})


def delivery():
    return {"key": "key", "kind": "k", "recipient": "r", "day": NOW.date(), "not_before": NOW, "message_id": "<1@x>"}


def report():
    record = {"kind": "agreements.agreement", "record": 1, "name": "AGR-0001", "data_version": 1}
    return {"key": "key", "text": "x", "language": "en", "received_at": NOW, **record}


def subscription(**fields):
    subscriber, _is_new = Subscriber.objects.get_or_create(address="a@example.org", defaults={"created_at": NOW})
    known = {
        "subscriber": subscriber,
        "followed": "agreements",
        "frequency": "daily",
        "language": "en",
        "asked_at": NOW,
    }
    return known | fields


def active_subscription():
    return subscription(confirmed_at=NOW, told_version=1, looked_on=NOW.date())


def alert():
    row, sent = Subscription.objects.create(**subscription()), Delivery.objects.create(**delivery())
    return {"delivery": sent, "subscription": row, "since": 1, "until": 2}


def user(**fields):
    return get_user_model()(**{"username": "second", "password": "x", "email": "second@example.org"} | fields)


def existing_user():
    return get_user_model().objects.create_user("first", "first@example.org", "x")


def merger(**fields):
    names = {"gone_title": "One", "kept_title": "Other"}
    return {"kind": "agreements.theme", "gone": 1, "kept": 2, "data_version": 1, "made_at": NOW} | names | fields


def revision():
    numbers = {"kind": "agreements.forum", "record": 1, "number": 1, "data_version": 1}
    return {"made_at": NOW, "title": "x", "is_editorial": True, "is_content": True, "content": {"fields": {}}} | numbers


def release():
    moments = {"made_at": NOW, "issued_at": NOW, "day": NOW.date()}
    return {"number": 1, "data_version": 1, "file": "x", "bytes": 1, "sha256": "x", "lines": {"x": 1}, **moments}


def proposal():
    values = {"opened": {"own": {}}, "values": {"title": ["x"]}, "data_version": 1}
    return {"kind": "records.source", "record": 1, "title": "x", "author": existing_user(), "sent_at": NOW, **values}


VIOLATIONS = {
    # accounts
    "accounts.User.username": (
        lambda: user(username=existing_user().username),
        "A user with that username already exists.",
    ),
    "user_email_unique": (
        lambda: user(email=existing_user().email.upper()),
        "Another account has this e-mail address.",
    ),
    # records
    "records.SentForm.token": (
        lambda: twin(SentForm, token="x", account=existing_user(), address="/", title="x", sent_at=NOW),
        "Sent form with this Token already exists.",
    ),
    "search_entry_unique": (
        lambda: twin(SearchEntry, kind="records.source", record=1, state="published", names="x", edition="x"),
        "Search entry with this Kind and Record already exists.",
    ),
    "sent_form_is_saved_or_kept": (
        lambda: SentForm(token="x", account=existing_user(), address="/", title="x", sent_at=NOW, saved=1, values={}),
        "Constraint “sent_form_is_saved_or_kept” is violated.",
    ),
    "saved_view_once": (
        lambda: twin(SavedView, account=existing_user(), kind="meetings.meeting", name="x", query="q=x"),
        "Saved view with this Account, Kind and Name already exists.",
    ),
    "comment_names_its_row_whole": (
        lambda: Comment(kind="records.source", record=1, row=2, text="x", made_at=NOW),
        "Constraint “comment_names_its_row_whole” is violated.",
    ),
    "comment_says_something": (
        lambda: Comment(kind="records.source", record=1, made_at=NOW),
        "Constraint “comment_says_something” is violated.",
    ),
    "proposal_with_a_moment_is_open_and_approved": (
        lambda: ProposedChange(**proposal(), switch_at=NOW),
        "Constraint “proposal_with_a_moment_is_open_and_approved” is violated.",
    ),
    "decided_proposal_has_its_moment": (
        lambda: ProposedChange(**proposal(), state="taken_back"),
        "Constraint “decided_proposal_has_its_moment” is violated.",
    ),
    "returned_proposal_has_a_reason": (
        lambda: ProposedChange(**proposal(), state="returned", decided_at=NOW),
        "Constraint “returned_proposal_has_a_reason” is violated.",
    ),
    "data_version_is_one_row": (lambda: DataVersion(pk=2), "Constraint “data_version_is_one_row” is violated."),
    # site
    "site.ErrorReport.key": (lambda: twin(ErrorReport, **report()), "Error report with this Key already exists."),
    "error_report_handled_has_its_moment": (
        lambda: ErrorReport(**report(), state="answered"),
        "Constraint “error_report_handled_has_its_moment” is violated.",
    ),
    "site.Subscriber.address": (
        lambda: twin(Subscriber, address="a@example.org", created_at=NOW),
        "Subscriber with this Address already exists.",
    ),
    "subscriber_is_lower_case": (
        lambda: Subscriber(address="A@example.org", created_at=NOW),
        "Constraint “subscriber_is_lower_case” is violated.",
    ),
    "subscription_once": (
        lambda: twin(Subscription, **active_subscription()),
        "Constraint “subscription_once” is violated.",
    ),
    "subscription_confirmed_has_its_mark": (
        lambda: Subscription(**subscription(confirmed_at=NOW)),
        "Constraint “subscription_confirmed_has_its_mark” is violated.",
    ),
    "subscription_stopped_has_a_reason": (
        lambda: Subscription(**subscription(stopped_at=NOW)),
        "Constraint “subscription_stopped_has_a_reason” is violated.",
    ),
    "site.Alert.delivery": (lambda: twin(Alert, **alert()), "Alert with this Delivery already exists."),
    "site.Release.number": (
        lambda: twin(Release, **release()),
        "Release with this Number already exists.",
    ),
    "slug_alias_unique": (
        lambda: twin(SlugAlias, kind="forum", slug="jec", record_id=1),
        "Former slug with this Kind and Slug already exists.",
    ),
    "merger_once": (
        lambda: twin(Merger, **merger()),
        "Constraint “merger_once” is violated.",
    ),
    "merger_of_two": (
        lambda: Merger(**merger(kept=1)),
        "Constraint “merger_of_two” is violated.",
    ),
    "revision_number_unique": (
        lambda: twin(Revision, **revision()),
        "Revision with this Kind, Record and Number already exists.",
    ),
    "records.Source.slug": (
        lambda: Source(slug=make_source().slug, title="x"),
        "Source with this Slug already exists.",
    ),
    "source_has_title_or_address": (
        lambda: Source(slug="x", publisher="Ministry"),
        "A source needs a title or an address.",
    ),
    # mail
    "mail.Delivery.key": (lambda: twin(Delivery, **delivery()), "Delivery with this Key already exists."),
    "delivery_sent_has_its_moment": (
        lambda: Delivery(**delivery(), state="sent"),
        "Constraint “delivery_sent_has_its_moment” is violated.",
    ),
    "mail.RefusedAddress.address": (
        lambda: twin(RefusedAddress, address="a@example.org", error="no", refused_at=NOW),
        "Refused address with this Address already exists.",
    ),
    "refused_address_is_lower_case": (
        lambda: RefusedAddress(address="A@example.org", error="no", refused_at=NOW),
        "Constraint “refused_address_is_lower_case” is violated.",
    ),
    "mail.LastRun.name": (
        lambda: twin(LastRun, name="relay", ended_at=NOW),
        "Last run with this Name already exists.",
    ),
}
