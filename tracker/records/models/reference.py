"""Permanent names of records: numbered references that are never reused, and slugs whose old forms still lead here."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .change import one_change


class ReferenceCounter(models.Model):
    """The last number given out for each prefix. It only grows, so that no reference is ever given twice."""

    prefix = models.CharField(max_length=3, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reference counter")

    def __str__(self):
        return f"{self.prefix}-{self.last:04}"

    @classmethod
    def take(cls, prefix):
        """Return the next reference, such as ``AGR-0001``. Call inside the transaction that saves the record."""
        cls.objects.get_or_create(prefix=prefix)
        cls.objects.filter(prefix=prefix).update(last=F("last") + 1)
        return str(cls.objects.get(prefix=prefix))

    @classmethod
    def note(cls, reference):
        """Remember a reference that was given from outside (a fixture, an import)."""
        prefix, number = reference.split("-")
        cls.objects.get_or_create(prefix=prefix)
        cls.objects.filter(prefix=prefix, last__lt=int(number)).update(last=int(number))


class Referenced(models.Model):
    """A record with a permanent reference: ``REFERENCE_PREFIX``, a hyphen and at least four digits."""

    REFERENCE_PREFIX = ""

    reference = models.CharField(_("reference"), max_length=12, unique=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with one_change():
            if not self.reference:
                self.reference = ReferenceCounter.take(self.REFERENCE_PREFIX)
            elif self._state.adding:
                ReferenceCounter.note(self.reference)
            super().save(*args, **kwargs)

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        if self.reference and not self._is_well_formed():
            message = _("A reference is written %(example)s.")
            example = f"{self.REFERENCE_PREFIX}-0001"
            raise ValidationError({"reference": ValidationError(message, params={"example": example})})

    def _is_well_formed(self):
        prefix, _hyphen, number = self.reference.partition("-")
        return prefix == self.REFERENCE_PREFIX and number.isdecimal() and number == f"{int(number):04}"

    def natural_key(self):
        return (self.reference,)

    @classmethod
    def renamed(cls, written):
        """Return the reference as it is written properly."""
        return written.upper()


class SlugAlias(models.Model):
    """A slug that a record had before; its address redirects to the present one."""

    kind = models.CharField(max_length=40)
    slug = models.SlugField(max_length=120)
    record_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="slug_alias_unique")]

    def __str__(self):
        return f"{self.kind}/{self.slug}"


def former_slugs(model: type[models.Model], own_key: int | None = None) -> models.QuerySet[SlugAlias]:
    """The slugs of other records of the kind than this one that lead to them from former addresses."""
    former = SlugAlias.objects.filter(kind=model._meta.model_name)
    return former if own_key is None else former.exclude(record_id=own_key)


def free_slug(model: type[models.Model], texts: Iterable[str], own_key: int | None = None) -> str:
    """Return a slug made of the first of the texts that gives one, with a number where another record has it, or had it
    once."""
    stems = (slugify(text)[:100].strip("-") for text in texts)
    stem = next(filter(None, stems), str(model._meta.model_name))
    others = model._base_manager.exclude(pk=own_key), former_slugs(model, own_key)
    taken = {slug for each in others for slug in each.filter(slug__startswith=stem).values_list("slug", flat=True)}
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


class Slugged(models.Model):
    """A record that its address names by a slug. A changed slug leaves an alias behind."""

    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("The name in the address. When it changes, the old address redirects to the new one."),
    )

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with one_change():
            before = type(self).objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
            super().save(*args, **kwargs)
            if before and before != self.slug:
                SlugAlias.objects.update_or_create(
                    kind=self._meta.model_name, slug=before, defaults={"record_id": self.pk}
                )

    def natural_key(self):
        return (self.slug,)

    @classmethod
    def renamed(cls, old_slug):
        """Return the present slug of the record that once had ``old_slug``, or None."""
        alias = SlugAlias.objects.filter(kind=cls._meta.model_name, slug=old_slug).first()
        return alias and cls.objects.filter(pk=alias.record_id).values_list("slug", flat=True).first()
