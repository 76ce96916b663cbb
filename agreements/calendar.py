"""The days that an agreement names: what is planned for it, and the last day of its validity."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from tracker.records.languages import compose
from tracker.records.models import with_sources
from tracker.registers.dated import WEEK, Certainty, DatedEntry, RegisterCalendar, of_a_date

from .models import Agreement, AgreementCitation, AgreementEvent
from .models.target import first_set, tell_targets
from .models.validity import expiry_known_to_the_day

EVENTS = Prefetch("events", AgreementEvent.objects.select_related("country", "organisation", "person"))
# What has ended otherwise expires no more.
EXPIRING = {
    Agreement.Status.IN_FORCE: Certainty.CONFIRMED,
    Agreement.Status.SUSPENDED: Certainty.TENTATIVE,
    Agreement.Status.EXPIRED: Certainty.CONFIRMED,
}


def with_days(agreements):
    has_target = Exists(AgreementEvent.objects.filter(agreement=OuterRef("pk"), is_open=True))
    dated = agreements.filter(~Q(validity="") | has_target)
    return dated.prefetch_related(EVENTS, with_sources(AgreementCitation), "countries", "themes")


def days_of_agreement(agreement, today):
    events = list(agreement.events.all())
    tell_targets(agreement, events, today)
    yield from _targets(agreement, events, today)
    yield from _end(agreement, today)


def _targets(agreement, events, today):
    first, names = first_set(events), set()
    for target in events:
        what = compose(_("Planned: %(event)s – %(title)s"), event=target.get_kind_display(), title=agreement.headline)
        when = of_a_date(target, "on", what, today, WEEK) if target.is_open else None
        if when is None:
            continue
        # Where two have taken the place of one, they cannot both have its name.
        key = first[target].pk if first[target].pk not in names else target.pk
        names.add(key)
        yield DatedEntry(
            name=f"target-{key}",
            certainty=Certainty.TENTATIVE,
            place=target.place,
            notes=tuple(filter(None, [target.actor, *target.told])),
            **when,
        )


def _end(agreement, today):
    end, certainty = expiry_known_to_the_day(agreement), EXPIRING.get(agreement.status)
    if end is None or certainty is None:
        return
    last = end - timedelta(days=1)
    yield DatedEntry(
        name="expiry",
        first=last,
        last=last,
        summary=compose(_("Last day of validity: %(title)s"), title=agreement.headline),
        certainty=certainty,
        alarm=WEEK if last > today else None,
    )


CALENDAR = RegisterCalendar(dated=with_days, entries=days_of_agreement)
