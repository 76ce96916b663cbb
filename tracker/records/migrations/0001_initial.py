import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tracker.records.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferenceCounter",
            fields=[
                ("prefix", models.CharField(max_length=3, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "reference counter",
            },
        ),
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "data version",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="data_version_is_one_row")],
            },
        ),
        migrations.CreateModel(
            name="SlugAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("slug", models.SlugField(max_length=120)),
                ("record_id", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "former slug",
                "verbose_name_plural": "former slugs",
                "constraints": [models.UniqueConstraint(fields=("kind", "slug"), name="slug_alias_unique")],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="As printed; empty if not known.", max_length=400, verbose_name="title"
                    ),
                ),
                ("publisher", models.CharField(blank=True, max_length=200, verbose_name="publisher")),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="author")),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        max_length=1000,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("official", "official publication"),
                            ("state_agency", "state news agency"),
                            ("press_release", "press release"),
                            ("news", "news report"),
                            ("opinion", "opinion piece"),
                            ("reference", "reference work"),
                        ],
                        default="news",
                        max_length=15,
                        verbose_name="kind of evidence",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "published_on",
                    tracker.records.fields.EDTFField(
                        blank=True, default="", max_length=40, verbose_name="date of the document"
                    ),
                ),
                (
                    "published_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="published_on"),
                ),
                (
                    "published_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="published_on"),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="How far it can be trusted; shown to the public.", verbose_name="note"
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["slug"],
                "indexes": [
                    models.Index(fields=["evidence"], name="source_evidence"),
                    models.Index(fields=["published_earliest"], name="source_published"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        verbose_name="slug",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="As printed; empty if not known.", max_length=400, verbose_name="title"
                    ),
                ),
                ("publisher", models.CharField(blank=True, max_length=200, verbose_name="publisher")),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="author")),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        max_length=1000,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("official", "official publication"),
                            ("state_agency", "state news agency"),
                            ("press_release", "press release"),
                            ("news", "news report"),
                            ("opinion", "opinion piece"),
                            ("reference", "reference work"),
                        ],
                        default="news",
                        max_length=15,
                        verbose_name="kind of evidence",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "published_on",
                    tracker.records.fields.EDTFField(
                        blank=True, default="", max_length=40, verbose_name="date of the document"
                    ),
                ),
                (
                    "published_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="published_on"),
                ),
                (
                    "published_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="published_on"),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="How far it can be trusted; shown to the public.", verbose_name="note"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
    ]
