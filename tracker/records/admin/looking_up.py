"""How a list is searched, and how a page of what is found is read: neither joins what it need not, nor sorts more than
keys, so that a list of a hundred thousand records answers as one of a hundred does."""

from functools import cached_property, reduce
from operator import and_, or_

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.text import smart_split, unescape_string_literal


def found_in(model, columns, text) -> Q:
    """What the columns hold as it is typed: each part in one of them."""
    return reduce(and_, (reduce(or_, (_holds(model, column, part) for column in columns)) for part in _parts(text)))


def _parts(text):
    """As Django takes a search apart: words, and what stands in quotation marks."""
    for part in smart_split(text):
        is_quoted = part[0] in "\"'" and part[0] == part[-1]
        yield unescape_string_literal(part) if is_quoted else part


def _holds(model, column, part):
    """``column`` as in ``search_fields``. Related records are looked for by themselves: to join them would be to read
    one for each record of the list."""
    name, _separator, beyond = column.partition("__")
    if not beyond:
        is_whole = name.startswith("=")
        return Q(**{f"{name.lstrip('=')}__{'iexact' if is_whole else 'icontains'}": part})
    relation = model._meta.get_field(name)
    related = relation.related_model
    found = related._base_manager.filter(_holds(related, beyond, part))
    if relation.one_to_many:
        return Q(pk__in=found.values(relation.field.attname))
    return Q(**{f"{name}__in": found.values("pk")})


class KeyedPaginator(Paginator):
    """First the keys of what a page shows, then its records.

    Where the list is narrowed, all keys are read at once, and counted: the database looks through it once.
    """

    @cached_property
    def is_narrowed(self):
        return bool(self.object_list.query.where)

    @cached_property
    def keys(self):
        keys = self.object_list.values_list("pk", flat=True)
        return list(keys) if self.is_narrowed else keys

    @cached_property
    def count(self):
        return len(self.keys) if self.is_narrowed else super().count

    def keys_of(self, number):
        """Those of a page, in their order."""
        start = (self.validate_number(number) - 1) * self.per_page
        return self.keys[start : start + self.per_page]

    def page(self, number):
        return self._get_page(self.object_list.filter(pk__in=self.keys_of(number)), number, self)
