"""Fill an empty database with made-up records, in any number: to try the product at a size, and to measure it."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agreements.models import Agreement, Country
from meetings.models import Commitment, Meeting
from tracker.records.models import DataVersion
from tracker.site.sample.making import make_sample_data
from tracker.site.sample.plan import Size


class Command(BaseCommand):
    help = (
        "Fill an empty database with made-up records that resemble real ones in shape, all or nothing. A database in "
        "which anything was ever saved is refused, the starter data included: made-up records never stand beside real "
        "ones. Where neither DEBUG is on nor `make run` has set the database up, --yes says that you mean it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--commitments", type=int, default=1000, help="how many; all else is in proportion")
        parser.add_argument("--seed", type=int, default=7, help="the same seed makes the same records")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are records already")
        parser.add_argument("--yes", action="store_true", help="this is no database of production")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["commitments"] < 1:
            raise CommandError("--commitments is 1 or more.")
        if DataVersion.current() or Country.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("The database holds records already; sample data are made in an empty one only.")
        if not (settings.DEBUG or settings.IS_LOCAL or options["yes"]):
            raise CommandError("These would be made-up records. If this is no database of production, say --yes.")
        started = time.monotonic()
        tell = self.stderr.write if options["verbosity"] > 1 else lambda words: None
        store = make_sample_data(Size(options["commitments"]), options["seed"], timezone.now(), tell)
        numbers = [f"{store.written(model):,} {model._meta.verbose_name_plural}" for model in COUNTED]
        self.stdout.write(f"Made {', '.join(numbers)} in {time.monotonic() - started:.0f} s.")
        self.stdout.write("These are sample data: every record is made up, and no source of them exists.")


COUNTED = (Commitment, Meeting, Agreement)
