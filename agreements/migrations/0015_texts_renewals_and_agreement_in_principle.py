"""The languages of texts, periods of renewal, agreement in principle, and what an agreement follows on from."""

from django.db import migrations, models

import tracker.records.fields


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0014_words_for_sessions"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="agreementevent",
            options={
                "ordering": [
                    models.Case(
                        models.When(is_planned=True, on_latest=None, then=models.Value(1)), default=models.Value(0)
                    ),
                    models.OrderBy(models.F("on_latest"), nulls_first=True),
                    "pk",
                ],
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
        ),
        migrations.AlterModelOptions(
            name="agreementtitle",
            options={"verbose_name": "text in a language", "verbose_name_plural": "texts and titles by language"},
        ),
        migrations.AddField(
            model_name="agreement",
            name="renewal",
            field=tracker.records.fields.DurationField(
                blank=True, default="", max_length=20, verbose_name="each time for"
            ),
        ),
        migrations.AddField(
            model_name="agreementtitle",
            name="prevails",
            field=models.BooleanField(default=False, verbose_name="prevails where the texts differ"),
        ),
        migrations.AlterField(
            model_name="agreementevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("proposed", "proposal"),
                    ("negotiated", "opening of negotiations"),
                    ("in_principle", "agreement in principle"),
                    ("concluded", "conclusion of negotiations"),
                    ("in_substance", "agreement in substance"),
                    ("agreed", "agreement on the text"),
                    ("initialled", "initialling"),
                    ("approved", "domestic approval"),
                    ("adopted", "adoption"),
                    ("signed", "signature"),
                    ("exchanged", "exchange"),
                    ("ratified", "ratification"),
                    ("in_force", "entry into force"),
                    ("applied", "application to accede"),
                    ("acceded", "accession"),
                    ("amended", "amendment"),
                    ("extended", "extension"),
                    ("paused", "suspension"),
                    ("resumed", "resumption"),
                    ("expired", "expiry"),
                    ("terminated", "termination"),
                    ("replaced", "supersession"),
                ],
                max_length=15,
                verbose_name="event",
            ),
        ),
        migrations.AlterField(
            model_name="agreementrelation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("amends", "amends"),
                    ("extends", "extends"),
                    ("replaces", "replaces"),
                    ("follows", "follows on from"),
                    ("implements", "implements"),
                    ("supports", "supports"),
                    ("conditional_on", "is conditional on"),
                    ("may_overlap", "may overlap with"),
                ],
                max_length=15,
                verbose_name="relation",
            ),
        ),
        migrations.AlterField(
            model_name="agreementtitle",
            name="title",
            field=models.CharField(
                blank=True, help_text="As on the paper; empty if unknown.", max_length=400, verbose_name="title"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("renewal", ""),
                    models.Q(("renews_automatically", True), ("renews_automatically__isnull", False)),
                    _connector="OR",
                ),
                name="agreement_renewal_of_what_renews_itself",
                violation_error_message="Only what renews automatically is renewed for a period: say that it does.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementtitle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    ("is_authentic__isnull", False),
                    ("prevails", True),
                    _connector="OR",
                ),
                name="agreement_text_says_something",
                violation_error_message="Give the title, or say whether the text is authentic.",
            ),
        ),
    ]
