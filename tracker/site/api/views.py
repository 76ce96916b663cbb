"""The answers of the API: its root, the list of each register, and each record."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponseNotModified, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import parse_etags, urlencode
from django.utils.timezone import localdate
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.records.models import DataVersion, one_reading
from tracker.registers.deployed import etag_of
from tracker.registers.export import LICENCE, LICENCE_ADDRESS
from tracker.registers.listing import Listing, unread
from tracker.registers.paging import page_of
from tracker.registers.record import Moved, find

from ..registers import REGISTERS
from . import fields, parameters
from .fields import Selection
from .parameters import CURSOR, Parameters, Unreadable
from .problems import Refused, address_of_documentation
from .schema import ApiSchema


class ApiView(APIView):
    """What all have in common: ``content`` says what is answered, within one reading of the database.

    An answer is a function of the data version, the day, the whole address and the code: all that makes its ETag.
    """

    http_method_names = ["get", "head", "options"]
    schema: ApiSchema | None = ApiSchema()

    def initial(self, request, *args, **kwargs):
        translation.activate(parameters.language_of(request.GET))
        super().initial(request, *args, **kwargs)

    def options(self, request, *args, **kwargs):
        return Response(status=HTTPStatus.NO_CONTENT)

    def get(self, request, **names):
        known = [mark.removeprefix("W/") for mark in parse_etags(request.headers.get("If-None-Match", ""))]
        with one_reading():
            self.today, self.version, self.links = localdate(), DataVersion.current(), {"license": LICENCE_ADDRESS}
            mark = self._mark(request)
            content = None if mark in known else self.content(request, **names)
        is_the_same = content is None or "*" in known
        response = HttpResponseNotModified() if is_the_same else Response(content)
        # Weak: what is the same in other bytes is the same.
        response["ETag"], response["Data-Version"] = f"W/{mark}", str(self.version)
        response["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for relation, address in self.links.items())
        response["Cache-Control"] = "no-cache"
        return response

    def _mark(self, request):
        rests_on = (settings.SITE_URL, request.get_full_path(), request.accepted_renderer.media_type)
        return etag_of("\0".join(rests_on), self.version, self.today)

    def content(self, request, **names):
        raise NotImplementedError

    def refuse_all_but(self, request, names, register=None):
        """A parameter beside these is refused, and one of them that cannot be read."""
        wrong = parameters.unknown(unread(request.GET, names))
        refuse(Parameters(register, request.GET).errors(names) | wrong)

    def head_of(self, register):
        return {"register": register.name} | self.provenance()

    def provenance(self):
        return {"language": translation.get_language(), "data_version": self.version, "licence": LICENCE}


class ApiRoot(ApiView):
    """Where everything is."""

    def content(self, request):
        self.refuse_all_but(request, [fields.LANGUAGE])
        return self.provenance() | {
            "licence_address": LICENCE_ADDRESS,
            "documentation": address_of_documentation(),
            "schema": settings.SITE_URL + reverse("api-schema"),
            "registers": [
                {
                    "name": register.name,
                    "title": str(register.title),
                    "description": str(register.lede),
                    "api_address": fields.address_of(f"api-{register.noun}-list"),
                    "address": settings.SITE_URL + reverse(f"{register.noun}-list"),
                }
                for register in REGISTERS
            ],
        }


class RegisterList(ApiView):
    """The records of a register that pass the filters, a page at a time."""

    register: Any = None

    def content(self, request):
        register = self.register
        listing = Listing(register, request.GET, self.today, self.version)
        asked = Parameters(register, request.GET)
        wrong = parameters.without_number(listing.unknown_beside(*parameters.OF_LIST))
        refuse(listing.errors | asked.errors(parameters.OF_LIST) | wrong)
        try:
            cursor = asked.cursor(listing.sort)
        except Unreadable as error:
            refuse({CURSOR: [str(error)]})
        page = page_of(listing, cursor, asked.page_size())
        records = Selection(register, asked.fields()).read(listing.filterset.queryset, page.keys)
        neighbours = {
            "next": self._address(request, listing, page.following),
            "previous": self._address(request, listing, page.previous),
        }
        relations = {"next": "next", "previous": "prev"}
        self.links |= {relations[name]: address for name, address in neighbours.items() if address}
        return self.head_of(register) | {"count": page.total} | neighbours | {"records": records}

    def _address(self, request, listing, cursor):
        """Of the page at a cursor, with all that was asked."""
        if cursor is None:
            return None
        asked = [(name, value) for name, values in request.GET.lists() if name != CURSOR for value in values if value]
        query = urlencode([*asked, (CURSOR, cursor.written(self.register, listing.sort))])
        return f"{settings.SITE_URL}{request.path}?{query}"


class RecordDetail(ApiView):
    """One record."""

    register: Any = None

    def get(self, request, key):
        try:
            return super().get(request, key=key)
        except Moved as moved:
            query = request.META.get("QUERY_STRING", "")
            address = reverse(f"api-{self.register.noun}-detail", args=[moved.name])
            return HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""), preserve_request=True)

    def content(self, request, key):
        self.refuse_all_but(request, parameters.OF_RECORD, self.register)
        records = self.register.records(self.today)
        selection = Selection(self.register, Parameters(self.register, request.GET).fields(), with_rows=True)
        (record,) = selection.read(records, [find(records, **{self.register.key: key}).pk])
        return self.head_of(self.register) | {"record": record}


def refuse(errors):
    """Answer with what is wrong, where something is."""
    if errors:
        raise Refused(errors)
