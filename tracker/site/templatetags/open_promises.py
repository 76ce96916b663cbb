"""What is open of a body, a theme or a country, on its page: pages of lower floors name no commitments of their own."""

from django import template

from meetings.registers import COMMITMENTS

from ..open_promises import OpenPromises
from ..promise_lists import PromiseLists
from ..promises import Promises
from ..subset import Subset

register = template.Library()

MOST_OPEN = 8


@register.inclusion_tag("site/open_promises.html")
def open_promises_of(edition, name, record):
    """``{% open_promises_of edition "forum" record %}``: ``name`` is the filter of commitments of which the record is a
    value. Nothing where nothing was firmly promised."""
    promises = Promises(Subset(COMMITMENTS, {name: [record]}, edition.date, edition.version))
    if not promises.number_firm:
        return {}
    return {"open": OpenPromises(promises, PromiseLists(promises, 0, MOST_OPEN).open)}
