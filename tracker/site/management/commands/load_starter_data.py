"""Load the starter data from ``fixtures/`` through the same checks and rules that an editor's entry passes."""

from pathlib import Path

import yaml
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError

from agreements.models import Country
from tracker.records.models import Publishable, one_change

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one, where the platform has it


class Command(BaseCommand):
    help = "Load the countries, themes and records of fixtures/ into an empty database, all or nothing."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Do nothing where there are countries already.")

    def handle(self, *args, **options):
        if Country.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("The database holds data already; the starter data are for an empty one.")
        with one_change():
            loaded = sum(self.load(path) for path in sorted(Path(settings.FIXTURE_DIRS[0]).glob("*.yaml")))
            self.check_citations()
        self.stdout.write(f"Loaded {loaded} rows.")

    def load(self, path):
        """Save every row of one fixture by ``save()``, so that derived columns, counters and history follow."""
        rows = self.read(path)
        for number, row in enumerate(rows, start=1):
            try:
                for each in serializers.deserialize("python", [row]):
                    self.save(each)
            except (DeserializationError, FieldDoesNotExist, ValidationError, IntegrityError) as error:
                raise CommandError(f"{path.name}, row {number}, {describe(row)}: {error}") from error
        return len(rows)

    @staticmethod
    def read(path):
        try:
            rows = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or []
        except yaml.YAMLError as error:
            raise CommandError(f"{path.name} is not YAML: {error}") from error
        if not isinstance(rows, list) or not all(
            isinstance(row, dict) and {"model", "fields"} <= {*row} for row in rows
        ):
            raise CommandError(f"{path.name} is not a list of rows, each with its model and fields.")
        return rows

    def save(self, row):
        record = row.object
        if record.pk is not None:
            raise ValidationError("There is one of this name already.")
        record.clean_fields(exclude=self.derived_fields(record))
        record.clean()
        record.save()
        for accessor, values in (row.m2m_data or {}).items():
            getattr(record, accessor).set(values)

    @staticmethod
    def derived_fields(record):
        return [field.name for field in record._meta.fields if not field.editable and field.name != "reference"]

    @staticmethod
    def check_citations():
        """Publishing needs at least one citation."""
        for model in apps.get_models():
            if issubclass(model, Publishable):
                bare = model.objects.filter(state=Publishable.State.PUBLISHED).without_citation().first()
                if bare:
                    raise CommandError(f"{bare} is published without a citation.")


def describe(row):
    """The model of a row and what it is called, as in ``agreement AGR-0001``."""
    names = [row["fields"][name] for name in ("reference", "slug", "code", "name") if name in row["fields"]]
    return " ".join([row["model"].rpartition(".")[2], *map(str, names[:1])])
