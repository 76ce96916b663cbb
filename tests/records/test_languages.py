"""Text that knows its language: how it is marked on a page in another, how names stand in a row, what names it has."""

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import gettext_lazy

from tracker.records import typography
from tracker.records.languages import (
    Composed,
    Written,
    capfirst,
    compose,
    direction,
    language_name,
    marked,
    written,
)

ENGLISH = '<span lang="en" dir="ltr">{}</span>'


@pytest.mark.parametrize(
    ("page", "text", "html"),
    [
        ("en", written("Deal"), "Deal"),
        ("ur", written("Deal"), ENGLISH.format("Deal")),
        ("zh-hans", written("Deal"), ENGLISH.format("Deal")),
        ("ur", written(""), ""),
        ("en", Written("معاہدہ", "ur"), '<span lang="ur" dir="rtl">معاہدہ</span>'),
        ("ur", Written("معاہدہ", "ur"), "معاہدہ"),
        ("en", Written("谅解备忘录", "zh-hans"), '<span lang="zh-hans" dir="ltr">谅解备忘录</span>'),
        ("en", Written("?", ""), '<span lang="" dir="auto">?</span>'),
        ("ur", "words of the page", "words of the page"),
        ("ur", compose("%(body)s کا %(number)s", body=written("JCC"), number=13), ENGLISH.format("JCC") + " کا 13"),
        ("en", compose("%(body)s, %(number)s", body=written("JCC"), number=13), "JCC, 13"),
        ("ur", compose("<%(name)s>", name=written("<b>")), "&lt;" + ENGLISH.format("&lt;b&gt;") + "&gt;"),
    ],
)
def test_text_in_another_language_than_the_page_names_it(page, text, html):
    with translation.override(page):
        assert Template("{% load languages %}{{ text|marked }}").render(Context({"text": text})) == html


def test_text_that_knows_its_language_is_plain_text_everywhere_else():
    sentence = compose("%(one)s – %(other)s", one=Written("معاہدہ", "ur"), other=written("Deal"))
    assert (sentence, f"{sentence}", sentence == "معاہدہ – Deal") == ("معاہدہ – Deal", "معاہدہ – Deal", True)
    assert written(sentence) is sentence


def test_content_of_a_template_is_of_the_editors_unless_it_says_otherwise():
    template = Template("{% load languages %}{{ a|content }}|{{ a|content:'fr' }}|{{ b|content }}|{{ c|content }}")
    with translation.override("ur"):
        found = template.render(Context({"a": "A", "b": Written("B", "de"), "c": None}))
    marks = [ENGLISH.format("A"), '<span lang="fr" dir="ltr">A</span>', '<span lang="de" dir="ltr">B</span>', ""]
    assert found == "|".join(marks)


def test_element_that_holds_nothing_else_carries_the_mark_itself():
    template = Template('{% load languages %}<p{% written_in %}></p><p{% written_in "ur" %}></p>')
    with translation.override("ur"):
        assert template.render(Context()) == '<p lang="en" dir="ltr"></p><p></p>'
    with translation.override("en"):
        assert template.render(Context()) == '<p></p><p lang="ur" dir="rtl"></p>'


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "ltr"),
        ("ur", "rtl"),
        ("ur-pk", "rtl"),
        ("ar", "rtl"),
        ("zh-hans", "ltr"),
        ("zh", "ltr"),
        ("xx", "auto"),
        ("", "auto"),
        ('"><b>', "auto"),
    ],
)
def test_direction_is_that_of_a_language_that_django_knows(language, expected):
    assert direction(language) == expected


@pytest.mark.parametrize(
    ("language", "names", "statements"),
    [("en", "A, B, C", "A; B; C"), ("ur", "A، B، C", "A؛ B؛ C"), ("zh-hans", "A、B、C", "A；B；C")],
)
def test_parts_of_a_row_are_parted_as_the_language_does(language, names, statements):
    with translation.override(language):
        assert (typography.names("ABC"), typography.statements("ABC")) == (names, statements)
    assert typography.names([]) == "" and isinstance(typography.names(["A"]), Composed)


def test_each_name_in_a_row_keeps_its_language():
    with translation.override("ur"):
        html = marked(typography.names([Written("چین", "ur"), written("Telecom")]))
        assert html == "چین، " + ENGLISH.format("Telecom")


def test_words_of_the_page_that_are_translated_late_are_no_content():
    with translation.override("ur"):
        assert str(marked(gettext_lazy("Type"))) == str(gettext_lazy("Type"))


@pytest.mark.parametrize(("language", "name"), [("en", "Urdu"), ("ur", "اردو"), ("zh-hans", "乌尔都语")])
def test_language_is_named_in_that_of_the_reader_where_django_knows_it(language, name):
    with translation.override(language):
        assert (language_name("ur"), language_name("xx")) == (name, "xx")


def test_first_letter_is_that_of_the_first_piece_that_is_not_empty():
    late = compose("%(what)s, %(date)s", what=compose("%(what)s late", what="done"), date=Written("then", "ur"))
    assert (capfirst(late), capfirst(compose("%(a)s%(b)s", a="", b=""))) == ("Done late, then", "")
    assert [getattr(piece, "language", "") for piece in capfirst(late).pieces][-2:] == ["ur", ""]
