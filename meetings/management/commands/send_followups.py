"""Plan and send the follow-up mail that is due: for cron, where no beat runs, and for looking ahead."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meetings.followups import planner
from meetings.followups.people import address


class Command(BaseCommand):
    help = "Asks those in charge what became of the commitments that are due: plans the digests and sends what waits."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="only print who would be asked what, and by which rule"
        )
        parser.add_argument(
            "--today",
            metavar="YYYY-MM-DD",
            help="plan for this day, as if it were past everybody's hour of mail; weekends and holidays still count",
        )

    def handle(self, *, dry_run, today, **options):
        now, today = timezone.now(), today and _day(today)
        mail = (planner.due if dry_run else planner.plan)(now, today)
        for each in mail.digests:
            self._print(each)
        self.stdout.write(f"{'Would plan' if dry_run else 'Planned'}: {mail}.")
        if not dry_run:
            self._send()

    def _print(self, each):
        person = each.person
        self.stdout.write(f"{person.name} <{address(person) or 'no address'}>, {each.day} in {person.time_zone}:")
        for due in each.reminders:
            what = f"{due.subject.reference}  {due.subject.headline}"
            self.stdout.write(f"  {due.stage:+5}  {what}: {due.role.label}, {due.reason}")

    def _send(self):
        result = planner.send()
        names = {"sent": "sent", "withdrawn": "withdrawn", "postponed": "put off", "dead": "abandoned"}
        counts = ", ".join(f"{result.counts[name]} {words}" for name, words in names.items())
        self.stdout.write(f"Mail: {counts}.")
        if result.errors:
            raise CommandError("Not everything could be sent:\n  " + "\n  ".join(result.errors))


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--today is a day such as 2026-11-22, not “{text}”.") from None
