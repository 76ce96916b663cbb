"""What goes along with a meeting that is moved from state to state, and what that changes elsewhere."""

from collections import Counter, defaultdict
from itertools import combinations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.models import Country
from meetings.followups.digest import DigestWriter
from meetings.followups.people import InCharge
from meetings.followups.planner import plan_digests
from meetings.followups.working_days import Clock
from meetings.models import Commitment, Meeting, MeetingAgreement, Reminder
from tracker.discretion import discreet
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw
from tracker.records import typography
from tracker.records.admin.steps import (
    Letter,
    Step,
    causes_mail,
    changes_elsewhere,
    counted,
    foretells_letters,
    goes_along,
)

MOST_PAIRS = 3
MOST_LETTERS = 5
NAMED_ELSEWHERE = _("Another meeting that is public names it too.")


@goes_along(Meeting)
def results(meeting, step, together):
    """What it produced. What another meeting produced as well, that is not withdrawn with this one, stays public."""
    agreements, commitments = (records.prefetch_related("countries") for records in meeting.results())
    if step == Step.WITHDRAW:
        others = MeetingAgreement.objects.filter(role__in=MeetingAgreement.RESULTS).exclude(
            meeting__in=[meeting, *together]
        )
        named = others.filter(meeting__state=Meeting.State.PUBLISHED).values("agreement")
        yield agreements.filter(pk__in=named), NAMED_ELSEWHERE
        agreements = agreements.exclude(pk__in=named)
    yield commitments, ""
    yield agreements, ""


@changes_elsewhere
def counts_of_pairs(records, step):
    """The pairs of countries of which more, or fewer, is public then."""
    if not (step.is_approval or step == Step.WITHDRAW):
        return
    of_pairs = defaultdict(list)
    for record in records:
        if hasattr(record, "countries"):
            for pair in combinations(sorted(each.pk for each in record.countries.all()), 2):
                of_pairs[pair].append(record)
    if len(of_pairs) > MOST_PAIRS:
        text = ngettext("%(count)s pair of countries", "%(count)s pairs of countries", len(of_pairs))
        yield text % {"count": len(of_pairs)}
        return
    names = Country.objects.in_bulk({key for pair in of_pairs for key in pair})
    sentence = _("%(pair)s: %(counts)s fewer") if step == Step.WITHDRAW else _("%(pair)s: %(counts)s more")
    for pair, found in of_pairs.items():
        both = typography.names(sorted(names[key].local_name for key in pair))
        yield sentence % {"pair": both, "counts": typography.names(counted(found))}


@changes_elsewhere
def clock_of_sessions(records, step):
    """Where the sessions of a forum are drawn, one more is, or one is missing."""
    for meeting in records:
        if not isinstance(meeting, Meeting) or meeting.forum is None or not meeting.session_number:
            continue
        named = {"forum": meeting.forum, "number": meeting.session_number, "date": meeting.held_in_words}
        if step == Step.WITHDRAW:
            yield _("Session clock of %(forum)s: %(number)s is missing") % named
        elif step.is_approval and meeting.status == Meeting.Status.HELD:
            yield _("Session clock of %(forum)s: %(number)s is added (%(date)s)") % named


@causes_mail
def mail_to_focal_points(records, step):
    """Whoever is in charge of a commitment is asked once it is public; and no more when it is not."""
    commitments = [each for each in records if isinstance(each, Commitment)]
    if step == Step.WITHDRAW and commitments:
        waiting = Reminder.objects.filter(commitment__in=commitments, delivery__state=Delivery.State.QUEUED).count()
        text = ngettext(
            "Follow-up: %(count)s line that waits to be sent is dropped",
            "Follow-up: %(count)s lines that wait to be sent are dropped",
            waiting,
        )
        yield text % {"count": waiting} if waiting else _("Follow-up: nobody is being asked about it now")
    elif step.is_approval and commitments:
        charge = InCharge(commitments, Clock(timezone.now()))
        people = Counter(person for each in charge.values() for person in each.asked)
        text = ngettext(
            "To focal points: %(count)s person is asked when the rules of follow-up say so",
            "To focal points: %(count)s people are asked when the rules of follow-up say so",
            len(people),
        )
        none = _("To focal points: none, nobody can be asked about these commitments")
        yield text % {"count": len(people)} if people else none


@foretells_letters
def first_questions(records, _version, now):
    """What those in charge of these commitments would be sent next: planned and written as on the day itself."""
    keys = [each.pk for each in records if isinstance(each, Commitment)]
    if not keys:
        return
    planned = {each.key: each.person for each in plan_digests(now, timezone.localdate(now))}
    about = Reminder.objects.filter(commitment__in=keys, delivery__key__in=planned)
    deliveries = list(Delivery.objects.filter(pk__in=about.values("delivery")).order_by("pk")[:MOST_LETTERS])
    writer = DigestWriter(deliveries, now)
    for delivery in deliveries:
        try:
            message = writer.write(delivery)
        except Withdraw:
            continue
        yield Letter(str(planned[delivery.key]), message.subject, discreet(message.body))
