"""Editors write the new kinds of rows; permissions are named after what the kinds are called now."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

LABELS = ("records", "agreements", "meetings", "mail", "accounts")
NEW = (
    "workinggroupmember",
    "agreementstatement",
    "forumstatement",
    "workinggroupstatement",
    "meetingstatement",
    "commitmentstatement",
    "agreementeventclaim",
    "membershipclaim",
    "workinggroupstageclaim",
    "delegateclaim",
    "schedulechangeclaim",
    "meetingfigureclaim",
    "agreementfigureclaim",
    "commitmentfigureclaim",
)


def set_roles(apps, schema_editor):
    for label in LABELS:
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    chosen = Permission.objects.filter(content_type__app_label__in=LABELS, content_type__model__in=NEW)
    for name in ("editor", "reviewer", "administrator"):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*chosen)
    for permission in Permission.objects.filter(content_type__app_label__in=LABELS).select_related("content_type"):
        _name_as_today(apps, permission)


def _name_as_today(apps, permission):
    kind = permission.content_type
    try:
        options = apps.get_model(kind.app_label, kind.model)._meta
    except LookupError:
        return
    action = permission.codename.removesuffix(f"_{kind.model}")
    name = f"Can {action} {options.verbose_name}"
    if permission.name != name:
        permission.name = name
        permission.save(update_fields=["name"])


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0005_without_former_history"),
        ("agreements", "0014_words_for_sessions"),
        ("meetings", "0014_completion"),
        ("mail", "0004_wording"),
        ("records", "0005_archive_address"),
        ("accounts", "0001_initial"),
    ]
    operations = [migrations.RunPython(set_roles, migrations.RunPython.noop)]
