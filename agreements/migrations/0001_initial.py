import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import tracker.accounts.models
import tracker.records.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Country",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        help_text="ISO 3166-1 alpha-3, such as PAK.",
                        max_length=3,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="code",
                    ),
                ),
                ("alpha2", models.CharField(max_length=2, unique=True, verbose_name="two-letter code")),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("name_ur", models.CharField(blank=True, max_length=80, verbose_name="name in Urdu")),
                ("name_zh", models.CharField(blank=True, max_length=80, verbose_name="name in Chinese")),
                ("is_union", models.BooleanField(default=False, verbose_name="is a union of states")),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "embargoed_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Hidden from the public before this moment.",
                        null=True,
                        verbose_name="embargoed until",
                    ),
                ),
                (
                    "editors_note",
                    models.TextField(
                        blank=True,
                        help_text="Open questions and doubts. Never shown to the public.",
                        verbose_name="editors' note",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "ministry"),
                            ("agency", "agency"),
                            ("mission", "diplomatic mission"),
                            ("subnational", "sub-national government"),
                            ("enterprise", "enterprise"),
                            ("foundation", "foundation or fund"),
                            ("academic", "university or research body"),
                            ("international", "international organisation"),
                            ("union_body", "body of a union"),
                            ("central_bank", "central bank"),
                            ("other", "other"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("seat", models.CharField(blank=True, max_length=120, verbose_name="seat")),
                (
                    "is_uncertain",
                    models.BooleanField(
                        default=False,
                        help_text="The name may be misprinted or mistranslated.",
                        verbose_name="identity uncertain",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="agreements.organisation",
                        verbose_name="part of",
                    ),
                ),
                (
                    "successors",
                    models.ManyToManyField(
                        blank=True,
                        related_name="predecessors",
                        to="agreements.organisation",
                        verbose_name="succeeded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["state", "kind"], name="organisation_kind"),
                    models.Index(fields=["state", "name"], name="organisation_name"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="organisation_not_its_own_part",
                        violation_error_message="An organisation cannot be part of itself.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Forum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "embargoed_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Hidden from the public before this moment.",
                        null=True,
                        verbose_name="embargoed until",
                    ),
                ),
                (
                    "editors_note",
                    models.TextField(
                        blank=True,
                        help_text="Open questions and doubts. Never shown to the public.",
                        verbose_name="editors' note",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jec", "joint economic commission"),
                            ("jcc", "joint cooperation committee"),
                            ("jmc", "joint ministerial commission"),
                            ("igc", "intergovernmental commission"),
                            ("joint_commission", "joint commission"),
                            ("council", "council"),
                            ("consultations", "consultations or dialogue"),
                            ("joint_group", "standing joint working group"),
                            ("organisation", "international organisation"),
                            ("conference", "conference series"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "session_word",
                    models.CharField(
                        default="session",
                        help_text="What its numbered meetings are called: session, meeting, round.",
                        max_length=30,
                        verbose_name="word for a session",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("countries", models.ManyToManyField(editable=False, related_name="forums", to="agreements.country")),
                (
                    "successors",
                    models.ManyToManyField(
                        blank=True, related_name="predecessors", to="agreements.forum", verbose_name="succeeded by"
                    ),
                ),
                (
                    "lead_organisations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="led_forums",
                        to="agreements.organisation",
                        verbose_name="lead organisations",
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        blank=True,
                        help_text="Where the forum is itself an organisation, as the DCO is.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forum",
                        to="agreements.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "secretariat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secretariat_of",
                        to="agreements.organisation",
                        verbose_name="secretariat",
                    ),
                ),
            ],
            options={
                "verbose_name": "forum",
                "verbose_name_plural": "forums",
                "ordering": ["name"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["state", "kind"], name="forum_kind"),
                    models.Index(fields=["state", "name"], name="forum_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cluster", "cluster of the digital trade agreements"),
                            ("cooperation", "cooperation theme"),
                            ("finer", "finer theme"),
                            ("programme", "programme"),
                        ],
                        default="finer",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "other_names",
                    models.TextField(
                        blank=True, help_text="One a line; search finds them.", verbose_name="other names"
                    ),
                ),
                (
                    "covered_by",
                    models.ManyToManyField(
                        editable=False,
                        help_text="Itself and all themes above it.",
                        related_name="covers",
                        to="agreements.theme",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="agreements.theme",
                        verbose_name="under",
                    ),
                ),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="theme_not_its_own_parent",
                        violation_error_message="A theme cannot stand under itself.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "embargoed_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Hidden from the public before this moment.",
                        null=True,
                        verbose_name="embargoed until",
                    ),
                ),
                (
                    "editors_note",
                    models.TextField(
                        blank=True,
                        help_text="Open questions and doubts. Never shown to the public.",
                        verbose_name="editors' note",
                    ),
                ),
                (
                    "reference",
                    models.CharField(blank=True, editable=False, max_length=12, unique=True, verbose_name="reference"),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="As on the paper; empty if unknown.", max_length=400, verbose_name="title"
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, help_text="What it is about, in our own words.", verbose_name="description"
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("treaty", "treaty"),
                            ("agreement", "agreement"),
                            ("framework", "framework agreement"),
                            ("digital_economy", "digital economy agreement"),
                            ("partnership", "partnership"),
                            ("protocol", "protocol"),
                            ("mou", "memorandum of understanding"),
                            ("moc", "memorandum of cooperation"),
                            ("letter", "letter of intent"),
                            ("declaration", "declaration of intent"),
                            ("statement", "joint statement"),
                            ("minutes", "agreed minutes"),
                            ("plan", "action or work plan"),
                            ("notes", "exchange of notes"),
                            ("enterprise", "enterprise agreement"),
                            ("unspecified", "unspecified document"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "binding",
                    models.CharField(
                        choices=[("binding", "binding"), ("non_binding", "non-binding"), ("unstated", "unstated")],
                        default="unstated",
                        max_length=15,
                        verbose_name="binding intent",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("government", "government"),
                            ("agency", "agency"),
                            ("subnational", "sub-national"),
                            ("enterprise", "enterprise"),
                            ("mixed", "several levels"),
                            ("unstated", "unstated"),
                        ],
                        default="unstated",
                        max_length=15,
                        verbose_name="level",
                    ),
                ),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="A record may stand for “five documents”; sums add this number.",
                        verbose_name="number of documents",
                    ),
                ),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="valid for, in months"),
                ),
                (
                    "notice_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="notice period, in months"),
                ),
                (
                    "renews_automatically",
                    models.BooleanField(blank=True, null=True, verbose_name="renews automatically"),
                ),
                (
                    "signed",
                    tracker.records.fields.EDTFField(
                        blank=True, default="", editable=False, max_length=40, verbose_name="signed"
                    ),
                ),
                (
                    "signed_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="signed"),
                ),
                ("signed_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="signed")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The record that already counts this document.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="agreements.agreement",
                        verbose_name="one of",
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(editable=False, related_name="agreements", to="agreements.country"),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="agreements.forum",
                        verbose_name="forum",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="agreements", to="agreements.theme", verbose_name="themes"
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["reference"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["state", "type"], name="agreement_type"),
                    models.Index(fields=["state", "binding"], name="agreement_binding"),
                    models.Index(fields=["state", "level"], name="agreement_level"),
                    models.Index(fields=["state", "forum"], name="agreement_forum"),
                    models.Index(fields=["state", "signed_earliest"], name="agreement_signed_from"),
                    models.Index(fields=["state", "signed_latest"], name="agreement_signed_until"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1)),
                        name="agreement_counts_something",
                        violation_error_message="A record stands for at least one document.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("description", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_has_title_or_description",
                        violation_error_message="Give the title, or describe the document where the title is unknown.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="agreement_not_its_own_parent",
                        violation_error_message="A document cannot be one of itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("negotiated", "negotiations opened"),
                            ("concluded", "negotiations concluded"),
                            ("initialled", "initialled"),
                            ("approved", "approved at home"),
                            ("signed", "signed"),
                            ("exchanged", "exchanged"),
                            ("ratified", "ratified"),
                            ("in_force", "entered into force"),
                            ("applied", "application to accede"),
                            ("acceded", "accession effective"),
                            ("amended", "amended"),
                            ("extended", "extended"),
                            ("paused", "paused"),
                            ("resumed", "resumed"),
                            ("expired", "expired"),
                            ("terminated", "terminated"),
                            ("replaced", "replaced"),
                        ],
                        max_length=15,
                        verbose_name="event",
                    ),
                ),
                ("on", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="date")),
                ("on_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="on")),
                ("on_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="on")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated by the source"),
                            ("inferred", "inferred from the source"),
                            ("outside", "from another source"),
                        ],
                        default="stated",
                        max_length=10,
                        verbose_name="basis of the date",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                (
                    "is_planned",
                    models.BooleanField(
                        default=False, help_text="A target, not something that happened.", verbose_name="planned"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                (
                    "act",
                    models.SlugField(
                        blank=True,
                        help_text="The same word on events that one act made together, as one ceremony.",
                        verbose_name="shared act",
                    ),
                ),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="agreements.agreement"
                    ),
                ),
                (
                    "previous_target",
                    models.ForeignKey(
                        blank=True,
                        help_text="The earlier target that this one takes the place of.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="next_targets",
                        to="agreements.agreementevent",
                        verbose_name="moved from",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="by the country",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="by the organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": [models.OrderBy(models.F("on_latest"), nulls_first=True), "pk"],
                "indexes": [models.Index(fields=["kind", "on_earliest"], name="agreement_event_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("country__isnull", True), ("organisation__isnull", True), _connector="OR"),
                        name="agreement_event_one_actor",
                        violation_error_message="An event has one actor: a country or an organisation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("previous_target__isnull", True), ("is_planned", True), _connector="OR"),
                        name="agreement_event_only_targets_move",
                        violation_error_message="Only a planned event takes the place of an earlier target.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "member"),
                            ("founding", "founding member"),
                            ("observer", "observer"),
                            ("invited", "invited"),
                        ],
                        default="member",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "joined",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="joined"),
                ),
                (
                    "joined_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="joined"),
                ),
                ("joined_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="joined")),
                ("left", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="left")),
                ("left_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="left")),
                ("left_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="left")),
                ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="joined as number")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="agreements.forum"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="agreements.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": [models.OrderBy(models.F("joined_latest"), nulls_last=True), "ordinal", "pk"],
                "indexes": [models.Index(fields=["country", "role", "forum"], name="membership_of_country")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("country__isnull", False)),
                                models.Q(("organisation__isnull", False), _negated=True),
                            ),
                            models.Q(
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("organisation__isnull", False)),
                            ),
                            _connector="OR",
                        ),
                        name="membership_country_or_organisation",
                        violation_error_message="A member is a country or an organisation, exactly one of them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_latest__gte", models.F("joined_earliest")),
                            ("left_latest__isnull", True),
                            ("joined_earliest__isnull", True),
                            _connector="OR",
                        ),
                        name="membership_ends_after_start",
                        violation_error_message="The membership ends before it starts.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("country__isnull", False)),
                        fields=("forum", "country", "role", "joined"),
                        name="membership_country_once",
                        violation_error_message="It stands here twice.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("forum", "organisation", "role", "joined"),
                        name="membership_organisation_once",
                        violation_error_message="It stands here twice.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationCitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="paragraph 5; page 2", max_length=100, verbose_name="place in the source"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "title or name"),
                            ("date", "date"),
                            ("place", "place"),
                            ("mode", "mode"),
                            ("status", "status"),
                            ("chairs", "heads of delegation"),
                            ("participants", "participants"),
                            ("parties", "parties"),
                            ("type", "type"),
                            ("number", "number"),
                            ("amount", "amount"),
                            ("scope", "scope"),
                            ("due", "due date"),
                            ("membership", "membership"),
                        ],
                        max_length=15,
                        verbose_name="field it states",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="What this source says; dates in EDTF notation.",
                        max_length=300,
                        verbose_name="value as stated",
                    ),
                ),
                ("is_accepted", models.BooleanField(default=True, verbose_name="the record follows it")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="why")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="agreements.organisation",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="records.source", verbose_name="source"
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("value", "")),
                            models.Q(models.Q(("field", ""), _negated=True), models.Q(("value", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="organisationcitation_claim_has_field_and_value",
                        violation_error_message="A claim needs both: the field and the value as stated.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_accepted", True), models.Q(("field", ""), _negated=True), _connector="OR"
                        ),
                        name="organisationcitation_only_claims_are_refused",
                        violation_error_message="Only a claim (a field and its value) can be left unaccepted.",
                    ),
                    models.UniqueConstraint(
                        fields=("record", "source", "locator", "field", "value"),
                        name="organisationcitation_unique",
                        violation_error_message="The record already cites this place of this source.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "used_from",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used from"),
                ),
                (
                    "used_from_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="used_from"),
                ),
                (
                    "used_until",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used until"),
                ),
                (
                    "used_until_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="used_until"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="agreements.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["used_from_earliest", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("body", "name", "used_from"), name="organisationname_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_until_latest__gte", models.F("used_from_earliest")),
                            ("used_until_latest__isnull", True),
                            ("used_from_earliest__isnull", True),
                            _connector="OR",
                        ),
                        name="organisationname_ends_after_start",
                        violation_error_message="The name ends before it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As printed, in the order of its own language.", max_length=150, verbose_name="name"
                    ),
                ),
                ("family_name", models.CharField(blank=True, max_length=80, verbose_name="family name")),
                ("other_names", models.TextField(blank=True, help_text="One a line.", verbose_name="other spellings")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ur", "اردو"), ("zh-hans", "简体中文")],
                        default="en",
                        max_length=10,
                        verbose_name="language of mail",
                    ),
                ),
                (
                    "time_zone",
                    tracker.accounts.models.TimeZoneField(
                        default="UTC",
                        max_length=64,
                        validators=[tracker.accounts.models.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "send_hour",
                    models.PositiveSmallIntegerField(
                        default=8,
                        help_text="Mail goes out at this hour of the person's day, 0 to 23.",
                        verbose_name="hour of mail",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("send_hour__lte", 23)),
                        name="person_send_hour_of_a_day",
                        violation_error_message="The hour is 0 to 23.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="Where a source names no one: “enterprises”.",
                        max_length=200,
                        verbose_name="party in words",
                    ),
                ),
                ("office", models.CharField(blank=True, max_length=200, verbose_name="office as stated")),
                ("on_behalf_of", models.CharField(blank=True, max_length=200, verbose_name="on behalf of")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="agreements.agreement"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="agreements.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agreements.person",
                        verbose_name="signatory",
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("country__isnull", False)),
                                models.Q(("organisation__isnull", False), _negated=True),
                                models.Q(("words", "")),
                            ),
                            models.Q(
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("organisation__isnull", False)),
                                models.Q(("words", "")),
                            ),
                            models.Q(
                                models.Q(("country__isnull", False), _negated=True),
                                models.Q(("organisation__isnull", False), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_party_is_one",
                        violation_error_message="A party is a country, an organisation or words, exactly one of them.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("country__isnull", False), ("signatory__isnull", True)),
                        fields=("agreement", "country"),
                        name="agreement_country_once",
                        violation_error_message="It stands here twice.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False), ("signatory__isnull", True)),
                        fields=("agreement", "organisation"),
                        name="agreement_organisation_once",
                        violation_error_message="It stands here twice.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("country__isnull", False), ("signatory__isnull", False)),
                        fields=("agreement", "country", "signatory"),
                        name="agreement_country_signatory_once",
                        violation_error_message="It stands here twice.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False), ("signatory__isnull", False)),
                        fields=("agreement", "organisation", "signatory"),
                        name="agreement_organisation_signatory_once",
                        violation_error_message="It stands here twice.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presidency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="term")),
                ("term_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="term")),
                ("term_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="term")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presidencies",
                        to="agreements.country",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presidencies", to="agreements.forum"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "presidency",
                "verbose_name_plural": "presidencies",
                "ordering": [django.db.models.functions.comparison.Coalesce("term_earliest", "term_latest")],
                "constraints": [models.UniqueConstraint(fields=("forum", "country", "term"), name="presidency_unique")],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "embargoed_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Hidden from the public before this moment.",
                        null=True,
                        verbose_name="embargoed until",
                    ),
                ),
                (
                    "editors_note",
                    models.TextField(
                        blank=True,
                        help_text="Open questions and doubts. Never shown to the public.",
                        verbose_name="editors' note",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "proposed"),
                            ("agreed_in_principle", "agreed in principle"),
                            ("announced", "announced"),
                            ("first_met", "first met"),
                            ("active", "active"),
                            ("renamed", "renamed"),
                            ("dormant", "dormant"),
                            ("dissolved", "dissolved"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                (
                    "convener",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="convened_groups",
                        to="agreements.organisation",
                        verbose_name="convener",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_groups",
                        to="agreements.forum",
                        verbose_name="forum",
                    ),
                ),
                (
                    "founding_agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="founded_groups",
                        to="agreements.agreement",
                        verbose_name="founded by agreement",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subgroups",
                        to="agreements.workinggroup",
                        verbose_name="under the group",
                    ),
                ),
                (
                    "successors",
                    models.ManyToManyField(
                        blank=True,
                        related_name="predecessors",
                        to="agreements.workinggroup",
                        verbose_name="succeeded by",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="working_groups", to="agreements.theme", verbose_name="themes"
                    ),
                ),
            ],
            options={
                "verbose_name": "working group",
                "verbose_name_plural": "working groups",
                "ordering": ["name"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["state", "forum"], name="working_group_forum"),
                    models.Index(fields=["state", "stage"], name="working_group_stage"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="working_group_not_its_own_parent",
                        violation_error_message="A group cannot stand under itself.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroupCitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="paragraph 5; page 2", max_length=100, verbose_name="place in the source"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "title or name"),
                            ("date", "date"),
                            ("place", "place"),
                            ("mode", "mode"),
                            ("status", "status"),
                            ("chairs", "heads of delegation"),
                            ("participants", "participants"),
                            ("parties", "parties"),
                            ("type", "type"),
                            ("number", "number"),
                            ("amount", "amount"),
                            ("scope", "scope"),
                            ("due", "due date"),
                            ("membership", "membership"),
                        ],
                        max_length=15,
                        verbose_name="field it states",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="What this source says; dates in EDTF notation.",
                        max_length=300,
                        verbose_name="value as stated",
                    ),
                ),
                ("is_accepted", models.BooleanField(default=True, verbose_name="the record follows it")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="why")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="agreements.workinggroup",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="records.source", verbose_name="source"
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("value", "")),
                            models.Q(models.Q(("field", ""), _negated=True), models.Q(("value", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="workinggroupcitation_claim_has_field_and_value",
                        violation_error_message="A claim needs both: the field and the value as stated.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_accepted", True), models.Q(("field", ""), _negated=True), _connector="OR"
                        ),
                        name="workinggroupcitation_only_claims_are_refused",
                        violation_error_message="Only a claim (a field and its value) can be left unaccepted.",
                    ),
                    models.UniqueConstraint(
                        fields=("record", "source", "locator", "field", "value"),
                        name="workinggroupcitation_unique",
                        violation_error_message="The record already cites this place of this source.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroupName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "used_from",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used from"),
                ),
                (
                    "used_from_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="used_from"),
                ),
                (
                    "used_until",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used until"),
                ),
                (
                    "used_until_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="used_until"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="agreements.workinggroup"
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["used_from_earliest", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("body", "name", "used_from"), name="workinggroupname_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_until_latest__gte", models.F("used_from_earliest")),
                            ("used_until_latest__isnull", True),
                            ("used_from_earliest__isnull", True),
                            _connector="OR",
                        ),
                        name="workinggroupname_ends_after_start",
                        violation_error_message="The name ends before it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroupStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("agreed_in_principle", "agreed in principle"),
                            ("announced", "announced"),
                            ("first_met", "first met"),
                            ("active", "active"),
                            ("renamed", "renamed"),
                            ("dormant", "dormant"),
                            ("dissolved", "dissolved"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                ("on", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="date")),
                ("on_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="on")),
                ("on_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="on")),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="agreements.workinggroup"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "stage",
                "verbose_name_plural": "stages",
                "ordering": [models.OrderBy(models.F("on_latest"), nulls_first=True), "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "stage", "on"), name="working_group_stage_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementCitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="paragraph 5; page 2", max_length=100, verbose_name="place in the source"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "title or name"),
                            ("date", "date"),
                            ("place", "place"),
                            ("mode", "mode"),
                            ("status", "status"),
                            ("chairs", "heads of delegation"),
                            ("participants", "participants"),
                            ("parties", "parties"),
                            ("type", "type"),
                            ("number", "number"),
                            ("amount", "amount"),
                            ("scope", "scope"),
                            ("due", "due date"),
                            ("membership", "membership"),
                        ],
                        max_length=15,
                        verbose_name="field it states",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="What this source says; dates in EDTF notation.",
                        max_length=300,
                        verbose_name="value as stated",
                    ),
                ),
                ("is_accepted", models.BooleanField(default=True, verbose_name="the record follows it")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="why")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="agreements.agreement"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="records.source", verbose_name="source"
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("value", "")),
                            models.Q(models.Q(("field", ""), _negated=True), models.Q(("value", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="agreementcitation_claim_has_field_and_value",
                        violation_error_message="A claim needs both: the field and the value as stated.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_accepted", True), models.Q(("field", ""), _negated=True), _connector="OR"
                        ),
                        name="agreementcitation_only_claims_are_refused",
                        violation_error_message="Only a claim (a field and its value) can be left unaccepted.",
                    ),
                    models.UniqueConstraint(
                        fields=("record", "source", "locator", "field", "value"),
                        name="agreementcitation_unique",
                        violation_error_message="The record already cites this place of this source.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("amends", "amends"),
                            ("extends", "extends"),
                            ("replaces", "replaces"),
                            ("implements", "implements"),
                            ("supports", "supports"),
                            ("conditional_on", "is conditional on"),
                        ],
                        max_length=15,
                        verbose_name="relation",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relations", to="agreements.agreement"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="related_from",
                        to="agreements.agreement",
                        verbose_name="other agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation",
                "verbose_name_plural": "relations",
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "kind", "other"), name="agreement_relation_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("agreement", models.F("other")), _negated=True),
                        name="agreement_relation_to_another",
                        violation_error_message="An agreement cannot stand in a relation to itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementStatusPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_negotiation", "in negotiation"),
                            ("initialled", "initialled"),
                            ("signed", "signed"),
                            ("in_force", "in force"),
                            ("suspended", "suspended"),
                            ("expired", "expired"),
                            ("terminated", "terminated"),
                            ("superseded", "superseded"),
                            ("unknown", "unknown"),
                        ],
                        max_length=15,
                    ),
                ),
                ("start", models.DateField(null=True)),
                ("end", models.DateField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="status_periods",
                        to="agreements.agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "status period",
                "ordering": ["agreement", models.OrderBy(models.F("start"), nulls_first=True)],
                "indexes": [
                    models.Index(fields=["agreement", "start", "end", "status"], name="status_of_agreement"),
                    models.Index(fields=["status", "start", "end", "agreement"], name="agreements_of_status"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end__gt", models.F("start")),
                            ("end__isnull", True),
                            ("start__isnull", True),
                            _connector="OR",
                        ),
                        name="status_period_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("title", models.CharField(max_length=400, verbose_name="title")),
                ("is_authentic", models.BooleanField(blank=True, null=True, verbose_name="authentic text")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="titles", to="agreements.agreement"
                    ),
                ),
            ],
            options={
                "verbose_name": "title in another language",
                "verbose_name_plural": "titles in other languages",
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "language"), name="agreement_title_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="ForumCitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="paragraph 5; page 2", max_length=100, verbose_name="place in the source"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "title or name"),
                            ("date", "date"),
                            ("place", "place"),
                            ("mode", "mode"),
                            ("status", "status"),
                            ("chairs", "heads of delegation"),
                            ("participants", "participants"),
                            ("parties", "parties"),
                            ("type", "type"),
                            ("number", "number"),
                            ("amount", "amount"),
                            ("scope", "scope"),
                            ("due", "due date"),
                            ("membership", "membership"),
                        ],
                        max_length=15,
                        verbose_name="field it states",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="What this source says; dates in EDTF notation.",
                        max_length=300,
                        verbose_name="value as stated",
                    ),
                ),
                ("is_accepted", models.BooleanField(default=True, verbose_name="the record follows it")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="why")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="agreements.forum"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="records.source", verbose_name="source"
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("value", "")),
                            models.Q(models.Q(("field", ""), _negated=True), models.Q(("value", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="forumcitation_claim_has_field_and_value",
                        violation_error_message="A claim needs both: the field and the value as stated.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_accepted", True), models.Q(("field", ""), _negated=True), _connector="OR"
                        ),
                        name="forumcitation_only_claims_are_refused",
                        violation_error_message="Only a claim (a field and its value) can be left unaccepted.",
                    ),
                    models.UniqueConstraint(
                        fields=("record", "source", "locator", "field", "value"),
                        name="forumcitation_unique",
                        violation_error_message="The record already cites this place of this source.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForumName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "used_from",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used from"),
                ),
                (
                    "used_from_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="used_from"),
                ),
                (
                    "used_until",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used until"),
                ),
                (
                    "used_until_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="used_until"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="agreements.forum"
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["used_from_earliest", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("body", "name", "used_from"), name="forumname_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_until_latest__gte", models.F("used_from_earliest")),
                            ("used_until_latest__isnull", True),
                            ("used_from_earliest__isnull", True),
                            _connector="OR",
                        ),
                        name="forumname_ends_after_start",
                        violation_error_message="The name ends before it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "embargoed_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Hidden from the public before this moment.",
                        null=True,
                        verbose_name="embargoed until",
                    ),
                ),
                (
                    "editors_note",
                    models.TextField(
                        blank=True,
                        help_text="Open questions and doubts. Never shown to the public.",
                        verbose_name="editors' note",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, db_index=True, editable=False, max_length=12, verbose_name="reference"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="As on the paper; empty if unknown.", max_length=400, verbose_name="title"
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, help_text="What it is about, in our own words.", verbose_name="description"
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("treaty", "treaty"),
                            ("agreement", "agreement"),
                            ("framework", "framework agreement"),
                            ("digital_economy", "digital economy agreement"),
                            ("partnership", "partnership"),
                            ("protocol", "protocol"),
                            ("mou", "memorandum of understanding"),
                            ("moc", "memorandum of cooperation"),
                            ("letter", "letter of intent"),
                            ("declaration", "declaration of intent"),
                            ("statement", "joint statement"),
                            ("minutes", "agreed minutes"),
                            ("plan", "action or work plan"),
                            ("notes", "exchange of notes"),
                            ("enterprise", "enterprise agreement"),
                            ("unspecified", "unspecified document"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "binding",
                    models.CharField(
                        choices=[("binding", "binding"), ("non_binding", "non-binding"), ("unstated", "unstated")],
                        default="unstated",
                        max_length=15,
                        verbose_name="binding intent",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("government", "government"),
                            ("agency", "agency"),
                            ("subnational", "sub-national"),
                            ("enterprise", "enterprise"),
                            ("mixed", "several levels"),
                            ("unstated", "unstated"),
                        ],
                        default="unstated",
                        max_length=15,
                        verbose_name="level",
                    ),
                ),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="A record may stand for “five documents”; sums add this number.",
                        verbose_name="number of documents",
                    ),
                ),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="valid for, in months"),
                ),
                (
                    "notice_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="notice period, in months"),
                ),
                (
                    "renews_automatically",
                    models.BooleanField(blank=True, null=True, verbose_name="renews automatically"),
                ),
                (
                    "signed",
                    tracker.records.fields.EDTFField(
                        blank=True, default="", editable=False, max_length=40, verbose_name="signed"
                    ),
                ),
                (
                    "signed_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="signed"),
                ),
                ("signed_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="signed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.forum",
                        verbose_name="forum",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The record that already counts this document.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="one of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agreement",
                "verbose_name_plural": "historical agreements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreementCitation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="paragraph 5; page 2", max_length=100, verbose_name="place in the source"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "title or name"),
                            ("date", "date"),
                            ("place", "place"),
                            ("mode", "mode"),
                            ("status", "status"),
                            ("chairs", "heads of delegation"),
                            ("participants", "participants"),
                            ("parties", "parties"),
                            ("type", "type"),
                            ("number", "number"),
                            ("amount", "amount"),
                            ("scope", "scope"),
                            ("due", "due date"),
                            ("membership", "membership"),
                        ],
                        max_length=15,
                        verbose_name="field it states",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="What this source says; dates in EDTF notation.",
                        max_length=300,
                        verbose_name="value as stated",
                    ),
                ),
                ("is_accepted", models.BooleanField(default=True, verbose_name="the record follows it")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="why")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical citation",
                "verbose_name_plural": "historical citations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreementRelation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("amends", "amends"),
                            ("extends", "extends"),
                            ("replaces", "replaces"),
                            ("implements", "implements"),
                            ("supports", "supports"),
                            ("conditional_on", "is conditional on"),
                        ],
                        max_length=15,
                        verbose_name="relation",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="other agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical relation",
                "verbose_name_plural": "historical relations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreementTitle",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("title", models.CharField(max_length=400, verbose_name="title")),
                ("is_authentic", models.BooleanField(blank=True, null=True, verbose_name="authentic text")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical title in another language",
                "verbose_name_plural": "historical titles in other languages",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalCountry",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        db_index=True,
                        help_text="ISO 3166-1 alpha-3, such as PAK.",
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="code",
                    ),
                ),
                ("alpha2", models.CharField(db_index=True, max_length=2, verbose_name="two-letter code")),
                ("name", models.CharField(db_index=True, max_length=80, verbose_name="name")),
                ("name_ur", models.CharField(blank=True, max_length=80, verbose_name="name in Urdu")),
                ("name_zh", models.CharField(blank=True, max_length=80, verbose_name="name in Chinese")),
                ("is_union", models.BooleanField(default=False, verbose_name="is a union of states")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical country",
                "verbose_name_plural": "historical countries",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalForum",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "embargoed_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Hidden from the public before this moment.",
                        null=True,
                        verbose_name="embargoed until",
                    ),
                ),
                (
                    "editors_note",
                    models.TextField(
                        blank=True,
                        help_text="Open questions and doubts. Never shown to the public.",
                        verbose_name="editors' note",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        verbose_name="slug",
                    ),
                ),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jec", "joint economic commission"),
                            ("jcc", "joint cooperation committee"),
                            ("jmc", "joint ministerial commission"),
                            ("igc", "intergovernmental commission"),
                            ("joint_commission", "joint commission"),
                            ("council", "council"),
                            ("consultations", "consultations or dialogue"),
                            ("joint_group", "standing joint working group"),
                            ("organisation", "international organisation"),
                            ("conference", "conference series"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "session_word",
                    models.CharField(
                        default="session",
                        help_text="What its numbered meetings are called: session, meeting, round.",
                        max_length=30,
                        verbose_name="word for a session",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Where the forum is itself an organisation, as the DCO is.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "secretariat",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="secretariat",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical forum",
                "verbose_name_plural": "historical forums",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalForum_successors",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "from_forum",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.forum",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="agreements.historicalforum",
                    ),
                ),
                (
                    "to_forum",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.forum",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalForum_successors",
            },
        ),
        migrations.CreateModel(
            name="HistoricalForumCitation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="paragraph 5; page 2", max_length=100, verbose_name="place in the source"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "title or name"),
                            ("date", "date"),
                            ("place", "place"),
                            ("mode", "mode"),
                            ("status", "status"),
                            ("chairs", "heads of delegation"),
                            ("participants", "participants"),
                            ("parties", "parties"),
                            ("type", "type"),
                            ("number", "number"),
                            ("amount", "amount"),
                            ("scope", "scope"),
                            ("due", "due date"),
                            ("membership", "membership"),
                        ],
                        max_length=15,
                        verbose_name="field it states",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="What this source says; dates in EDTF notation.",
                        max_length=300,
                        verbose_name="value as stated",
                    ),
                ),
                ("is_accepted", models.BooleanField(default=True, verbose_name="the record follows it")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="why")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.forum",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical citation",
                "verbose_name_plural": "historical citations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalForumName",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "used_from",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used from"),
                ),
                (
                    "used_from_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="used_from"),
                ),
                (
                    "used_until",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used until"),
                ),
                (
                    "used_until_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="used_until"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.forum",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical other name",
                "verbose_name_plural": "historical other names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "embargoed_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Hidden from the public before this moment.",
                        null=True,
                        verbose_name="embargoed until",
                    ),
                ),
                (
                    "editors_note",
                    models.TextField(
                        blank=True,
                        help_text="Open questions and doubts. Never shown to the public.",
                        verbose_name="editors' note",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        verbose_name="slug",
                    ),
                ),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "ministry"),
                            ("agency", "agency"),
                            ("mission", "diplomatic mission"),
                            ("subnational", "sub-national government"),
                            ("enterprise", "enterprise"),
                            ("foundation", "foundation or fund"),
                            ("academic", "university or research body"),
                            ("international", "international organisation"),
                            ("union_body", "body of a union"),
                            ("central_bank", "central bank"),
                            ("other", "other"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("seat", models.CharField(blank=True, max_length=120, verbose_name="seat")),
                (
                    "is_uncertain",
                    models.BooleanField(
                        default=False,
                        help_text="The name may be misprinted or mistranslated.",
                        verbose_name="identity uncertain",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalPerson",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        verbose_name="slug",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As printed, in the order of its own language.", max_length=150, verbose_name="name"
                    ),
                ),
                ("family_name", models.CharField(blank=True, max_length=80, verbose_name="family name")),
                ("other_names", models.TextField(blank=True, help_text="One a line.", verbose_name="other spellings")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ur", "اردو"), ("zh-hans", "简体中文")],
                        default="en",
                        max_length=10,
                        verbose_name="language of mail",
                    ),
                ),
                (
                    "time_zone",
                    tracker.accounts.models.TimeZoneField(
                        default="UTC",
                        max_length=64,
                        validators=[tracker.accounts.models.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "send_hour",
                    models.PositiveSmallIntegerField(
                        default=8,
                        help_text="Mail goes out at this hour of the person's day, 0 to 23.",
                        verbose_name="hour of mail",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical person",
                "verbose_name_plural": "historical people",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalPresidency",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("term", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="term")),
                ("term_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="term")),
                ("term_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="term")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.forum",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical presidency",
                "verbose_name_plural": "historical presidencies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalWorkingGroup",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "embargoed_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Hidden from the public before this moment.",
                        null=True,
                        verbose_name="embargoed until",
                    ),
                ),
                (
                    "editors_note",
                    models.TextField(
                        blank=True,
                        help_text="Open questions and doubts. Never shown to the public.",
                        verbose_name="editors' note",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        verbose_name="slug",
                    ),
                ),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "proposed"),
                            ("agreed_in_principle", "agreed in principle"),
                            ("announced", "announced"),
                            ("first_met", "first met"),
                            ("active", "active"),
                            ("renamed", "renamed"),
                            ("dormant", "dormant"),
                            ("dissolved", "dissolved"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.forum",
                        verbose_name="forum",
                    ),
                ),
                (
                    "founding_agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                        verbose_name="founded by agreement",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "convener",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="convener",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                        verbose_name="under the group",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical working group",
                "verbose_name_plural": "historical working groups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganisationName",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "used_from",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used from"),
                ),
                (
                    "used_from_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="used_from"),
                ),
                (
                    "used_until",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used until"),
                ),
                (
                    "used_until_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="used_until"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical other name",
                "verbose_name_plural": "historical other names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganisationCitation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="paragraph 5; page 2", max_length=100, verbose_name="place in the source"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "title or name"),
                            ("date", "date"),
                            ("place", "place"),
                            ("mode", "mode"),
                            ("status", "status"),
                            ("chairs", "heads of delegation"),
                            ("participants", "participants"),
                            ("parties", "parties"),
                            ("type", "type"),
                            ("number", "number"),
                            ("amount", "amount"),
                            ("scope", "scope"),
                            ("due", "due date"),
                            ("membership", "membership"),
                        ],
                        max_length=15,
                        verbose_name="field it states",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="What this source says; dates in EDTF notation.",
                        max_length=300,
                        verbose_name="value as stated",
                    ),
                ),
                ("is_accepted", models.BooleanField(default=True, verbose_name="the record follows it")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="why")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical citation",
                "verbose_name_plural": "historical citations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation_successors",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="agreements.historicalorganisation",
                    ),
                ),
                (
                    "from_organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                    ),
                ),
                (
                    "to_organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalOrganisation_successors",
            },
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "member"),
                            ("founding", "founding member"),
                            ("observer", "observer"),
                            ("invited", "invited"),
                        ],
                        default="member",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "joined",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="joined"),
                ),
                (
                    "joined_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="joined"),
                ),
                ("joined_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="joined")),
                ("left", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="left")),
                ("left_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="left")),
                ("left_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="left")),
                ("ordinal", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="joined as number")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.forum",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical membership",
                "verbose_name_plural": "historical memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalForum_lead_organisations",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.forum",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="agreements.historicalforum",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalForum_lead_organisations",
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreementEvent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("negotiated", "negotiations opened"),
                            ("concluded", "negotiations concluded"),
                            ("initialled", "initialled"),
                            ("approved", "approved at home"),
                            ("signed", "signed"),
                            ("exchanged", "exchanged"),
                            ("ratified", "ratified"),
                            ("in_force", "entered into force"),
                            ("applied", "application to accede"),
                            ("acceded", "accession effective"),
                            ("amended", "amended"),
                            ("extended", "extended"),
                            ("paused", "paused"),
                            ("resumed", "resumed"),
                            ("expired", "expired"),
                            ("terminated", "terminated"),
                            ("replaced", "replaced"),
                        ],
                        max_length=15,
                        verbose_name="event",
                    ),
                ),
                ("on", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="date")),
                ("on_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="on")),
                ("on_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="on")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated by the source"),
                            ("inferred", "inferred from the source"),
                            ("outside", "from another source"),
                        ],
                        default="stated",
                        max_length=10,
                        verbose_name="basis of the date",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                (
                    "is_planned",
                    models.BooleanField(
                        default=False, help_text="A target, not something that happened.", verbose_name="planned"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                (
                    "act",
                    models.SlugField(
                        blank=True,
                        help_text="The same word on events that one act made together, as one ceremony.",
                        verbose_name="shared act",
                    ),
                ),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="by the country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "previous_target",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The earlier target that this one takes the place of.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreementevent",
                        verbose_name="moved from",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="by the organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical event",
                "verbose_name_plural": "historical events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreementParty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="Where a source names no one: “enterprises”.",
                        max_length=200,
                        verbose_name="party in words",
                    ),
                ),
                ("office", models.CharField(blank=True, max_length=200, verbose_name="office as stated")),
                ("on_behalf_of", models.CharField(blank=True, max_length=200, verbose_name="on behalf of")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="signatory",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical party",
                "verbose_name_plural": "historical parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalTheme",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The name in the address. When it changes, the old address redirects to the new one.",
                        max_length=120,
                        verbose_name="slug",
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cluster", "cluster of the digital trade agreements"),
                            ("cooperation", "cooperation theme"),
                            ("finer", "finer theme"),
                            ("programme", "programme"),
                        ],
                        default="finer",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "other_names",
                    models.TextField(
                        blank=True, help_text="One a line; search finds them.", verbose_name="other names"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.theme",
                        verbose_name="under",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical theme",
                "verbose_name_plural": "historical themes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreement_themes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="agreements.historicalagreement",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalAgreement_themes",
            },
        ),
        migrations.CreateModel(
            name="HistoricalWorkingGroupStage",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("agreed_in_principle", "agreed in principle"),
                            ("announced", "announced"),
                            ("first_met", "first met"),
                            ("active", "active"),
                            ("renamed", "renamed"),
                            ("dormant", "dormant"),
                            ("dissolved", "dissolved"),
                        ],
                        max_length=20,
                        verbose_name="stage",
                    ),
                ),
                ("on", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="date")),
                ("on_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="on")),
                ("on_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="on")),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical stage",
                "verbose_name_plural": "historical stages",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalWorkingGroupName",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("abbreviation", models.CharField(blank=True, max_length=30, verbose_name="abbreviation")),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                (
                    "used_from",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used from"),
                ),
                (
                    "used_from_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="used_from"),
                ),
                (
                    "used_until",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="used until"),
                ),
                (
                    "used_until_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="used_until"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical other name",
                "verbose_name_plural": "historical other names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalWorkingGroupCitation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "locator",
                    models.CharField(
                        blank=True, help_text="paragraph 5; page 2", max_length=100, verbose_name="place in the source"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "title or name"),
                            ("date", "date"),
                            ("place", "place"),
                            ("mode", "mode"),
                            ("status", "status"),
                            ("chairs", "heads of delegation"),
                            ("participants", "participants"),
                            ("parties", "parties"),
                            ("type", "type"),
                            ("number", "number"),
                            ("amount", "amount"),
                            ("scope", "scope"),
                            ("due", "due date"),
                            ("membership", "membership"),
                        ],
                        max_length=15,
                        verbose_name="field it states",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        help_text="What this source says; dates in EDTF notation.",
                        max_length=300,
                        verbose_name="value as stated",
                    ),
                ),
                ("is_accepted", models.BooleanField(default=True, verbose_name="the record follows it")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="why")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical citation",
                "verbose_name_plural": "historical citations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalWorkingGroup_themes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="agreements.historicalworkinggroup",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.theme",
                    ),
                ),
                (
                    "workinggroup",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalWorkingGroup_themes",
            },
        ),
        migrations.CreateModel(
            name="HistoricalWorkingGroup_successors",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="agreements.historicalworkinggroup",
                    ),
                ),
                (
                    "from_workinggroup",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                    ),
                ),
                (
                    "to_workinggroup",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalWorkingGroup_successors",
            },
        ),
    ]
