from django.core.management import BaseCommand, call_command
from django.db import connection
from django.utils import timezone

from tracker.records.models import SentForm
from tracker.site.table_statistics import gather_table_statistics


class Command(BaseCommand):
    help = (
        "Clears sessions that have expired, and forms that were kept for a day or are no longer known again; has "
        "SQLite look how large its tables have become."
    )

    def handle(self, **options):
        call_command("clearsessions")
        SentForm.objects.out_of_date(timezone.now()).delete()
        if connection.vendor == "sqlite":
            gather_table_statistics()
