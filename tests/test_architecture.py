"""The floors of the house: imports run downwards, files and functions stay small, the two domain apps look alike."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# From the top. Rooms of one floor do not know each other.
FLOORS = [
    {"tracker.site"},
    {"meetings"},
    {"agreements"},
    {"tracker.registers", "tracker.mail"},
    {"tracker.records"},
    {"tracker.accounts"},
]
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
# These see all, and nobody on the floors sees them but the ground they stand on.
ABOVE = {"tracker.urls", "tracker.tasks", "tracker.celery", "tracker.settings", "tracker.local", "tracker.wsgi"} | {
    "tracker.web",
    "manage",
}
NAMELESS = {"utils", "helpers", "common", "services", "signals", "misc", "tools", "base_utils"}
MOST_LINES_OF_A_FILE, MOST_LINES_OF_A_FUNCTION = 400, 50
DOMAIN_APPS = ("agreements", "meetings")
SAME_IN_BOTH = {
    "apps.py",
    "calendar.py",
    "columns.py",
    "derivation.py",
    "filters.py",
    "lines.py",
    "linked_data.py",
    "registers.py",
    "urls.py",
    "views.py",
    "admin",
    "migrations",
    "models",
}
ADDED = {
    "agreements": {"templatetags", "documents.py"},
    "meetings": {"templatetags", "followups", "management", "orders.py", "publication.py", "session_report"},
}


def product_files():
    for top in ("tracker", *DOMAIN_APPS):
        yield from sorted((ROOT / top).rglob("*.py"))
    yield ROOT / "manage.py"


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module):
    """The room a dotted name leads to; None for what stands on no floor."""
    return next((room for room in LEVEL if module == room or module.startswith(f"{room}.")), None)


def imports(tree, module, is_package):
    """Yield (line, dotted name, whether within a function) of every import."""
    inside = {
        inner
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, node in inside
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".") if is_package else module.split(".")[:-1]
            base = parts[: len(parts) - node.level + 1] if node.level else []
            for alias in node.names:
                yield node.lineno, ".".join([*base, *filter(None, [node.module]), alias.name]), node in inside


def foreign_keys(tree):
    """Yield (line, "app.Model") of the relations that name their model in a string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in (
            "ForeignKey",
            "OneToOneField",
            "ManyToManyField",
        ):
            for target in [*node.args[:1], *(word.value for word in node.keywords if word.arg in ("to", "through"))]:
                if isinstance(target, ast.Constant) and isinstance(target.value, str) and "." in target.value:
                    yield node.lineno, target.value


def app_room(label):
    return next((room for room in LEVEL if room.rsplit(".", 1)[-1] == label), None)


def may_see(room, other):
    return room == other or LEVEL[other] > LEVEL[room]


def breaches(source, module, *, is_package=False):
    """Return what in a module goes against the floors, as ``["module:line what"]``."""
    tree, room, found = ast.parse(source), room_of(module), []
    for line, name, is_inside in imports(tree, module, is_package):
        other = room_of(name)
        if room and other and not may_see(room, other):
            found.append(f"{module}:{line} imports {name}")
        if room and any(name == top or name.startswith(f"{top}.") for top in ABOVE):
            found.append(f"{module}:{line} imports {name}, which stands above all floors")
        if is_inside and other and other != room:
            found.append(f"{module}:{line} imports {name} within a function")
    for line, target in foreign_keys(tree):
        other = app_room(target.split(".")[0])
        if room and other and not may_see(room, other):
            found.append(f"{module}:{line} points at {target}")
    return found


def test_imports_and_relations_run_downwards():
    found = []
    for path in product_files():
        if "migrations" not in path.parts:
            found += breaches(path.read_text(), module_name(path), is_package=path.name == "__init__.py")
    assert found == []


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("agreements.views", "from meetings.models import Meeting", ["imports meetings.models.Meeting"]),
        ("agreements.models.country", "import meetings.models", ["imports meetings.models"]),
        ("meetings.views", "from tracker.site import pairs", ["imports tracker.site.pairs"]),
        ("tracker.registers.views", "from tracker.mail import relay", ["imports tracker.mail.relay"]),
        ("tracker.mail.relay", "from tracker.registers import views", ["imports tracker.registers.views"]),
        ("tracker.records.evidence", "from ..site.pairs import x", ["imports tracker.site.pairs.x"]),
        ("tracker.accounts.models", "from tracker.records.models import x", ["imports tracker.records.models.x"]),
        ("tracker.mail.queue", "from tracker.tasks import relay_mail", ["which stands above all floors"]),
        ("meetings.views", "def f():\n    from agreements import models", ["within a function"]),
        ("agreements.models.forum", "x = models.ForeignKey('meetings.Meeting')", ["points at meetings.Meeting"]),
        ("agreements.models.forum", "x = ManyToManyField(to='meetings.Meeting')", []),
        (
            "agreements.models.forum",
            "x = models.ManyToManyField(to='meetings.Meeting')",
            ["points at meetings.Meeting"],
        ),
        ("meetings.views", "from agreements.models import Country\nfrom tracker.mail import links", []),
        ("meetings.views", "def f():\n    from .models import Meeting", []),
        ("tracker.site.pair", "from .pairs import all_pairs\nfrom meetings import views", []),
        ("meetings.models.delegation", "x = models.ForeignKey('agreements.Country')", []),
        ("tracker.urls", "from tracker.site.registers import REGISTERS", []),
    ],
)
def test_breach_when_made_on_purpose_is_found(module, source, expected):
    found = breaches(source, module)
    assert len(found) == len(expected)
    for breach, words in zip(found, expected, strict=True):
        assert words in breach


def test_no_module_has_a_name_that_says_nothing():
    paths = [path for path in product_files() if NAMELESS & {*path.with_suffix("").parts}]
    assert [str(path.relative_to(ROOT)) for path in paths] == []


@pytest.mark.parametrize("app", DOMAIN_APPS)
def test_domain_app_holds_the_files_that_both_hold(app):
    found = {path.name for path in (ROOT / app).iterdir() if path.name not in ("__init__.py", "__pycache__")}
    assert found == SAME_IN_BOTH | ADDED[app]


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def too_long(source):
    """Return the names of the functions that are longer than allowed."""
    return [
        node.name
        for node in functions(ast.parse(source))
        if node.end_lineno - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]


def test_files_and_functions_stay_small():
    long_files, long_functions = {}, []
    for path in [*product_files(), *sorted((ROOT / "tests").rglob("*.py"))]:
        if "migrations" in path.parts:
            continue
        source = path.read_text()
        if (lines := len(source.splitlines())) > MOST_LINES_OF_A_FILE:
            long_files[str(path.relative_to(ROOT))] = lines
        long_functions += [f"{path.relative_to(ROOT)}: {name}" for name in too_long(source)]
    assert (long_files, long_functions) == ({}, [])


def test_function_when_too_long_is_found():
    body = "    x = 1\n" * MOST_LINES_OF_A_FUNCTION
    assert too_long(f"def long():\n{body}") == ["long"]
    assert too_long(f"def short():\n{body[10:]}") == []


def classes(source):
    """Return the names of the classes of a module, those within classes or functions apart."""
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]


def test_every_class_has_a_name_of_its_own():
    """Migrations and commands apart: Django says what their classes are called."""
    found = {}
    for path in product_files():
        if not {"migrations", "commands"} & set(path.parts):
            for name in classes(path.read_text()):
                found.setdefault(name, []).append(module_name(path))
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}


def test_class_within_a_class_may_share_its_name():
    assert classes("class Meeting:\n    class Kind:\n        pass\n\nclass Kind:\n    pass\n") == ["Meeting", "Kind"]


def test_registers_are_the_only_way_from_the_lists_to_the_database():
    """``tracker.registers`` knows no model but those of the floors under it."""
    for path in sorted((ROOT / "tracker" / "registers").rglob("*.py")):
        assert "objects." not in path.read_text(), path.name
