"""One table for the history of all records. What the tables before it hold follows in ``meetings``, whose rows it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("record", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("data_version", models.PositiveBigIntegerField(db_index=True)),
                ("made_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("title", models.CharField(max_length=500)),
                (
                    "status",
                    models.CharField(
                        choices=[("applied", "Applied"), ("removed", "Removed")], default="applied", max_length=10
                    ),
                ),
                ("is_editorial", models.BooleanField()),
                ("is_content", models.BooleanField()),
                ("content", models.JSONField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "record", "number"), name="revision_number_unique")
                ],
            },
        ),
    ]
