"""The page of a source: what it is, how it is cited, and which records rest on it."""

from operator import attrgetter

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import WorkingGroup
from meetings.models import Commitment, Meeting
from tracker.records.evidence import in_words
from tracker.records.languages import language_name, written
from tracker.registers.past.days import day_of
from tracker.registers.plan import model_of
from tracker.registers.record import fact, find, redirects_moved, render_record
from tracker.registers.templatetags.registers import list_url

from ..citations import cited_document
from ..linked_data import source_as_thing
from ..registers import CITING, REGISTERS, SOURCES, citing, kinds_citing, published_sources, with_kinds_citing

# Of each kind of record, and the rows of each kind that are read for them.
MOST, MOST_ROWS = 30, 100
# What the name of a record that cites a source is made of, beside the record itself.
NAMED_BY = {Meeting: ("forum", "working_group"), WorkingGroup: ("parent", "forum", "founding_agreement")}


@require_safe
@redirects_moved
def source_detail(request, slug):
    today = day_of(request)
    source = find(with_kinds_citing(published_sources(today)), slug=slug)
    facts = [
        fact(_("Publisher"), written(source.publisher or source.site)),
        fact(_("Author"), written(source.author)) if source.author else None,
        fact(_("Date"), source.published_on_in_words),
        fact(_("Kind of evidence"), source.get_evidence_display()),
        fact(_("Language"), language_name(source.language)),
        None if source.archive_url else fact(_("Archived copy"), unknown=_("No archived copy is known")),
    ]
    return render_record(
        request,
        "site/source_detail.html",
        source,
        register=SOURCES,
        thing=source_as_thing(source),
        today=today,
        facts=[line for line in facts if line],
        document=cited_document(source, today),
        resting=list(_records_on(source, today)),
    )


def _records_on(source, today):
    """Yield for each kind of record what it is called, those that rest on the source, each with the rows that say so,
    and, where there are more than stand here, the list of them."""
    found = {}
    for model in kinds_citing(source):
        path = CITING[model]
        kind = _model_at(model, path)
        rows = _with_record(citing(model).filter(source=source), path, kind, today)[:MOST_ROWS]
        records = found.setdefault(kind, {})
        for row in rows:
            records.setdefault(attrgetter(path.replace("__", "."))(row), []).append(row)
    for kind, records in found.items():
        title = kind._meta.verbose_name_plural
        address = list_url(_nouns()[kind], source=source.slug) if len(records) > MOST else ""
        shown = [(record, _places(rows)) for record, rows in list(records.items())[:MOST]]
        yield {"title": title, "records": shown, "address": address}


def _places(rows):
    """Where in the source, and what it states there, each once: several rows of a record may rest on one paragraph."""
    found = {}
    for row in rows:
        locator, field = getattr(row, "locator", ""), getattr(row, "field", "")
        if field:
            value = in_words(getattr(row, "part", None) or row.record, field, row.value)
            found[locator, field, value] = {"locator": locator, "label": row.get_field_display(), "value": value}
        elif locator:
            found[locator] = {"locator": locator}
    stated = {place["locator"] for key, place in found.items() if isinstance(key, tuple)}
    return [place for key, place in found.items() if key not in stated]


def _nouns():
    return {model_of(register): register.noun for register in REGISTERS}


def _model_at(model, path):
    """The model at the end of a path of foreign keys."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def _with_record(rows, path, kind, today):
    """Fetch with each row what the name of its record is made of; of a commitment also where it stands."""
    if kind is Commitment:
        return rows.prefetch_related(Prefetch(path, Commitment.objects.with_status(today)))
    return rows.select_related(path, *(f"{path}__{name}" for name in NAMED_BY.get(kind, ())))
