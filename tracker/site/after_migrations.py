"""What search needs, and what SQLite knows of its tables, is brought up to date once all are as the models say."""

from django.apps import apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from tracker.records.models import fill_search_entries

from .table_statistics import gather_table_statistics


# One with models, since of others the signal says nothing: once is enough.
@receiver(post_migrate, sender=apps.get_app_config("meetings"))
def bring_up_to_date(using, plan=None, **_kwargs):
    """Without a plan the tables were only emptied."""
    if plan is None:
        return
    executor = MigrationExecutor(connections[using])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        fill_search_entries()
        if plan and connections[using].vendor == "sqlite":
            # A table that was altered was made anew, and nothing is known of it.
            gather_table_statistics()
