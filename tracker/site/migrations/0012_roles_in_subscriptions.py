"""All who edit see how many subscriptions there are of what; administrators, who see to the mail, see whose they are."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "editor": ["view_subscription"],
    "reviewer": ["view_subscription"],
    "administrator": ["view_subscription", "view_subscriber"],
}


def grant(apps, schema_editor):
    create_permissions(installed.get_app_config("site"), apps=apps, verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in RIGHTS.items():
        permissions = Permission.objects.filter(content_type__app_label="site", codename__in=codenames)
        apps.get_model("auth", "Group").objects.get(name=name).permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("site", "0011_subscriptions")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
