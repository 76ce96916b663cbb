"""Lists as an editor wants to find them again: a name for the filters, the search and the order of one moment."""

from django.conf import settings
from django.db import models

# An account has no more of them on one list: they stand side by side as tabs.
MOST_OF_A_LIST = 12


class SavedViewQuerySet(models.QuerySet):
    def kept_by(self, account, model):
        """Those of an account on the list of one kind of record, in the order in which they were saved."""
        return self.filter(account=account, kind=model._meta.label_lower).order_by("pk")


class SavedView(models.Model):
    """``query`` is what follows the question mark in the address of the list. Nobody else sees it."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=100)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["account", "kind", "name"], name="saved_view_once")]

    def __str__(self):
        return self.name
