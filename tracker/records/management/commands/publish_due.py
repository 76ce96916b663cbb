"""Publish what was to be public by now: for cron, where no beat runs."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.records.publication import publish_due


class Command(BaseCommand):
    help = "Publishes the records whose moment of publication has come. To run it again does no harm."

    def handle(self, **options):
        for record in publish_due(timezone.now()):
            self.stdout.write(f"Published: {record}")
