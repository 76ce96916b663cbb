"""Templates and style sheets that a person can review: short lines, one thing a line, one component each, none dead."""

import re
from pathlib import Path

import pytest
from django.contrib import admin

from agreements.models import Agreement
from meetings.models import Meeting, Progress, Schedule
from meetings.models.report import Report
from tests.test_architecture import ROOT, product_files
from tracker.records.models import Publication

TEMPLATES = ROOT / "templates"
FILES = sorted(path for path in TEMPLATES.rglob("*.*"))
SHEETS = sorted(path for folder in ("css", "admin_tracker") for path in (ROOT / "static" / folder).glob("*.css"))
MOST_CHARACTERS_OF_A_LINE, MOST_LINES_OF_A_TEMPLATE = 120, 120
BLOCK = re.compile(
    r"<(?:address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]"
    r"|head|header|hr|html|legend|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b"
)
# Markup that has a component: a word of it, and the templates that may hold it.
COMPONENTS = {
    'class="breadcrumbs"': {"components/breadcrumbs.html", "admin/breadcrumbs.html"},
    'class="timeline-entry': {"components/timeline_entry.html"},
    'class="formats"': {"components/formats.html"},
    'class="pagination"': {"components/pagination.html"},
    'class="status ': {"components/status.html"},
    "cite-mark": {"components/cite_marks.html"},
}
NAMED = re.compile(r"\{%\s*(?:extends|include)\s+\"([^\"]+)\"")
QUOTED = re.compile(r"\"([\w/{}]+(?:\.(?:html|txt))?)\"")


def name_of(path):
    return str(path.relative_to(TEMPLATES))


def by_name(check):
    """``{template: what the check finds in its text}`` of those in which it finds something."""
    return {name_of(path): found for path in FILES if (found := check(path.read_text()))}


def long_lines(text):
    return [line.strip()[:60] for line in text.splitlines() if len(line) > MOST_CHARACTERS_OF_A_LINE]


def crowded_lines(text):
    return [line.strip() for line in text.splitlines() if len(BLOCK.findall(line)) > 1]


def misplaced(templates):
    """``{markup: templates that hold it beside its component}``; templates as ``{name: text}``."""
    holders = {word: {name for name, text in templates.items() if word in text} for word in COMPONENTS}
    return {
        word: names - COMPONENTS[word] for word, names in holders.items() if names != COMPONENTS[word] & {*templates}
    }


def dead(templates, code):
    """The templates that neither another one names, nor a string of the code, nor Django by itself."""
    named = {name for text in templates.values() for name in NAMED.findall(text)}
    words = set(QUOTED.findall(code))
    composed = [word.partition("{") for word in words if "{" in word]
    stems = {word for word in words if "/" not in word}
    for before, _, rest in composed:
        named |= {f"{before}{stem}{rest.partition('}')[2]}" for stem in stems}
    return {name for name in templates if name not in named | words and not is_found_by_django(name)}


def is_found_by_django(name):
    """Whether it stands for an error, or in the place of a template of Django's admin: of all, or of one model."""
    if re.fullmatch(r"[45]\d\d\.html", name):
        return True
    folder, own = Path(admin.__file__).parent / "templates", name.split("/")
    return own[0] == "admin" and ((folder / name).exists() or (len(own) == 4 and (folder / "admin" / own[-1]).exists()))


def crowded_css(text):
    """The lines of a style sheet that hold more than one selector or declaration, or a whole rule."""
    text, found, is_within = re.sub(r"/\*.*?\*/", "", text, flags=re.S), [], False
    for line in text.splitlines():
        bare = line.strip()
        while bare != (bare := re.sub(r"\"[^\"]*\"|\([^()]*\)", "", bare)):
            pass  # what stands in quotation marks or brackets, from the inside out
        ends = sum(bare.count(each) for each in ";{}")
        is_selector = not is_within and not bare.startswith("@") and bare.endswith(("{", ","))
        if ends > 1 or (is_selector and "," in bare[:-1]):
            found.append(line.strip())
        # A long value, or a long pair of brackets, goes on over several lines.
        is_within = bare.endswith((":", "(")) or (is_within and not bare.endswith((";", "{")))
    return found


def test_line_is_not_too_long():
    assert len(FILES) > 100 and len(SHEETS) >= 14
    assert by_name(long_lines) == {}
    assert {path.name: found for path in SHEETS if (found := long_lines(path.read_text()))} == {}


def test_line_is_measured_in_characters():
    assert long_lines("ی" * 120) == []
    assert long_lines("  " + "x" * 119) == ["x" * 60]


def test_template_is_not_too_long():
    assert by_name(lambda text: text.splitlines()[MOST_LINES_OF_A_TEMPLATE:]) == {}


def test_line_of_a_template_opens_one_block():
    assert by_name(crowded_lines) == {}


def test_line_that_opens_two_blocks_is_found():
    assert crowded_lines('<li><a href="">x</a></li>\n<ul><li>\n</ul></div>\n<thead>') == ["<ul><li>"]


def test_markup_of_a_component_stands_in_it_alone():
    assert misplaced({name_of(path): path.read_text() for path in FILES}) == {}


def test_markup_beside_its_component_is_found():
    templates = {"components/formats.html": '<p class="formats">', "x.html": '<p class="formats">'}
    assert misplaced(templates) == {'class="formats"': {"x.html"}}


def test_template_is_used():
    code = "\n".join(path.read_text() for path in product_files())
    assert dead({name_of(path): path.read_text() for path in FILES}, code) == set()


def test_template_that_nothing_names_is_found():
    templates = {
        "404.html": "",
        "admin/index.html": "",
        "admin/desk.html": "",
        "admin/mail/delivery/change_list.html": "",
        "site/home.html": '{% extends "base.html" %}',
        "base.html": '{% include "site/part.html" with x=y %}',
        "site/part.html": "",
        "site/gone.html": "",
        "mail/sheet.txt": "",
        "mail/letter.txt": "",
    }
    code = 'render("site/home.html")\nrender(f"mail/{template}.txt")\nwrite("sheet")\n'
    assert dead(templates, code) == {"admin/desk.html", "site/gone.html", "mail/letter.txt"}


def test_component_that_joins_its_lines_ends_without_one():
    """The end of the file would be a space wherever it is included."""
    joined = [path for path in FILES if path.read_text().startswith("{% load lines %}{% joinlines %}")]
    assert len(joined) > 5
    assert [path.name for path in joined if not path.read_text().endswith("{% endjoinlines %}")] == []


def arrows(template):
    """Arrows beside the sentences that are translated: they point the wrong way where one reads from the right."""
    translated = r"\{%\s*(translate .*?|blocktranslate\b.*?%\}.*?\{%\s*endblocktranslate\s*)%\}|\{#.*?#\}"
    return re.findall(r"[←-⇿⟵-⟿]|&[lr]arr;", re.sub(translated, "", template, flags=re.DOTALL))


def test_arrow_stands_in_a_sentence_that_is_translated():
    assert by_name(arrows) == {}


def test_arrow_that_no_translation_turns_is_found():
    sentence = "{% blocktranslate with x=y trimmed %}\\n  {{ x }} → b\\n{% endblocktranslate %}"
    fine = '{% translate "a → b" %} {# → #} ' + sentence
    assert arrows(fine) == []
    assert arrows(fine + "{{ a }} → {{ b }} &larr;") == ["→", "&larr;"]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_line_of_a_style_sheet_holds_one_selector_or_declaration(path):
    assert crowded_css(path.read_text()) == []


def test_crowded_line_of_a_style_sheet_is_found():
    fine = "a:is(b, c),\nd {\n  color: rgb(1, 2, 3);\n  font: 1rem a, b;\n}\n@media (x) and (y), print {\n}\n"
    fine += "/* a, b { c: d; } */\n:is(\n  .a, .b,\n  .c\n) {\n  --serif:\n    a, b,\n    c;\n}\n"
    assert crowded_css(fine) == []
    wrong = ["a, b {", "a { color: red; }", "color: red; margin: 0;"]
    assert crowded_css("\n".join(wrong)) == wrong


@pytest.mark.parametrize("words", [Progress, Schedule, Meeting.Status, Report, Agreement.Status, Publication.State])
def test_every_word_of_a_status_has_its_shape(words):
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static" / "img" / "glyphs.svg").read_text()))
    assert set(words.values) <= drawn
