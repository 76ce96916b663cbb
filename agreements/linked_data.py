"""What agreements and those who take part in them are to search engines, as schema.org has words for it."""

from collections.abc import Iterable
from typing import Any

from tracker.records.public import public
from tracker.registers.linked_data import Node, day, named, node

from .models import Agreement, Country, Organisation

Kind, Status = Organisation.Kind, Agreement.Status
OF_A_GOVERNMENT = (Kind.MINISTRY, Kind.AGENCY, Kind.MISSION, Kind.SUBNATIONAL)
NO_LONGER_IN_FORCE = (Status.EXPIRED, Status.TERMINATED, Status.SUPERSEDED)


def body(record: Country | Organisation | Any) -> Node:
    """A body with a page here, by name and address."""
    return named(record, _type_of(record))


def bodies(rows: Iterable[Any]) -> list[Node]:
    """Those that some rows name (parties, members), each once, without whoever is hidden."""
    found = dict.fromkeys(row.body for row in rows)
    return [body(each) for each in found if each]


def _type_of(record):
    if isinstance(record, Country):
        return "AdministrativeArea" if record.is_union else "Country"
    if isinstance(record, Organisation) and record.kind in OF_A_GOVERNMENT:
        return "GovernmentOrganization"
    return "Organization"


def agreement_as_thing(agreement: Agreement, status: str, parties: Iterable[Any]) -> Node:
    """Legislation, which treaties are to schema.org, where it is known to bind; else some other work."""
    known = {"genre": agreement.get_type_display(), "about": bodies(parties)}
    if agreement.binding != Agreement.Binding.BINDING:
        return node("CreativeWork", dateCreated=day(agreement.signed), **known)
    force = {Status.IN_FORCE: "https://schema.org/InForce"} | dict.fromkeys(
        NO_LONGER_IN_FORCE, "https://schema.org/NotInForce"
    )
    return node(
        "Legislation",
        legislationDate=day(agreement.signed),
        legislationLegalForce=force.get(Status(status), ""),
        **known,
    )


def forum_as_thing(forum: Any, memberships: Iterable[Any]) -> Node:
    return node("Organization", alternateName=forum.abbreviation, member=bodies(memberships))


def group_as_thing(group: Any, members: Iterable[Any]) -> Node:
    forum = public(group.forum)
    return node("Organization", parentOrganization=forum and body(forum), member=bodies(members))


def organisation_as_thing(organisation: Organisation) -> Node:
    parent, country = public(organisation.parent), organisation.country
    return node(
        _type_of(organisation),
        alternateName=organisation.abbreviation,
        parentOrganization=parent and body(parent),
        location=country and body(country),
    )


def country_as_thing(country: Country) -> Node:
    return node(_type_of(country))


def theme_as_thing(theme: Any) -> Node:
    return node("DefinedTerm", termCode=theme.slug)
