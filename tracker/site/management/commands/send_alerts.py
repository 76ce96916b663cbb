from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from meetings.followups import planner
from tracker.site.subscriptions import alerts
from tracker.site.subscriptions.erasing import erase


class Command(BaseCommand):
    help = (
        "Tells readers by mail what has changed in the lists that they follow: plans the alerts that are due, sends "
        "what waits, and erases the addresses of those who no longer want any. For cron, where no beat runs."
    )

    def handle(self, **options):
        now = timezone.now()
        queued, erased = alerts.plan(now), erase(now)
        result = planner.send()
        self.stdout.write(
            f"Planned: {queued} alerts. Erased: {erased} subscriptions. Mail: {result or 'nothing waits'}."
        )
        if result.errors:
            raise CommandError("Not everything could be sent:\n  " + "\n  ".join(result.errors))
