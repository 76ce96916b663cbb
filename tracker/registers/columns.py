"""Columns that the exports of several registers share. Codes come first, the same in every language; the words for them
stand beside, in a column whose name ends in ``_in_words``."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.records import durations, edtf
from tracker.records.languages import written
from tracker.records.models import Source
from tracker.records.remembering import Remembered

from .reading import RowsIn, Told, sparse
from .register import Column, Datatype

SOURCE = Told(Source, "label", "title", "language", "publisher", "url", "slug")


def text(name, path="", means=""):
    return Column(name=name, reads=(path or name,), means=means)


def code(name, choices, means=""):
    """A code without its words, which stand elsewhere."""
    return Column(name=name, reads=(name,), codes=tuple(choices.choices), means=means)


def number(name):
    return Column(name=name, reads=(name,), datatype=Datatype.WHOLE_NUMBER)


def yes_or_no(name):
    return Column(name=name, reads=(name,), datatype=Datatype.YES_OR_NO)


def address(name):
    return Column(name=name, reads=(name,), datatype=Datatype.ADDRESS)


def day(name, means=""):
    return Column(name=name, reads=(name,), datatype=Datatype.DAY, means=means)


def choice(name, choices, means=""):
    """Two columns: the code of a choice, and its words."""
    return code(name, choices, means), Column(
        name=f"{name}_in_words", reads=(name,), value=words_of(choices), is_local=True
    )


def words_of(choices):
    """What puts a code into words; a code without any stands for itself."""
    words = dict(choices.choices)  # of a class of choices, or of a field
    return Remembered(lambda code: str(words.get(code, code)))


def date(name, bounds="", *, has_words=False):
    """Four columns: the EDTF notation, its words, and the earliest and latest day that it allows; ``bounds`` is how the
    names of the two start, where it is not the same. With the source's own words for it, five."""
    bounds = bounds or name
    words = (f"{name}_words",) if has_words else ()
    return (
        text(name),
        date_in_words(name, *words),
        day(f"{bounds}_earliest"),
        day(f"{bounds}_latest"),
        *map(text, words),
    )


def date_in_words(name, *words):
    return Column(name=f"{name}_in_words", reads=(name, *words), value=Remembered(_date_in_words), is_local=True)


def _date_in_words(notation, words=""):
    return str(edtf.in_words(notation, written(words)))


def period(name):
    """Two columns: the duration of ISO 8601, and its words."""
    return text(name), Column(name=f"{name}_in_words", reads=(name,), value=Remembered(durations.in_words))


def codes(relation, key, label="name"):
    """Two columns: the codes or slugs of related records that the public may know of, and their names."""
    is_told = isinstance(label, Told)
    rows = RowsIn(relation, (key, *(label.reads if is_told else (label,))))
    names_of = label.of(rows) if is_told else lambda rows: [row[1] for row in rows]
    return (
        Column(name=relation, reads=(rows,), value=lambda rows: [row[0] for row in rows], is_list=True),
        Column(
            name=f"{relation}_in_words",
            reads=(rows,),
            value=Remembered(names_of),
            is_local=is_told,
            is_list=True,
        ),
    )


def of_one(relation, key, label="name", *, name="", is_local=False, is_rare=False):
    """Two columns: the code or slug of a related record and its name. Empty where there is none, or where it is hidden
    from the public; ``is_rare`` where few records have one."""
    name, key = name or relation, f"{relation}__{key}"
    if isinstance(label, Told):
        words = Column(
            name=f"{name}_in_words",
            reads=_rarely(relation, is_rare, key, *label.under(relation)),
            value=label.if_public(),
            is_local=is_local,
        )
    else:
        words = Column(
            name=f"{name}_in_words", reads=_rarely(relation, is_rare, f"{relation}__{label}"), is_local=is_local
        )
    return Column(name=name, reads=_rarely(relation, is_rare, key)), words


def _rarely(relation, is_rare, *reads):
    return sparse(f"{relation}_id", reads, f"{relation}__") if is_rare else reads


def page(noun, key):
    """The address of the record's page, in the language of the export."""

    @Remembered
    def around():
        before, _mark, after = reverse(f"{noun}-detail", args=["x"]).rpartition("x")
        return settings.SITE_URL + before, after

    def value(key):
        before, after = around()
        return f"{before}{key}{after}"

    return Column(
        name="address",
        reads=(key,),
        value=value,
        is_local=True,
        datatype=Datatype.ADDRESS,
        means=_("the page of the record"),
    )


def sources():
    """The addresses of the sources, or their titles where they have none, each once."""
    rows = RowsIn("citations", SOURCE.under("source"))

    def value(rows):
        return list(dict.fromkeys(row.source_url or SOURCE(*row) for row in rows))

    means = _("the addresses of the sources cited, or their titles where they have none")
    return Column(name="sources", reads=(rows,), value=value, is_list=True, means=means)
