"""The check of the translations finds each fault that it is there for."""

import ast
import io

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from tests.catalogues import ROOT, as_python, faults, messages_in

pytestmark = pytest.mark.once

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
USED = {("", "Due on %(day)s", ""): "page.html", ("", "%(n)s pair", "%(n)s pairs"): "pairs.py"}
DAY = 'msgid "Due on %(day)s"\nmsgstr "%(day)s تک"\n'
PAIRS = 'msgid "%(n)s pair"\nmsgid_plural "%(n)s pairs"\nmsgstr[0] "%(n)s جوڑی"\nmsgstr[1] "%(n)s جوڑیاں"\n'


def catalogue(*entries):
    return read_po(io.BytesIO("\n".join([HEAD, *entries]).encode()))


def compiled(*entries):
    file = io.BytesIO()
    write_mo(file, catalogue(*entries))
    file.seek(0)
    return read_mo(file)


@pytest.mark.parametrize(
    ("entries", "ready", "expected"),
    [
        ([DAY, PAIRS], [DAY, PAIRS], []),
        ([PAIRS], [PAIRS], ["lacks 'Due on %(day)s' of page.html"]),
        ([DAY.replace("%(day)s تک", ""), PAIRS], [PAIRS], ["has no translation of 'Due on %(day)s'"]),
        ([DAY, PAIRS.replace("%(n)s جوڑیاں", "")], [DAY], ["has no translation of '%(n)s pair'"]),
        ([f"#, fuzzy\n{DAY}", PAIRS], [PAIRS], ["has a fuzzy translation of 'Due on %(day)s'"]),
        ([DAY.replace("%(day)s تک", "%(date)s تک"), PAIRS], [PAIRS], ["has other placeholders than 'Due on %(day)s'"]),
        ([DAY, PAIRS.replace("%(n)s جوڑیاں", "جوڑیاں")], [DAY], ["has other placeholders than '%(n)s pair'"]),
        ([DAY, PAIRS], [DAY], ["was not compiled since '%(n)s pair' was translated"]),
        ([DAY, PAIRS], [DAY.replace("تک", "کو"), PAIRS], ["was not compiled since 'Due on %(day)s' was translated"]),
        (
            [DAY, PAIRS],
            [DAY, PAIRS, 'msgid "Gone"\nmsgstr "گیا"\n'],
            ["was not compiled since 'Gone' was taken out"],
        ),
        (
            [DAY, PAIRS, 'msgid "Gone"\nmsgstr "گیا"\n'],
            [DAY, PAIRS, 'msgid "Gone"\nmsgstr "گیا"\n'],
            ["has 'Gone', which nothing uses"],
        ),
    ],
)
def test_fault_of_a_catalogue_when_made_on_purpose_is_found(entries, ready, expected):
    assert list(faults(USED, catalogue(*entries), compiled(*ready))) == expected


def test_messages_are_found_in_code():
    source = '_("One")\nngettext("%s pair", "%s pairs", n)\npgettext_lazy("event", "signed")\nprint("Two")'
    assert list(messages_in(source)) == [("", "One", ""), ("", "%s pair", "%s pairs"), ("event", "signed", "")]


def test_messages_are_found_in_templates():
    template = """<p>
        {% translate "One" %} {% translate "signed" context "event" %} {{ day|default:_("unknown") }}
      {% blocktranslate count n=n trimmed %}
          {{ n }} pair
      {% plural %}
        {{ n }} pairs
      {% endblocktranslate %}
    </p>"""
    assert list(messages_in(as_python(template))) == [
        ("", "One", ""),
        ("event", "signed", ""),
        ("", "unknown", ""),
        ("", "%(n)s pair", "%(n)s pairs"),
    ]


def raw_reasons(source):
    """The reasons of changes that no catalogue knows: the history page shows them to readers of every language."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "one_change":
            reasons = [*node.args[1:], *(each.value for each in node.keywords if each.arg == "reason")]
            yield from (ast.unparse(each) for each in reasons if isinstance(each, (ast.Constant, ast.JoinedStr)))


def test_reason_of_a_change_is_marked_for_translation():
    files = [path for top in ("tracker", "agreements", "meetings") for path in (ROOT / top).rglob("*.py")]
    assert [reason for path in files for reason in raw_reasons(path.read_text())] == []


def test_reason_of_a_change_that_no_catalogue_knows_is_found():
    source = 'one_change(reason="a")\none_change(reason=f"b {c}")\none_change(reason=gettext_noop("d"))\none_change(e)'
    assert list(raw_reasons(source)) == ["'a'", "f'b {c}'"]
