"""Numbers of months become periods, also in the history; and what is derived follows by the rules of this version.

Of what these rules read, some was new and still empty: no extension had a length, no target a day on which it was set.
So they are shorter here, and stay as they are whatever the models say later.
"""

from calendar import monthrange

from django.db import migrations

# With longer periods than 999 years nothing can count.
LONGEST = 999 * 12
NOTES = {"validity_months": "Valid for {} months.", "notice_months": "Notice period of {} months."}
PERIODS = {"validity_months": "validity", "notice_months": "notice"}
ORDER = (
    *["proposed", "negotiated", "concluded", "in_substance", "agreed", "initialled", "approved", "adopted", "signed"],
    *["exchanged", "ratified", "in_force", "applied", "acceded", "amended", "extended", "paused", "resumed"],
    *["expired", "terminated", "replaced"],
)
STEPS = {
    **dict.fromkeys(["proposed", "negotiated"], "in_negotiation"),
    **dict.fromkeys(["concluded", "in_substance", "agreed"], "agreed"),
    **{"initialled": "initialled", "adopted": "adopted", "signed": "signed", "exchanged": "signed"},
    "in_force": "in_force",
}
HALTS = {"paused": "suspended", "expired": "expired", "terminated": "terminated", "replaced": "superseded"}
TOWARDS_FORCE = list(dict.fromkeys(STEPS.values()))
OF_ONE_SIDE = ("approved", "ratified", "applied", "acceded")
HIDDEN = ("draft", "in_review", "withdrawn")
REPEATABLE = ("amended", "extended", "paused", "resumed")


def to_periods(apps, schema_editor):
    agreements = apps.get_model("agreements", "Agreement").objects
    for old, new in PERIODS.items():
        counted = agreements.filter(**{f"{old}__lte": LONGEST})
        for months in counted.values_list(old, flat=True).distinct():
            agreements.filter(**{old: months}).update(**{new: period_of(months)})
        for agreement in agreements.filter(**{f"{old}__gt": LONGEST}):
            note = with_note(agreement.editors_note, old, getattr(agreement, old))
            agreements.filter(pk=agreement.pk).update(editors_note=note)
    _rename_in_history(apps, PERIODS, period_of, with_note)


def to_months(apps, schema_editor):
    agreements = apps.get_model("agreements", "Agreement")
    for old, new in PERIODS.items():
        for period in agreements.objects.exclude(**{new: ""}).values_list(new, flat=True).distinct():
            agreements.objects.filter(**{new: period}).update(**{old: months_of(period)})
    _rename_in_history(apps, {new: old for old, new in PERIODS.items()}, months_of, lambda note, _name, _value: note)


def _rename_in_history(apps, names, convert, noted):
    revisions = apps.get_model("records", "Revision").objects.filter(kind="agreements.agreement")
    for revision in revisions.iterator():
        fields = revision.content.get("fields", {})
        found = [name for name in names if name in fields]
        for name in found:
            value = fields.pop(name)
            fields[names[name]] = convert(value)
            fields["editors_note"] = noted(fields.get("editors_note", ""), name, value)
        if found:
            revision.save(update_fields=["content"])


def with_note(note, name, months):
    """What no period can say is noted for the editors."""
    said = NOTES[name].format(months) if months is not None and months > LONGEST else ""
    return "\n".join(filter(None, [note, said]))


def period_of(months):
    if months is None or months > LONGEST:
        return ""
    if months == 0:
        return "P0D"
    years, rest = divmod(months, 12)
    return "P" + (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")


def months_of(period):
    """None also for what has weeks or days: in months it cannot be said."""
    if period == "P0D":
        return 0
    years, _mark, months = period.removeprefix("P").rpartition("Y")
    months = months.removesuffix("M")
    if not (years + months).isdecimal():
        return None
    return int(years or 0) * 12 + int(months or 0)


def derive(apps, schema_editor):
    for agreement in apps.get_model("agreements", "Agreement").objects.prefetch_related("events").iterator(100):
        events = list(agreement.events.all())
        _store_periods(apps, agreement, [event for event in events if not event.is_planned])
        _store_dates(agreement, events)
    # No group had members of its own yet; those of a forum that is hidden, hidden countries.
    groups = apps.get_model("agreements", "WorkingGroup").objects.select_related("forum")
    for group in groups.exclude(forum__state__in=HIDDEN).exclude(forum=None).iterator():
        group.countries.set(group.forum.countries.all())


def _store_dates(agreement, events):
    for bound in ("", "_earliest", "_latest"):
        setattr(agreement, f"signed_or_adopted{bound}", getattr(agreement, f"signed{bound}"))
    targets = open_targets(events)
    for target in targets:
        target.is_open = True
        target.save(update_fields=["is_open"])
    if targets:
        agreement.target_kind, agreement.target = targets[0].kind, targets[0].on
        agreement.target_earliest, agreement.target_latest = targets[0].on_earliest, targets[0].on_latest
    agreement.save()


def open_targets(events):
    moved = {event.previous_target_id for event in events}
    happened = [event for event in events if not event.is_planned]
    found = [
        target
        for target in events
        if target.is_planned and target.pk not in moved and not any(_settles(event, target) for event in happened)
    ]
    return sorted(found, key=lambda target: (target.on_earliest is None, target.on_earliest, target.pk))


def _settles(event, target):
    since = target.on_earliest if target.kind in REPEATABLE else None
    if since and event.on_latest and event.on_latest < since:
        return False
    if event.kind in ("terminated", "replaced"):
        return True
    actors = [(each.country_id, each.organisation_id, each.person_id) for each in (event, target)]
    if event.kind == target.kind:
        return actors[0] == actors[1] or (not any(actors[1]) and target.kind not in OF_ONE_SIDE)
    if any(actors[1]) or target.kind not in STEPS or event.kind not in STEPS:
        return False
    return TOWARDS_FORCE.index(STEPS[event.kind]) > TOWARDS_FORCE.index(STEPS[target.kind])


def _store_periods(apps, agreement, happened):
    expires = None if agreement.renews_automatically else expiry(agreement, happened)
    agreement.status_periods.all().delete()
    model = apps.get_model("agreements", "AgreementStatusPeriod")
    model.objects.bulk_create(
        model(agreement=agreement, status=status, start=start, end=end)
        for status, start, end in status_periods(happened, expires)
    )


def expiry(agreement, happened):
    entered = next((event.on_latest for event in happened if event.kind == "in_force"), None)
    if (
        entered is None
        or not period_of(agreement.validity_months)
        or any(event.kind == "extended" for event in happened)
    ):
        return None
    years, month = divmod(entered.month - 1 + agreement.validity_months, 12)
    year, month = entered.year + years, month + 1
    return entered.replace(year=year, month=month, day=min(entered.day, monthrange(year, month)[1]))


def status_periods(happened, expires):
    changes, life = [], (None, ())
    for event in _in_order(happened):
        life = _after(event.kind, *life)
        status = life[1][-1] if life[1] else life[0]
        start = event.on_earliest
        if status != (changes[-1][0] if changes else None):
            if changes and start in (None, changes[-1][1]):
                start = changes.pop()[1]
            if status != (changes[-1][0] if changes else None):
                changes.append((status, start))
    status, start = changes[-1] if changes else (None, None)
    if expires and status in ("in_force", "suspended") and (start is None or start < expires):
        changes.append(("expired", expires))
    ends = [start for _status, start in changes[1:]] + [None]
    return [(status, start, end) for (status, start), end in zip(changes, ends, strict=False) if status]


def _after(kind, reached, halts):
    if kind == "resumed":
        return reached, ()
    if kind == "extended":
        return reached, halts[:-1] if halts[-1:] == ("expired",) else halts
    if kind in HALTS:
        return reached, halts if halts[-1:] == (HALTS[kind],) else (*halts, HALTS[kind])
    if kind not in STEPS:
        return reached, halts
    is_passed = reached is not None and TOWARDS_FORCE.index(STEPS[kind]) < TOWARDS_FORCE.index(reached)
    return (reached, halts) if is_passed and set(halts) <= {"suspended"} else (STEPS[kind], ())


def _in_order(events):
    place = {kind: number for number, kind in enumerate(ORDER)}
    of_a_day = place | {"extended": place["expired"] + 0.5}
    dated = sorted((e for e in events if e.on_earliest), key=lambda e: (e.on_earliest, of_a_day[e.kind]))
    for event in sorted((e for e in events if not e.on_earliest), key=lambda e: place[e.kind]):
        later = (number for number, e in enumerate(dated) if place[e.kind] > place[event.kind])
        dated.insert(next(later, len(dated)), event)
    return dated


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0011_status_and_periods"),
    ]

    operations = [
        migrations.RunPython(to_periods, to_months),
        migrations.RunPython(derive, migrations.RunPython.noop),
    ]
