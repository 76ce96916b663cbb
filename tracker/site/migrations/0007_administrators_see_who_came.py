"""Administrators read who logged in and who was refused."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def grant(apps, schema_editor):
    create_permissions(installed.get_app_config("accounts"), apps=apps, verbosity=0)
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="administrator")
    codes = ("view_login", "view_refusedlogin")
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__model__in=("login", "refusedlogin"))
    # In a new database the first roles took them for what administrators see to.
    group.permissions.remove(*permissions.exclude(codename__in=codes))
    group.permissions.add(*permissions.filter(codename__in=codes))


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0006_roles_in_what_happens"),
        ("accounts", "0002_who_came"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
