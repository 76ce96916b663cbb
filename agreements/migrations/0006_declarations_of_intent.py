"""“declaration” named declarations of intent; these have a type of their own now."""

from django.db import migrations


def rename(apps, old, new):
    apps.get_model("agreements", "Agreement").objects.filter(type=old).update(type=new)
    revisions = apps.get_model("records", "Revision").objects
    for revision in revisions.filter(kind="agreements.agreement", content__fields__type=old).iterator():
        revision.content["fields"]["type"] = new
        revision.save(update_fields=["content"])


def forwards(apps, schema_editor):
    rename(apps, "declaration", "intent")


def backwards(apps, schema_editor):
    rename(apps, "intent", "declaration")


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0005_what_happens"),
        ("records", "0003_without_former_history"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
