"""Home, about and sources."""

from operator import attrgetter

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement, WorkingGroup
from meetings.models import Commitment, Implementation, Meeting, Progress, Schedule
from tracker.records.languages import language_name, written
from tracker.records.models import Source
from tracker.registers.edition import Edition
from tracker.registers.record import fact, find, redirects_moved, render_record

from ..home import HomePage
from ..registers import CITING, citing, kinds_citing, published_sources, with_kinds_citing

# What the name of a record that cites a source is made of, beside the record itself.
NAMED_BY = {Meeting: ("forum", "working_group"), WorkingGroup: ("parent", "forum", "founding_agreement")}


@require_safe
def home(request):
    today = localdate()
    edition = Edition(request, today, request.path)
    context = {"edition": edition, "page": HomePage(today, edition.version)}
    return render(request, "site/home.html", context)


@require_safe
def about(request):
    context = {
        "edition": Edition(request, localdate(), request.path),
        "progress": Progress,
        "schedule": Schedule,
        "implementation": Implementation,
        "agreement_status": Agreement.Status,
        "strength": Commitment.Strength,
        "stage": WorkingGroup.Stage,
        "evidence": Source.Evidence,
    }
    return render(request, "site/about.html", context)


@require_safe
@redirects_moved
def source_detail(request, slug):
    today = localdate()
    source = find(with_kinds_citing(published_sources(today)), slug=slug)
    cited = {}
    for model in kinds_citing(source):
        path = CITING[model]
        kind = _model_at(model, path)
        for row in _with_record(citing(model).filter(source=source), path, kind, today):
            records = cited.setdefault(kind._meta.verbose_name_plural, {})
            records.setdefault(attrgetter(path.replace("__", "."))(row), []).append(row)
    facts = [
        fact(_("Publisher"), written(source.publisher or source.site)),
        fact(_("Date"), source.published_on_in_words),
        fact(_("Kind of evidence"), source.get_evidence_display()),
        fact(_("Author"), written(source.author)) if source.author else None,
        fact(_("Language"), language_name(source.language)),
    ]
    facts = [line for line in facts if line]
    return render_record(request, "site/source_detail.html", source, today=today, facts=facts, cited=cited)


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
