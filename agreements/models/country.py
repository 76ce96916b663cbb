"""Countries, and unions that sign like one."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.records.languages import OF_EDITORS, Written
from tracker.records.models import SHARED_PERMISSIONS, FoundBy, Shared, is_published
from tracker.records.public import named_in_public


class CountryQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def in_published_records(self):
        """Countries that a published agreement, forum, working group, meeting or commitment involves."""
        involved = Q()
        for relation in ("agreements", "forums", "working_groups", "meetings", "commitments"):
            published = self.model.objects.filter(is_published(f"{relation}__"))
            involved |= Q(pk__in=published.order_by().values("pk"))
        return self.filter(involved)

    def named_in_public(self):
        """Countries that a published record names in any way, as an observer, a host, the home of an organisation …"""
        return self.filter(named_in_public(self.model))


class Country(Shared):
    """A state or a union; its code is ISO 3166-1 alpha-3, or ``EUE`` for the European Union."""

    FOUND_BY = FoundBy(
        names=("name", "name_ur", "name_zh", "other_names", "code"),
        languages={"name_ur": "ur", "name_zh": "zh-hans", "other_names": ""},
    )

    code = models.CharField(
        _("code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}$")],
        help_text=_("ISO 3166-1 alpha-3, such as PAK."),
    )
    alpha2 = models.CharField(_("two-letter code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    name_ur = models.CharField(_("name in Urdu"), max_length=80, blank=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; search finds them."))
    is_union = models.BooleanField(_("is a union of states"), default=False)

    objects = CountryQuerySet.as_manager()

    class Meta:
        default_permissions = SHARED_PERMISSIONS
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name"]

    def __str__(self):
        return self.local_name

    def natural_key(self):
        return (self.code,)

    def get_absolute_url(self):
        return reverse("country-detail", args=[self.code])

    @classmethod
    def renamed(cls, written):
        """Return the code as it is written properly."""
        return written.upper()

    @property
    def local_name(self):
        """The name in the active language, in English where we have none."""
        local = getattr(self, name_column())
        return Written(local, get_language() or OF_EDITORS) if local else Written(self.name)


def name_column():
    """The column of the name in the active language."""
    return {"ur": "name_ur", "zh": "name_zh"}.get((get_language() or "en")[:2], "name")


def pair_code(one, other):
    """Return the canonical code of a pair: both codes in alphabetical order, as in ``CHN-PAK``."""
    return "-".join(sorted([one, other]))


class InvolvingQuerySet(models.QuerySet):
    """Records that involve countries, by their derived ``countries``."""

    def involving(self, *countries):
        """Records that involve all of these countries."""
        links, record = self.model.countries.through, self.model._meta.model_name
        involved = None
        for country in countries:
            # One within the other: so each link is looked up once, and no record that involves but one of them is read.
            of_others = {} if involved is None else {f"{record}__in": involved}
            involved = links.objects.filter(country=country, **of_others).values(record)
        return self if involved is None else self.filter(pk__in=involved)
