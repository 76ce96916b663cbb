from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0015_texts_renewals_and_agreement_in_principle"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="country",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["name"],
                "verbose_name": "country",
                "verbose_name_plural": "countries",
            },
        ),
        migrations.AlterModelOptions(
            name="person",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["name"],
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.AlterModelOptions(
            name="theme",
            options={
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "ordering": ["name"],
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
            },
        ),
    ]
