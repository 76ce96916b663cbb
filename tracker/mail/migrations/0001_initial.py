from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="key")),
                ("kind", models.CharField(max_length=30, verbose_name="kind")),
                (
                    "recipient",
                    models.CharField(
                        db_index=True,
                        help_text="Who it is for; the address is read when it is sent.",
                        max_length=120,
                        verbose_name="recipient",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("held", "held back"),
                            ("sent", "sent"),
                            ("dead", "given up"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("not_before", models.DateTimeField(verbose_name="not before")),
                (
                    "leased_until",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="leased until"),
                ),
                ("lease", models.UUIDField(blank=True, editable=False, null=True)),
                ("plan", models.UUIDField(blank=True, db_index=True, editable=False, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "error",
                    models.TextField(
                        blank=True, help_text="Or why it was given up or withdrawn.", verbose_name="last error"
                    ),
                ),
                ("message_id", models.CharField(editable=False, max_length=200, verbose_name="message ID")),
                ("address", models.CharField(blank=True, max_length=320, verbose_name="sent to")),
                ("subject", models.CharField(blank=True, max_length=300, verbose_name="subject")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="planned at")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["state", "not_before", "leased_until"], name="delivery_waiting"),
                    models.Index(fields=["recipient", "sent_at"], name="delivery_of_recipient"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_sent_has_its_moment",
                    )
                ],
            },
        ),
    ]
