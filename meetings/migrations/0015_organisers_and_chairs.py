"""Who organised a meeting, and who chaired it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0015_texts_renewals_and_agreement_in_principle"),
        ("meetings", "0014_completion"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="organisers",
            field=models.ManyToManyField(
                blank=True,
                help_text="Organisations that prepared and ran it; they need not have taken part.",
                related_name="organised_meetings",
                to="agreements.organisation",
                verbose_name="organised by",
            ),
        ),
        migrations.AlterField(
            model_name="delegate",
            name="role",
            field=models.CharField(
                choices=[
                    ("head", "head"),
                    ("chair", "chair of the meeting"),
                    ("co_chair", "co-chair"),
                    ("speaker", "speaker"),
                    ("member", "member"),
                ],
                default="head",
                max_length=10,
                verbose_name="role",
            ),
        ),
    ]
