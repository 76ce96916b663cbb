"""What a step would lead to, told before it is taken: what goes along, what stays and why, what changes elsewhere, what
mail follows, and what was checked. Forms, lists, the desk and tests ask the same function."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from tracker.records.models import Comment, Publication, Revision
from tracker.records.publication import waits

from ..publication import LAST_EDITOR, may_publish, needs_another_reader
from .step import ALONG_FROM, Step

State = Publication.State
# What goes along with a record of a model, as pairs of a queryset and why that stays; empty where it goes. The last
# argument are the records that take the step together with it.
Company = Callable[[Any, Step, Collection[Any]], Iterable[tuple[Any, str]]]
# What follows elsewhere, or what mail follows, from the step with these records, in sentences.
Teller = Callable[[list[Any], Step], Iterable[str]]
_company: dict[type, list[Company]] = defaultdict(list)
_elsewhere: list[Teller] = []
_mail: list[Teller] = []


def goes_along(model: type) -> Callable[[Company], Company]:
    """The hook for rooms above: mark a function that names the records that go along with one of ``model``."""

    def mark(function):
        _company[model].append(function)
        return function

    return mark


def changes_elsewhere(function: Teller) -> Teller:
    """The hook for rooms above: mark a function that tells what changes on other pages."""
    _elsewhere.append(function)
    return function


def causes_mail(function: Teller) -> Teller:
    """The hook for rooms above: mark a function that tells to whom mail goes, or goes no more."""
    _mail.append(function)
    return function


@dataclass
class Staying:
    record: Any
    reasons: list[str]


@dataclass
class Outlook:
    """``goes`` is the record and what goes along, in this order; ``against`` is what stands against the record's own
    step, as it is stored."""

    step: Step
    goes: list[Any]
    stays: list[Staying] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    @property
    def record(self) -> Any:
        return self.goes[0]

    @property
    def along(self) -> list[Any]:
        return self.goes[1:]

    def elsewhere(self) -> list[str]:
        return [text for function in _elsewhere for text in function(self.goes, self.step)]

    def mail(self) -> list[str]:
        return [text for function in _mail for text in function(self.goes, self.step)]

    def checked(self) -> list[str]:
        """What was looked at and is as it should be."""
        if not self.step.is_approval or self.against:
            return []
        sources = self.record.citations.count() if hasattr(self.record, "citations") else 0
        texts = [ngettext("%(count)s source is cited", "%(count)s sources are cited", sources) % {"count": sources}]
        if settings.FOUR_EYES:
            texts.append(str(_("Written by somebody else, read by you: two people")))
        return texts if sources else texts[1:]

    def open_points(self) -> list[str]:
        """What somebody should look at first."""
        said = Comment.objects.of(self.record).open().filter(act=Comment.Act.COMMENT).count()
        text = ngettext("%(count)s comment is not settled", "%(count)s comments are not settled", said)
        return [*map(str, self.against), *([text % {"count": said}] if said and self.step.is_approval else [])]


def outlook(record: Any, step: Step, user: Any, alone: bool = False, together: Collection[Any] = ()) -> Outlook:
    """What the step with this record, as it is stored, would lead to for this person; ``alone`` leaves the others where
    they are, and ``together`` take the same step in one press."""
    found = Outlook(step, [record])
    if step.is_approval:
        found.against = [*record.shortcomings(), *(waits(record) if step == Step.PUBLISH else [])]
        if needs_another_reader(record, user):
            found.against.append(str(LAST_EDITOR))
    for each, reasons in () if alone else company(record, step, user, together):
        if reasons:
            found.stays.append(Staying(each, reasons))
        else:
            found.goes.append(each)
    return found


def company(record: Any, step: Step, user: Any, together: Collection[Any] = ()) -> Iterator[tuple[Any, list[str]]]:
    """What the step would take along, each with the reasons why it stays; and nothing that it does not concern."""
    for function in _company[type(record)]:
        for records, reason in function(record, step, together):
            concerned = records.filter(state__in=ALONG_FROM[step]).order_by("pk")
            for each in concerned.with_writer().prefetch_related("citations").distinct():
                if _is_concerned(each, step, record):
                    yield each, [reason] if reason else _reasons(each, step, user, record)


def changed_along(records: Collection[Any], step: Step, user: Any, version: int) -> list[Any]:
    """What goes along with these, or would, and was changed by somebody after the data version at which that was told:
    nobody has read what it says now."""
    later = Revision.objects.editorial().filter(data_version__gt=version)
    along = {(type(each), each.pk): each for record in records for each, _why in company(record, step, user, records)}
    changed: set[tuple[type, int]] = set()
    for model in {model for model, _key in along}:
        keys = [key for kind, key in along if kind is model]
        found = later.filter(kind=model._meta.label_lower, record__in=keys).values_list("record", flat=True)
        changed |= {(model, key) for key in found}
    return [each for key, each in along.items() if key in changed]


def _is_concerned(each, step, record):
    """One that has the moment already needs no other, and a moment of its own is its own."""
    if step == Step.NO_MOMENT:
        return each.publish_at is not None
    return step != Step.PUBLISH_AT or each.publish_at is None or each.publish_at != record.publish_at


def _reasons(each, step, user, record):
    """Without a ``user`` it is whoever may."""
    reasons = []
    if user is not None and step not in (Step.REVIEW, Step.TAKE_BACK) and not may_publish(user, each):
        reasons.append(_("Only a reviewer of such records may do that."))
    if step.is_approval:
        reasons += each.shortcomings()
        reasons += waits(each, [record]) if step == Step.PUBLISH else []
        reasons += [LAST_EDITOR] if user is not None and needs_another_reader(each, user) else []
    return list(map(str, reasons))


def counted(records: Iterable[Any]) -> list[str]:
    """Records by their kinds: “7 commitments”, “2 agreements”."""
    kinds: dict[type, int] = defaultdict(int)
    for each in records:
        kinds[type(each)] += 1
    pattern = pgettext("how many of which kind", "%(count)s %(kind)s")
    return [pattern % {"count": number, "kind": _name(model, number)} for model, number in kinds.items()]


def _name(model, number):
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)
