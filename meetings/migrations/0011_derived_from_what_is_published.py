"""What is published rests on what is published alone: columns of meetings and commitments that followed from hidden
organisations, forums, meetings or agreements are derived anew."""

from django.db import migrations
from django.db.models import F, Q
from django.db.models.functions import Coalesce

HIDDEN = ["draft", "in_review", "withdrawn"]
FEW_COUNTRIES = 3
UNKNOWN = {"due": "", "due_earliest": None, "due_latest": None, "due_session": None}


def derive_anew(apps, schema_editor):
    meetings = apps.get_model("meetings", "Meeting").objects.filter(state="published")
    rests_on_hidden = Q(delegations__organisation__state__in=HIDDEN) | Q(forum__state__in=HIDDEN)
    changed = list(meetings.filter(rests_on_hidden).select_related("forum").distinct())
    for meeting in changed:
        meeting.countries.set(_met(meeting))
    commitments = apps.get_model("meetings", "Commitment").objects.filter(state="published")
    rests_on_hidden = Q(parties__organisation__state__in=HIDDEN) | Q(meeting__in=changed)
    for record in ("meeting", "agreement"):
        rests_on_hidden |= Q(**{f"{record}__state__in": HIDDEN})
    for commitment in commitments.filter(rests_on_hidden).select_related("meeting", "agreement").distinct():
        _derive_commitment(commitment)


def _countries_of(parties):
    shown = parties.filter(Q(organisation=None) | Q(organisation__state="published"))
    named = shown.exclude(country=None, organisation__country=None)
    return set(named.values_list(Coalesce("country", "organisation__country"), flat=True))


def _met(meeting):
    involved = _countries_of(meeting.delegations.exclude(role="observer"))
    if meeting.forum is None or meeting.forum.state != "published" or len(involved) >= 2:
        return involved
    members = meeting.forum.memberships.filter(role__in=["member", "founding"], country__isnull=False)
    if meeting.held_latest:
        members = members.filter(Q(joined_latest=None) | Q(joined_latest__lte=meeting.held_latest))
    if meeting.held_earliest:
        members = members.filter(Q(left_latest=None) | Q(left_latest__gte=meeting.held_earliest))
    return involved | set(members.values_list("country", flat=True))


def _derive_commitment(commitment):
    meeting, agreement = (
        record if record is not None and record.state == "published" else None
        for record in (commitment.meeting, commitment.agreement)
    )
    involved = _countries_of(commitment.parties)
    if meeting and commitment.scope != "domestic" and commitment.parties.exclude(words="").exists():
        met = set(meeting.countries.values_list("pk", flat=True))
        involved |= met if len(met) <= FEW_COUNTRIES else set()
    commitment.countries.set(involved)
    values = {"forum_id": (meeting and meeting.forum_id) or (agreement and agreement.forum_id)}
    is_from_hidden = meeting != commitment.meeting or values["forum_id"] != commitment.forum_id
    if is_from_hidden and commitment.due_session_id and commitment.due_rule == "next_session":
        values |= UNKNOWN | {"due_version": F("due_version") + 1}
    type(commitment).objects.filter(pk=commitment.pk).update(**values)


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0009_countries_of_what_is_published"),
        ("meetings", "0010_longer_dates"),
    ]

    operations = [migrations.RunPython(derive_anew, migrations.RunPython.noop)]
