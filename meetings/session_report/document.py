"""The report as a document for a word processor: the same paper as the page, to be edited and sent on."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tracker.records import edtf, typography
from tracker.records.languages import Composed, capfirst, compose, written

from .contents import SessionReport
from .word import Paper

SMALL = {"small": True, "grey": True}


def as_docx(report: SessionReport, opening: dict) -> bytes:
    """The file; ``opening`` says where it is from, as of every export."""
    title = typography.labelled(report.kind, report.meeting.headline)
    day = datetime.fromisoformat(opening["exported_on"])
    site = _("Digital Cooperation Tracker")
    paper = Paper(opening["language"], str(title), site, day)
    address = _address(report.meeting) + "report/"
    paper.edges(Composed([site, " · ", report.meeting.reference]), address.partition("//")[2])
    _head(paper, report, opening)
    for name, part in report.parts.items():
        if part.items or not report.is_empty:
            paper.heading(part.heading, 1)
            _part(paper, name, part)
    _sources(paper, report)
    said = compose(_("Address of the report: %(address)s."), address=written(address))
    paper.paragraph(Composed([report.disclaimer, " ", said, " ", opening["licence"]]), **SMALL)
    return paper.packed()


def _address(record):
    return settings.SITE_URL + record.get_absolute_url()


def _head(paper, report, opening):
    paper.paragraph(report.kind, grey=True)
    paper.heading(report.meeting.headline, 0)
    day, version = edtf.in_words(opening["exported_on"]), opening["data_version"]
    state = _("State of %(day)s, data version %(version)s.") % {"day": day, "version": version}
    where = Composed([report.place_and_day, ". "]) if report.place_and_day else ""
    paper.paragraph(Composed([where, state]), grey=True)
    if report.meeting.status != report.meeting.Status.HELD:
        paper.paragraph(capfirst(report.meeting.status_in_words))
    paper.paragraph(report.summary, bold=True)
    for said in report.limits:
        paper.paragraph(said)
    for label, said in report.people_lines:
        paper.paragraph(typography.labelled(label, said))


def _part(paper, name, part):
    if part.note and part.items:
        paper.paragraph(part.note, is_kept=True, **SMALL)
    if not part.items:
        paper.paragraph(_("None is recorded."), **SMALL)
        return
    heads, widths, cells = TABLES[name]
    paper.table(
        [pgettext("number of an item", "No."), *heads()],
        widths,
        ([[(item.number, {"name": item.number})], *cells(item)] for item in part.items),
    )
    if part.items.more:
        more = ngettext("%(more)s more", "%(more)s more", part.items.more) % {"more": part.items.more}
        paper.paragraph(typography.labelled(more, settings.SITE_URL + part.items.address))


def _marks(item):
    return _numbers(item.marks)


def _numbers(marks):
    """Of sources, as they stand in the list at the end."""
    return f" [{', '.join(map(str, marks))}]" if marks else ""


def _said(item, *, is_earlier=False):
    """What was promised, with its reference, how firmly, and the numbers of its sources."""
    commitment = item.commitment
    about: list[Any] = [commitment.reference, " · ", commitment.get_strength_display()]
    if is_earlier and item.made_at:
        about += [typography.between_clauses(), written(item.made_at)]
    return [
        (commitment.headline, {"bold": True, "address": _address(commitment)}),
        (Composed([*about, _marks(item)]), SMALL),
        *((each.in_words, SMALL) for each in item.lineage),
    ]


def _by_and_due(item):
    due = capfirst(item.due_in_words) if item.due_in_words else _("No deadline is recorded")
    return [item.by_in_words or _("Not stated"), (due, SMALL)]


def _words(item):
    words = item.words
    if not words:
        return [_("no report seen")]
    said = ([word.name, typography.colon(), word.said_or_not, _numbers(word.marks)] for word in words)
    return [Composed(parts) for parts in said]


def _state(item):
    first, *rest = (capfirst(part.text) for part in item.state)
    return [(first, {"bold": item.commitment.is_firm}), *((each, SMALL) for each in rest)]


def _firm(item):
    return [_said(item), _by_and_due(item), _words(item), _state(item)]


def _soft(item):
    return [_said(item), [item.by_in_words or _("Not stated")], _state(item)]


def _carried(item):
    return [_said(item, is_earlier=True), _by_and_due(item), _state(item)]


def _outcome(item):
    outcome = item.outcome
    lines: list[Any] = [Composed([written(outcome.text), _marks(item)])]
    if item.group:
        lines.append((written(item.group.headline), SMALL))
    if item.agreement:
        lines.append((written(item.agreement.headline), {**SMALL, "address": _address(item.agreement)}))
    kinds: list[Any] = [outcome.get_kind_display()]
    if outcome.realisation != outcome.Realisation.REALISED:
        kinds.append((outcome.get_realisation_display(), SMALL))
    return [lines, kinds]


def _instrument(item):
    agreement = item.agreement
    about = Composed([agreement.reference, " · ", agreement.get_type_display()])
    title = (written(agreement.headline), {"bold": True, "address": _address(agreement)})
    return [[title, (about, SMALL)], [item.role_in_words], [capfirst(item.status_in_words)]]


def _difference(item):
    question = [capfirst(item.field), *([(item.of, SMALL)] if item.of else [])]
    shown = _stated(item.chosen) if item.chosen else []
    return [question, shown, [line for other in item.others for line in _stated(other)]]


def _stated(stated):
    return [Composed([stated["value"], _numbers(stated["marks"])]), *((note, SMALL) for note in stated["notes"])]


# Of each part: the heads of its table beside the number, shares of the width, and what the cells of an item say.
TABLES: dict[str, Any] = {
    "firm": (
        lambda: [_("What was promised"), _("By whom, by when"), _("Each side reports"), _("Status")],
        (0.07, 0.33, 0.2, 0.2, 0.2),
        _firm,
    ),
    "soft": (lambda: [_("What was said"), _("By"), _("Later word")], (0.07, 0.48, 0.2, 0.25), _soft),
    "outcomes": (lambda: [capfirst(_("outcome")), _("Kind")], (0.07, 0.73, 0.2), _outcome),
    "instruments": (
        lambda: [_("Agreement"), capfirst(_("what happened")), _("Status")],
        (0.07, 0.53, 0.2, 0.2),
        _instrument,
    ),
    "carried": (
        lambda: [_("What was promised"), _("By whom, by when"), _("Status")],
        (0.07, 0.43, 0.22, 0.28),
        _carried,
    ),
    "differences": (
        lambda: [_("Question"), capfirst(_("shown here")), capfirst(_("also stated"))],
        (0.07, 0.19, 0.37, 0.37),
        _difference,
    ),
}


def _sources(paper, report):
    if not report.evidence.entries:
        return
    paper.heading(_("Sources"), 1)
    for entry in report.evidence.entries:
        source = entry["source"]
        publisher = written(source.publisher or source.site) if source.title else ""
        about = [source.label, publisher, source.published_on_in_words, *map(written, entry["locators"])]
        line = typography.clauses([*about, source.get_evidence_display()])
        paper.paragraph(Composed([f"{entry['number']}. ", line]))
        for address in filter(None, (source.url, source.archive_url)):
            paper.paragraph(address, address=address, small=True)
