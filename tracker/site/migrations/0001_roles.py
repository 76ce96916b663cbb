"""The roles as groups: editors prepare, reviewers publish, administrators do both and steer accounts and mail."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = ("records", "agreements", "meetings")
EDITING = ("add", "change", "view")
# What follow-up mail wrote or what is derived: to be read, never written by hand.
READ_ONLY = ("notice", "agreementstatusperiod", "dataversion", "referencecounter", "slugalias")


def make_roles(apps, schema_editor):
    for label in (*CONTENT, "mail", "accounts"):
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    content = Permission.objects.filter(content_type__app_label__in=CONTENT).exclude(
        content_type__model__startswith="historical"
    )
    written = content.exclude(content_type__model__in=READ_ONLY)
    viewing = content.filter(codename__startswith="view_")
    editing = written.filter(codename__regex=rf"^({'|'.join(EDITING)})_")
    publishing = written.filter(codename__startswith="publish_")
    # Rows of a form (a delegation, a citation) are taken out by editing; whole records are withdrawn, not deleted.
    records = publishing.values("content_type")
    removing = written.filter(codename__startswith="delete_").exclude(content_type__in=records)
    everything = Permission.objects.filter(content_type__app_label__in=(*CONTENT, "mail", "accounts"))
    for name, permissions in {
        "editor": [viewing, editing, removing],
        "reviewer": [viewing, editing, removing, publishing],
        "administrator": [everything],
    }.items():
        group, _ = Group.objects.get_or_create(name=name)
        for chosen in permissions:
            group.permissions.add(*chosen)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("records", "0001_initial"),
        ("mail", "0001_initial"),
        ("agreements", "0001_initial"),
        ("meetings", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
