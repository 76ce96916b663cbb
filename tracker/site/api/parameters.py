"""What a program may ask beside the filters of a list: language, fields, and which page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from tracker.registers.paging import BadCursor, Cursor

from .fields import LANGUAGE, names_of

FIELDS, CURSOR, PAGE_SIZE = "fields", "cursor", "page_size"
USUAL_SIZE, LARGEST_SIZE = 50, 200
OF_RECORD = (LANGUAGE, FIELDS)
OF_LIST = (LANGUAGE, FIELDS, CURSOR, PAGE_SIZE)
# Of a value or a name, in a message about it.
MOST_SHOWN = 40


class Unreadable(Exception):
    """Why the value of a parameter cannot be read, in words."""


def language_of(parameters: MultiValueDict) -> str:
    """The language asked for; English where it is none of ours, or not said."""
    language = parameters.get(LANGUAGE) or settings.LANGUAGE_CODE
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Parameters:
    """Those of one request about a register, or about none. Each of the functions raises ``Unreadable``."""

    register: Any
    values: MultiValueDict

    def errors(self, names) -> dict[str, list[str]]:
        """``{parameter: [message]}`` of those that can be told without the order of a list."""
        readers = {LANGUAGE: self._check_language, FIELDS: self.fields, PAGE_SIZE: self.page_size}
        found = {}
        for name in names:
            try:
                if len(set(self.values.getlist(name))) > 1:
                    raise Unreadable(_("Give one value only."))
                if name in readers:
                    readers[name]()
            except Unreadable as error:
                found[name] = [str(error)]
        return found

    def _check_language(self):
        value = self.values.get(LANGUAGE)
        if value and value not in dict(settings.LANGUAGES):
            raise Unreadable(_not_known(value))

    def fields(self) -> list[str]:
        names = [name for name in self.values.get(FIELDS, "").split(",") if name]
        known = names_of(self.register)
        for name in names:
            if name not in known:
                raise Unreadable(_("“%(name)s” is not a field of this list.") % {"name": name[:MOST_SHOWN]})
        return names

    def page_size(self) -> int:
        value = self.values.get(PAGE_SIZE) or str(USUAL_SIZE)
        is_number = value.isascii() and value.isdecimal() and len(value) <= len(str(LARGEST_SIZE))
        if not is_number or not 1 <= int(value) <= LARGEST_SIZE:
            raise Unreadable(_("A page has 1 to %(most)d records.") % {"most": LARGEST_SIZE})
        return int(value)

    def cursor(self, sort: str) -> Cursor | None:
        value = self.values.get(CURSOR)
        try:
            return Cursor.read(value, self.register, sort) if value else None
        except BadCursor:
            message = _("This cursor is none of this list and order. Start at its first page, and follow “next”.")
            raise Unreadable(message) from None


def unknown(names) -> dict[str, list[str]]:
    """The messages about parameters that nothing reads."""
    message = _("“%(name)s” is not a parameter of this address.")
    return {name: [message % {"name": name[:MOST_SHOWN]}] for name in names}


def without_number(errors: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The same of a list, whose pages have no number here."""
    message = _("Pages have no number here: start at the first, and follow “next”.")
    return {name: [message] if name == "page" else messages for name, messages in errors.items()}


def _not_known(value):
    return _("“%(value)s” is not a known value here.") % {"value": value[:MOST_SHOWN]}
