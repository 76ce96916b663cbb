"""Brings the local database and files up to date; a process of its own, so that the runner stays small."""

import io

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    django.setup()
    print("Preparing the database ...", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_starter_data", if_empty=True)
    # The list of accounts is printed when the first page answers.
    call_command("make_demo_accounts", stdout=io.StringIO())
    (settings.VAR_DIR / "mail").mkdir(exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)


if __name__ == "__main__":
    main()
