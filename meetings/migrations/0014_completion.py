"""Commitments that are complete already: when, how late, and on whose word."""

from django.db import migrations
from django.db.models import F, Q

from meetings.models.completion import assessment, completed_on, days_late, side_of
from tracker.records import edtf


def derive(apps, schema_editor):
    commitments = apps.get_model("meetings", "Commitment").objects
    updates = apps.get_model("meetings", "ProgressUpdate").objects.filter(state="published").exclude(progress="")
    parties = apps.get_model("meetings", "CommitmentParty").objects.filter(side="by")
    for commitment in commitments.iterator():
        own = updates.filter(commitment=commitment.pk).select_related("answered_by")
        latest = own.order_by(F("as_of_latest").asc(nulls_first=True), "pk").last()
        rows = parties.filter(commitment=commitment.pk)
        if commitment.state == "published":  # which rests on nothing hidden
            rows = rows.filter(Q(organisation=None) | Q(organisation__state="published"))
        rows = rows.values_list("country", "organisation__country")
        promised = {country or of_organisation for country, of_organisation in rows} - {None}
        completed = completed_on(commitment.closure, commitment.closed_on, latest)
        bounds, late = edtf.bounds(completed), days_late(completed, commitment.due_latest)
        commitments.filter(pk=commitment.pk).update(
            completed_on=completed,
            completed_on_earliest=bounds.earliest,
            completed_on_latest=bounds.latest,
            days_late_least=late.least,
            days_late_most=late.most,
            assessment=assessment(side_of(latest), promised),
        )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0013_due_counted_from_events")]

    operations = [migrations.RunPython(derive, migrations.RunPython.noop)]
