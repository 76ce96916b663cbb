"""Forty faults of one change each, that some test must catch: an operator, a bound, a condition, a permission."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """``old`` stands once in ``file`` and becomes ``new``.

    ``database`` is where the tests run. ``tests`` are those of lines that only other processes run, where nobody notes
    which test touches them.
    """

    file: str
    old: str
    new: str
    note: str
    database: str = "sqlite"
    tests: tuple[str, ...] = ()


POSTGRESQL = "postgresql"

FAULTS = [
    # accounts
    Fault(
        "tracker/accounts/backends.py",
        "email__iexact=username",
        "email__exact=username",
        "an e-mail address logs in only as it is written",
    ),
    Fault(
        "tracker/accounts/admin.py",
        "has_delete_permission(request, obj) and not above",
        "has_delete_permission(request, obj)",
        "an administrator deletes a superuser",
    ),
    # records
    Fault(
        "tracker/records/models/publication.py",
        """"publish_at" not in names""",
        """"publish_at" in names""",
        "a moment of publication outlives a change of the record",
    ),
    Fault(
        "tracker/records/models/change.py",
        ".exclude(**{self.owner_name: self.owner})",
        ".filter(**{self.owner_name: self.owner})",
        "the record that a row has left is not brought up to date",
    ),
    Fault(
        "tracker/records/models/reference.py",
        "last__lt=int(number)",
        "last__gt=int(number)",
        "a reference given from outside is given again",
        POSTGRESQL,
    ),
    Fault(
        "tracker/records/edtf/notation.py",
        "last.latest < first.earliest",
        "last.latest <= first.earliest",
        "an interval within one day is refused",
    ),
    Fault(
        "tracker/records/evidence.py",
        "edtf.agree(value, present) is True",
        "edtf.agree(value, present) is not True",
        "dates that do not overlap are said to agree",
    ),
    Fault(
        "tracker/records/models/claim.py",
        """condition=~Q(field="") & ~Q(value=""),""",
        """condition=~Q(field=""),""",
        "a claim on a part may state nothing",
        POSTGRESQL,
    ),
    # registers
    Fault(
        "tracker/registers/filters.py",
        "_latest__gte",
        "_latest__gt",
        "a date on the day of “after” is left out",
        POSTGRESQL,
    ),
    Fault(
        "tracker/registers/filters.py",
        """_earliest": None}) & ~Q(**{f"{self.field_name}_latest": None})""",
        """_earliest": None})""",
        "what has no date at all passes “before”",
    ),
    Fault(
        "tracker/registers/facets.py",
        """Count("pk", distinct=True)""",
        """Count("pk")""",
        "a facet counts a record once for each row",
        POSTGRESQL,
    ),
    Fault(
        "tracker/registers/formats.py",
        r"[=+\-@＝",
        r"[=+\-＝",
        "a cell that starts with @ reaches a spreadsheet raw",
    ),
    Fault(
        "tracker/registers/reading.py",
        "return Case(When(condition, then=F(path))) if condition else path",
        "return path",
        "an export names a forum that is not public",
    ),
    # mail
    Fault(
        "tracker/mail/leases.py",
        "waiting.filter(leased_until__isnull=True)[:most]",
        "waiting[:most]",
        "what a relay died with is taken along with others",
        POSTGRESQL,
    ),
    Fault(
        "tracker/mail/leases.py",
        "filter(pk=delivery.pk, lease=delivery.lease)",
        "filter(pk=delivery.pk)",
        "a relay writes over what another has taken",
        POSTGRESQL,
    ),
    Fault(
        "tracker/mail/relay.py",
        "min(delivery.attempts - 1, LONGEST_PAUSE_DOUBLINGS)",
        "min(delivery.attempts, LONGEST_PAUSE_DOUBLINGS)",
        "the first pause is twice as long",
    ),
    Fault(
        "tracker/mail/problems.py",
        "filter(dead_at__gt=since)",
        "filter(dead_at__gte=since)",
        "a message that was abandoned is told of twice",
    ),
    Fault(
        "tracker/mail/messages.py",
        "len(local) <= LONGEST_LOCAL_PART",
        "len(local) < LONGEST_LOCAL_PART",
        "the longest address that there may be is refused",
    ),
    # agreements
    Fault(
        "agreements/models/status.py",
        "Q(end__gt=day)",
        "Q(end__gte=day)",
        "on the day of a change an agreement has two statuses",
        POSTGRESQL,
    ),
    Fault(
        "agreements/models/status.py",
        "start is None or start < expires",
        "start is None or start <= expires",
        "what is resumed on the day of expiry expires",
    ),
    Fault(
        "agreements/models/validity.py",
        "agreement.notice)) < today:",
        "agreement.notice)) <= today:",
        "on the last day of notice the next one is named",
    ),
    Fault(
        "agreements/documents.py",
        ' & ~Exists(told.filter(pk=OuterRef("parent")))',
        "",
        "a document is counted again that its parent counts",
    ),
    Fault(
        "agreements/models/status.py",
        "return self._replace(halts=())",
        "return Life(Status.IN_FORCE)",
        "what is resumed is in force, though it never was before",
    ),
    Fault(
        "agreements/models/status.py",
        "ENDS.isdisjoint(self.halts)",
        "not self.halts",
        "a further signature ends a suspension",
    ),
    Fault(
        "agreements/models/working_group.py",
        " if stage.stage != self.Stage.RENAMED]",
        "]",
        "a renamed group has lost its stage",
    ),
    Fault(
        "agreements/models/country.py",
        """("agreements", "forums", "working_groups", "meetings", "commitments")""",
        """("agreements", "working_groups", "meetings", "commitments")""",
        "a country that only a forum names is in no list",
        POSTGRESQL,
    ),
    # meetings
    Fault(
        "meetings/models/meeting.py",
        """self.delegations.exclude(role="observer")""",
        "self.delegations",
        "an observer is a party to the meeting",
    ),
    Fault(
        "meetings/models/meeting.py",
        "member.left_latest < self.held_earliest",
        "member.left_latest <= self.held_earliest",
        "who left on the day of the meeting was no member",
    ),
    Fault(
        "meetings/models/meeting.py",
        "condition=Q(working_group__isnull=True, session_number__isnull=False)",
        "condition=Q(session_number__isnull=False)",
        "the groups of a forum cannot have sessions of one number",
        POSTGRESQL,
    ),
    Fault(
        "meetings/models/schedule.py",
        "Schedule.OVERDUE: (None, timedelta(days=-1))",
        "Schedule.OVERDUE: (None, timedelta())",
        "due today is overdue in the list",
        POSTGRESQL,
    ),
    Fault(
        "meetings/models/due.py",
        ".exclude(status=Meeting.Status.CANCELLED)",
        "",
        "due by a session that was cancelled",
    ),
    # follow-ups
    Fault(
        "meetings/followups/rules.py",
        "(today - last_mail).days >= policy.rest_days",
        "(today - last_mail).days > policy.rest_days",
        "a rest lasts a day longer",
    ),
    Fault(
        "meetings/followups/people.py",
        "absence.starts <= day <= absence.ends",
        "absence.starts <= day < absence.ends",
        "on the last day away somebody is written to",
    ),
    Fault(
        "meetings/followups/planner.py",
        "(today - max(asked_on, opened_on)).days < days",
        "(today - max(asked_on, opened_on)).days <= days",
        "the supervisor hears a day late",
    ),
    Fault(
        "meetings/followups/answers.py",
        " and not happens_again(reminder.commitment)",
        "",
        "what recurs is complete for good once it was done",
    ),
    # site
    Fault(
        "tracker/site/pairs.py",
        "size__lte=MOST_COUNTRIES_OF_A_PAIR_MEETING",
        "size__lt=MOST_COUNTRIES_OF_A_PAIR_MEETING",
        "a meeting of three countries makes no pairs",
        POSTGRESQL,
    ),
    Fault(
        "tracker/site/middleware.py",
        """unquote(request.META.get("QUERY_STRING", ""))""",
        """request.META.get("QUERY_STRING", "")""",
        "a NUL character reaches the database by the query",
    ),
    # local
    Fault(
        "tracker/local/configuration.py",
        """local_values(file).get("SECRET_KEY") or """,
        "",
        "a second `make run` logs everybody out",
        tests=("tests/test_local_run.py",),
    ),
    # what editors may do
    Fault(
        "tracker/records/admin/publication.py",
        "(State.PUBLISHED, State.WITHDRAWN) and",
        "(State.PUBLISHED,) and",
        "an editor changes what was withdrawn",
    ),
    Fault(
        "tracker/records/admin/steps/step.py",
        "Step.WITHDRAW, Step.SET_ASIDE}",
        "Step.WITHDRAW}",
        "an editor sets aside what waits for a reviewer",
    ),
    Fault(
        "meetings/admin/answers.py",
        "return may_add and desk.has_change_permission(request, update.commitment)",
        "return may_add",
        "an editor moves the due date of a published commitment",
    ),
    Fault(
        "tracker/site/migrations/0001_roles.py",
        """codename__startswith="delete_").exclude(content_type__in=records)""",
        """codename__startswith="delete_")""",
        "an editor deletes whole records",
    ),
]
