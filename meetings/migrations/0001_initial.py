import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import meetings.models.followup
import tracker.records.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("agreements", "0001_initial"),
        ("mail", "0001_initial"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
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
                        blank=True,
                        help_text="Empty for a numbered session: its forum and number name it.",
                        max_length=300,
                        verbose_name="title",
                    ),
                ),
                (
                    "session_number",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="session number"),
                ),
                (
                    "session_suffix",
                    models.CharField(
                        blank=True, help_text="As in “12th (Special)”.", max_length=30, verbose_name="suffix"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordinary", "ordinary"),
                            ("special", "special"),
                            ("preparatory", "preparatory"),
                            ("ad_hoc", "ad hoc"),
                        ],
                        default="ordinary",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("tentative", "tentative"),
                            ("confirmed", "confirmed"),
                            ("held", "held"),
                            ("postponed", "postponed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="held",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("held", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="date")),
                ("held_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="held")),
                ("held_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="held")),
                (
                    "held_basis",
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
                (
                    "held_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why this date, where the source does not print it.",
                        max_length=400,
                        verbose_name="reason",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "in person"), ("virtual", "virtual"), ("hybrid", "hybrid")],
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("place_note", models.CharField(blank=True, max_length=300, verbose_name="note on the place")),
                ("summary", models.TextField(blank=True, help_text="In our own words.", verbose_name="summary")),
                ("participants", models.PositiveIntegerField(blank=True, null=True, verbose_name="participants")),
                (
                    "participants_comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
                ),
                (
                    "participants_expected",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="participants expected"),
                ),
                (
                    "participants_words",
                    models.CharField(blank=True, max_length=300, verbose_name="participants in words"),
                ),
                ("countries", models.ManyToManyField(editable=False, related_name="meetings", to="agreements.country")),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="agreements.forum",
                        verbose_name="forum",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted_meetings",
                        to="agreements.country",
                        verbose_name="host",
                    ),
                ),
                (
                    "preparatory_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preparatory_meetings",
                        to="meetings.meeting",
                        verbose_name="prepares",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="meetings", to="agreements.theme", verbose_name="themes"
                    ),
                ),
                (
                    "working_group",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where a group of the forum met; its forum is then filled in.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="agreements.workinggroup",
                        verbose_name="working group",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["reference"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["state", "forum", "session_number"], name="meeting_forum"),
                    models.Index(fields=["state", "working_group"], name="meeting_working_group"),
                    models.Index(fields=["state", "status"], name="meeting_status"),
                    models.Index(fields=["state", "kind"], name="meeting_kind"),
                    models.Index(fields=["state", "mode"], name="meeting_mode"),
                    models.Index(fields=["state", "held_earliest"], name="meeting_held_from"),
                    models.Index(fields=["state", "held_latest"], name="meeting_held_until"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("session_number__isnull", False), ("working_group__isnull", True)),
                        fields=("forum", "session_number", "session_suffix"),
                        name="session_number_unique_in_forum",
                        violation_error_message="The forum already has a session of this number and suffix.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("session_number__isnull", False)),
                        fields=("working_group", "session_number", "session_suffix"),
                        name="session_number_unique_in_group",
                        violation_error_message="The group already has a meeting of this number and suffix.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("session_number__isnull", True), ("forum__isnull", False), _connector="OR"),
                        name="session_number_needs_a_forum",
                        violation_error_message="Only a meeting of a forum or a group has a session number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("working_group__isnull", True), ("forum__isnull", False), _connector="OR"),
                        name="group_meeting_has_its_forum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), ("session_number__isnull", False), _connector="OR"
                        ),
                        name="meeting_has_title_or_number",
                        violation_error_message="Give a title, or the forum and the session number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("preparatory_for", models.F("id")), _negated=True),
                        name="meeting_not_preparing_itself",
                        violation_error_message="A meeting cannot prepare itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
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
                ("title", models.CharField(max_length=200, verbose_name="short title")),
                (
                    "text",
                    models.TextField(blank=True, help_text="What was promised, in our own words.", verbose_name="text"),
                ),
                (
                    "wording",
                    models.CharField(
                        blank=True, help_text="Only if short.", max_length=400, verbose_name="verbatim wording"
                    ),
                ),
                (
                    "wording_language",
                    models.CharField(blank=True, max_length=10, verbose_name="language of the wording"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("establish", "establish a body"),
                            ("sign", "sign an instrument"),
                            ("exchange", "exchange information"),
                            ("train", "train"),
                            ("pilot", "pilot"),
                            ("align", "align rules"),
                            ("meet", "hold a meeting"),
                            ("invest", "invest"),
                            ("build", "build"),
                            ("cooperate", "cooperate"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("agreed", "agreed"),
                            ("agreed_in_principle", "agreed in principle"),
                            ("committed", "committed by one side"),
                            ("announced", "announced"),
                            ("proposed", "proposed"),
                            ("invited", "invited"),
                            ("to_explore", "to explore"),
                            ("discussed", "discussed"),
                            ("intention", "intention"),
                        ],
                        max_length=20,
                        verbose_name="strength",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("bilateral", "between the parties"), ("domestic", "domestic")],
                        default="bilateral",
                        max_length=10,
                        verbose_name="scope",
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        blank=True, help_text="As in “three initiatives”.", max_length=120, verbose_name="one of"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("condition", models.CharField(blank=True, max_length=300, verbose_name="condition")),
                (
                    "caution",
                    models.CharField(
                        blank=True, help_text="A doubt that readers should see.", max_length=400, verbose_name="caution"
                    ),
                ),
                ("due", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="due")),
                ("due_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="due")),
                ("due_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="due")),
                (
                    "due_basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated by the source"),
                            ("inferred", "inferred from the source"),
                            ("outside", "from another source"),
                        ],
                        default="stated",
                        max_length=10,
                        verbose_name="basis of the due date",
                    ),
                ),
                ("due_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "due_rule",
                    models.CharField(
                        choices=[
                            ("none", "no deadline"),
                            ("date", "by a date"),
                            ("next_session", "by the next session"),
                            ("relative", "counted from an event"),
                            ("conditional", "once a condition is met"),
                            ("continuous", "continuous"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="rule of the due date",
                    ),
                ),
                (
                    "due_words",
                    models.CharField(
                        blank=True, help_text="As in “swiftly”.", max_length=200, verbose_name="due, in words"
                    ),
                ),
                ("due_version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "recurrence",
                    models.CharField(
                        blank=True,
                        help_text="An RFC 5545 rule: FREQ=MONTHLY;INTERVAL=2",
                        max_length=200,
                        verbose_name="recurrence",
                    ),
                ),
                (
                    "closure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "completed"),
                            ("dropped", "dropped by agreement"),
                            ("superseded", "superseded"),
                            ("overtaken", "overtaken by events"),
                            ("failed", "failed"),
                        ],
                        max_length=12,
                        verbose_name="closed because",
                    ),
                ),
                (
                    "closed_on",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="closed on"),
                ),
                (
                    "closed_on_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="closed_on"),
                ),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("no_information", "no information"),
                            ("not_started", "not started"),
                            ("limited", "limited"),
                            ("substantial", "substantial"),
                            ("complete", "complete"),
                        ],
                        default="no_information",
                        editable=False,
                        max_length=15,
                        verbose_name="progress",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(editable=False, related_name="commitments", to="agreements.country"),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="agreements.forum",
                        verbose_name="forum",
                    ),
                ),
                (
                    "spoken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="spoken by",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="commitments", to="agreements.theme", verbose_name="themes"
                    ),
                ),
                (
                    "working_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="agreements.workinggroup",
                        verbose_name="working group in charge",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": ["reference"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["state", "due_latest", "progress", "closure"], name="commitment_schedule"),
                    models.Index(fields=["state", "due_earliest"], name="commitment_due_from"),
                    models.Index(fields=["state", "progress"], name="commitment_progress"),
                    models.Index(fields=["state", "kind"], name="commitment_kind"),
                    models.Index(fields=["state", "strength"], name="commitment_strength"),
                    models.Index(fields=["state", "forum"], name="commitment_forum"),
                    models.Index(fields=["state", "meeting"], name="commitment_meeting"),
                    models.Index(fields=["state", "agreement"], name="commitment_agreement"),
                    models.Index(fields=["state", "working_group"], name="commitment_working_group"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("meeting__isnull", False), ("agreement__isnull", False), _connector="OR"),
                        name="commitment_has_meeting_or_agreement",
                        violation_error_message="A commitment was made at a meeting or in an agreement: name one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_rule", "date"), _negated=True),
                            models.Q(("due", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="commitment_due_by_a_date_has_one",
                        violation_error_message="Give the date that it is due by.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("due_rule", "none"), _negated=True), ("due", ""), _connector="OR"),
                        name="commitment_without_deadline_has_no_date",
                        violation_error_message="A commitment with a due date needs a rule other than “no deadline”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closure", ""), _negated=True), ("closed_on", ""), _connector="OR"
                        ),
                        name="commitment_closed_on_needs_closure",
                        violation_error_message="Say why it was closed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("party", "party"), ("observer", "observer"), ("guest", "guest")],
                        default="party",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("size", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="size")),
                (
                    "size_comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="delegations", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "delegation",
                "verbose_name_plural": "delegations",
                "ordering": ["pk"],
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
                        name="delegation_country_or_organisation",
                        violation_error_message="A delegation is of a country or of an organisation, exactly one of them.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("country__isnull", False)),
                        fields=("meeting", "country"),
                        name="delegation_country_once",
                        violation_error_message="It stands here twice.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("meeting", "organisation"),
                        name="delegation_organisation_once",
                        violation_error_message="It stands here twice.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agenda", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda",
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "number"), name="agenda_number_unique")],
            },
        ),
        migrations.CreateModel(
            name="MeetingAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("signed", "signed at the meeting"),
                            ("exchanged", "exchanged at the meeting"),
                            ("announced", "signing announced at the meeting"),
                            ("discussed", "discussed at the meeting"),
                        ],
                        default="signed",
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_links",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreement_links",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement at the meeting",
                "verbose_name_plural": "agreements at the meeting",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "agreement"), name="meeting_agreement_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingCitation",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="meetings.meeting"
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
                        name="meetingcitation_claim_has_field_and_value",
                        violation_error_message="A claim needs both: the field and the value as stated.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_accepted", True), models.Q(("field", ""), _negated=True), _connector="OR"
                        ),
                        name="meetingcitation_only_claims_are_refused",
                        violation_error_message="Only a claim (a field and its value) can be left unaccepted.",
                    ),
                    models.UniqueConstraint(
                        fields=("record", "source", "locator", "field", "value"),
                        name="meetingcitation_unique",
                        violation_error_message="The record already cites this place of this source.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=200, verbose_name="what it counts")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount"),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="“thousands”, where no number is given.",
                        max_length=60,
                        verbose_name="in words",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        help_text="villages, jobs, USD, billion USD", max_length=40, verbose_name="unit or currency"
                    ),
                ),
                (
                    "previous_amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount before"
                    ),
                ),
                (
                    "scenario",
                    models.CharField(
                        blank=True, help_text="planned, actual, if …", max_length=120, verbose_name="scenario"
                    ),
                ),
                (
                    "as_of",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="as of"),
                ),
                (
                    "as_of_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="as_of"),
                ),
                ("as_of_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="as_of")),
                ("said_by_words", models.CharField(blank=True, max_length=150, verbose_name="said by, in words")),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="meetings.meeting"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="said by",
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
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", False), ("words", "")),
                            models.Q(("amount__isnull", True), models.Q(("words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="meetingfigure_number_or_words",
                        violation_error_message="A figure is a number or words, exactly one of them.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.IntegerField(verbose_name="stage")),
                ("due_version", models.PositiveIntegerField()),
                ("day", models.DateField(verbose_name="day")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="meetings.commitment"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="mail.delivery"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="agreements.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-day", "pk"],
                "indexes": [models.Index(fields=["person", "day"], name="notice_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "commitment", "stage", "due_version"), name="notice_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationFocalPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="deputy",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="focal_points",
                        to="agreements.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="agreements.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="supervisor",
                    ),
                ),
            ],
            options={
                "verbose_name": "focal point of an organisation",
                "verbose_name_plural": "focal points of organisations",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__gte", models.F("starts")),
                            ("ends__isnull", True),
                            ("starts__isnull", True),
                            _connector="OR",
                        ),
                        name="organisationfocalpoint_ends_after_start",
                        violation_error_message="The term ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person", models.F("deputy")), _negated=True),
                            ("deputy__isnull", True),
                            _connector="OR",
                        ),
                        name="organisationfocalpoint_deputy_is_another",
                        violation_error_message="Nobody can be their own deputy.",
                    ),
                    models.UniqueConstraint(fields=("organisation", "person"), name="organisation_focal_point_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "decision"),
                            ("establishment", "establishment"),
                            ("signature", "signature"),
                            ("extension", "extension"),
                            ("statement", "statement"),
                            ("information", "information"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(help_text="In our own words.", verbose_name="text")),
                (
                    "realisation",
                    models.CharField(
                        choices=[
                            ("realised", "realised"),
                            ("expected", "expected"),
                            ("not_realised", "expected, not realised"),
                        ],
                        default="realised",
                        max_length=15,
                        verbose_name="realisation",
                    ),
                ),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outcomes", to="meetings.meeting"
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
                    "working_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="founding_outcomes",
                        to="agreements.workinggroup",
                        verbose_name="group it concerns",
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome",
                "verbose_name_plural": "outcomes",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgressUpdate",
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
                ("embargoed_until", models.DateTimeField(blank=True, null=True, verbose_name="embargoed until")),
                (
                    "as_of",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="as of"),
                ),
                (
                    "as_of_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="as_of"),
                ),
                ("as_of_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="as_of")),
                (
                    "progress",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_information", "no information"),
                            ("not_started", "not started"),
                            ("limited", "limited"),
                            ("substantial", "substantial"),
                            ("complete", "complete"),
                        ],
                        max_length=15,
                        verbose_name="progress",
                    ),
                ),
                ("text", models.TextField(blank=True, help_text="In our own words.", verbose_name="what was done")),
                ("assessor", models.CharField(blank=True, max_length=150, verbose_name="assessed by")),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                ("evidence_url", models.URLField(blank=True, max_length=1000, verbose_name="address of the evidence")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("on_track", "on track"),
                            ("late", "late"),
                            ("not_mine", "not mine"),
                            ("need_help", "need help"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "expected",
                    tracker.records.fields.EDTFField(
                        blank=True, default="", max_length=40, verbose_name="new date expected"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="why it is late")),
                (
                    "responsible_words",
                    models.CharField(blank=True, max_length=200, verbose_name="who is responsible instead"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded at")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="answered by",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="progress_updates",
                        to="meetings.commitment",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="meetings.notice",
                        verbose_name="answers the notice",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="side",
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
                "verbose_name": "progress update",
                "verbose_name_plural": "progress updates",
                "ordering": [models.OrderBy(models.F("as_of_latest"), nulls_first=True), "pk"],
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "indexes": [
                    models.Index(fields=["commitment", "state", "as_of_latest"], name="progress_of_commitment")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("progress", ""), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="progress_update_says_something",
                        violation_error_message="Say how far the commitment is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("notice__isnull", True), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="answer_to_a_notice_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("announced", "announced"),
                            ("agreed", "agreed"),
                            ("postponed", "postponed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="announced",
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                (
                    "planned_for",
                    tracker.records.fields.EDTFField(
                        blank=True, default="", max_length=40, verbose_name="for the date"
                    ),
                ),
                (
                    "planned_for_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="planned_for"),
                ),
                (
                    "planned_for_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="planned_for"),
                ),
                (
                    "reported_on",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="reported"),
                ),
                (
                    "reported_on_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="reported_on"),
                ),
                (
                    "reported_on_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="reported_on"),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="at the wish of",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedule_changes",
                        to="meetings.meeting",
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
                "verbose_name": "change of schedule",
                "verbose_name_plural": "changes of schedule",
                "ordering": [
                    models.OrderBy(
                        django.db.models.functions.comparison.Coalesce("reported_on_latest", "planned_for_latest"),
                        nulls_last=True,
                    ),
                    "pk",
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("planned_for", ""), _negated=True),
                            ("kind__in", ["postponed", "cancelled"]),
                            _connector="OR",
                        ),
                        name="schedule_change_has_a_date",
                        violation_error_message="Give the date that was announced, unless the meeting was put off.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=200, verbose_name="what it counts")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount"),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="“thousands”, where no number is given.",
                        max_length=60,
                        verbose_name="in words",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        help_text="villages, jobs, USD, billion USD", max_length=40, verbose_name="unit or currency"
                    ),
                ),
                (
                    "previous_amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount before"
                    ),
                ),
                (
                    "scenario",
                    models.CharField(
                        blank=True, help_text="planned, actual, if …", max_length=120, verbose_name="scenario"
                    ),
                ),
                (
                    "as_of",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="as of"),
                ),
                (
                    "as_of_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="as_of"),
                ),
                ("as_of_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="as_of")),
                ("said_by_words", models.CharField(blank=True, max_length=150, verbose_name="said by, in words")),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="agreements.agreement"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="said by",
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
                "verbose_name": "figure of an agreement",
                "verbose_name_plural": "figures of agreements",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", False), ("words", "")),
                            models.Q(("amount__isnull", True), models.Q(("words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="agreementfigure_number_or_words",
                        violation_error_message="A figure is a number or words, exactly one of them.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentCitation",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="meetings.commitment"
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
                        name="commitmentcitation_claim_has_field_and_value",
                        violation_error_message="A claim needs both: the field and the value as stated.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_accepted", True), models.Q(("field", ""), _negated=True), _connector="OR"
                        ),
                        name="commitmentcitation_only_claims_are_refused",
                        violation_error_message="Only a claim (a field and its value) can be left unaccepted.",
                    ),
                    models.UniqueConstraint(
                        fields=("record", "source", "locator", "field", "value"),
                        name="commitmentcitation_unique",
                        violation_error_message="The record already cites this place of this source.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=200, verbose_name="what it counts")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount"),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="“thousands”, where no number is given.",
                        max_length=60,
                        verbose_name="in words",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        help_text="villages, jobs, USD, billion USD", max_length=40, verbose_name="unit or currency"
                    ),
                ),
                (
                    "previous_amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount before"
                    ),
                ),
                (
                    "scenario",
                    models.CharField(
                        blank=True, help_text="planned, actual, if …", max_length=120, verbose_name="scenario"
                    ),
                ),
                (
                    "as_of",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="as of"),
                ),
                (
                    "as_of_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="as_of"),
                ),
                ("as_of_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="as_of")),
                ("said_by_words", models.CharField(blank=True, max_length=150, verbose_name="said by, in words")),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="meetings.commitment"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="said by",
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
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", False), ("words", "")),
                            models.Q(("amount__isnull", True), models.Q(("words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="commitmentfigure_number_or_words",
                        violation_error_message="A figure is a number or words, exactly one of them.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentLineage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("repeats", "repeats"), ("refines", "refines"), ("supersedes", "supersedes")],
                        max_length=12,
                        verbose_name="relation",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lineage", to="meetings.commitment"
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="meetings.commitment",
                        verbose_name="earlier commitment",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation to an earlier commitment",
                "verbose_name_plural": "relations to earlier commitments",
                "constraints": [
                    models.UniqueConstraint(fields=("commitment", "earlier"), name="commitment_lineage_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("commitment", models.F("earlier")), _negated=True),
                        name="commitment_lineage_to_another",
                        violation_error_message="A commitment cannot repeat itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("by", "by"), ("to", "to")], max_length=2, verbose_name="side")),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="As in “Pakistani pharmaceutical companies”.",
                        max_length=200,
                        verbose_name="party in words",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="meetings.commitment"
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
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["side", "pk"],
                "indexes": [models.Index(fields=["side", "country", "commitment"], name="commitment_by_country")],
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
                        name="commitment_party_is_one",
                        violation_error_message="A party is a country, an organisation or words, exactly one of them.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("country__isnull", False)),
                        fields=("commitment", "side", "country"),
                        name="commitment_country_once_a_side",
                        violation_error_message="It stands here twice.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("commitment", "side", "organisation"),
                        name="commitment_organisation_once_a_side",
                        violation_error_message="It stands here twice.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head", "head"),
                            ("co_chair", "co-chair"),
                            ("speaker", "speaker"),
                            ("member", "member"),
                        ],
                        default="head",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("office", models.CharField(blank=True, max_length=250, verbose_name="office at that time")),
                ("is_remote", models.BooleanField(default=False, verbose_name="took part from afar")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="agreements.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="delegates", to="meetings.delegation"
                    ),
                ),
            ],
            options={
                "verbose_name": "delegate",
                "verbose_name_plural": "delegates",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("delegation", "person"), name="delegate_once_in_delegation")
                ],
            },
        ),
        migrations.CreateModel(
            name="DueChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "due_before",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="due before"),
                ),
                (
                    "due_after",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="due now"),
                ),
                (
                    "agreed_on",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="agreed on"),
                ),
                (
                    "agreed_on_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="agreed_on"),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="due_changes",
                        to="meetings.commitment",
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
                "verbose_name": "change of the due date",
                "verbose_name_plural": "changes of the due date",
                "ordering": [models.OrderBy(models.F("agreed_on_latest"), nulls_last=True), "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_before", models.F("due_after")), _negated=True),
                        name="due_change_changes_something",
                        violation_error_message="The two dates are the same.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FocalPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="focal_points",
                        to="meetings.commitment",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="deputy",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="agreements.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="side",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="supervisor",
                    ),
                ),
            ],
            options={
                "verbose_name": "focal point",
                "verbose_name_plural": "focal points",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__gte", models.F("starts")),
                            ("ends__isnull", True),
                            ("starts__isnull", True),
                            _connector="OR",
                        ),
                        name="focalpoint_ends_after_start",
                        violation_error_message="The term ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person", models.F("deputy")), _negated=True),
                            ("deputy__isnull", True),
                            _connector="OR",
                        ),
                        name="focalpoint_deputy_is_another",
                        violation_error_message="Nobody can be their own deputy.",
                    ),
                    models.UniqueConstraint(fields=("commitment", "person"), name="focal_point_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUpPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "window_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="The first notice goes out when a commitment comes this close, in days.",
                        verbose_name="window",
                    ),
                ),
                (
                    "days_before",
                    meetings.models.followup.DayListField(
                        blank=True, default="30, 7, 1", max_length=60, verbose_name="days before"
                    ),
                ),
                ("on_the_day", models.BooleanField(default=True, verbose_name="on the day")),
                (
                    "days_after",
                    meetings.models.followup.DayListField(
                        blank=True, default="1, 7, 30", max_length=60, verbose_name="days after"
                    ),
                ),
                (
                    "then_every",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Days between notices after the last day above; 0 for none.",
                        verbose_name="then every",
                    ),
                ),
                (
                    "rest_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Days between two mails to one person, the due day and the day after apart.",
                        verbose_name="rest",
                    ),
                ),
                (
                    "forum",
                    models.OneToOneField(
                        blank=True,
                        help_text="Empty: the default for all forums without a policy of their own.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_up_policy",
                        to="agreements.forum",
                        verbose_name="forum",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up policy",
                "verbose_name_plural": "follow-up policies",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("forum__isnull", True), ("is_active", True)),
                        fields=("is_active",),
                        name="one_active_default_policy",
                        violation_error_message="There is a default policy already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgreementFigure",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("what", models.CharField(max_length=200, verbose_name="what it counts")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount"),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="“thousands”, where no number is given.",
                        max_length=60,
                        verbose_name="in words",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        help_text="villages, jobs, USD, billion USD", max_length=40, verbose_name="unit or currency"
                    ),
                ),
                (
                    "previous_amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount before"
                    ),
                ),
                (
                    "scenario",
                    models.CharField(
                        blank=True, help_text="planned, actual, if …", max_length=120, verbose_name="scenario"
                    ),
                ),
                (
                    "as_of",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="as of"),
                ),
                (
                    "as_of_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="as_of"),
                ),
                ("as_of_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="as_of")),
                ("said_by_words", models.CharField(blank=True, max_length=150, verbose_name="said by, in words")),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="said by",
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
                "verbose_name": "historical figure of an agreement",
                "verbose_name_plural": "historical figures of agreements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitment",
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
                ("title", models.CharField(max_length=200, verbose_name="short title")),
                (
                    "text",
                    models.TextField(blank=True, help_text="What was promised, in our own words.", verbose_name="text"),
                ),
                (
                    "wording",
                    models.CharField(
                        blank=True, help_text="Only if short.", max_length=400, verbose_name="verbatim wording"
                    ),
                ),
                (
                    "wording_language",
                    models.CharField(blank=True, max_length=10, verbose_name="language of the wording"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("establish", "establish a body"),
                            ("sign", "sign an instrument"),
                            ("exchange", "exchange information"),
                            ("train", "train"),
                            ("pilot", "pilot"),
                            ("align", "align rules"),
                            ("meet", "hold a meeting"),
                            ("invest", "invest"),
                            ("build", "build"),
                            ("cooperate", "cooperate"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "strength",
                    models.CharField(
                        choices=[
                            ("agreed", "agreed"),
                            ("agreed_in_principle", "agreed in principle"),
                            ("committed", "committed by one side"),
                            ("announced", "announced"),
                            ("proposed", "proposed"),
                            ("invited", "invited"),
                            ("to_explore", "to explore"),
                            ("discussed", "discussed"),
                            ("intention", "intention"),
                        ],
                        max_length=20,
                        verbose_name="strength",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("bilateral", "between the parties"), ("domestic", "domestic")],
                        default="bilateral",
                        max_length=10,
                        verbose_name="scope",
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        blank=True, help_text="As in “three initiatives”.", max_length=120, verbose_name="one of"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("condition", models.CharField(blank=True, max_length=300, verbose_name="condition")),
                (
                    "caution",
                    models.CharField(
                        blank=True, help_text="A doubt that readers should see.", max_length=400, verbose_name="caution"
                    ),
                ),
                ("due", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="due")),
                ("due_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="due")),
                ("due_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="due")),
                (
                    "due_basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated by the source"),
                            ("inferred", "inferred from the source"),
                            ("outside", "from another source"),
                        ],
                        default="stated",
                        max_length=10,
                        verbose_name="basis of the due date",
                    ),
                ),
                ("due_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "due_rule",
                    models.CharField(
                        choices=[
                            ("none", "no deadline"),
                            ("date", "by a date"),
                            ("next_session", "by the next session"),
                            ("relative", "counted from an event"),
                            ("conditional", "once a condition is met"),
                            ("continuous", "continuous"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="rule of the due date",
                    ),
                ),
                (
                    "due_words",
                    models.CharField(
                        blank=True, help_text="As in “swiftly”.", max_length=200, verbose_name="due, in words"
                    ),
                ),
                ("due_version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "recurrence",
                    models.CharField(
                        blank=True,
                        help_text="An RFC 5545 rule: FREQ=MONTHLY;INTERVAL=2",
                        max_length=200,
                        verbose_name="recurrence",
                    ),
                ),
                (
                    "closure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "completed"),
                            ("dropped", "dropped by agreement"),
                            ("superseded", "superseded"),
                            ("overtaken", "overtaken by events"),
                            ("failed", "failed"),
                        ],
                        max_length=12,
                        verbose_name="closed because",
                    ),
                ),
                (
                    "closed_on",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="closed on"),
                ),
                (
                    "closed_on_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="closed_on"),
                ),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("no_information", "no information"),
                            ("not_started", "not started"),
                            ("limited", "limited"),
                            ("substantial", "substantial"),
                            ("complete", "complete"),
                        ],
                        default="no_information",
                        editable=False,
                        max_length=15,
                        verbose_name="progress",
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
                        verbose_name="agreement",
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
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
                    "spoken_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="spoken by",
                    ),
                ),
                (
                    "working_group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                        verbose_name="working group in charge",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical commitment",
                "verbose_name_plural": "historical commitments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitment_themes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.commitment",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicalcommitment",
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
                "verbose_name": "HistoricalCommitment_themes",
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitmentCitation",
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
                        to="meetings.commitment",
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
            name="HistoricalCommitmentFigure",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("what", models.CharField(max_length=200, verbose_name="what it counts")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount"),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="“thousands”, where no number is given.",
                        max_length=60,
                        verbose_name="in words",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        help_text="villages, jobs, USD, billion USD", max_length=40, verbose_name="unit or currency"
                    ),
                ),
                (
                    "previous_amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount before"
                    ),
                ),
                (
                    "scenario",
                    models.CharField(
                        blank=True, help_text="planned, actual, if …", max_length=120, verbose_name="scenario"
                    ),
                ),
                (
                    "as_of",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="as of"),
                ),
                (
                    "as_of_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="as_of"),
                ),
                ("as_of_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="as_of")),
                ("said_by_words", models.CharField(blank=True, max_length=150, verbose_name="said by, in words")),
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
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.commitment",
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
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="said by",
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
                "verbose_name": "historical figure",
                "verbose_name_plural": "historical figures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitmentLineage",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("repeats", "repeats"), ("refines", "refines"), ("supersedes", "supersedes")],
                        max_length=12,
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
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.commitment",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.commitment",
                        verbose_name="earlier commitment",
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
                "verbose_name": "historical relation to an earlier commitment",
                "verbose_name_plural": "historical relations to earlier commitments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalCommitmentParty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("side", models.CharField(choices=[("by", "by"), ("to", "to")], max_length=2, verbose_name="side")),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="As in “Pakistani pharmaceutical companies”.",
                        max_length=200,
                        verbose_name="party in words",
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
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.commitment",
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
            ],
            options={
                "verbose_name": "historical party",
                "verbose_name_plural": "historical parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalDelegate",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head", "head"),
                            ("co_chair", "co-chair"),
                            ("speaker", "speaker"),
                            ("member", "member"),
                        ],
                        default="head",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("office", models.CharField(blank=True, max_length=250, verbose_name="office at that time")),
                ("is_remote", models.BooleanField(default=False, verbose_name="took part from afar")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.delegation",
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
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical delegate",
                "verbose_name_plural": "historical delegates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalDueChange",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "due_before",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="due before"),
                ),
                (
                    "due_after",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="due now"),
                ),
                (
                    "agreed_on",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="agreed on"),
                ),
                (
                    "agreed_on_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="agreed_on"),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.commitment",
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
                "verbose_name": "historical change of the due date",
                "verbose_name_plural": "historical changes of the due date",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalFocalPoint",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("starts", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.commitment",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="deputy",
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
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="side",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="supervisor",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical focal point",
                "verbose_name_plural": "historical focal points",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalFollowUpPolicy",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "window_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="The first notice goes out when a commitment comes this close, in days.",
                        verbose_name="window",
                    ),
                ),
                (
                    "days_before",
                    meetings.models.followup.DayListField(
                        blank=True, default="30, 7, 1", max_length=60, verbose_name="days before"
                    ),
                ),
                ("on_the_day", models.BooleanField(default=True, verbose_name="on the day")),
                (
                    "days_after",
                    meetings.models.followup.DayListField(
                        blank=True, default="1, 7, 30", max_length=60, verbose_name="days after"
                    ),
                ),
                (
                    "then_every",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Days between notices after the last day above; 0 for none.",
                        verbose_name="then every",
                    ),
                ),
                (
                    "rest_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Days between two mails to one person, the due day and the day after apart.",
                        verbose_name="rest",
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
                        help_text="Empty: the default for all forums without a policy of their own.",
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
            ],
            options={
                "verbose_name": "historical follow-up policy",
                "verbose_name_plural": "historical follow-up policies",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalMeeting",
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
                        blank=True,
                        help_text="Empty for a numbered session: its forum and number name it.",
                        max_length=300,
                        verbose_name="title",
                    ),
                ),
                (
                    "session_number",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="session number"),
                ),
                (
                    "session_suffix",
                    models.CharField(
                        blank=True, help_text="As in “12th (Special)”.", max_length=30, verbose_name="suffix"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordinary", "ordinary"),
                            ("special", "special"),
                            ("preparatory", "preparatory"),
                            ("ad_hoc", "ad hoc"),
                        ],
                        default="ordinary",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("tentative", "tentative"),
                            ("confirmed", "confirmed"),
                            ("held", "held"),
                            ("postponed", "postponed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="held",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("held", tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="date")),
                ("held_earliest", tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="held")),
                ("held_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="held")),
                (
                    "held_basis",
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
                (
                    "held_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why this date, where the source does not print it.",
                        max_length=400,
                        verbose_name="reason",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "in person"), ("virtual", "virtual"), ("hybrid", "hybrid")],
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("place_note", models.CharField(blank=True, max_length=300, verbose_name="note on the place")),
                ("summary", models.TextField(blank=True, help_text="In our own words.", verbose_name="summary")),
                ("participants", models.PositiveIntegerField(blank=True, null=True, verbose_name="participants")),
                (
                    "participants_comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
                ),
                (
                    "participants_expected",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="participants expected"),
                ),
                (
                    "participants_words",
                    models.CharField(blank=True, max_length=300, verbose_name="participants in words"),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="host",
                    ),
                ),
                (
                    "working_group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Where a group of the forum met; its forum is then filled in.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                        verbose_name="working group",
                    ),
                ),
                (
                    "preparatory_for",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="prepares",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical meeting",
                "verbose_name_plural": "historical meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganisationFocalPoint",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("starts", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="deputy",
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
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="supervisor",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical focal point of an organisation",
                "verbose_name_plural": "historical focal points of organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalScheduleChange",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("announced", "announced"),
                            ("agreed", "agreed"),
                            ("postponed", "postponed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="announced",
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                (
                    "planned_for",
                    tracker.records.fields.EDTFField(
                        blank=True, default="", max_length=40, verbose_name="for the date"
                    ),
                ),
                (
                    "planned_for_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="planned_for"),
                ),
                (
                    "planned_for_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="planned_for"),
                ),
                (
                    "reported_on",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="reported"),
                ),
                (
                    "reported_on_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="reported_on"),
                ),
                (
                    "reported_on_latest",
                    tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="reported_on"),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
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
                        verbose_name="at the wish of",
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
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical change of schedule",
                "verbose_name_plural": "historical changes of schedule",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalOutcome",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "decision"),
                            ("establishment", "establishment"),
                            ("signature", "signature"),
                            ("extension", "extension"),
                            ("statement", "statement"),
                            ("information", "information"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(help_text="In our own words.", verbose_name="text")),
                (
                    "realisation",
                    models.CharField(
                        choices=[
                            ("realised", "realised"),
                            ("expected", "expected"),
                            ("not_realised", "expected, not realised"),
                        ],
                        default="realised",
                        max_length=15,
                        verbose_name="realisation",
                    ),
                ),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
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
                    "working_group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.workinggroup",
                        verbose_name="group it concerns",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical outcome",
                "verbose_name_plural": "historical outcomes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalMeetingFigure",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("what", models.CharField(max_length=200, verbose_name="what it counts")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount"),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="“thousands”, where no number is given.",
                        max_length=60,
                        verbose_name="in words",
                    ),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        help_text="villages, jobs, USD, billion USD", max_length=40, verbose_name="unit or currency"
                    ),
                ),
                (
                    "previous_amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="amount before"
                    ),
                ),
                (
                    "scenario",
                    models.CharField(
                        blank=True, help_text="planned, actual, if …", max_length=120, verbose_name="scenario"
                    ),
                ),
                (
                    "as_of",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="as of"),
                ),
                (
                    "as_of_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="as_of"),
                ),
                ("as_of_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="as_of")),
                ("said_by_words", models.CharField(blank=True, max_length=150, verbose_name="said by, in words")),
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
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="said by",
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
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical figure",
                "verbose_name_plural": "historical figures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalMeetingCitation",
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
                        to="meetings.meeting",
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
            name="HistoricalMeetingAgreement",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("signed", "signed at the meeting"),
                            ("exchanged", "exchanged at the meeting"),
                            ("announced", "signing announced at the meeting"),
                            ("discussed", "discussed at the meeting"),
                        ],
                        default="signed",
                        max_length=10,
                        verbose_name="what happened",
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
                        verbose_name="agreement",
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
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agreement at the meeting",
                "verbose_name_plural": "historical agreements at the meeting",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalMeeting_themes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicalmeeting",
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
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalMeeting_themes",
            },
        ),
        migrations.CreateModel(
            name="HistoricalDelegation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("party", "party"), ("observer", "observer"), ("guest", "guest")],
                        default="party",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("size", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="size")),
                (
                    "size_comparator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more_than", "more than"),
                            ("up_to", "up to"),
                            ("less_than", "less than"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="comparator",
                    ),
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
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical delegation",
                "verbose_name_plural": "historical delegations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgendaItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agenda item",
                "verbose_name_plural": "historical agenda",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalProgressUpdate",
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
                ("embargoed_until", models.DateTimeField(blank=True, null=True, verbose_name="embargoed until")),
                (
                    "as_of",
                    tracker.records.fields.EDTFField(blank=True, default="", max_length=40, verbose_name="as of"),
                ),
                (
                    "as_of_earliest",
                    tracker.records.fields.EarliestDay(blank=True, editable=False, null=True, of="as_of"),
                ),
                ("as_of_latest", tracker.records.fields.LatestDay(blank=True, editable=False, null=True, of="as_of")),
                (
                    "progress",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_information", "no information"),
                            ("not_started", "not started"),
                            ("limited", "limited"),
                            ("substantial", "substantial"),
                            ("complete", "complete"),
                        ],
                        max_length=15,
                        verbose_name="progress",
                    ),
                ),
                ("text", models.TextField(blank=True, help_text="In our own words.", verbose_name="what was done")),
                ("assessor", models.CharField(blank=True, max_length=150, verbose_name="assessed by")),
                ("locator", models.CharField(blank=True, max_length=100, verbose_name="place in the source")),
                ("evidence_url", models.URLField(blank=True, max_length=1000, verbose_name="address of the evidence")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("on_track", "on track"),
                            ("late", "late"),
                            ("not_mine", "not mine"),
                            ("need_help", "need help"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "expected",
                    tracker.records.fields.EDTFField(
                        blank=True, default="", max_length=40, verbose_name="new date expected"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="why it is late")),
                (
                    "responsible_words",
                    models.CharField(blank=True, max_length=200, verbose_name="who is responsible instead"),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="recorded at")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.person",
                        verbose_name="answered by",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.commitment",
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
                    "side",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="agreements.country",
                        verbose_name="side",
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
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.notice",
                        verbose_name="answers the notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical progress update",
                "verbose_name_plural": "historical progress updates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="agreements",
            field=models.ManyToManyField(
                blank=True,
                related_name="meetings",
                through="meetings.MeetingAgreement",
                to="agreements.agreement",
                verbose_name="agreements",
            ),
        ),
    ]
