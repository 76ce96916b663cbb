"""Brings the local database and files up to date; a process of its own, so that the runner stays small."""

import io
import os
import sys

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    django.setup()
    print("Preparing the database ...", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    fill(os.environ.get("SAMPLE", ""))
    # The list of accounts is printed when the first page answers.
    call_command("make_demo_accounts", stdout=io.StringIO())
    (settings.VAR_DIR / "mail").mkdir(exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)


def fill(sample: str) -> None:
    """An empty database gets the starter data, or so many made-up commitments and what goes with them."""
    if not sample:
        call_command("load_starter_data", if_empty=True)
        call_command("make_release", if_due=True, stdout=io.StringIO())
    elif sample.isascii() and sample.isdigit() and int(sample):
        call_command("make_sample_data", commitments=int(sample), if_empty=True)
    else:
        sys.exit(f"SAMPLE is {sample}: expected a number of commitments, such as 10000.")


if __name__ == "__main__":
    main()
