"""Crafted addresses of the desk: a key, a value of a filter or of a form to be that cannot be one is refused before a
page or the database meets it."""

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.http import Http404

from .keys import is_readable
from .made import name_in

# What a filter may ask for; patterns that a database would have to run are not among it.
PLAIN = {"", "exact", "iexact", "contains", "icontains", "startswith", "istartswith", "gt", "gte", "lt", "lte", "range"}
PARTS_OF_DATES = {"year": range(1, 10_000), "month": range(1, 13), "day": range(1, 32)}
ACTION = "_selected_action"


class RefuseCraftedAddresses:
    """Answer 404 to a key that no record can have, and 400 to a value that its field cannot hold, on every page of the
    admin: a new one cannot be forgotten."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        model = _model_of(match.url_name) if "admin" in match.app_names else None
        if model is None:
            return
        for key in (kwargs[name] for name in ("object_id", "id") if name in kwargs):
            if not is_readable(model._meta.pk, unquote(key)):
                raise Http404("No record can have this key.")
        if match.url_name.endswith("_add"):
            _refuse(_unreadable_values(model, request.GET))
        if match.url_name.endswith("_changelist"):
            _refuse(_unreadable_lookups(model, request.GET))
        if request.method == "POST":
            _refuse(_unreadable_relations(model, request.POST))


def _model_of(name):
    """The model whose page has this name; those of the site itself have none."""
    app_label, _mark, rest = (name or "").partition("_")
    try:
        return apps.get_model(app_label, rest.partition("_")[0])
    except LookupError:
        return None


def _refuse(unreadable):
    for name, value in unreadable:
        raise BadRequest(f"{name[:100]!r} cannot be {value[:100]!r}.")


def _unreadable_values(model, params):
    """Of a form that starts with values of the address; of several keys there, commas stand between them."""
    for name, values in params.lists():
        field = _field(model, name)
        if field is not None:
            separate = field.many_to_many
            parts = [part for value in values for part in (value.split(",") if separate else [value])]
            yield from ((name, part) for part in parts if part and not is_readable(field, part))


def _unreadable_lookups(model, params):
    for name, values in params.lists():
        field, lookup = _along(model, name)
        for value in values if field is not None else ():
            if not _lookup_is_readable(field, lookup, value):
                yield name, value


def _lookup_is_readable(field, lookup, value):
    if lookup == "isnull":
        return True
    if lookup in PARTS_OF_DATES:
        return value.isascii() and value.isdecimal() and len(value) < 5 and int(value) in PARTS_OF_DATES[lookup]
    if lookup == "in":
        return all(is_readable(field, part) for part in value.split(","))
    return lookup in PLAIN and (not value or is_readable(field, value))


def _unreadable_relations(model, sent):
    """What is posted is for forms to check, but for keys: a list of them goes to the database as it is. A name in
    place of a key does not."""
    for name, values in sent.lists():
        field = model._meta.pk if name == ACTION else _field(model, name)
        if field is not None and (name == ACTION or field.many_to_many):
            yield from ((name, value) for value in values if not (name_in(value) or is_readable(field, value)))


def _field(model, name):
    try:
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if field.concrete else None


def _along(model, path):
    """``(field, lookup)`` at the end of a path over relations; no field where it begins with none."""
    field, parts = None, path.split("__")
    while parts and model is not None and (found := _field(model, parts[0])) is not None:
        field, parts = found, parts[1:]
        model = field.related_model if field.is_relation else None
    return field, "__".join(parts)
