"""Whom deliveries are for, by name: each room says what its own recipients are called, and where their page is."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.urls import reverse


@dataclass(frozen=True)
class NamedRecipient:
    """``address`` is that of the form on the desk, for whoever has the ``right`` to see it."""

    name: str
    address: str
    right: str


NameThem = Callable[[set[int]], dict[int, NamedRecipient]]
_kinds: dict[str, NameThem] = {}


def names_recipients(kind: str) -> Callable[[NameThem], NameThem]:
    """The hook for rooms above: mark a function that names recipients of this kind (``person:7`` is of ``person``) by
    their primary keys."""

    def note(function):
        _kinds[kind] = function
        return function

    return note


def named(recipients: Iterable[str]) -> dict[str, NamedRecipient]:
    """Those that are known by name: one query for each kind."""
    keys = defaultdict(set)
    for recipient in recipients:
        kind, _colon, key = recipient.partition(":")
        if kind in _kinds and key.isdecimal():
            keys[kind].add(int(key))
    return {f"{kind}:{key}": each for kind, some in keys.items() for key, each in _kinds[kind](some).items()}


@names_recipients("user")
def _accounts(keys):
    return {
        key: NamedRecipient(name, reverse("admin:accounts_user_change", args=[key]), "accounts.view_user")
        for key, name in get_user_model().objects.filter(pk__in=keys).values_list("pk", "username")
    }
