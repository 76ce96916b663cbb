"""What the database knows of its tables, by which it chooses its way through them."""

from django.db import connection

# Rows of each index that SQLite reads: more make no better guess, and all of them take seconds.
ROWS_READ = 1000


def gather_table_statistics() -> None:
    """Have the database look how many rows there are of what.

    PostgreSQL does so by itself, in time. SQLite never does: it guesses, and of 100,000 commitments one list read the
    whole table for each of its rows.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_READ}")
        cursor.execute("ANALYZE")
