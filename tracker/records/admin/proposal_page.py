"""What the page of a proposed change shows: field by field what is public and what is proposed, what follows from it,
and what stands against it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from tracker.records.models import Comment, ProposedChange, Publication, Revision
from tracker.records.models.content import Difference
from tracker.records.models.proposal import kinds_to_publish
from tracker.records.values_in_words import ValueChange, ValuesInWords

from .join import Joined, join
from .meanwhile import CORRECTION, as_opened
from .places import NOTHING, Described, marked
from .since import ChangesSince
from .steps import Step
from .steps.outlook import Outlook
from .switching import NOT_CHOSEN, Beside, CannotSwitch, tried
from .typed import Typed, sent

NOT_PUBLIC = frozenset({"editors_note", "question"})


# So many comments are shown.
MOST = 20


@dataclass
class Line:
    """One line of the table: a place with both sides in words."""

    described: Described

    @property
    def where(self):
        return self.described.where

    @property
    def row(self):
        return self.described.row

    @property
    def before(self):
        return self._side(self.described.before, self.described.mine, "del")

    @property
    def after(self):
        return self._side(self.described.mine, self.described.before, "ins")

    @property
    def is_public(self):
        return bool(self.described.place.prefix) or self.described.place.name not in NOT_PUBLIC

    def _side(self, text, other, tag):
        """The words that the other side has not are marked; a row that the other side has not, as a whole."""
        if text in ("", NOTHING):
            return ""
        if self.described.is_field:
            return marked("" if other == NOTHING else other, text, tag)
        return format_html("<{0}>{1}</{0}>", tag, text)


@dataclass
class Follows:
    """What the switch would change in a record that nobody touched, or in what is derived for the record itself."""

    title: str
    address: str
    changes: list[ValueChange]


class ProposalPage:
    def __init__(self, proposal: ProposedChange, user: Any, now: datetime) -> None:
        self.proposal, self.user, self.now = proposal, user, now
        self.beside = Beside(proposal, user)

    @property
    def shown(self) -> str:
        """What an act on this page rests on: it is done on nothing else."""
        return sha256(repr(self.beside.now).encode()).hexdigest() if self.beside.record is not None else ""

    @cached_property
    def joined(self) -> Joined:
        """Of what is decided: what was proposed, beside what it was proposed to."""
        if self.proposal.is_pending and self.beside.record is not None:
            return self.beside.joined
        before = Typed(**self.proposal.opened)
        typed = sent(self.proposal.as_post(), self.beside.forms.formsets.values())
        return join(before, typed, as_opened(before, typed, self.beside.now))

    @cached_property
    def lines(self) -> list[Line]:
        return [Line(self.beside.forms.describe(place)) for place in self._in_order(self.joined.mine)]

    @cached_property
    def collisions(self) -> list[Described]:
        return [self._described(place) for place in self.joined.collisions]

    @cached_property
    def theirs(self) -> list[Described]:
        return [self._described(place) for place in self.joined.theirs]

    @cached_property
    def follows(self) -> list[Follows]:
        self._try()
        return self._follows

    @cached_property
    def mail(self) -> list[str]:
        self._try()
        return self._mail

    @cached_property
    def obstacles(self) -> list[Any]:
        """What stands against switching it now, whoever does; that there is something to choose is none."""
        self._try()
        return self._obstacles

    @cached_property
    def refusals(self) -> list[Any]:
        return self.beside.refusals()

    @property
    def may_decide(self) -> bool:
        return self.proposal.is_pending and not self.refusals

    @property
    def may_decline(self) -> bool:
        """Also where the record is no more: else nobody but its author could be done with it."""
        is_left = self.beside.record is None and self.proposal.is_pending
        return self.may_decide or (is_left and self.proposal.kind in kinds_to_publish(self.user))

    @property
    def may_preview(self) -> bool:
        """Whether there is a public page that it would change."""
        record, is_open = (
            self.beside.record,
            self.proposal.is_open and not self.obstacles and not self.joined.collisions,
        )
        return record is not None and is_open and self.beside.publication.is_public

    @property
    def is_own(self) -> bool:
        return self.proposal.author_id == self.user.pk

    @property
    def correction(self) -> str:
        return self.proposal.as_post().get(CORRECTION, "")

    @cached_property
    def others(self):
        """Other proposals on the same record that may still be switched."""
        same = ProposedChange.objects.filter(kind=self.proposal.kind, record=self.proposal.record).pending()
        return list(same.exclude(pk=self.proposal.pk).select_related("author").order_by("sent_at"))

    @cached_property
    def comments(self):
        """What was said of the record, the last of it."""
        record = self.beside.record
        if record is None:
            return []
        return list(Comment.objects.of(record.main_record).select_related("account").order_by("-made_at", "-pk")[:MOST])

    @cached_property
    def revision(self) -> Revision | None:
        """The revision of the text that it rests on."""
        record = self.beside.record
        if record is None:
            return None
        of = Revision.objects.of(record.main_record).filter(data_version__lte=self.proposal.data_version)
        return of.newest_first().first()

    def _described(self, place):
        return self.beside.forms.describe(place, self._since.author_of(place))

    @cached_property
    def _since(self):
        row_models = {name: each.model for name, each in self.beside.forms.formsets.items()}
        return ChangesSince(self.beside.record.main_record, self.proposal.data_version, row_models)

    def _in_order(self, places):
        """As the form has them; a browser sends what it shows in that order too, but joining goes by sides."""
        names = list(self.beside.forms.form.fields)
        own = [place for place in places if not place.prefix]
        own.sort(key=lambda place: names.index(place.name) if place.name in names else len(names))
        return [*own, *(place for place in places if place.prefix)]

    def _try(self):
        if hasattr(self, "_follows"):
            return
        self._follows, self._obstacles, self._mail = [], [], []
        if not self.proposal.is_open or self.beside.record is None or self.joined.collisions:
            return
        try:
            with tried(self.proposal, self.user, self.now) as revisions:
                self._follows = [found for found in map(self._followed, revisions) if found.changes]
                self._mail = Outlook(Step.PUBLISH, list(_changed_in_public(revisions))).mail()
        except CannotSwitch as error:
            refused = {*map(str, self.refusals), str(NOT_CHOSEN)}
            self._obstacles = [reason for reason in error.reasons if str(reason) not in refused]

    def _followed(self, revision):
        """Derived values that differ from those of the revision before."""
        before = Revision.objects.filter(kind=revision.kind, record=revision.record, number=revision.number - 1).first()
        old, new = ((each.content if each else {}).get("derived", {}) for each in (before, revision))
        model = apps.get_model(revision.kind)
        found = [
            Difference("", "", name, old[name], value)
            for name, value in new.items()
            if name in old and old[name] != value and _is_told(model, name)
        ]
        words = ValuesInWords(model, [(model, old), (model, new)])
        changes = [words.change(model, each) for each in found]
        return Follows(revision.title, _address(model, revision.record), changes)


def _changed_in_public(revisions):
    """The records of which the public would read something else, as they would be."""
    for each in revisions:
        if each.is_content and each.content["fields"].get("state") == Publication.State.PUBLISHED:
            yield apps.get_model(each.kind)._base_manager.get(pk=each.record)


def _is_told(model, name):
    """The bounds of a date say nothing that the date does not."""
    return not name.endswith(("_earliest", "_latest"))


def _address(model, key):
    try:
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
    except NoReverseMatch:
        return ""
