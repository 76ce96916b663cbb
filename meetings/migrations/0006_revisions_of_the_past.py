"""The history that stood in a table for each kind of row becomes revisions of whole records; no entry is lost.

The rows of those tables are played through in order. What one account changed without a pause is one act, as a form is.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import migrations
from django.db.models import F
from django.utils import timezone

RECORDS = [
    "records.source",
    "agreements.country",
    "agreements.organisation",
    "agreements.forum",
    "agreements.person",
    "agreements.theme",
    "agreements.agreement",
    "agreements.workinggroup",
    "meetings.meeting",
    "meetings.commitment",
    "meetings.coordinator",
    "meetings.followuppolicy",
    "meetings.followuphold",
    "meetings.progressupdate",
]
# Each kind of row, with the column of what it belongs to, and the kind of that.
ROWS = {
    "agreements.organisationname": ("body", "agreements.organisation"),
    "agreements.organisationcitation": ("record", "agreements.organisation"),
    "meetings.organisationfocalpoint": ("organisation", "agreements.organisation"),
    "agreements.forumname": ("body", "agreements.forum"),
    "agreements.forumcitation": ("record", "agreements.forum"),
    "agreements.membership": ("forum", "agreements.forum"),
    "agreements.presidency": ("forum", "agreements.forum"),
    "agreements.absence": ("person", "agreements.person"),
    "agreements.agreementtitle": ("agreement", "agreements.agreement"),
    "agreements.agreementparty": ("agreement", "agreements.agreement"),
    "agreements.agreementrelation": ("agreement", "agreements.agreement"),
    "agreements.agreementcitation": ("record", "agreements.agreement"),
    "agreements.agreementevent": ("agreement", "agreements.agreement"),
    "meetings.agreementfigure": ("agreement", "agreements.agreement"),
    "agreements.workinggroupname": ("body", "agreements.workinggroup"),
    "agreements.workinggroupcitation": ("record", "agreements.workinggroup"),
    "agreements.workinggroupstage": ("group", "agreements.workinggroup"),
    "meetings.meetingagreement": ("meeting", "meetings.meeting"),
    "meetings.agendaitem": ("meeting", "meetings.meeting"),
    "meetings.schedulechange": ("meeting", "meetings.meeting"),
    "meetings.meetingcitation": ("record", "meetings.meeting"),
    "meetings.delegation": ("meeting", "meetings.meeting"),
    "meetings.delegate": ("delegation", "meetings.delegation"),
    "meetings.outcome": ("meeting", "meetings.meeting"),
    "meetings.meetingfigure": ("meeting", "meetings.meeting"),
    "meetings.commitmentparty": ("commitment", "meetings.commitment"),
    "meetings.commitmentcitation": ("record", "meetings.commitment"),
    "meetings.focalpoint": ("commitment", "meetings.commitment"),
    "meetings.commitmentlineage": ("commitment", "meetings.commitment"),
    "meetings.duechange": ("commitment", "meetings.commitment"),
    "meetings.commitmentfigure": ("commitment", "meetings.commitment"),
}
# Who is asked for a commitment is no more what it says than its state is.
NOT_CONTENT = {"state", "publish_at", "editors_note", "question", "meetings.focalpoint"}
PAUSE = timedelta(seconds=1)
# A record that is saved and at once saved again, with its relations to many, was saved once.
AT_ONCE = timedelta(milliseconds=100)
AS_IT_STANDS = "as it stood when the history moved to revisions"


class Event(NamedTuple):
    """One row of a historical table. ``kind`` is +, ~ or -."""

    moment: object
    place: int
    number: int
    account: int | None
    kind: str
    reason: str
    label: str
    key: int
    values: dict


def fields_of(model, editable=None):
    """The stored columns, and relations to many; all, or those that an editor may set, or the others."""
    links = [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]
    found = [field for field in (*model._meta.concrete_fields, *links) if not field.primary_key]
    return found if editable is None else [field for field in found if field.editable is editable]


def plain(field, value):
    value = field.get_prep_value(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def events_of(apps, label, place):
    """Yield the rows of the historical table of one kind."""
    model, historical = apps.get_model(label), historical_model(apps, label)
    columns = [field for field in fields_of(model) if not field.many_to_many]
    links = {field.name: past_links(apps, label, field) for field in fields_of(model, True) if field.many_to_many}
    about = ("history_id", "history_date", "history_user_id", "history_type", "history_change_reason", "id")
    rows = historical.objects.order_by().values_list(*about, *(field.attname for field in columns))
    for number, moment, account, kind, reason, key, *values in rows.iterator():
        said = {field.name: plain(field, value) for field, value in zip(columns, values, strict=True)}
        said |= {name: sorted(found[number]) for name, found in links.items()}
        yield Event(moment, place, number, account, kind, reason or "", label, key, said)


def historical_model(apps, label):
    app, name = label.split(".")
    return apps.get_model(app, f"historical{name}")


def past_links(apps, label, field):
    """What a record pointed at with one of its relations to many, by the number of its historical row."""
    model, found = apps.get_model(label), defaultdict(list)
    past = apps.get_model(model._meta.app_label, f"historical{model._meta.model_name}_{field.name}")
    target = f"{field.m2m_reverse_field_name()}_id"
    for number, key in past.objects.order_by().values_list("history_id", target):
        found[number].append(key)
    return found


def acts(events):
    """Yield lists of events: what one account changed without a pause, no row of it twice."""
    act, seen = [], {}
    for event in events:
        row = event.label, event.key
        again = seen.get(row)
        is_new = act and (event.account != act[-1].account or event.moment - act[-1].moment > PAUSE)
        if is_new or (again and (again.reason or event.moment - again.moment > AT_ONCE)):
            yield act
            act, seen = [], {}
        act.append(event)
        seen[row] = event
    if act:
        yield act


class Replay:
    """What every record said up to the event that was played last, and its last revision."""

    def __init__(self, apps):
        self.apps, self.Revision = apps, apps.get_model("records", "Revision")
        self.said = {}
        self.rows = defaultdict(lambda: defaultdict(dict))
        self.place_of = {}
        self.last, self.finished = {}, []
        self.act = 0

    def run(self):
        labels = enumerate((*RECORDS, *ROWS))
        events = [event for place, label in labels for event in events_of(self.apps, label, place)]
        events.sort(key=lambda event: event[:3])
        self.take_what_has_no_beginning(events)
        for act in acts(events):
            self.act += 1
            touched = {}
            for event in act:
                for record in self.play(event):
                    touched[record] = event.reason or touched.get(record, "")
            for record, reason in touched.items():
                self.revise(record, act[-1], reason)
        self.compare_with_today()
        self.finished += self.last.values()
        self.flush()

    def take_what_has_no_beginning(self, events):
        """What has its end as its first entry was there before there was a history."""
        first = {}
        for event in events:
            first.setdefault((event.label, event.key), event)
        unknown = [event._replace(kind="+") for event in first.values() if event.kind == "-"]
        for event in sorted(unknown, key=lambda event: event.place):
            self.play(event)
        for event in unknown:
            if event.label in RECORDS:
                self.add((event.label, event.key), event.moment, None, "", is_known=False)

    def play(self, event):
        """Return the records that have changed."""
        if event.label in RECORDS:
            record = event.label, event.key
            self.said[record] = None if event.kind == "-" else event.values
            return [record]
        row = event.label, event.key
        former, record = self.place_of.get(row), self.record_of(event.label, event.values)
        if former is not None:
            self.rows[former][event.label].pop(str(event.key), None)
        if record is None:
            return [former] if former is not None else []
        self.place_of[row] = record
        if former not in (None, record):
            self.move_inner_rows(event, former, record)
        if event.kind != "-":
            self.rows[record][event.label][str(event.key)] = self.offered(event.label, event.values)
        return [record] if former in (None, record) else [former, record]

    def move_inner_rows(self, event, former, record):
        """What belongs to a row goes with it."""
        for label, (column, owner) in ROWS.items():
            inner = self.rows[former][label].items() if owner == event.label else ()
            for key in [key for key, values in inner if values[column] == event.key]:
                self.rows[record][label][key] = self.rows[former][label].pop(key)
                self.place_of[label, int(key)] = record

    def record_of(self, label, values):
        column, owner = ROWS[label]
        key = values[column]
        if owner in RECORDS:
            return owner, key
        if (owner, key) in self.place_of:
            return self.place_of[owner, key]
        outer = self.apps.get_model(owner).objects.filter(pk=key).values(ROWS[owner][0]).first()
        return self.record_of(owner, outer) if outer else None

    def offered(self, label, values, editable=True):
        names = [field.name for field in fields_of(self.apps.get_model(label), editable)]
        return {name: values[name] for name in names if name in values}

    def content(self, record):
        values = self.said.get(record)
        if values is None:
            return None
        rows = {label: dict(found) for label, found in self.rows[record].items() if found}
        parts = (self.offered(record[0], values, editable) for editable in (True, False))
        return {**dict(zip(("fields", "derived"), parts, strict=True)), "rows": rows}

    def revise(self, record, event, reason):
        if record not in self.said:  # its rows have a history, and itself has none
            model = self.apps.get_model(record[0])
            self.said[record] = next((values for _owner, _key, values in stored(model, "pk", pk=record[1])), None)
        self.add(record, event.moment, event.account, reason)

    def add(self, record, moment, account, reason, *, is_known=True):
        """``is_known``: that somebody made it so just then."""
        before, content = self.last.get(record), self.content(record)
        was_there = before is not None and before.status == "applied"
        if content is None and not was_there:
            return
        if was_there and content is not None:
            found = changed(before.content, content)
            if not found and not reason and before.content["derived"] == content["derived"]:
                return
        else:
            found = {"the record"}
        if before is not None:
            self.finished.append(before)
        self.last[record] = self.Revision(
            kind=record[0],
            record=record[1],
            number=before.number + 1 if before else 1,
            data_version=self.act,
            made_at=moment,
            account_id=account,
            reason=reason,
            title=self.title(record, content) if content else before.title,
            status="applied" if content else "removed",
            is_editorial=is_known and bool(found),
            is_content=is_known and bool(found - NOT_CONTENT),
            content=content or {},
        )
        if len(self.finished) > 500:
            self.flush()

    def title(self, record, content):
        said = content["derived"] | content["fields"]
        name = next((said[name] for name in ("title", "name", "text", "slug") if said.get(name)), "")
        words = " ".join(filter(None, [said.get("reference"), name[:400]]))
        return words or f"{self.apps.get_model(record[0])._meta.verbose_name} {record[1]}"

    def flush(self):
        self.Revision.objects.bulk_create(self.finished, batch_size=100)
        self.finished = []

    def compare_with_today(self):
        """What was changed past the history, as by a migration, is one more act: afterwards nothing differs."""
        now = timezone.now()
        self.act += 1
        for label in RECORDS:
            for record, content in today(self.apps, label):
                last = self.last.get(record)
                if last is not None and last.status == "applied" and not changed(last.content, content):
                    last.content = content
                elif last is not None:
                    self.said[record] = content["derived"] | content["fields"]
                    self.rows[record] = defaultdict(dict, content["rows"])
                    self.add(record, now, None, AS_IT_STANDS)
                    self.last[record].content = content


def changed(before, after):
    """Return the names of the fields that differ, and the kinds of the rows that do."""
    found = {name for name, value in after["fields"].items() if before["fields"].get(name) != value}
    labels = before["rows"].keys() | after["rows"].keys()
    return found | {label for label in labels if before["rows"].get(label, {}) != after["rows"].get(label, {})}


def stored(model, path, editable=None, **chosen):
    """Yield (key of the record at the end of ``path``, own key, values) of the rows of today."""
    fields = fields_of(model, editable)
    links = {field.name: links_of(field) for field in fields if field.many_to_many}
    columns = [field for field in fields if not field.many_to_many]
    rows = model.objects.filter(**chosen).order_by("pk")
    for owner, key, *values in rows.values_list(path, "pk", *(field.attname for field in columns)):
        said = {field.name: plain(field, value) for field, value in zip(columns, values, strict=True)}
        yield owner, key, said | {name: sorted(found[key]) for name, found in links.items()}


def links_of(field):
    found = defaultdict(list)
    source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    for key, other in field.remote_field.through.objects.values_list(source, target):
        found[key].append(other)
    return found


def today(apps, label):
    """Yield (kind and key, content) of each record of one kind."""
    model = apps.get_model(label)
    names = {editable: [field.name for field in fields_of(model, editable)] for editable in (True, False)}
    rows = defaultdict(lambda: defaultdict(dict))
    for row in ROWS:
        path, owner = ROWS[row]
        if owner in ROWS:
            column, owner = ROWS[owner]
            path = f"{path}__{column}"
        if owner == label:
            for record, key, values in stored(apps.get_model(row), path, editable=True):
                rows[record][row][str(key)] = values
    for key, _key, values in stored(model, "pk"):
        fields, derived = ({name: values[name] for name in names[editable]} for editable in (True, False))
        of_record = {row: dict(found) for row, found in rows[key].items()}
        yield (label, key), {"fields": fields, "derived": derived, "rows": of_record}


def number_the_acts(apps, count):
    """The last act led to the data as they are: its number is that of today, and those before it count down."""
    if not count:
        return
    DataVersion = apps.get_model("records", "DataVersion")
    version, _is_new = DataVersion.objects.get_or_create(pk=1)
    if version.number < count:
        version.number = count
        version.save()
    apps.get_model("records", "Revision").objects.update(data_version=F("data_version") + (version.number - count))


def take_over(apps, schema_editor):
    replay = Replay(apps)
    replay.run()
    number_the_acts(apps, replay.act if replay.last else 0)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_revisions"),
        ("agreements", "0003_moment_of_publication"),
        ("meetings", "0005_one_table_of_reminders"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
