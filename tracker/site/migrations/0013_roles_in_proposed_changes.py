"""Whoever may see a record may see what is proposed for it: every role of the desk has the list."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = ("editor", "reviewer", "administrator")


def grant(apps, schema_editor):
    create_permissions(installed.get_app_config("records"), apps=apps, verbosity=0)
    found = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="records", codename="view_proposedchange"
    )
    for name in ROLES:
        apps.get_model("auth", "Group").objects.get(name=name).permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [("site", "0012_roles_in_subscriptions"), ("records", "0012_proposed_changes")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
