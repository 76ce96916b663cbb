"""What is measured: addresses of pages, chosen by what the data hold, and of exports."""

from collections import Counter
from itertools import combinations

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate

from agreements.models import Agreement, Country, Forum, Organisation, Person, Theme, WorkingGroup, pair_code
from meetings.models import Commitment, Meeting
from tests.bench.table import EMPTY_ADDRESS, EMPTY_VIEW
from tracker.records.models import Source
from tracker.site.pairs import all_pairs

# Of pages that each process keeps in memory: asked for as a reader who comes, and as one who has the page already.
KEPT = {"list": "/commitments/", "home": "/"}
EXPORTS = {"CSV": "/commitments.csv", "JSON": "/commitments.json"}
# Each request comes after something was changed: nothing that is remembered holds any more.
AFTER_A_CHANGE = "desk, first index after a change"
# Of a form of the desk that is measured.
MOST_ROWS = 30
RECORDS = (Commitment, Meeting, Agreement, Forum, WorkingGroup, Organisation)


def pages() -> dict[str, str]:
    """``{name: address}``, the empty view first."""
    country = frequent_country()
    pair, commitments = largest_pair()
    listed = "/commitments/"
    return {
        EMPTY_VIEW: EMPTY_ADDRESS,
        "home": "/",
        "list": listed,
        "list, overdue": f"{listed}?schedule=overdue",
        f"list, country {country}": f"{listed}?country={country}",
        "list, last page but few": f"{listed}?page={deep_page()}",
        "list, made 2020 to 2022": f"{listed}?made_after=2020-01-01&made_before=2022-12-31",
        "list, sorted by title": f"{listed}?sort=title",
        "list of meetings": "/meetings/",
        "list of agreements": "/agreements/",
        "list, frequent word": f"{listed}?q=digital",
        "list, two words": f"{listed}?q=digital+training",
        "list, beginning of a word": f"{listed}?q=interop",
        "feed of commitments": "/commitments.atom",
        f"feed, country {country}": f"/commitments.atom?country={country}",
        "feed, due before 2000": "/commitments.atom?due_before=1999",
        "search, frequent word": "/search/?q=digital",
        "search, two words": "/search/?q=digital+training",
        "search, beginning of a word": "/search/?q=interop",
        "search, phrase": "/search/?q=%22digital+training%22",
        "search, other words suggested": "/search/?q=digitl",
        **dict(map(middle_record, RECORDS)),
        **largest_report(),
        "country": Country.objects.get(code=country).get_absolute_url(),
        "person": busiest_person(),
        "list of people": "/people/",
        "theme": Theme.objects.named_in_public().first().get_absolute_url(),
        "source": Source.objects.filter(commitmentcitation__record__state="published").first().get_absolute_url(),
        f"largest pair, {commitments:,} commitments": f"/pairs/{pair}/",
        "pairs": "/pairs/",
        "map of pairs as a drawing": "/pairs.svg",
        "timeline of the largest pair as a drawing": f"/pairs/{pair}/timeline.svg",
        "statistics by pair": "/statistics/",
        "statistics by theme": "/statistics/?by=theme",
        "comparison of a pair": f"/compare/?pair={pair}&pair={second_pair(pair)}",
        "changes": "/changes/",
        f"changes, country {country}": f"/changes/?country={country}",
        "calendar": "/calendar/",
        f"calendar, country {country}": f"/calendar/?country={country}",
    }


def pages_of_the_desk() -> dict[str, str]:
    """``{name: address}``, for somebody who has logged in."""
    listed = reverse("admin:meetings_commitment_changelist")
    small = Meeting.objects.annotate(number=Count("commitments")).filter(number__lte=MOST_ROWS)
    meeting = small.order_by("-number", "pk").first()
    everywhere = reverse("admin:search")
    todo = ("overdue", "due_near", "nobody_to_ask", "in_review_not_mine", "without_good_source", "claims_undecided")
    return {
        "desk, index": reverse("admin:index"),
        AFTER_A_CHANGE: reverse("admin:index"),
        "desk, list": listed,
        **{f"desk, list, {name.replace('_', ' ')}": f"{listed}?todo={name}" for name in todo},
        "desk, list, frequent word": f"{listed}?q=digital",
        "desk, list, two words": f"{listed}?q=digital+training",
        "desk, list, nothing found": f"{listed}?q=zzyzxq",
        "desk, search of all lists": f"{everywhere}?q=digital",
        "desk, search of all lists, nothing found": f"{everywhere}?q=zzyzxq",
        f"desk, form of {meeting.number} commitments": reverse("admin:meetings_meeting_change", args=[meeting.pk]),
    }


def frequent_country() -> str:
    links = Commitment.countries.through.objects.filter(commitment__state="published")
    counted = Counter(links.values_list("country__code", flat=True).iterator())
    return counted.most_common(1)[0][0]


def largest_pair() -> tuple[str, int]:
    """Its code, and how many published commitments involve both."""
    links = Commitment.countries.through.objects.filter(commitment__state="published").order_by("commitment")
    counted: Counter[str] = Counter()
    present, codes = None, []
    for commitment, code in links.values_list("commitment", "country__code").iterator():
        if commitment != present:
            counted.update(pair_code(*pair) for pair in combinations(codes, 2))
            present, codes = commitment, []
        codes.append(code)
    counted.update(pair_code(*pair) for pair in combinations(codes, 2))
    return counted.most_common(1)[0]


def largest_report() -> dict[str, str]:
    """Of the session at which most was promised."""
    sessions = Meeting.objects.published().exclude(session_number=None).order_by()
    session = sessions.annotate(number=Count("commitments")).order_by("-number", "pk").first()
    name = f"report of a session, {session.number:,} commitments"
    return {name: reverse("meeting-report", args=[session.reference])}


def busiest_person() -> str:
    """The one whom most delegations name."""
    public = Person.objects.named_in_public().order_by()
    return public.annotate(number=Count("attendances")).order_by("-number", "pk").first().get_absolute_url()


def second_pair(pair: str) -> str:
    """Another pair that is public, with much between the two."""
    return next(each.code for each in all_pairs(localdate()) if each.code != pair)


def deep_page() -> int:
    """Page 300, or the last one where there are fewer: thirty records a page."""
    return max(1, min(300, Commitment.objects.published().count() // 30))


def middle_record(model) -> tuple[str, str]:
    published = model.objects.published().order_by("pk")
    record = published[published.count() // 2]
    return str(model._meta.verbose_name), record.get_absolute_url()
