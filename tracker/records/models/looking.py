"""The day on which an editor last looked for news of a record: what the site says of absence rests on it."""

from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext

from .change import Versioned, one_change


class LookedFor(Versioned):
    """Something of which news is looked for again and again."""

    last_looked_on = models.DateField(
        gettext_lazy("last looked on"),
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "The last day on which an editor looked for news of it and found none, or accepted some."
        ),
    )

    class Meta:
        abstract = True

    def look_again(self, day: date, reason: str = gettext_noop("looked again, nothing found")) -> None:
        """Note that somebody looked on ``day``. It is kept in the history, yet the record says what it said before: no
        approval lapses, and nobody becomes its last editor."""
        with one_change(reason=reason) as change:
            stored = type(self)._base_manager.filter(pk=self.pk)
            before = stored.values_list("last_looked_on", flat=True).get()
            self.last_looked_on = max(filter(None, (before, day)))
            if self.last_looked_on != before:
                stored.update(last_looked_on=self.last_looked_on)
                change.note_kept(self)

    @property
    def last_looked_in_words(self) -> str:
        """The day, in the active language; empty where nobody has looked since it was entered."""
        if self.last_looked_on is None:
            return ""
        return date_format(self.last_looked_on, pgettext("day, month and year", "j F Y"))

    def unless_seen(self, words: str) -> str:
        """``words`` that say that nothing was seen, with the day until which that holds."""
        day = self.last_looked_in_words
        return _("%(words)s (last looked %(day)s)") % {"words": words, "day": day} if day else words
