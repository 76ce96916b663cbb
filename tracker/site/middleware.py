"""Requests that no page can answer are refused before they reach a view or the database."""

from urllib.parse import unquote

from django.http import HttpResponseBadRequest
from django.utils.translation import gettext as _


class RejectNullCharacters:
    """Answer 400 to an address with a NUL character: PostgreSQL cannot hold one, and no address of ours has one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "\x00" in unquote(request.META.get("QUERY_STRING", "")):
            return HttpResponseBadRequest(_("The address holds a NUL character."), content_type="text/plain")
        return self.get_response(request)
