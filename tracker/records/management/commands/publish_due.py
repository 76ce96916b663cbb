"""Publish and switch what was to be public by now: for cron, where no beat runs."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.records.admin.switching import switch_due
from tracker.records.publication import publish_due


class Command(BaseCommand):
    help = (
        "Publishes the records and switches the proposed changes whose moment has come. To run it again does no harm."
    )

    def handle(self, **options):
        now = timezone.now()
        for record in publish_due(now):
            self.stdout.write(f"Published: {record}")
        for proposal in switch_due(now):
            self.stdout.write(f"Switched: {proposal}")
