from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0012_months_to_periods"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="agreement",
            name="notice_months",
        ),
        migrations.RemoveField(
            model_name="agreement",
            name="validity_months",
        ),
    ]
