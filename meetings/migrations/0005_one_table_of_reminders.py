"""Notices about commitments, meetings and agreements become reminders: one table, whose rows name one of the three.

Notices about commitments keep their primary keys, so that answers and links in mail lead where they led.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

ROLES = [
    ("asked", "asked"),
    ("supervisor", "told as supervisor"),
    ("secretariat", "told as secretariat"),
    ("no_outcomes", "held, without outcomes"),
    ("not_reported", "its date has passed, without a report"),
    ("notice_window", "the time to give notice ends"),
]
SUBJECTS = ("commitment", "meeting", "agreement")
POLICIES = ("followuppolicy", "historicalfollowuppolicy")
KEPT = "delivery_id, person_id, role, due_on, stage, due_version, round, day, created_at"


def move_notices(subject):
    """Copy a table behind that of the notices about commitments; backwards, take its rows out again."""
    columns, table = f"{KEPT}, {subject}_id", f"meetings_{subject}notice"
    ours = f"FROM meetings_reminder WHERE {subject}_id IS NOT NULL"
    return migrations.RunSQL(
        f"INSERT INTO meetings_reminder ({columns}) SELECT {columns} FROM {table} ORDER BY id",
        [f"INSERT INTO {table} ({columns}) SELECT {columns} {ours} ORDER BY id", f"DELETE {ours}"],
    )


def check_relations(apps, schema_editor):
    """PostgreSQL alters no table whose relations wait to be checked."""
    schema_editor.connection.check_constraints()


def relation(to, **options):
    on_delete = django.db.models.deletion.PROTECT
    return models.ForeignKey(on_delete=on_delete, related_name="reminders", to=to, **options)


def only(subject):
    return Q(*(Q((f"{name}__isnull", False), _negated=name != subject) for name in SUBJECTS))


def constraint(model, made):
    return migrations.AddConstraint(model_name=model, constraint=made)


def once(subject):
    fields = ("person", subject, "role", "due_version", "round", "due_on", "stage")
    condition = Q((f"{subject}__isnull", False))
    made = models.UniqueConstraint(fields=fields, condition=condition, name=f"reminder_of_{subject}_once")
    return constraint("reminder", made)


def policy_field(model, name, help_text, verbose_name):
    made = models.PositiveSmallIntegerField(default=30, help_text=help_text, verbose_name=verbose_name)
    return migrations.AlterField(model, name, made)


FIRST = "The first reminder goes out when a commitment comes this close, in days."
EVERY = "Days between reminders after the last day above; 0 for none."


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_mail_to_people"),
        ("mail", "0003_fewer_indexes"),
        ("meetings", "0004_moment_of_publication"),
    ]

    operations = [
        migrations.RemoveConstraint("notice", "notice_unique"),
        migrations.RemoveConstraint("progressupdate", "answer_to_a_notice_has_an_answer"),
        migrations.RemoveConstraint("progressupdate", "progress_question_returns_an_answer"),
        migrations.RenameModel("Notice", "Reminder"),
        migrations.RenameIndex("reminder", new_name="reminder_of_person", old_name="notice_of_person"),
        migrations.AlterModelOptions(
            "reminder",
            {"ordering": ["-day", "pk"], "verbose_name": "reminder", "verbose_name_plural": "reminders"},
        ),
        migrations.RenameField("progressupdate", "notice", "reminder"),
        migrations.RenameField("historicalprogressupdate", "notice", "reminder"),
        migrations.AlterField(
            "progressupdate",
            "reminder",
            models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answer",
                to="meetings.reminder",
                verbose_name="answers the reminder",
            ),
        ),
        migrations.AlterField(
            "historicalprogressupdate",
            "reminder",
            models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="meetings.reminder",
                verbose_name="answers the reminder",
            ),
        ),
        migrations.AlterField(
            "reminder",
            "delivery",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="mail.delivery"
            ),
        ),
        migrations.AlterField("reminder", "person", relation("agreements.person")),
        migrations.AlterField("reminder", "commitment", relation("meetings.commitment", blank=True, null=True)),
        migrations.AddField("reminder", "meeting", relation("meetings.meeting", blank=True, null=True)),
        migrations.AddField("reminder", "agreement", relation("agreements.agreement", blank=True, null=True)),
        migrations.AlterField(
            "reminder",
            "role",
            models.CharField(choices=ROLES, default="asked", max_length=15, verbose_name="role"),
        ),
        constraint(
            "progressupdate",
            models.CheckConstraint(
                condition=Q(("reminder__isnull", True), Q(("answer", ""), _negated=True), _connector="OR"),
                name="answer_to_a_reminder_has_an_answer",
            ),
        ),
        constraint(
            "progressupdate",
            models.CheckConstraint(
                condition=Q(("question", ""), Q(("reminder__isnull", False), ("state", "withdrawn")), _connector="OR"),
                name="progress_question_returns_an_answer",
                violation_error_message="Only an answer to a message can be returned with a question.",
            ),
        ),
        constraint(
            "reminder",
            models.CheckConstraint(condition=Q(*map(only, SUBJECTS), _connector="OR"), name="reminder_has_one_subject"),
        ),
        constraint(
            "reminder",
            models.CheckConstraint(
                condition=Q(
                    Q(("commitment__isnull", False), ("role__in", ["asked", "supervisor", "secretariat"])),
                    Q(("meeting__isnull", False), ("role__in", ["no_outcomes", "not_reported"])),
                    Q(("agreement__isnull", False), ("role", "notice_window")),
                    _connector="OR",
                ),
                name="reminder_role_fits_subject",
            ),
        ),
        *map(once, SUBJECTS),
        migrations.RunPython(migrations.RunPython.noop, check_relations),
        move_notices("meeting"),
        move_notices("agreement"),
        migrations.RunPython(check_relations, migrations.RunPython.noop),
        migrations.DeleteModel("MeetingNotice"),
        migrations.DeleteModel("AgreementNotice"),
        *(policy_field(model, "window_days", FIRST, "window") for model in POLICIES),
        *(policy_field(model, "then_every", EVERY, "then every") for model in POLICIES),
    ]
