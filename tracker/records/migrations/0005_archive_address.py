"""A source may have an address in a web archive, and has a title or an address."""

from django.core.validators import URLValidator
from django.db import migrations, models
from django.db.models import Q


def name_what_has_neither(apps, schema_editor):
    """What stood there in place of the title is the title from now on: the publisher, or the slug. In the history too:
    no former state of a source could be brought back without one."""
    source = apps.get_model("records", "Source")
    for row in source.objects.filter(title="", url=""):
        source.objects.filter(pk=row.pk).update(title=row.publisher or row.slug)
    for revision in apps.get_model("records", "Revision").objects.filter(kind="records.source").iterator():
        fields = revision.content.get("fields")
        if fields and not fields["title"] and not fields["url"]:
            fields["title"] = fields["publisher"] or fields["slug"]
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("records", "0004_longer_dates")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="archive_url",
            field=models.URLField(
                blank=True,
                default="",
                help_text="Where a web archive keeps a copy; empty if none is known.",
                max_length=1000,
                validators=[URLValidator(schemes=["http", "https"])],
                verbose_name="address in an archive",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_what_has_neither, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=~Q(title="") | ~Q(url=""),
                name="source_has_title_or_address",
                violation_error_message="A source needs a title or an address.",
            ),
        ),
    ]
