"""What the documents name is there: files and folders in backticks, pages that they link to, names of the code."""

import ast
import re
from pathlib import Path

import pytest

from tests.test_architecture import product_files

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PATH = re.compile(r"`((?:tracker|agreements|meetings|templates|static|fixtures|tests|docs|deploy)/[\w./-]*)`")
LINK = re.compile(r"\]\(([^):#]+)\)")
# Functions of the settings that take the name of a variable first.
READERS = {"read", "database", "email", "start_sentry"}
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


def variables_read():
    """What the settings read from the environment: by whatever function, each name is written out in a call."""
    found = set()
    for name in ("settings.py", "environment.py"):
        for call in ast.walk(ast.parse((ROOT / "tracker" / name).read_text())):
            is_named = isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
            if is_named and ast.unparse(call.func).removeprefix("environment.") in READERS:
                found.add(call.args[0].value)
    return found


def test_settings_read_exactly_the_variables_that_the_table_of_the_readme_names():
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    named = set(re.findall(r"`([A-Z_]+)`", " ".join(rows)))
    assert len(rows) > 10
    assert named == variables_read() - {"TRACKER_LOCAL"}  # only `make run` sets it


def test_example_of_the_environment_has_exactly_the_variables_of_the_settings():
    example = (ROOT / "deploy" / "environment.example").read_text()
    lines = re.findall(r"^#?([A-Z_]+)='.*'$", example, re.MULTILINE)
    assert len(lines) == len(set(lines))
    # One is of the web server itself; two are for a developer's machine.
    assert set(lines) - {"WEB_CONCURRENCY"} == variables_read() - {"TRACKER_LOCAL", "DEBUG"}
    assert "${WEB_CONCURRENCY}" in (ROOT / "deploy" / "systemd" / "tracker-web.service").read_text()


def test_no_part_of_the_product_reads_the_environment_but_the_settings():
    """Else a variable could be missed by the tests above."""
    allowed = {"tracker/environment.py", "tracker/wsgi.py", "tracker/celery.py", "manage.py"}
    found = {str(path.relative_to(ROOT)) for path in product_files() if "os.environ" in path.read_text()}
    found = {path for path in found if not path.startswith("tracker/local/")}
    assert found - allowed == {"tracker/site/backup.py"}  # hands it on to pg_dump
