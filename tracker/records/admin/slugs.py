"""Slugs that editors need not think of: an empty one is made from the name."""

from django import forms
from django.utils.text import slugify

from .forms import RecordForm
from .publishable import PublishableForm


class MakesSlug(forms.BaseForm):
    """Fills in an empty slug from the first of ``slug_from`` that gives one, with a number where it is taken."""

    slug_from: tuple[str, ...] = ("name",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = self._free_slug(cleaned)
        return cleaned

    def _free_slug(self, cleaned):
        texts = [cleaned.get(name) or "" for name in self.slug_from]
        return free_slug(self._meta.model, texts, self.instance.pk)


def free_slug(model, texts, own_key=None):
    """Return a slug made of the first of the texts that gives one, with a number where another record has it."""
    stems = (slugify(text)[:100].strip("-") for text in texts)
    stem = next(filter(None, stems), model._meta.model_name)
    others = model.objects.exclude(pk=own_key).filter(slug__startswith=stem)
    taken = set(others.values_list("slug", flat=True))
    candidates = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)


class SluggedForm(MakesSlug, RecordForm):
    pass


class SluggedPublishableForm(MakesSlug, PublishableForm):
    pass
