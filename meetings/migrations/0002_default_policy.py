"""The default follow-up policy, so that a new installation asks people without anybody having set it up."""

from django.db import migrations


def create_default_policy(apps, schema_editor):
    policy = apps.get_model("meetings", "FollowUpPolicy")
    if not policy.objects.filter(forum=None, is_active=True).exists():
        policy.objects.create(forum=None)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [migrations.RunPython(create_default_policy, migrations.RunPython.noop)]
