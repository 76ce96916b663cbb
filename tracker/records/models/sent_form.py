"""Forms that were sent: once saved, they are not saved again; what could not be saved is kept for who typed it."""

from datetime import timedelta

from django.conf import settings
from django.db import models

# What was typed is kept so long for the account that typed it.
KEPT_FOR = timedelta(hours=24)
# So long a form that was saved is known again.
KNOWN_FOR = timedelta(days=90)


# An account has no more of them: the oldest give way.
MOST_KEPT = 50


class SentFormQuerySet(models.QuerySet):
    def kept_for(self, account, now):
        """What the account typed and could not save, newest first."""
        return self.filter(account=account, values__isnull=False, sent_at__gt=now - KEPT_FOR).order_by("-sent_at")

    def out_of_date(self, now):
        typed = models.Q(values__isnull=False, sent_at__lte=now - KEPT_FOR)
        return self.filter(typed | models.Q(sent_at__lte=now - KNOWN_FOR))


class SentForm(models.Model):
    """One form as it was opened, by its ``token``.

    ``values`` is what was typed, by the names of the inputs, where it was not saved. Where it was, ``saved`` is the key
    of the record that it made or changed, and ``digest`` tells whether the same is sent again.
    """

    token = models.CharField(max_length=32, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=2000)
    title = models.CharField(max_length=300)
    sent_at = models.DateTimeField(db_index=True)
    saved = models.BigIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    values = models.JSONField(null=True, blank=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(saved__isnull=True) | models.Q(values__isnull=True),
                name="sent_form_is_saved_or_kept",
            )
        ]

    def __str__(self):
        return self.title
