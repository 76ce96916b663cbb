"""What cooperation is about."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.records.models import SHARED_PERMISSIONS, FoundBy, Shared, Slugged
from tracker.records.public import named_in_public


class ThemeQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def named_in_public(self):
        """Themes of published records, and those above them."""
        named = self.model.objects.filter(named_in_public(self.model))
        return self.filter(pk__in=named.values("covered_by"))


class Theme(Slugged, Shared):
    """A subject. Clusters and cooperation themes are the top; finer themes and programmes hang under them."""

    FOUND_BY = FoundBy(
        names=("name", "other_names"), texts=("description",), choices=("kind",), languages={"other_names": ""}
    )

    class Kind(models.TextChoices):
        CLUSTER = "cluster", _("cluster of the digital trade agreements")
        COOPERATION = "cooperation", _("cooperation theme")
        FINER = "finer", _("sub-theme")
        PROGRAMME = "programme", _("programme")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.FINER)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent theme"),
    )
    description = models.TextField(_("description"), blank=True)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; search finds them."))

    covered_by = models.ManyToManyField(
        "self", symmetrical=False, related_name="covers", editable=False, help_text="Itself and all themes above it."
    )

    objects = ThemeQuerySet.as_manager()

    class Meta:
        default_permissions = SHARED_PERMISSIONS
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="theme_not_its_own_parent",
                violation_error_message=_("A theme cannot be its own parent."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("theme-detail", args=[self.slug])

    def clean(self):
        if self.pk and self.parent and self.parent.covered_by.filter(pk=self.pk).exclude(pk=self.parent_id).exists():
            raise ValidationError({"parent": _("That theme is below this one.")})

    def derive(self):
        """Whoever looks for a theme also finds what stands under it: one join instead of a walk up the tree."""
        above = self.parent.covered_by.values_list("pk", flat=True) if self.parent else []
        return self.store_derived(covered_by=[self.pk, *above])
