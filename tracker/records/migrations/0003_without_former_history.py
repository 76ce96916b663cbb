"""The table of the former history of sources, which revisions have taken over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_revisions"),
        ("meetings", "0006_revisions_of_the_past"),
    ]

    operations = [migrations.DeleteModel("HistoricalSource")]
