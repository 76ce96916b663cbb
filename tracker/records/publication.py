"""To publish is an act: what stands against it, and how it is carried out at the moment that was set for it."""

import logging
from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from django.apps import apps
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from .models import one_change
from .models.publication import Publication

logger = logging.getLogger(__name__)
WaitingRule = Callable[[Publication, Collection[Publication]], str]
_waiting_rules: list[WaitingRule] = []


def waiting_rule(function: WaitingRule) -> WaitingRule:
    """The hook for rooms above: mark a function that returns what a record has to wait for, in words, or nothing; it is
    called with the record and with those that are published together with it."""
    _waiting_rules.append(function)
    return function


def obstacles(record: Publication) -> list[str]:
    """Return what stands against publishing the record now, as messages, whoever does it; empty when nothing does."""
    return [*record.shortcomings(), *waits(record)]


def waits(record: Publication, together: Collection[Publication] = ()) -> list[str]:
    """Return what the record has to wait for, as messages; not for those that are published ``together`` with it."""
    return list(filter(None, (function(record, together) for function in _waiting_rules)))


def publish_due(now: datetime) -> list[Publication]:
    """Publish what was to be public by ``now``, each record in a transaction of its own; return what was published.

    What something stands against stays as it is, for the editors' desk to show. Any number may run at once, as often as
    they like; one query for each kind of record where nothing is due.
    """
    published = []
    # Of two that wait for one another's moment the second may be looked at first.
    while done := [record for record in map(_publish, _due(now)) if record is not None]:
        published += done
    return published


def _due(now) -> Iterator[tuple[type[Publication], int, datetime]]:
    for model in apps.get_models():
        if issubclass(model, Publication):
            due = model._base_manager.filter(publish_at__lte=now).order_by("publish_at", "pk")
            yield from ((model, key, now) for key in list(due.values_list("pk", flat=True)))


def _publish(due):
    model, key, now = due
    try:
        with one_change(reason=gettext_noop("published at the moment that was set")):
            record = model._base_manager.filter(pk=key, publish_at__lte=now).first()
            if record is None or obstacles(record):
                return None
            record.state, record.publish_at = Publication.State.PUBLISHED, None
            record.save()
            record.was_published(localdate(now))
            return record
    except Exception:  # one that cannot be saved must not hold up all others
        logger.exception("%s %s could not be published.", model._meta.verbose_name, key)
        return None
