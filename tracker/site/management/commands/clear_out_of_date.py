from django.core.management import BaseCommand, call_command
from django.utils import timezone

from tracker.records.models import SentForm


class Command(BaseCommand):
    help = "Clears sessions that have expired, and forms that were kept for a day or are no longer known again."

    def handle(self, **options):
        call_command("clearsessions")
        SentForm.objects.out_of_date(timezone.now()).delete()
