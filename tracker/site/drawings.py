"""The drawings of pages that can be taken away: each with the words that its page says beside it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.records.languages import compose

from .drawing_file import DrawingFile
from .pair import PairPage
from .pair_forums import ForumCard
from .pair_list import PairList
from .pair_map import PairMap
from .pairs import named_together
from .statistics import Statistics

MARK = "site/session_clock_swatch.html"


def of_statistics(statistics: Statistics) -> DrawingFile | None:
    """None where nothing was firmly promised."""
    chart = statistics.chart
    if chart is None:
        return None
    swatch = "meetings/implementation_glyph.html" if chart.is_of_discs else "site/implementation_swatch.html"
    key = [
        (swatch, {"code": each.value}, f"{number:,} {each.label}") for each, number, _address in statistics.open.counted
    ]
    return DrawingFile(
        name="statistics",
        title=chart.title,
        template="site/implementation_drawing.html",
        context={"chart": chart, "drawing": chart.drawings[0]},
        key=key,
        page=reverse("statistics"),
        notes=[_("Above the line something is reported, below it nothing.")],
    )


def of_pairs(listing: PairList, version: int) -> DrawingFile | None:
    """None where no country of the list has a place on the map."""
    found = PairMap(listing, version)
    if not listing.pairs or found.drawing is None:
        return None
    levels = [*found.key, *([("chosen", found.chosen.local_name)] if found.chosen else ())]
    return DrawingFile(
        name="pairs",
        title=found.title,
        template="site/pair_map_drawing.html",
        context={"map": found},
        key=[(found.swatch, {"level": level}, words) for level, words in levels],
        page=reverse("pair-list") + (f"?{listing.query}" if listing.query else ""),
        notes=list(filter(None, [found.note, found.not_drawn_in_words, found.caution])),
        within=frozenset({"chart", "finding", "map"}),
    )


def of_timeline(page: PairPage) -> DrawingFile | None:
    """None where nothing of the pair has a year."""
    timeline = page.timeline
    if timeline is None:
        return None
    drawing = timeline.drawings[0]
    kind = "timeline_by_year_drawing" if timeline.is_by_year else "timeline_drawing"
    title = _("%(pair)s: sessions, other meetings and signatures")
    words = {"dot": _("day known"), "dot-open": _("day inferred or bounded"), "today": _("today")}
    if timeline.is_by_year:
        words = {"today": _("today")}
    return DrawingFile(
        name=f"{page.one.code}-{page.other.code}-timeline",
        title=compose(title, pair=named_together([page.one, page.other])),
        template=f"site/{kind}.html",
        context={"timeline": drawing, "sheet": drawing.sheet},
        key=[(MARK, {"kind": kind}, said) for kind, said in words.items()],
        page=reverse("pair-detail", args=[page.one.code, page.other.code]),
    )


def of_sessions(page: PairPage, card: ForumCard) -> DrawingFile | None:
    """None where no session has a date."""
    clock = card.clock
    if not clock.is_drawn:
        return None
    return DrawingFile(
        name=f"{card.forum.slug}-sessions",
        title=compose(_("%(forum)s: %(said)s"), forum=card.forum.name, said=clock.title),
        template="site/session_clock_drawing.html",
        context={"clock": clock, "drawing": clock.drawings[0]},
        key=[(MARK, {"kind": kind}, words) for kind, words in clock.key],
        page=reverse("pair-detail", args=[page.one.code, page.other.code]),
        notes=clock.notes,
    )
