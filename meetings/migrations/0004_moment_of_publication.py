"""An embargo becomes a moment of publication: the state alone says what is public."""

from django.db import migrations, models
from django.db.models import F
from django.utils import timezone

from meetings.models.due import day_unknown_again

MODELS = ["commitment", "meeting", "progressupdate"]
WITH_HISTORY = [prefix + name for name in MODELS for prefix in ("", "historical")]
MOMENT = models.DateTimeField(
    blank=True,
    db_index=True,
    help_text="What is in review is published at this moment, if nothing stands against it then. A change of the record "
    "before then cancels it.",
    null=True,
    verbose_name="publish at",
)


def follow_ended_embargoes(ProgressUpdate, now):
    """An update whose embargo has ended counts for the progress of its commitment, which nobody may have saved since."""
    ended = ProgressUpdate.objects.filter(state="published", publish_at__lte=now).exclude(progress="")
    for update in ended.select_related("commitment"):
        updates = ProgressUpdate.objects.filter(commitment=update.commitment, state="published").exclude(progress="")
        public = updates.exclude(publish_at__gt=now)
        update.commitment.progress = public.order_by(F("as_of_latest").asc(nulls_first=True), "pk").last().progress
        update.commitment.save(update_fields=["progress"])


def embargoes_to_moments(apps, schema_editor):
    """What was published under an embargo that goes on was approved, and waits for its moment. An embargo on anything
    else approved nothing: where editors have a note, it keeps the day."""
    now = timezone.now()
    follow_ended_embargoes(apps.get_model("meetings", "ProgressUpdate"), now)
    for name in MODELS:
        model = apps.get_model("meetings", name)
        embargoed = model.objects.filter(publish_at__gt=now)
        waiting = list(embargoed.filter(state="published").values_list("pk", flat=True))
        for record in embargoed.exclude(pk__in=waiting) if hasattr(model, "editors_note") else ():
            note = f"Embargoed until {record.publish_at:%Y-%m-%d %H:%M} UTC."
            record.editors_note = "\n".join(filter(None, [record.editors_note, note]))
            record.save(update_fields=["editors_note"])
        model.objects.exclude(pk__in=waiting).update(publish_at=None)
        model.objects.filter(pk__in=waiting).update(state="in_review")
    # PostgreSQL alters no table whose relations wait to be checked.
    schema_editor.connection.check_constraints()


def waits_in_review(name):
    return models.CheckConstraint(
        condition=models.Q(publish_at__isnull=True) | models.Q(state="in_review"),
        name=f"{name}_to_be_published_is_in_review",
        violation_error_message="Only what is in review can be published at a moment.",
    )


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_moment_of_publication"), ("meetings", "0003_follow_up_in_full")]

    operations = [
        *(migrations.RenameField(name, "embargoed_until", "publish_at") for name in WITH_HISTORY),
        *(migrations.AlterField(name, "publish_at", MOMENT) for name in WITH_HISTORY),
        migrations.RunPython(embargoes_to_moments, migrations.RunPython.noop),
        *(migrations.AddConstraint(name, waits_in_review(name)) for name in MODELS),
        migrations.AlterField(
            "commitment",
            "due_session",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=day_unknown_again,
                related_name="due_commitments",
                to="meetings.meeting",
            ),
        ),
    ]
