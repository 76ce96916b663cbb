"""Reviewers change what is in public use, and the rules that all mail hangs on; editors see those."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

LABELS = ("records", "agreements", "meetings")
EDITED = ("view", "add", "change", "delete")
SHARED = ("source", "country", "theme", "person")
RIGHTS = {
    "editor": dict.fromkeys(SHARED, EDITED) | {"followuppolicy": ("view",)},
    "reviewer": dict.fromkeys(SHARED, (*EDITED, "publish")) | {"followuppolicy": EDITED},
    "administrator": dict.fromkeys(SHARED, (*EDITED, "publish")) | {"followuppolicy": EDITED},
}


def set_roles(apps, schema_editor):
    """Whatever a role held of these before: in a new database the first roles already took them for content."""
    for label in LABELS:
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    for name, rights in RIGHTS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        permissions = Permission.objects.filter(content_type__app_label__in=LABELS, content_type__model__in=rights)
        codenames = [f"{action}_{model}" for model, actions in rights.items() for action in actions]
        group.permissions.remove(*permissions.exclude(codename__in=codenames))
        group.permissions.add(*permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0007_administrators_see_who_came"),
        ("records", "0007_read_by_another"),
        ("agreements", "0016_publish_shared"),
        ("meetings", "0015_organisers_and_chairs"),
    ]
    operations = [migrations.RunPython(set_roles, migrations.RunPython.noop)]
