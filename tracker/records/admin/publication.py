"""The rules of publication: who may publish, and what stands in the way. Forms and actions ask the same questions."""

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Publication, Revision, Shared, last_editor_id

State = Publication.State
LAST_EDITOR = _(
    "You were the last to change it. It must be published by somebody else, so that two people have "
    "read everything that is published; this applies to administrators too. Send it to review instead."
)


def may_publish(user, model):
    """Whether the user may publish and withdraw records of this model (or of the model of this record)."""
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename('publish', model._meta)}")


def is_locked(user, record):
    """Whether the record is, or was, public and the user may not publish: then it is only to be read."""
    return record.state in (State.PUBLISHED, State.WITHDRAWN) and not may_publish(user, record)


def may_change_at_once(user, record):
    """Whether what the user changes of the record stands at once: else it is a proposal, for somebody else to read."""
    return not is_locked(user, record) and not (settings.FOUR_EYES and settings.FOUR_EYES_CHANGES and record.is_public)


def needs_another_reader(record, user):
    """Whether somebody else has to approve the record, since the user was the last to change what it says."""
    return settings.FOUR_EYES and record.pk is not None and last_editor_id(record) == user.pk


def is_own_draft(user, record):
    """Whether the user made the record, and the public never read it: then it can go as it came."""
    if record.state != State.DRAFT:
        return False
    revisions = Revision.objects.of(record)
    was_public = revisions.filter(content__fields__state__in=[State.PUBLISHED, State.WITHDRAWN])
    return revisions.order_by("number").values_list("account", flat=True).first() == user.pk and not was_public.exists()


def is_locked_kind(user, record):
    """Whether the record is of a kind without a state and in public use, and the user may not publish."""
    return isinstance(record, Shared) and not may_publish(user, record) and record.is_in_public_use
