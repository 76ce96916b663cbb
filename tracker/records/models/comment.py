"""What people at the desk say to one another about a record. It is for them alone: no page, export, package or history
of the public has it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MOST_OF_A_COMMENT = 2000


class CommentQuerySet(models.QuerySet):
    def of(self, record):
        return self.filter(kind=record._meta.label_lower, record=record.pk)

    def open(self):
        """Those that wait for an answer or a deed."""
        return self.filter(settled_at__isnull=True)

    def returns(self):
        """The reasons for which records were given back and have not been sent again."""
        return self.open().filter(act=Comment.Act.RETURNED)


class Comment(models.Model):
    """One thing that somebody said. ``kind`` and ``record`` name the record as in a ``Revision``; ``row_kind``, ``row``
    and ``field`` narrow it to a row of the record, and to a field of either."""

    class Act(models.TextChoices):
        COMMENT = "comment", _("comment")
        SENT = "sent", _("word to the reviewer")
        RETURNED = "returned", _("returned with a reason")

    kind = models.CharField(max_length=60)
    record = models.BigIntegerField()
    row_kind = models.CharField(max_length=60, blank=True)
    row = models.BigIntegerField(null=True, blank=True)
    field = models.CharField(max_length=60, blank=True)
    act = models.CharField(max_length=10, choices=Act, default=Act.COMMENT)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # To whom a record is returned: whoever wrote it. Nobody where that is not known: then it is anybody's.
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    text = models.TextField(max_length=MOST_OF_A_COMMENT, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        # Who may see the record may see what is said of it; who may change it may say something.
        default_permissions = ()
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["kind", "record"], name="comment_of_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(row_kind="", row__isnull=True) | (~Q(row_kind="") & Q(row__isnull=False)),
                name="comment_names_its_row_whole",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self):
        return self.text[:80]
