"""Back the database up while others write to it: for a timer, for cron, and before an update."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.site import backup


class Command(BaseCommand):
    help = "Writes the whole database, as it is at one moment, to a new file in a folder, and prints its name."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, metavar="N", help="then delete all backups there but the newest N")

    def handle(self, *, folder, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep is a number from 1 on.")
        try:
            path = backup.back_up(folder, timezone.now())
        except backup.CannotBackUp as error:
            raise CommandError(str(error)) from None
        self.stdout.write(str(path))
        if keep:
            backup.keep_newest(folder, keep)
