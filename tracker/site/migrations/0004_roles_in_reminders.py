"""Reminders are read by every role and written by none; the permissions of what they were before go."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

BEFORE = ("notice", "meetingnotice", "agreementnotice")


def set_roles(apps, schema_editor):
    create_permissions(installed.get_app_config("meetings"), apps=apps, verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    of_meetings = Permission.objects.filter(content_type__app_label="meetings")
    old = [f"{action}_{model}" for action in ("add", "change", "delete", "view") for model in BEFORE]
    of_meetings.filter(codename__in=old).delete()
    permissions = of_meetings.filter(content_type__model="reminder")
    for name in ("editor", "reviewer", "administrator"):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        # In a new database the first roles took them for content.
        group.permissions.remove(*permissions)
        chosen = permissions if name == "administrator" else permissions.filter(codename="view_reminder")
        group.permissions.add(*chosen)


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0003_roles_in_follow_ups"),
        ("meetings", "0005_one_table_of_reminders"),
    ]
    operations = [migrations.RunPython(set_roles, migrations.RunPython.noop)]
