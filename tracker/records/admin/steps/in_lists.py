"""A step for many records of a list: the same panel as above the form of one, for all of them together."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .bar import INPUTS, MOST_NAMED, button, template_of
from .outlook import Outlook, Staying, counted, outlook
from .step import Step, why_not

# Records of one press: each is read with what goes along with it.
MOST_AT_ONCE = 500


class ListStep:
    """``records`` are those that were chosen; each that goes along stands in it once, whoever takes it along."""

    # Only what nothing stands against is among what goes.
    may_be_taken = True

    def __init__(self, step: Step, records: list[Any], request: HttpRequest) -> None:
        self.step, self.records, self.user = step, records, request.user
        self.sent = {name.removeprefix("_"): request.POST.get(name, "") for name in INPUTS}
        self.elsewhere = [each for each in records if why_not(step, each, request.user)]

    @cached_property
    def _each(self) -> list[Outlook]:
        passed = {each.pk for each in self.elsewhere}
        together = [each for each in self.records if each.pk not in passed]
        return [outlook(each, self.step, self.user, together=together) for each in together]

    @cached_property
    def goes(self) -> list[Any]:
        """The chosen ones first, then what goes along."""
        clear = [each for each in self._each if not each.against]
        found = {(type(one), one.pk): one for each in clear for one in each.goes[:1]}
        found |= {(type(one), one.pk): one for each in clear for one in each.along}
        return list(found.values())

    @cached_property
    def outlook(self) -> Outlook:
        """Of all of them, for what changes elsewhere and for mail."""
        return Outlook(self.step, self.goes, self._stays)

    @cached_property
    def _stays(self):
        refused = [Staying(each.record, each.against) for each in self._each if each.against]
        along = (staying for each in self._each if not each.against for staying in each.stays)
        return list({(type(each.record), each.record.pk): each for each in (*refused, *along)}.values())

    @property
    def named(self):
        return self.goes[:MOST_NAMED]

    @property
    def kinds(self):
        return counted(self.goes)

    @property
    def number(self):
        return len(self.goes)

    @property
    def stays(self):
        return self._stays[:MOST_NAMED]

    @property
    def more_stay(self):
        return len(self._stays) - len(self.stays)

    @property
    def button(self):
        return button(self.step, self.number)

    @property
    def zone(self):
        return settings.TIME_ZONE

    @property
    def template(self):
        return template_of(self.step)
