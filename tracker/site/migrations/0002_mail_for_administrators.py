"""Administrators see to refused addresses and see when the mail last ran."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def grant(apps, schema_editor):
    create_permissions(installed.get_app_config("mail"), apps=apps, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="mail")
    apps.get_model("auth", "Group").objects.get(name="administrator").permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0001_roles"),
        ("mail", "0002_refused_addresses_and_last_runs"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
