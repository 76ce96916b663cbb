"""Who answers for what in a pair: the organisations that lead its forums, and those that undertook commitments."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Case, Count, F, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Forum, Organisation
from meetings.models import CommitmentParty
from tracker.records import typography
from tracker.records.languages import compose, written
from tracker.registers.beginning import Beginning
from tracker.registers.templatetags.registers import list_url

# What the address and the name of an organisation are made of.
NAMED_BY = ("organisation__slug", "organisation__name")


@dataclass
class Duties:
    """What one organisation does: how often it leads which forum (None: one that the page does not name), and how many
    commitments and proposals it undertook."""

    leads: Counter = field(default_factory=Counter)
    firm: int = 0
    soft: int = 0


class PairDuties:
    """The duties of the organisations of two countries. ``forums`` are all that both belong to, ``named`` those that
    the page names; ``commitments`` and, among these, the ``firm`` ones are the keys of those that involve both."""

    def __init__(self, countries, forums, named, commitments, firm):
        self.countries = countries
        self.named = {forum.pk: forum for forum in named}
        self._of_both = Organisation.objects.published().filter(country__in=countries).order_by()
        self._bodies = {}
        # By country, by organisation.
        self._duties = defaultdict(lambda: defaultdict(Duties))
        self._count(forums, commitments, firm)

    def _count(self, forums, commitments, firm):
        """Of both kinds in one query."""
        rows = self._led(forums).union(self._undertaken(commitments, firm), all=True)
        for is_led, country, body, slug, name, forum, number, firm_ones in rows:
            self._bodies[body] = Organisation(pk=body, slug=slug, name=name)
            duties = self._duties[country][body]
            if is_led:
                duties.leads[forum] = number
            else:
                duties.firm, duties.soft = firm_ones, number - firm_ones

    def _led(self, forums):
        bodies, keys = self._of_both.values("pk"), forums.order_by().values("pk")
        links = Forum.lead_organisations.through.objects.filter(forum__in=keys, organisation__in=bodies).order_by()
        is_named = When(forum__in=list(self.named), then="forum")
        name = Case(is_named, default=Value(None), output_field=BigIntegerField())
        rows = links.annotate(is_led=Value(1), body=F("organisation"), led=name)
        rows = rows.values_list("is_led", "organisation__country", "body", *NAMED_BY, "led")
        return rows.annotate(number=Count("pk"), firm=Value(0))

    def _undertaken(self, commitments, firm):
        bodies, side = self._of_both.values("pk"), CommitmentParty.Side.BY
        parties = CommitmentParty.objects.filter(side=side, organisation__in=bodies, commitment__in=commitments)
        nothing = Value(None, output_field=BigIntegerField())
        rows = parties.order_by().annotate(is_led=Value(0), body=F("organisation"), led=nothing)
        rows = rows.values_list("is_led", "organisation__country", "body", *NAMED_BY, "led")
        return rows.annotate(number=Count("pk"), firm=Count("pk", filter=Q(commitment__in=firm)))

    def sides(self, most):
        """``[(country, Beginning of [(organisation, what it does in words)])]``"""
        first = {
            country: sorted(self._duties[country.pk], key=self._place(country))[:most] for country in self.countries
        }
        named = {country: [self._bodies[key] for key in keys] for country, keys in first.items()}
        return [(country, self._beginning(country, bodies)) for country, bodies in named.items()]

    def _place(self, country):
        """Those that lead forums come first, in the order of the page; then those that undertook most."""
        order = {key: place for place, key in enumerate(self.named)}
        order[None] = len(order)

        def place(body):
            duties = self._duties[country.pk][body]
            leads = min((order[forum] for forum in duties.leads), default=len(order))
            return leads, -duties.leads[None], -duties.firm - duties.soft, body

        return place

    def _beginning(self, country, bodies):
        duties = self._duties[country.pk]
        rows = [(body, typography.statements(self._in_words(duties[body.pk]))) for body in bodies]
        return Beginning(rows, list_url("organisation", country.code), number=len(duties), most=len(rows))

    def _in_words(self, duties):
        for key, forum in self.named.items():
            if key in duties.leads:
                yield compose(_("leads %(forum)s"), forum=written(forum.abbreviation or forum.name))
        if more := duties.leads[None]:
            yield ngettext("leads %(number)s further forum", "leads %(number)s further forums", more) % {"number": more}
        if duties.firm:
            yield _("undertook %(number)s of the commitments") % {"number": duties.firm}
        if duties.soft:
            yield _("named in %(number)s of the proposals") % {"number": duties.soft}
