"""Slugs that editors need not think of: an empty one is made from the name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.records.models import former_slugs, free_slug

from .forms import RecordForm
from .publishable import PublishableForm

FORMER = _("Another record had this address: it leads there for good. Choose another one.")


class MakesSlug(forms.BaseForm):
    """Fills in an empty slug from the first of ``slug_from`` that gives one, with a number where it is taken. Refuses
    one that leads to another record, which had it before."""

    slug_from: tuple[str, ...] = ("name",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        model, slug = self._meta.model, cleaned.get("slug")
        if "slug" not in self.fields or "slug" in self.errors:
            return cleaned
        if not slug:
            texts = [cleaned.get(name) or "" for name in self.slug_from]
            cleaned["slug"] = free_slug(model, texts, self.instance.pk)
        elif slug != self.instance.slug and former_slugs(model, self.instance.pk).filter(slug=slug).exists():
            self.add_error("slug", FORMER)
        return cleaned


class SluggedForm(MakesSlug, RecordForm):
    pass


class SluggedPublishableForm(MakesSlug, PublishableForm):
    pass
