"""The register of people: who came to meetings, signed, acted or spoke, as published records name them.

Whom somebody stood for is what those records say, not what the desk knows of a person.
"""

from operator import attrgetter

from django.db.models import F, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.columns import PARTY_NAME
from agreements.filters import named_countries
from agreements.lines import in_a_line
from agreements.models import AgreementParty, Person, name_column
from meetings.models import Delegate, Delegation
from meetings.registers import MEETINGS
from tracker.records import typography
from tracker.records.models import is_published
from tracker.records.public import value_if_published
from tracker.registers.columns import page, text
from tracker.registers.facets import Facet
from tracker.registers.filters import AnyOf, OneOf, RegisterFilterSet
from tracker.registers.reading import RowsIn, Told
from tracker.registers.register import Column, Head, Register

# The rows that name a person beside one side: where they are, and the record that must be public for them to be.
IN_DELEGATIONS = ("attendances__delegation", "attendances__delegation__meeting__")
BY_SIGNATURE = ("signatures", "signatures__agreement__")
# What the public calls the side of a delegation, and that of a signatory; in a tuple, so that it keeps its language.
NAME_OF_DELEGATION = Told(Delegation, "name", *PARTY_NAME[:-1], put=lambda name: (name,))
NAME_OF_PARTY = Told(AgreementParty, "name", *PARTY_NAME, put=lambda name: (name,))


def _with_side(rows, told, record, path=""):
    """Of hundreds of rows, no more than the list says of them: of which record they are, and the name of the side."""
    named = {f"side_{place}": F(f"{path}{read}") for place, read in enumerate(told.reads)}
    return rows.annotate(of_record=F(record), **named)


ATTENDANCES = Prefetch(
    "attendances",
    _with_side(
        Delegate.objects.filter(is_published("delegation__meeting__")).only("person"),
        NAME_OF_DELEGATION,
        "delegation__meeting_id",
        "delegation__",
    ),
)
SIGNATURES = Prefetch(
    "signatures",
    _with_side(
        AgreementParty.objects.filter(is_published("agreement__")).only("signatory"), NAME_OF_PARTY, "agreement_id"
    ),
)


class OnTheSideOf(AnyOf):
    """People whom rows of one kind name on the side of a country, or of a published body of one. ``paths`` are those
    to the side, and to the record that tells of it."""

    def filter(self, people, countries):
        if not countries:
            return people
        side, record = self.paths
        of_country = Q(**{f"{side}__country__in": countries})
        of_body = Q(**{f"{side}__organisation__country__in": countries}) & is_published(f"{side}__organisation__")
        return people.filter(pk__in=_keys(is_published(record) & (of_country | of_body)))


class InTheRole(OneOf):
    """People whom a published meeting names in one of these roles."""

    def filter(self, people, roles):
        is_there = is_published(IN_DELEGATIONS[1]) & Q(attendances__role__in=roles)
        return people.filter(pk__in=_keys(is_there)) if roles else people


def _keys(condition):
    return Person._base_manager.filter(condition).order_by().values("pk")


def on_the_side_of(paths, label):
    return OnTheSideOf(paths=paths, queryset=named_countries, to_field_name="code", label=label)


class PersonFilterSet(RegisterFilterSet):
    country = on_the_side_of(IN_DELEGATIONS, _("In a delegation of"))
    signed_for = on_the_side_of(BY_SIGNATURE, _("Signed for"))
    role = InTheRole(choices=Delegate.Role.choices, label=_("Role in a delegation"))


def _country_of(side, column):
    """A column of the country of a side, itself or by an organisation that is not hidden."""
    return Coalesce(
        f"{side}__country__{column}", value_if_published(Person, f"{side}__organisation__country__{column}")
    )


def _facet(name, title, paths, **options):
    side, record = paths
    return Facet(
        name=name,
        title=title,
        value=_country_of(side, "code"),
        label=lambda: _country_of(side, name_column()),
        is_local=True,
        when=((f"{record}state", "published"),),
        **options,
    )


def sides_of(person):
    """The names of those on whose side the person came or signed, each once; of one of ``PEOPLE`` as ``shown``."""
    named = [*_sides(person.attendances, NAME_OF_DELEGATION), *_sides(person.signatures, NAME_OF_PARTY)]
    return list(dict.fromkeys(named))


def _sides(rows, told):
    names = [f"side_{place}" for place in range(len(told.reads))]
    say, values = told.in_force(), attrgetter(*names)
    return [name for row in rows.all() for name in say(*values(row))]


def records_of(rows):
    """How many records some rows of a person are of: meetings, or agreements."""
    return len({row.of_record for row in rows.all()})


def counted_signatures(number):
    return ngettext("%(n)s agreement signed", "%(n)s agreements signed", number) % {"n": typography.grouped(number)}


def line_of_person(person, _today):
    """“Pakistan, China · 5 meetings · 2 agreements signed”."""
    met, signed = records_of(person.attendances), records_of(person.signatures)
    return in_a_line(
        [
            typography.names(sides_of(person)),
            MEETINGS.counted(met) if met else "",
            signed and counted_signatures(signed),
        ]
    )


SIDE = ("country__code", "organisation__slug")
ATTENDANCE_ROWS = RowsIn(
    "attendances",
    ("office", *(f"delegation__{read}" for read in SIDE), "delegation__meeting__reference"),
    is_published("delegation__meeting__"),
)
SIGNATURE_ROWS = RowsIn("signatures", ("office", *SIDE, "agreement__reference"), is_published("agreement__"))


def _rows_listed(rows, *columns):
    """A column with what rows have somewhere, each value once, for each ``(name, what is read, meaning)``."""

    def value(read):
        name = read.replace("__", "_")
        return lambda found: list(dict.fromkeys(each for row in found if (each := getattr(row, name))))

    for name, read, means in columns:
        yield Column(name=name, reads=(rows,), value=value(read), is_list=True, means=means)


def _offices(attendances, signatures):
    return list(dict.fromkeys(row.office for row in (*attendances, *signatures) if row.office))


PEOPLE: Register = Register(
    name="people",
    noun="person",
    title=_("People"),
    lede=_("Who led or joined delegations, signed, acted or spoke, in the offices that published records state."),
    counted=lambda number: ngettext("%(n)s person", "%(n)s people", number) % {"n": number},
    records=lambda today: Person.objects.named_in_public(),
    shown=lambda people: people.prefetch_related(ATTENDANCES, SIGNATURES),
    filterset=PersonFilterSet,
    facets=(
        _facet("country", _("In a delegation of"), IN_DELEGATIONS, is_open=True),
        Facet(
            name="role",
            title=_("Role in a delegation"),
            value="attendances__role",
            choices=tuple(Delegate.Role.choices),
            when=((f"{IN_DELEGATIONS[1]}state", "published"),),
            is_open=True,
            keeps_order=True,
        ),
        _facet("signed_for", _("Signed for"), BY_SIGNATURE),
    ),
    heads=(
        Head(label=_("Person"), sort="name"),
        Head(label=_("On the side of")),
        Head(label=_("Meetings"), is_numeric=True),
        Head(label=_("Agreements signed"), is_numeric=True),
    ),
    columns=(
        text("slug"),
        text("name"),
        text("family_name"),
        Column(name="other_names", reads=("other_names",), value=str.splitlines, is_list=True),
        *_rows_listed(
            ATTENDANCE_ROWS,
            (
                "delegations_of_countries",
                "delegation__country__code",
                _("codes of countries whose delegations name the person"),
            ),
            (
                "delegations_of_bodies",
                "delegation__organisation__slug",
                _("slugs of bodies whose delegations name the person"),
            ),
            ("meetings", "delegation__meeting__reference", _("meetings that name the person in a delegation")),
        ),
        *_rows_listed(
            SIGNATURE_ROWS,
            ("signed_for_countries", "country__code", _("codes of countries beside which the person signed")),
            ("signed_for_bodies", "organisation__slug", _("slugs of bodies beside which the person signed")),
            ("agreements_signed", "agreement__reference", _("agreements that name the person as signatory")),
        ),
        Column(
            name="offices",
            reads=(ATTENDANCE_ROWS, SIGNATURE_ROWS),
            value=_offices,
            is_list=True,
            means=_("offices in which meetings and agreements name the person, as stated"),
        ),
        page("person", "slug"),
    ),
    sorts={"name": F("name")},
    default_sort="name",
    row_template="site/person_row.html",
    line=line_of_person,
)
