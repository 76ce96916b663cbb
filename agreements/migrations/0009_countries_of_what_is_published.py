"""An organisation that is not published involves no country in what is: agreements that counted its country let it go."""

from django.db import migrations
from django.db.models import Q
from django.db.models.functions import Coalesce

HIDDEN = ["draft", "in_review", "withdrawn"]


def countries_of(parties):
    shown = parties.filter(Q(organisation=None) | Q(organisation__state="published"))
    named = shown.exclude(country=None, organisation__country=None)
    return set(named.values_list(Coalesce("country", "organisation__country"), flat=True))


def let_go(apps, schema_editor):
    published = apps.get_model("agreements", "Agreement").objects.filter(state="published")
    for agreement in published.filter(parties__organisation__state__in=HIDDEN).distinct():
        agreement.countries.set(countries_of(agreement.parties))


class Migration(migrations.Migration):
    dependencies = [("agreements", "0008_longer_dates")]

    operations = [migrations.RunPython(let_go, migrations.RunPython.noop)]
