"""The tables of the former history are gone, and nobody holds a permission on them."""

from django.db import migrations


def forget(apps, schema_editor):
    kinds = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label__in=["records", "agreements", "meetings"], model__startswith="historical"
    )
    kinds.delete()  # and their permissions with them


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0004_roles_in_reminders"),
        ("records", "0003_without_former_history"),
        ("agreements", "0004_without_former_history"),
        ("meetings", "0007_without_former_history"),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
