"""Markup over several lines that reads as if it were one."""

import pytest
from django.template import Context, Template


def render(source, **context):
    return Template("{% load lines %}" + source).render(Context(context))


def test_lines_are_joined_without_a_space_and_others_are_not():
    source = "a\n  b {% joinlines %}\n  {{ x }}\n  <b>c</b>\n\n{% endjoinlines %}\n d"
    assert render(source, x="1") == "a\n  b 1<b>c</b>\n d"


def test_space_within_a_line_stays_in_branches_too():
    source = "{% joinlines %}\n  {% if x %}\n    , <i>\n  {{ x }}</i> {% else %}\n no\n{% endif %}\n.{% endjoinlines %}"
    assert (render(source, x="y"), render(source)) == (", <i>y</i> .", "no.")


def test_break_within_a_tag_stays_a_space():
    source = '<a\n  href="{{ x }}"\n  {% if y %}class="y"\n id="z"{% endif %}\n  >\n  a\n</a>'
    assert (
        render("{% joinlines %}" + source + "{% endjoinlines %}", x="/", y=1) == '<a href="/" class="y" id="z" >a</a>'
    )


@pytest.mark.parametrize("text", ["one\n  two", " \n "])
def test_what_a_variable_holds_is_left_alone(text):
    assert render("{% joinlines %}\n{{ x }}\n{% endjoinlines %}", x=text) == text


def test_joinlines_leaves_the_space_between_words_that_are_translated():
    source = (
        "{% load i18n %}{% joinlines %}\n<b>\n{% blocktranslate trimmed %}\n one\n  two\n{% endblocktranslate %}\n</b>"
    )
    assert render(source + "{% endjoinlines %}") == "<b>one two</b>"
