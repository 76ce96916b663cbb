"""Look whether the installation stands, and tell administrators by another way: for a timer, or cron."""

from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.site import alarm


class Command(BaseCommand):
    help = "Says whether database, broker, beat, worker and mail are in order, and sends word of it where configured."

    def add_arguments(self, parser):
        parser.add_argument(
            "--memory",
            type=Path,
            default=settings.VAR_DIR / "alarm.json",
            help="the file that remembers what was told, best on another disk than the data",
        )

    def handle(self, *, memory, **options):
        now = timezone.now()
        found = alarm.problems(now)
        said = f"Not in order: {', '.join(found)}." if found else "All is in order."
        if settings.ALARM_TO and alarm.is_due(found, memory, now):
            try:
                alarm.send(found, now, memory)
            except (SMTPException, OSError) as error:
                raise CommandError(f"{said} Word could not be sent: {error}") from None
        if found:
            raise CommandError(said)
        self.stdout.write(said)
