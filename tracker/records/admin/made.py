"""Records that are made by their name within the form of another: kept with it as text, and made when it is saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from tracker.records.twins import twins
from tracker.records.words import normalised

from .keys import is_readable, taken_into

# How the value of a choice begins that is no key but a name; and one that is said to be another of the same name.
NEW, ANOTHER = "new:", "another:"
NOT_HERE = _("It cannot be added here: choose one that exists.")
TWIN = _("There may be this one already: %(twins)s. Say below which you mean.")


class MadeByName:
    """The admin of a kind of record that a name is enough to make. ``made_of`` may read more from the text."""

    model: Any

    def made_of(self, text: str) -> models.Model:
        """Return the record, not saved yet."""
        raise NotImplementedError

    def twins_of(self, text: str) -> list[models.Model]:
        return twins(self.model, text)

    def is_the_same(self, text: str, record: models.Model) -> bool:
        """Whether there cannot be two of them."""
        return False


class Made:
    """What one form makes: each name once, wherever in the form it stands."""

    def __init__(self, user: Any):
        self.user = user
        self.records: dict[tuple[type[models.Model], str], models.Model] = {}

    def take(self, model: type[models.Model], text: str, *, is_another: bool) -> models.Model:
        """Make the record, or raise ``ValidationError`` where it may not be, or somebody must say whether it is new."""
        maker, name = maker_of(model), " ".join(text.split())
        if maker is None or not may_make(self.user, model):
            raise ValidationError(NOT_HERE)
        key = model, normalised(name) or name
        if key in self.records:
            return self.records[key]
        near = maker.twins_of(name)
        if near and not (is_another and not any(maker.is_the_same(name, each) for each in near)):
            raise ValidationError(TWIN, params={"twins": "; ".join(map(str, near))})
        record = maker.made_of(name)
        try:
            record.full_clean()
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        record.save()
        self.records[key] = record
        return record


class NotSaved(Exception):
    """The form that made records was not saved: neither are they."""

    def __init__(self, response: HttpResponse):
        self.response = response


_under_way: ContextVar[Made | None] = ContextVar("what the form makes", default=None)


@contextmanager
def making(user: Any) -> Iterator[Made]:
    """In this block, which is one change, forms make what they name."""
    made = Made(user)
    token = _under_way.set(made)
    try:
        yield made
    finally:
        _under_way.reset(token)


@contextmanager
def making_nothing() -> Iterator[None]:
    """In this block a name makes nothing: what it stands in is about to go."""
    token = _under_way.set(None)
    try:
        yield
    finally:
        _under_way.reset(token)


def made_here() -> list[models.Model]:
    """What the form that is being saved has made so far."""
    made = _under_way.get()
    return list(made.records.values()) if made is not None else []


def maker_of(model: type[models.Model]) -> Any:
    try:
        found = admin.site.get_model_admin(model)
    except NotRegistered:
        return None
    return found if isinstance(found, MadeByName) else None


def may_make(user: Any, model: type[models.Model]) -> bool:
    if user is None or maker_of(model) is None:
        return False
    return user.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}")


def name_in(value: Any) -> str:
    """The name that a value holds in place of a key; empty for a key."""
    text = str(value or "")
    return next((text.removeprefix(mark).strip() for mark in (NEW, ANOTHER) if text.startswith(mark)), "")


class _OrMade:
    """A field whose values are keys of records, or names of new ones."""

    def offer(self, user):
        """Let the input offer to add what it does not find."""
        widget = getattr(self.widget, "widget", self.widget)
        if hasattr(widget, "offers_new") and may_make(user, self.queryset.model):
            widget.offers_new = True
            if widget is not self.widget:
                self.widget.can_add_related = False

    def key_of(self, value):
        name = name_in(value)
        if not name:
            return value
        made = _under_way.get()
        if made is None:
            raise ValidationError(NOT_HERE)
        return str(made.take(self.queryset.model, name, is_another=str(value).startswith(ANOTHER)).pk)


class OneOrMade(_OrMade, forms.ModelChoiceField):
    def clean(self, value):
        key = self.key_of(value)
        try:
            return super().clean(key)
        except ValidationError:
            present = taken_into(self.queryset.model, [str(key or "")])
            if not present:
                raise
            return super().clean(present[str(key)])


class SeveralOrMade(_OrMade, forms.ModelMultipleChoiceField):
    def clean(self, value):
        """What no record can have as its key is refused here: the database would not take it."""
        keys = [self.key_of(each) for each in value or []]
        for key in keys:
            if not is_readable(self.queryset.model._meta.pk, key):
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key})
        try:
            return super().clean(keys)
        except ValidationError:
            present = taken_into(self.queryset.model, map(str, keys))
            if not present:
                raise
            return super().clean([present.get(str(key), key) for key in keys])
