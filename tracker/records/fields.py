"""Model fields for EDTF dates: the notation, and the earliest and latest day it allows for filters and sorting; and for
periods."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import durations, edtf
from .form_fields import DurationFormField, EDTFFormField
from .languages import OF_EDITORS, written


class EDTFField(models.CharField):
    """An EDTF notation as text; empty means unknown. Put an ``EarliestDay`` and a ``LatestDay`` after it.

    A record with the field ``held`` says ``held_in_words``, with the source's own words where it has ``held_words``,
    and ``held_exactness``: a day that ``held_basis`` calls inferred is not exact.
    """

    default_validators = [edtf.validate]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault(
            "help_text",
            _(
                "As exact as the source and no more: 23 September 2021, 2025-07, 2026, first half of 2026, "
                "on or before 29 January 2026, 3 or 5 May 2022."
            ),
        )
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            setattr(cls, f"{name}_in_words", property(self._in_words))
            setattr(cls, f"{name}_exactness", property(self._exactness))

    def _in_words(self, record):
        # What a side reported may be in another language than that of the editors.
        language = getattr(record, "text_language", OF_EDITORS)
        return edtf.in_words(
            getattr(record, self.attname), written(getattr(record, f"{self.name}_words", ""), language)
        )

    def _exactness(self, record):
        is_inferred = getattr(record, f"{self.name}_basis", "") == "inferred"
        return edtf.exactness(getattr(record, self.attname), is_inferred=is_inferred)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": EDTFFormField, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("help_text", None)
        return name, path, args, kwargs


class StatedWords(models.CharField):
    """The words of the source for the date in the field ``of``, where they are coarser than any notation."""

    def __init__(self, *args, of="", **kwargs):
        self.of = of
        kwargs.setdefault("verbose_name", _("date in the words of the source"))
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault("help_text", _("Where they are coarser than any notation: “early 2024”."))
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("help_text", None)
        return name, path, args, kwargs | {"of": self.of}


class Bound(models.DateField):
    """A day computed from the notation in the field ``of`` each time the record is saved."""

    edge = ""

    def __init__(self, *args, of="", **kwargs):
        self.of = of
        kwargs.update(null=True, blank=True, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance, add):
        day = getattr(edtf.bounds(getattr(model_instance, self.of)), self.edge)
        setattr(model_instance, self.attname, day)
        return day


class EarliestDay(Bound):
    """The first day that the notation in the field ``of`` allows, or None."""

    edge = "earliest"


class LatestDay(Bound):
    """The last day that the notation in the field ``of`` allows, or None."""

    edge = "latest"


class DurationField(models.CharField):
    """A duration of ISO 8601 as text; empty means that none is stated. A record with ``notice`` says
    ``notice_in_words``."""

    default_validators = [durations.validate]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault("help_text", _("As the source states it: 3 years, 18 months, 180 days; or P3Y, P18M, P180D."))
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            setattr(cls, f"{name}_in_words", property(lambda record: durations.in_words(getattr(record, name))))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": DurationFormField, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("help_text", None)
        return name, path, args, kwargs
