"""Erase addresses of readers: for cron, where no beat runs."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.site.erasing import erase_addresses


class Command(BaseCommand):
    help = "Erases the addresses of readers who reported an error, 30 days after it was answered or closed."

    def handle(self, **options):
        self.stdout.write(f"Erased: {erase_addresses(timezone.now())}.")
