"""What a search of the desk means to the database: each word in what a record says, or in the names of what it belongs
to, whatever their states."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q

from tracker.records.models import search_entries
from tracker.records.words import Term


class FoundByWords:
    """``search_related`` are paths to records whose names count as words of a record, as in the public search: a
    meeting is looked for by its forum."""

    model: Any
    search_related: Iterable[str] = ()

    def says(self, terms: Iterable[Term]) -> Q:
        """Those in which each term occurs. A word goes without saying beside a number, as in “JCC meeting 14”: who asks
        for “meeting” alone looks for what says it."""
        asked = list(terms)
        said = [self._says(term) for term in asked]
        if any(letter.isdigit() for term in asked for letter in term.text):
            said = [found | self.goes_without_saying(term) for found, term in zip(said, asked, strict=True)]
        return reduce(and_, said, Q())

    def _says(self, term):
        # A number is looked for as a whole: session 1 is not session 14.
        own = search_entries(self.model).having(term, ("names", "texts"), is_exact=term.text.strip().isdigit())
        named = (self._is_named(path, term) for path in self.search_related)
        return reduce(or_, named, Q(pk__in=own.values("record")))

    def _is_named(self, path, term):
        """By a subquery, so that no join doubles a record."""
        relation: Any = self.model._meta.get_field(path)
        names = search_entries(relation.related_model).having(term, ("names",)).values("record")
        met = Q(**{f"{path}__in": names})
        return Q(pk__in=self.model._base_manager.filter(met).values("pk")) if relation.many_to_many else met

    def goes_without_saying(self, term: Term) -> Q:
        """Those that meet a word by what they are, not by what they say; by itself, none."""
        return Q(pk__in=[])
