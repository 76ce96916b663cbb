import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0010_revisions_in_time_and_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("record", models.BigIntegerField()),
                ("row_kind", models.CharField(blank=True, max_length=60)),
                ("row", models.BigIntegerField(blank=True, null=True)),
                ("field", models.CharField(blank=True, max_length=60)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("comment", "comment"),
                            ("sent", "word to the reviewer"),
                            ("returned", "returned with a reason"),
                        ],
                        default="comment",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("text", models.TextField(blank=True, max_length=2000)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
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
                (
                    "addressee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
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
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["made_at", "pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "record"], name="comment_of_record")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("row__isnull", True), ("row_kind", "")),
                            models.Q(models.Q(("row_kind", ""), _negated=True), ("row__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_names_its_row_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="comment_says_something"
                    ),
                ],
            },
        ),
    ]
