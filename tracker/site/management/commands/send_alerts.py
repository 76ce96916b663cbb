from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meetings.followups import planner
from tracker.site.subscriptions import alerts


class Command(BaseCommand):
    help = (
        "Tells readers by mail what has changed in the lists that they follow: plans the alerts that are due, and "
        "sends what waits. For cron, where no beat runs."
    )

    def handle(self, **options):
        now = timezone.now()
        queued = alerts.plan(now)
        result = planner.send()
        self.stdout.write(f"Planned: {queued} alerts. Mail: {result or 'nothing waits'}.")
        if result.errors:
            raise CommandError("Not everything could be sent:\n  " + "\n  ".join(result.errors))
