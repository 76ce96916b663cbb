"""How templates are written: what reads without a space may stand on lines of its own all the same."""

import re

from django import template
from django.template.base import TextNode

register = template.Library()
BREAK = re.compile(r"\s*\n\s*")


@register.tag
def joinlines(parser, token):
    """``{% joinlines %}…{% endjoinlines %}``: in the markup between the two, a line break and the white space around it
    stand for nothing; a space within a line stays a space. What variables and included templates hold is left alone."""
    nodes = parser.parse(["endjoinlines"])
    parser.delete_first_token()
    for text in nodes.get_nodes_by_type(TextNode):
        text.s = BREAK.sub("", text.s)
    return JoinedLines(nodes)


class JoinedLines(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        return self.nodelist.render(context)
