"""Searches, with and without the indexes; and a folder for releases of the data package."""

import pytest
from django.utils.timezone import localdate

from tests.site.results import Results
from tracker.registers import keeping
from tracker.site.registers import REGISTERS


@pytest.fixture(params=[False, True], ids=["database", "index"])
def search(request, client, settings, tmp_path):
    """Searches, whether the indexes are ready or not: the answer is the same."""
    settings.INDEX_REGISTERS, settings.INDEX_FOLDER = request.param, tmp_path
    keeping.forget()

    def results(query, language=""):
        for register in REGISTERS if request.param else ():
            keeping.prepare(register, localdate())
        return Results(client, query, language)

    yield results
    keeping.forget()


@pytest.fixture
def files(settings, tmp_path):
    """Where releases are kept."""
    folder = tmp_path / "files"
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = settings.STORAGES | {"default": kept}
    return folder
