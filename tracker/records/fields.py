"""Model fields for EDTF dates: the notation, and the earliest and latest day it allows for filters and sorting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import edtf


class EDTFField(models.CharField):
    """An EDTF notation as text; empty means unknown. Put an ``EarliestDay`` and a ``LatestDay`` after it."""

    default_validators = [edtf.validate]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault(
            "help_text",
            _("As exact as the source and no more: 2021-09-23, 2025-07, 2026, ../2026-01-29 (on or before)."),
        )
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            setattr(cls, f"{name}_in_words", property(lambda record: edtf.in_words(getattr(record, name))))

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
