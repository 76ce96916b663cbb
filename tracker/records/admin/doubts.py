"""What can hardly be true is asked about once: where somebody says “yes, it is so”, the same values pass."""

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

INPUT = "_it_is_so"
YES = _("Yes, it is so")


class AsksOnce(forms.BaseForm):
    """A form in which ``clean`` may ``doubt`` a value."""

    instance: Any

    def doubt(self, name: str, message: str, *also: str) -> None:
        """Ask about the value of a field, and the values of others that make it doubtful; not where it is stored as it
        is already, nor where it was said to be so."""
        if name not in self.fields or (self.instance.pk and not {name, *also} & set(self.changed_data)):
            return
        values = [str(self.cleaned_data.get(each)) for each in (name, *also)]
        mark = sha256(repr([self.add_prefix(name), values, str(message)]).encode()).hexdigest()[:20]
        said = self.data.getlist(INPUT) if hasattr(self.data, "getlist") else self.data.get(INPUT, [])
        # Drawn from the bound field, which has its help text from before.
        self[name].help_text = format_html("{}{}", _input(mark, is_said=mark in said), self.fields[name].help_text)
        if mark not in said:
            self.add_error(name, message)


def _input(mark, *, is_said=False):
    checked = " checked" if is_said else ""
    box = format_html('<input type="checkbox" name="{}" value="{}"{}>', INPUT, mark, checked)
    return format_html('<label class="it-is-so">{} {}</label> ', box, YES)
