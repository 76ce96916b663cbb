"""The rules of publication: who may publish, and what stands in the way. Forms and actions ask the same questions."""

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Publishable

from .history import last_editor_id

State = Publishable.State
NO_CITATION = _("A published record needs at least one citation.")
LAST_EDITOR = _(
    "You were the last to change it. Somebody else publishes it, so that two people have read everything that is "
    "published; this holds for administrators too. Send it to review instead."
)


def may_publish(user, model):
    """Whether the user may publish and withdraw records of this model (or of the model of this record)."""
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename('publish', model._meta)}")


def is_locked(user, record):
    """Whether the record is, or was, public and the user may not publish: then it is only to be read."""
    return record.state in (State.PUBLISHED, State.WITHDRAWN) and not may_publish(user, record)


def obstacles(record, user, *, citations=None, changed_now=False):
    """Return what keeps the user from publishing the record, as messages; empty when nothing does.

    ``citations`` is how many there will be after saving (counted in the database if None; progress updates have
    none); ``changed_now`` tells that the user is changing the content in the same step.
    """
    found = []
    if citations is None and hasattr(record, "citations"):
        citations = record.citations.count()
    if citations == 0:
        found.append(NO_CITATION)
    if not settings.REVIEWER_MAY_BE_LAST_EDITOR:
        is_last = changed_now or (record.pk is not None and last_editor_id(record) == user.pk)
        found += [LAST_EDITOR] if is_last else []
    return found
