"""The fields of a record in the API: the columns of its register, and where the API itself has it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.records.remembering import Remembered
from tracker.registers.reading import Reader
from tracker.registers.register import Column, Datatype, Register
from tracker.registers.tables import Shape, chunk_of, rows_read_by

LANGUAGE, ROWS = "lang", "rows"


@cache
def fields_of(register: Register) -> tuple[Column, ...]:
    return (*register.columns, _api_address(register))


def names_of(register: Register) -> list[str]:
    """All that a record has: its fields, and what belongs to it where there is any such kind."""
    return [field.name for field in fields_of(register)] + ([ROWS] if register.tables else [])


class Selection:
    """What is answered of each record of a register: what it is called, and the fields of these names; all where none
    is named, and the rows ``with_rows`` only."""

    def __init__(self, register: Register, names: Sequence[str], *, with_rows: bool = False) -> None:
        columns = [field for field in fields_of(register) if not names or field.name in (register.key, *names)]
        has_rows = register.tables and (ROWS in names or (with_rows and not names))
        tables = register.tables if has_rows else ()
        self.shape = Shape(noun=register.noun, columns=tuple(columns), tables=tables)

    def read(self, records: QuerySet, keys: Sequence[int]) -> list[dict[str, Any]]:
        """The records of these keys; of the database is asked what they need, and nothing else."""
        reader = Reader(records, self.shape.columns, rows_read_by(self.shape.tables))
        return list(chunk_of(reader, keys, self.shape.tables).records(self.shape))


def address_of(name, *arguments) -> str:
    """The whole address of something in the API, which answers in the present language."""
    language = get_language()
    query = "" if language == settings.LANGUAGE_CODE else "?" + urlencode({LANGUAGE: language})
    return settings.SITE_URL + reverse(name, args=arguments) + query


def _api_address(register):
    def value(key):
        return address_of(f"api-{register.noun}-detail", key)

    return Column(
        name="api_address",
        reads=(register.key,),
        value=Remembered(value),
        is_local=True,
        datatype=Datatype.ADDRESS,
        means=_("the record in this API"),
    )
