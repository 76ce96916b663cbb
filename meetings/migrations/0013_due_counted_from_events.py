"""A due date may be counted from an event of an agreement, or from a meeting."""

import django.db.models.deletion
from django.db import migrations, models

import meetings.models.counted
import tracker.records.fields


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0014_words_for_sessions"),
        ("meetings", "0012_claims_on_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="due_is_counted",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="commitment",
            name="due_period",
            field=tracker.records.fields.DurationField(
                blank=True, default="", max_length=20, verbose_name="after a period of"
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="due_event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=meetings.models.counted.counted_day_unknown_again,
                related_name="+",
                to="agreements.agreementevent",
                verbose_name="counted from the event",
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="due_meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=meetings.models.counted.counted_day_unknown_again,
                related_name="+",
                to="meetings.meeting",
                verbose_name="counted from the meeting",
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="title",
            field=models.CharField(
                blank=True,
                help_text="Empty for a numbered session: its forum or group and its number name it.",
                max_length=300,
                verbose_name="title",
            ),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="working_group",
            field=models.ForeignKey(
                blank=True,
                help_text="Where a group met; the forum it belongs to, if any, is then filled in.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="agreements.workinggroup",
                verbose_name="working group",
            ),
        ),
    ]
