"""What feeds and calendars call a record, and what it is filed under, the same in every language and for good."""

from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import translation

from tracker.records.languages import written
from tracker.records.public import public_name

from .register import Register

# The year from which on names are given so (RFC 4151, 2.1): part of them, and never another one.
SINCE = 2026


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""


def permanent_name(record: Any) -> str:
    """The reference or the code; of what has a slug, which may change, the key."""
    return getattr(record, "reference", "") or getattr(record, "code", "") or str(record.pk)


def tag_of(register: Register, record: Model) -> str:
    """A name for the record wherever it is read, as RFC 4151 makes them."""
    return f"tag:{host()},{SINCE}:{register.name}/{permanent_name(record)}"


def title_of(record: Any) -> str:
    """What a list calls it, as text that knows its language."""
    return written(getattr(record, "headline", "") or getattr(record, "label", "") or public_name(record))


class Category(NamedTuple):
    """A record that another is filed under: its code, the address of the list of such, and its name."""

    code: str
    scheme: str
    name: str


def categories_of(register: Register, record: Model) -> list[Category]:
    return [
        Category(code_of(other), _list_of(settings.SITE_URL, other._meta.model_name), public_name(other))
        for other in filed_under(register, record)
    ]


def filed_under(register: Register, record: Model) -> list[Any]:
    """The countries and themes under which programs file a record."""
    return [other for relation in register.filed_under for other in getattr(record, relation).all()]


def code_of(other: Any) -> str:
    return getattr(other, "code", "") or other.slug


@cache
def _list_of(site: str, noun: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return site + reverse(f"{noun}-list")
