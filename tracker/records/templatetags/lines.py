"""How templates are written: what reads without a space may stand on lines of its own all the same."""

import re

from django import template
from django.template.base import TokenType

register = template.Library()
PIECES = re.compile(r"([<>]|\s*\n\s*)")


@register.tag
def joinlines(parser, token):
    """``{% joinlines %}…{% endjoinlines %}``: in the markup between the two, a line break and the white space around it
    stand for nothing, and within a tag for one space. A space within a line stays. What variables and included
    templates hold is left alone, and so are words to be translated, which ``trimmed`` joins."""
    is_in_tag = is_in_words = False
    for each in reversed(parser.tokens):  # as they stand in the file
        if each.contents == "endjoinlines":
            break
        if each.token_type == TokenType.BLOCK and "blocktranslate" in (name := each.contents.split()[0]):
            is_in_words = name == "blocktranslate"
        elif each.token_type == TokenType.TEXT and not is_in_words:
            each.contents, is_in_tag = _joined(each.contents, is_in_tag)
    nodes = parser.parse(["endjoinlines"])
    parser.delete_first_token()
    return JoinedLines(nodes)


def _joined(text, is_in_tag):
    pieces = PIECES.split(text)
    for number, piece in enumerate(pieces):
        if piece in ("<", ">"):
            is_in_tag = piece == "<"
        elif "\n" in piece:
            pieces[number] = " " if is_in_tag else ""
    return "".join(pieces), is_in_tag


class JoinedLines(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        return self.nodelist.render(context)
