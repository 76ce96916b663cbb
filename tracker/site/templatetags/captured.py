"""What a block of a page says, as plain text that can be said a second time, in an attribute too."""

from html import unescape

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags

register = template.Library()


def plain(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


class Captured(template.Node):
    """``{% captured name %}…{% endcaptured %}``"""

    def __init__(self, nodelist, name):
        self.nodelist, self.name = nodelist, name

    def render(self, context):
        context[self.name] = plain(self.nodelist.render(context))
        return ""


@register.tag
def captured(parser, token):
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return Captured(nodelist, name)


@register.simple_tag(takes_context=True)
def text_of_block(context, name):
    """The text of a block that stands further down on the page; empty where it has none. What it reads is read once, as
    querysets keep what they have read."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    if block is None:
        return ""
    with context.push():
        return plain(block.nodelist.render(context))
