"""Whose turn it is with a record that is not public yet: questions of the desk, asked of the history and of comments.

Who wrote a record is apart from who moved it from state to state: it is who last changed what it says.
"""

from django.db import models
from django.db.models import DateTimeField, Exists, OuterRef, Q, Subquery, TextField
from django.db.models.fields.json import KT

from .comment import Comment
from .revision import Revision

# That of a revision, as text: to the database a value of JSON is another thing.
STATE = KT("content__fields__state")


class WorkQuerySet(models.QuerySet):
    """``account`` is the key of one."""

    def returned_to(self, account):
        """Drafts that a reviewer gave back to this account, or to nobody in particular; with ``returned_reason``,
        ``returned_at`` and ``returned_by``, the key of the reviewer's account."""
        own = self._comments().returns().filter(Q(addressee=account) | Q(addressee__isnull=True))
        last = own.order_by("-made_at", "-pk")
        return self.filter(Exists(own), state="draft").annotate(
            returned_reason=Subquery(last.values("text")[:1], output_field=TextField()),
            returned_at=Subquery(last.values("made_at")[:1], output_field=DateTimeField()),
            returned_by=Subquery(last.values("account")[:1]),
        )

    def drafts_of(self, account):
        """Drafts that this account wrote or began, without those that were returned: they ask for something else."""
        begun = self._revisions().filter(number=1, account=account)
        own = self.filter(state="draft").with_writer().filter(Q(writer=account) | Exists(begun))
        return own.exclude(Exists(self._comments().returns()))

    def waiting_for(self, account):
        """What is in review without a moment of publication, and somebody else, or nobody known, wrote."""
        return self._waiting().filter(~Q(writer=account) | Q(writer__isnull=True))

    def waiting_with_others(self, account):
        """What this account wrote and somebody else has to read."""
        return self._waiting().filter(writer=account)

    def commented_for(self, account):
        """What this account wrote, and somebody else said something about that is not settled."""
        said = Comment.objects.filter(kind=self.model._meta.label_lower).open().filter(act=Comment.Act.COMMENT)
        by_others = said.exclude(account=account).order_by()
        return self.filter(pk__in=by_others.values("record")).with_writer().filter(writer=account)

    def with_writer(self):
        """Annotate ``writer``: the key of the account that last changed what the record says."""
        written = self._revisions().changing_content().newest_first()
        return self.annotate(writer=Subquery(written.values("account")[:1]))

    def with_state_since(self):
        """Annotate ``state_since``, the moment of the change that brought the record into its present state, and
        ``moved_by``, the key of the account that made it."""
        later = Revision.objects.filter(kind=OuterRef("kind"), record=OuterRef("record"), number__gt=OuterRef("number"))
        later = later.annotate(state=STATE).exclude(state=OuterRef(OuterRef("state")))
        run = self._revisions().annotate(state=STATE).filter(~Exists(later), state=OuterRef("state"))
        first = run.order_by("number")
        return self.annotate(
            state_since=Subquery(first.values("made_at")[:1], output_field=DateTimeField()),
            moved_by=Subquery(first.values("account")[:1]),
        )

    def _waiting(self):
        return self.filter(state="in_review", publish_at__isnull=True).with_writer()

    def _revisions(self):
        return Revision.objects.filter(kind=self.model._meta.label_lower, record=OuterRef("pk"))

    def _comments(self):
        return Comment.objects.filter(kind=self.model._meta.label_lower, record=OuterRef("pk"))
