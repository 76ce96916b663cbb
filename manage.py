#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

if __name__ == "__main__":
    # What makemigrations writes follows from the models alone: nobody configures an installation for it.
    settings = "tests.settings" if sys.argv[1:2] == ["makemigrations"] else "tracker.settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
