import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0002_refused_addresses_and_last_runs"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="dead_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="given up at"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="recipient",
            field=models.CharField(
                help_text="Who it is for; the address is read when it is sent.",
                max_length=120,
                verbose_name="recipient",
            ),
        ),
        migrations.AlterField(
            model_name="refusedaddress",
            name="delivery",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="mail.delivery",
                verbose_name="delivery",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("dead_at__isnull", False)), fields=["dead_at"], name="delivery_dead"
            ),
        ),
    ]
