"""Targets, which are planned events: what became of each, how far they moved, and what can be said of one on a day."""

from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.records import edtf
from tracker.records.languages import compose
from tracker.records.models import Basis

from .event import AgreementEvent
from .status import STEPS, TOWARDS_FORCE

Kind = AgreementEvent.Kind

# What one side does alone: where the target names no side, it takes all of them.
OF_ONE_SIDE = frozenset({Kind.APPROVED, Kind.RATIFIED, Kind.APPLIED, Kind.ACCEDED})
REPEATABLE = frozenset({Kind.AMENDED, Kind.EXTENDED, Kind.PAUSED, Kind.RESUMED})


def store_open_targets(agreement):
    """Note on each planned event whether it is still open; return the first of those that are, or None."""
    events = list(agreement.events.all())
    found = open_targets(events)
    keys = [target.pk for target in found]
    agreement.events.filter(is_open=True).exclude(pk__in=keys).update(is_open=False)
    agreement.events.filter(is_open=False, pk__in=keys).update(is_open=True)
    return found[0] if found else None


def write_open_targets(agreements):
    """Note the same of many agreements, none of whose events is noted as open."""
    keys = [target.pk for each in agreements for target in open_targets(list(each.events.all()))]
    AgreementEvent.objects.filter(pk__in=keys).update(is_open=True)


def open_targets(events):
    """The targets among the events of one agreement that neither moved nor came true, those with the first day first.

    That a day has passed closes none: then nobody has reported what became of it.
    """
    planned = [event for event in events if event.is_planned]
    happened = [event for event in events if not event.is_planned]
    moved = set(former_targets(planned).values())
    found = [target for target in planned if target not in moved and not _is_settled(target, happened)]
    return sorted(found, key=lambda target: (target.on_earliest is None, target.on_earliest, target.pk))


def with_target_by(agreements, today, within):
    """Narrow a queryset to agreements with an open target that is due within a time from ``today`` on; with
    ``target_day``, its last day."""
    near = AgreementEvent.objects.filter(is_open=True, on_latest__range=(today, today + within))
    day = near.filter(agreement=OuterRef("pk")).order_by("on_latest").values("on_latest")[:1]
    return agreements.filter(pk__in=near.order_by().values("agreement")).annotate(target_day=Subquery(day))


def _is_settled(target, happened):
    return any(_settles(event, target) for event in happened if not _is_known_to_come_before(event, target))


def _settles(event, target):
    """Whether what happened is what was planned, goes beyond it, or ends the agreement."""
    if event.kind in (Kind.TERMINATED, Kind.REPLACED):
        return True
    if event.kind == target.kind:
        is_by_the_same = _actor(event) == _actor(target)
        return is_by_the_same or (not any(_actor(target)) and target.kind not in OF_ONE_SIDE)
    if any(_actor(target)) or target.kind not in STEPS or event.kind not in STEPS:
        return False
    return TOWARDS_FORCE.index(STEPS[event.kind]) > TOWARDS_FORCE.index(STEPS[target.kind])


def _is_known_to_come_before(event, target):
    """Whether it happened before the target was set, or, of what happens again, before the day that was planned."""
    since = target.announced_on_earliest
    if since is None and target.kind in REPEATABLE:
        since = target.on_earliest
    return None not in (since, event.on_latest) and event.on_latest < since


def _actor(event):
    return event.country_id, event.organisation_id, event.person_id


def former_targets(planned):
    """``{target: the one whose place it takes}``: as an editor says, else the last one set for the same thing."""
    by_key = {target.pk: target for target in planned}
    found = {}
    for target in planned:
        former = by_key.get(target.previous_target_id) or _last_set_before(target, planned)
        if former is not None and target not in _line(found, former):
            found[target] = former
    return found


def first_set(events):
    """``{target: the one that was set first for the same thing}``: however often a target moves, it is one."""
    planned = [event for event in events if event.is_planned]
    former = former_targets(planned)
    return {target: _line(former, target)[-1] for target in planned}


def _last_set_before(target, planned):
    if target.kind in REPEATABLE or (target.kind in OF_ONE_SIDE and not any(_actor(target))):
        return None
    earlier = [other for other in planned if _is_set_before(other, target)]
    return max(earlier, key=lambda other: other.announced_on_earliest, default=None)


def _is_set_before(other, target):
    is_for_the_same = (other.kind, _actor(other)) == (target.kind, _actor(target))
    days = other.announced_on_earliest, other.announced_on_latest, target.announced_on_earliest
    return is_for_the_same and None not in days and days[1] < days[2]


def _line(former, target):
    """The target and those before it, the newest first."""
    line = [target]
    while line[-1] in former:
        line.append(former[line[-1]])
    return line


class Slip(NamedTuple):
    """By how many days a target moved, earlier if negative; or, if not ``is_exact``, by how many at least."""

    days: int
    is_exact: bool


def slip(first, last):
    """Return the ``Slip`` between two targets; None where their dates do not tell."""
    if _is_of_one_day(first) and _is_of_one_day(last):
        return Slip((last.on_earliest - first.on_earliest).days, True)
    later, sooner = _days_between(first.on_latest, last.on_earliest), _days_between(first.on_earliest, last.on_latest)
    if later is not None and later > 0:
        return Slip(later, False)
    return Slip(sooner, False) if sooner is not None and sooner < 0 else None


def _is_of_one_day(target):
    is_exact = edtf.exactness(target.on, is_inferred=target.basis == Basis.INFERRED) == edtf.Exactness.EXACT
    return is_exact and target.on_earliest == target.on_latest


def _days_between(one, other):
    return None if None in (one, other) else (other - one).days


def tell_targets(agreement, events, today):
    """Give each target among the events of the agreement ``told``, what can be said of it on that day, as sentences."""
    planned = [event for event in events if event.is_planned]
    former = former_targets(planned)
    for target in planned:
        line = _line(former, target)
        missed = what_is_missed(target.kind, target.on_latest, today) if target.is_open else ""
        said = [agreement.unless_seen(missed)] if missed else []
        said += [_moved_from(*line[:2])] if len(line) > 1 else []
        said += [_moved_in_all(line)] if len(line) > 2 else []
        target.told = said


def what_is_missed(kind, latest, today):
    """“no report that it was signed”, once the latest day of an open target is over; else empty."""
    if latest is None or latest >= today:
        return ""
    return {
        Kind.ADOPTED: _("no report that it was adopted"),
        Kind.SIGNED: _("no report that it was signed"),
        Kind.RATIFIED: _("no report that it was ratified"),
        Kind.IN_FORCE: _("no report that it entered into force"),
    }.get(kind, _("no report that it took place"))


def what_is_missed_of(agreement, today):
    """The same of the next target of an agreement, with the day on which somebody last looked."""
    missed = what_is_missed(agreement.target_kind, agreement.target_latest, today) if agreement.target_kind else ""
    return agreement.unless_seen(missed) if missed else ""


def _moved_from(target, former):
    found, date = slip(former, target), former.on_in_words or _("date not stated")
    if found is None:
        return compose(_("moved from %(date)s"), date=date)
    return compose(_("moved from %(date)s, %(by)s"), date=date, by=_by(found))


def _moved_in_all(line):
    times = len(line) - 1
    moved = _("moved twice") if times == 2 else _("moved %(times)s times") % {"times": times}
    found = slip(line[-1], line[0])
    return _("%(moved)s, %(by)s in all") % {"moved": moved, "by": _by(found)} if found else moved


def _by(found):
    number = abs(found.days)
    if found.days < 0:
        exact = ngettext("forward by %(days)s day", "forward by %(days)s days", number)
        least = ngettext("forward by at least %(days)s day", "forward by at least %(days)s days", number)
    else:
        exact = ngettext("by %(days)s day", "by %(days)s days", number)
        least = ngettext("by at least %(days)s day", "by at least %(days)s days", number)
    return (exact if found.is_exact else least) % {"days": number}
