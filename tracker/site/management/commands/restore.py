"""Fill a new database from a backup."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tracker.site import backup


class Command(BaseCommand):
    help = "Fills the database that DATABASE_URL leads to, which must be new, from a file that `backup` wrote."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            backup.restore(file)
        except (backup.CannotBackUp, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored from {file}. Next: manage.py migrate")
