"""What the roles may do with follow-ups: editors see what is held back, reviewers hold it; notices are only read."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITED = ("absence", "coordinator")
HELD = ("followuphold",)
READ_ONLY = ("meetingnotice", "agreementnotice")
ROLES = {
    "editor": {"view": EDITED + HELD + READ_ONLY, "add": EDITED, "change": EDITED, "delete": EDITED},
    "reviewer": {
        "view": EDITED + HELD + READ_ONLY,
        "add": EDITED + HELD,
        "change": EDITED + HELD,
        "delete": EDITED + HELD,
    },
}


def set_roles(apps, schema_editor):
    """Whatever a role held of these before: in a new database the first roles already took them for content."""
    labels = ("agreements", "meetings")
    for label in labels:
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    models = EDITED + HELD + READ_ONLY
    permissions = Permission.objects.filter(
        content_type__app_label__in=labels,
        content_type__model__in=[*models, *(f"historical{model}" for model in models)],
    )
    for name, allowed in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        codenames = [f"{action}_{model}" for action, chosen in allowed.items() for model in chosen]
        group.permissions.remove(*permissions)
        group.permissions.add(*permissions.filter(codename__in=codenames))
    group, _ = Group.objects.get_or_create(name="administrator")
    group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0002_mail_for_administrators"),
        ("agreements", "0002_mail_to_people"),
        ("meetings", "0003_follow_up_in_full"),
    ]
    operations = [migrations.RunPython(set_roles, migrations.RunPython.noop)]
