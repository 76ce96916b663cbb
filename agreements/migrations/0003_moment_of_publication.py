"""An embargo becomes a moment of publication: the state alone says what is public."""

from django.db import migrations, models
from django.utils import timezone

MODELS = ["agreement", "forum", "organisation", "workinggroup"]
MOMENT = models.DateTimeField(
    blank=True,
    db_index=True,
    help_text="What is in review is published at this moment. Any change before then cancels it.",
    null=True,
    verbose_name="publish at",
)


def embargoes_to_moments(apps, schema_editor):
    """What was published under an embargo that goes on was approved, and waits for its moment. An embargo on anything
    else approved nothing: where editors have a note, it keeps the day."""
    now = timezone.now()
    for name in MODELS:
        model = apps.get_model("agreements", name)
        embargoed = model.objects.filter(publish_at__gt=now)
        waiting = list(embargoed.filter(state="published").values_list("pk", flat=True))
        for record in embargoed.exclude(pk__in=waiting) if hasattr(model, "editors_note") else ():
            note = f"Embargoed until {record.publish_at:%Y-%m-%d %H:%M} UTC."
            record.editors_note = "\n".join(filter(None, [record.editors_note, note]))
            record.save(update_fields=["editors_note"])
        model.objects.exclude(pk__in=waiting).update(publish_at=None)
        model.objects.filter(pk__in=waiting).update(state="in_review")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_mail_to_people")]

    operations = [
        migrations.RenameField("agreement", "embargoed_until", "publish_at"),
        migrations.RenameField("historicalagreement", "embargoed_until", "publish_at"),
        migrations.RenameField("forum", "embargoed_until", "publish_at"),
        migrations.RenameField("historicalforum", "embargoed_until", "publish_at"),
        migrations.RenameField("organisation", "embargoed_until", "publish_at"),
        migrations.RenameField("historicalorganisation", "embargoed_until", "publish_at"),
        migrations.RenameField("workinggroup", "embargoed_until", "publish_at"),
        migrations.RenameField("historicalworkinggroup", "embargoed_until", "publish_at"),
        migrations.AlterField("agreement", "publish_at", MOMENT),
        migrations.AlterField("historicalagreement", "publish_at", MOMENT),
        migrations.AlterField("forum", "publish_at", MOMENT),
        migrations.AlterField("historicalforum", "publish_at", MOMENT),
        migrations.AlterField("organisation", "publish_at", MOMENT),
        migrations.AlterField("historicalorganisation", "publish_at", MOMENT),
        migrations.AlterField("workinggroup", "publish_at", MOMENT),
        migrations.AlterField("historicalworkinggroup", "publish_at", MOMENT),
        migrations.RunPython(embargoes_to_moments, migrations.RunPython.noop),
        migrations.AddConstraint(
            "agreement",
            models.CheckConstraint(
                condition=models.Q(publish_at__isnull=True) | models.Q(state="in_review"),
                name="agreement_to_be_published_is_in_review",
                violation_error_message="Only what is in review can be published at a moment.",
            ),
        ),
        migrations.AddConstraint(
            "forum",
            models.CheckConstraint(
                condition=models.Q(publish_at__isnull=True) | models.Q(state="in_review"),
                name="forum_to_be_published_is_in_review",
                violation_error_message="Only what is in review can be published at a moment.",
            ),
        ),
        migrations.AddConstraint(
            "organisation",
            models.CheckConstraint(
                condition=models.Q(publish_at__isnull=True) | models.Q(state="in_review"),
                name="organisation_to_be_published_is_in_review",
                violation_error_message="Only what is in review can be published at a moment.",
            ),
        ),
        migrations.AddConstraint(
            "workinggroup",
            models.CheckConstraint(
                condition=models.Q(publish_at__isnull=True) | models.Q(state="in_review"),
                name="workinggroup_to_be_published_is_in_review",
                violation_error_message="Only what is in review can be published at a moment.",
            ),
        ),
    ]
