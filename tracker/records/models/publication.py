"""Publication: draft → in review → published → withdrawn, with an optional embargo."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .version import Versioned


def is_published(now, path=""):
    """The condition that the record at the end of ``path`` (as ``forum__``) is public at the moment ``now``."""
    embargo = Q(**{f"{path}embargoed_until__isnull": True}) | Q(**{f"{path}embargoed_until__lte": now})
    return Q(**{f"{path}state": Publishable.State.PUBLISHED}) & embargo


class PublishableQuerySet(models.QuerySet):
    """Questions that every publishable record answers."""

    def published(self, now):
        """Records that the public may see at the moment ``now``."""
        return self.filter(is_published(now))

    def without_citation(self):
        return self.filter(citations__isnull=True)


class Publishable(Versioned):
    """A record that editors prepare, reviewers publish and the public reads."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    embargoed_until = models.DateTimeField(
        _("embargoed until"), null=True, blank=True, help_text=_("Hidden from the public before this moment.")
    )
    editors_note = models.TextField(
        _("editors' note"), blank=True, help_text=_("Open questions and doubts. Never shown to the public.")
    )

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")

    def is_public(self, now):
        """Whether the public may see the record at the moment ``now``; ``published(now)`` for one that is loaded."""
        embargoed = self.embargoed_until is not None and self.embargoed_until > now
        return self.state == self.State.PUBLISHED and not embargoed

    @property
    def is_linked(self):
        """Whether pages may link here just now: for templates and columns, which cannot pass the moment along."""
        return self.is_public(timezone.now())
