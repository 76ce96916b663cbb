"""All who edit see which records were made one; reviewers and administrators make them one, and part them again."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "editor": ["view_merger"],
    "reviewer": ["view_merger", "add_merger", "change_merger"],
    "administrator": ["view_merger", "add_merger", "change_merger"],
}


def grant(apps, schema_editor):
    create_permissions(installed.get_app_config("records"), apps=apps, verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    permissions = Permission.objects.filter(content_type__app_label="records", content_type__model="merger")
    for name, codenames in RIGHTS.items():
        held = apps.get_model("auth", "Group").objects.get(name=name).permissions
        # Of a new database the editors' role was made when there was this kind already.
        held.remove(*permissions.exclude(codename__in=codenames))
        held.add(*permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("site", "0013_roles_in_proposed_changes"), ("records", "0013_mergers")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
