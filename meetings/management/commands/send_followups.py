"""Plan and send the follow-up mail that is due: for cron, where no beat runs, and for looking ahead."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meetings.followups import post
from meetings.followups.recipients import address


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
        mail = (post.due if dry_run else post.plan)(now, today)
        for each in mail.digests:
            self._print(each)
        self.stdout.write(f"{'Would plan' if dry_run else 'Planned'}: {mail}.")
        if not dry_run:
            self._send()

    def _print(self, each):
        person = each.person
        self.stdout.write(f"{person.name} <{address(person) or 'no address'}>, {each.day} in {person.time_zone}:")
        for line in each.lines:
            what = f"{line.subject.reference}  {line.subject.headline}"
            self.stdout.write(f"  {line.stage:+5}  {what}: {line.role.label}, {line.reason}")

    def _send(self):
        outcome = post.send()
        names = {"sent": "sent", "withdrawn": "withdrawn", "postponed": "put off", "dead": "given up"}
        counts = ", ".join(f"{outcome.counts[name]} {words}" for name, words in names.items())
        self.stdout.write(f"Mail: {counts}.")
        if outcome.errors:
            raise CommandError("Not everything could be sent:\n  " + "\n  ".join(outcome.errors))


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--today is a day such as 2026-11-22, not “{text}”.") from None
