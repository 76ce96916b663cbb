"""Words that somebody who guesses at a password of this site tries first."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Also documented in docs/security.md.
WORDS = ("digital", "cooperation", "tracker", "commitment", "agreement", "meeting", "editor", "reviewer", "password")
LEAST_BESIDE_THEM = 8


class WordsOfThisSiteValidator:
    """Refuse a password that is hardly more than words of this site."""

    def validate(self, password, user=None):
        rest = password.lower()
        for word in WORDS:
            rest = rest.replace(word, "")
        if rest != password.lower() and len(rest) < LEAST_BESIDE_THEM:
            raise ValidationError(_("Words of this site are what others try first."), code="words_of_this_site")

    def get_help_text(self):
        return _("Your password must be more than words of this site.")
