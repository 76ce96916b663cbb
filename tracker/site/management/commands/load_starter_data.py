"""Load the starter data from ``fixtures/`` through the same checks and rules that an editor's entry passes."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError

from agreements.models import Country
from tracker.records.models import Publishable, batch


class Command(BaseCommand):
    help = "Load the countries, themes and records of fixtures/ into an empty database, all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where there are countries already.")

    def handle(self, *args, **options):
        if Country.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("The database holds data already; the starter data are for an empty one.")
        with batch():
            loaded = sum(self.load(path) for path in sorted(Path(settings.FIXTURE_DIRS[0]).glob("*.yaml")))
            self.check_citations()
        self.stdout.write(f"Loaded {loaded} rows.")

    def load(self, path):
        """Save every row of one fixture by ``save()``, so that derived columns, counters and history follow."""
        rows = 0
        try:
            with path.open(encoding="utf-8") as stream:
                for row in serializers.deserialize("yaml", stream):
                    self.save(row, path)
                    rows += 1
        except DeserializationError as error:
            raise CommandError(f"{path.name}, after row {rows}: {error}") from error
        return rows

    def save(self, row, path):
        record = row.object
        try:
            record.clean_fields(exclude=self.derived_fields(record))
            record.clean()
            record.save()
        except (ValidationError, IntegrityError) as error:
            name = getattr(record, "reference", "") or getattr(record, "slug", "") or record
            raise CommandError(f"{path.name}: {record._meta.model_name} {name}: {error}") from error
        for accessor, values in (row.m2m_data or {}).items():
            getattr(record, accessor).set(values)

    @staticmethod
    def derived_fields(record):
        return [field.name for field in record._meta.fields if not field.editable and field.name != "reference"]

    @staticmethod
    def check_citations():
        """Publishing needs at least one citation."""
        for model in apps.get_models():
            if issubclass(model, Publishable) and hasattr(model, "citations"):
                bare = model.objects.filter(state=Publishable.State.PUBLISHED).without_citation().first()
                if bare:
                    raise CommandError(f"{bare} is published without a citation.")
