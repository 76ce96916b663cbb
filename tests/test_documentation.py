"""What the documents name is there: files and folders in backticks, pages that they link to, names of the code."""

import re
from pathlib import Path

import pytest

from tests.test_architecture import product_files

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PATH = re.compile(r"`((?:tracker|agreements|meetings|templates|static|fixtures|tests|docs)/[\w./-]*)`")
LINK = re.compile(r"\]\(([^):#]+)\)")
NAME = re.compile(r"`(?:\w+\.)*([a-zA-Z_]\w*)(?:\(\w*\))?`")


def missing(text, folder):
    """Return the paths (from the root) and links (from ``folder``) in a document that lead nowhere."""
    lost = [name for name in PATH.findall(text) if not (ROOT / name).exists()]
    return lost + [name for name in LINK.findall(text) if not (folder / name).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_document_names_what_is_there(document):
    assert missing(document.read_text(), document.parent) == []


def test_path_or_link_when_it_leads_nowhere_is_found():
    text = (
        "`tracker/settings.py`, `tracker/gone.py`, [here](../README.md), [there](gone.md), [far](https://example.org)"
    )
    assert missing(text, ROOT / "docs") == ["tracker/gone.py", "gone.md"]


def test_glossary_gives_names_that_the_code_has():
    code = {word for path in product_files() for word in re.findall(r"\w+", path.read_text())}
    names = NAME.findall((ROOT / "docs" / "glossary.md").read_text())
    assert len(names) > 50
    assert [name for name in names if name not in code] == []


def test_readme_names_every_variable_that_the_settings_read():
    settings = (ROOT / "tracker" / "settings.py").read_text()
    names = set(re.findall(r"(?:read|database|email|start_sentry)\(\s*\"([A-Z_]+)\"", settings))
    named = set(re.findall(r"`([A-Z_]+)`", (ROOT / "README.md").read_text()))
    assert {"SECRET_KEY", "SITE_URL", "DATABASE_URL", "EMAIL_URL"} < names
    # Only `make run` sets it.
    assert names - {"TRACKER_LOCAL"} - named == set()
