"""The same page in the other languages, for the templates."""

from django import template
from django.conf import settings
from django.utils.encoding import escape_uri_path

from tracker.site.addresses import in_language

register = template.Library()
# As the Open Graph protocol names them: language and territory.
LOCALES = {"en": "en_GB", "ur": "ur_PK", "zh-hans": "zh_CN"}


@register.simple_tag(takes_context=True)
def this_page_in_each_language(context):
    """The languages as ``[{code, name, url, is_present}]``: each with the address of this page in it, query and all. A
    page that says that something is wrong has none; there the start page stands for it."""
    request = context.get("request")
    address = request.get_full_path() if request and not context.get("is_error") else "/"
    return _in_each_language(address, context)


@register.simple_tag(takes_context=True)
def permanent_in_each_language(context, query=""):
    """The same, as absolute addresses and with nothing in the query but what the page reads."""
    address = escape_uri_path(context["request"].path) + (f"?{query}" if query else "")
    return [each | {"url": settings.SITE_URL + each["url"]} for each in _in_each_language(address, context)]


def _in_each_language(address, context):
    return [
        {
            "code": code,
            "name": name,
            "url": in_language(address, code),
            "locale": LOCALES[code],
            "is_present": code == context.get("LANGUAGE_CODE"),
        }
        for code, name in settings.LANGUAGES
    ]
