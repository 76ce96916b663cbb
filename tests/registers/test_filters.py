"""Every filter of every register leaves exactly the records that it names."""

import re

import pytest

from agreements.models import Agreement
from meetings.models import Meeting
from tests.factories import make_agreement, make_commitment, make_meeting

TITLED = ("agreements", "meetings", "commitments")
ALL = {
    "agreements": "Alpha Beta Gamma Delta Epsilon Zeta",
    "meetings": "Tenth Thirteenth Three Group Before",
    "commitments": "Lay fibre, Train staff, Meet again, Share data, Dropped plan, Build park, Open stores",
    "forums": "jcc jec club",
    "working-groups": "it-group trade-group quiet-group",
    "organisations": "moitt ndrc telecom bureau",
    "people": "ning-jizhe asad-umar aruni",
    "countries": "PAK CHN LKA SAU UZB",
    "themes": "digital cloud caches skills",
}
# register, query, what stays: names separated by spaces, or by commas where they have spaces
CASES = [
    ("agreements", "country=PAK", "Alpha Beta Gamma Zeta"),
    ("agreements", "country=CHN&country=PAK", "Alpha Gamma Zeta"),
    ("agreements", "country=CHN&country=PAK&country=SAU", "Gamma"),
    ("agreements", "country=CHN&country=UZB", ""),
    ("agreements", "country=PAK&country=PAK", "Alpha Beta Gamma Zeta"),
    ("agreements", "theme=digital", "Alpha Gamma"),
    ("agreements", "theme=cloud", "Alpha Gamma"),
    ("agreements", "theme=caches", "Gamma"),
    ("agreements", "theme=cloud&theme=skills", "Alpha Beta Gamma"),
    ("agreements", "forum=jcc", "Alpha"),
    ("agreements", "forum=jcc&forum=jec", "Alpha Beta"),
    ("agreements", "organisation=telecom", "Alpha Zeta"),
    ("agreements", "organisation=telecom&organisation=bureau", "Alpha Gamma Zeta"),
    ("agreements", "source=gazette", "Alpha"),
    ("agreements", "source=gazette&source=daily&type=treaty", ""),
    ("agreements", "type=mou", "Alpha"),
    ("agreements", "type=mou&type=treaty", "Alpha Beta"),
    ("agreements", "status=signed", "Alpha Epsilon Zeta"),
    ("agreements", "status=in_force", "Beta"),
    ("agreements", "status=in_negotiation", "Delta"),
    ("agreements", "status=unknown&status=in_force", "Beta Gamma"),
    ("agreements", "binding=binding", "Beta"),
    ("agreements", "binding=unstated", "Gamma Delta Epsilon Zeta"),
    ("agreements", "level=government&level=mixed", "Alpha Delta"),
    ("agreements", "signed_after=2021", "Alpha Epsilon Zeta"),
    ("agreements", "signed_after=2021-09-23", "Alpha Epsilon Zeta"),
    ("agreements", "signed_after=2021-09-24", "Epsilon Zeta"),
    ("agreements", "signed_after=2021-10-31", "Epsilon Zeta"),
    ("agreements", "signed_after=2026-01-29", "Epsilon"),
    ("agreements", "signed_after=2026-01-30", ""),
    ("agreements", "signed_before=2016", "Beta Epsilon"),
    ("agreements", "signed_before=2015", "Epsilon"),
    ("agreements", "signed_before=2021-09", "Alpha Beta Epsilon"),
    ("agreements", "signed_before=2021-09-22", "Beta Epsilon"),
    ("agreements", "signed_before=2021-10-01", "Alpha Beta Epsilon Zeta"),
    ("agreements", "signed_after=2021&signed_before=2021", "Alpha Epsilon Zeta"),
    ("agreements", "q=alpha", "Alpha"),
    ("agreements", "q=telecom", "Alpha Zeta"),
    ("agreements", "q=TELECOM+zeta", "Zeta"),
    ("agreements", "q=alpha+beta", ""),
    ("agreements", "q=++", "Alpha Beta Gamma Delta Epsilon Zeta"),
    ("agreements", "q=corridor+council", "Alpha"),
    ("agreements", "q=谅解备忘录", "Alpha"),
    # What is neither a letter nor a digit is no word, and stands for nothing else.
    ("agreements", "q=%25", ""),
    ("agreements", "q=_", ""),
    ("agreements", "q=fi_re", ""),
    ("agreements", "q=fib%25", "Epsilon"),
    ("agreements", "q=100%25+fibre_optic", "Epsilon"),
    ("agreements", "q='", ""),
    ("agreements", "q=%22", ""),
    ("agreements", "q=\\", ""),
    ("agreements", "q=skills&country=CHN&type=plan&type=mou", "Gamma"),
    ("meetings", "country=CHN&country=PAK", "Tenth Three Group"),
    ("meetings", "country=SAU", "Three Before"),
    ("meetings", "theme=digital", "Tenth Before"),
    ("meetings", "theme=skills&theme=cloud", "Tenth Thirteenth Before"),
    ("meetings", "forum=jcc", "Tenth Group"),
    ("meetings", "forum=jcc&forum=jec", "Tenth Thirteenth Group"),
    ("meetings", "working_group=it-group", "Group"),
    ("meetings", "organisation=moitt", "Thirteenth"),
    ("meetings", "status=tentative", "Group"),
    ("meetings", "status=held", "Tenth Thirteenth Three Before"),
    ("meetings", "kind=special&kind=ad_hoc", "Thirteenth Three"),
    ("meetings", "mode=virtual&mode=hybrid", "Tenth Three"),
    ("meetings", "held_after=2025", "Thirteenth Three"),
    ("meetings", "held_after=2025-07-31", "Thirteenth Three"),
    ("meetings", "held_after=2025-08", "Thirteenth"),
    ("meetings", "held_after=2020-05-01", "Tenth Thirteenth Three Before"),
    ("meetings", "held_after=2020-05-02", "Tenth Thirteenth Three"),
    ("meetings", "held_before=2021", "Tenth Before"),
    ("meetings", "held_before=2000", "Before"),
    ("meetings", "q=colombo", "Thirteenth"),
    ("meetings", "q=village+kiosk", "Thirteenth"),
    ("meetings", "q=ning", "Tenth"),
    ("meetings", "q=corridor", "Tenth Group"),
    # A party in words stands for the countries of its meeting.
    ("commitments", "country=CHN&country=PAK", "Lay fibre, Train staff, Build park, Open stores"),
    ("commitments", "country=LKA", "Meet again, Share data, Dropped plan"),
    ("commitments", "by=PAK", "Lay fibre, Meet again, Dropped plan"),
    ("commitments", "by=CHN", "Train staff, Build park"),
    ("commitments", "by=CHN&by=LKA", "Train staff, Build park, Meet again, Share data"),
    ("commitments", "theme=digital", "Lay fibre, Open stores"),
    ("commitments", "forum=jcc", "Lay fibre, Train staff, Open stores"),
    ("commitments", "working_group=it-group", "Lay fibre,"),
    ("commitments", "organisation=telecom", "Build park,"),
    ("commitments", "kind=build&kind=train", "Lay fibre, Train staff"),
    ("commitments", "strength=invited", "Open stores,"),
    ("commitments", "progress=limited", "Lay fibre,"),
    ("commitments", "progress=complete", "Train staff,"),
    ("commitments", "schedule=overdue", "Lay fibre,"),
    ("commitments", "schedule=due_soon", "Meet again,"),
    ("commitments", "schedule=not_yet_due", "Share data,"),
    ("commitments", "schedule=no_deadline", "Build park, Open stores"),
    ("commitments", "schedule=closed&schedule=overdue", "Lay fibre, Train staff, Dropped plan"),
    ("commitments", "due_after=2023-06", "Train staff, Meet again, Share data"),
    ("commitments", "due_before=2022", "Lay fibre, Dropped plan"),
    ("commitments", "due_before=2000", "Dropped plan,"),
    ("commitments", "due_after=2022&due_before=2023", "Lay fibre, Train staff"),
    ("commitments", "q=“corner”", "Open stores,"),
    ("commitments", "q=fibre", "Lay fibre,"),
    ("forums", "country=CHN", "jcc"),
    ("forums", "country=SAU&country=UZB", "club"),
    ("forums", "kind=jec&kind=jcc", "jcc jec"),
    ("forums", "organisation=moitt", "jcc"),
    ("forums", "q=corridor", "jcc"),
    ("forums", "q=joint+commission", "jec"),
    ("working-groups", "country=CHN&country=PAK", "it-group"),
    ("working-groups", "theme=digital", "it-group"),
    ("working-groups", "forum=jec", "trade-group quiet-group"),
    ("working-groups", "stage=active", "it-group"),
    ("working-groups", "stage=proposed", "trade-group"),
    ("working-groups", "q=economic", "trade-group quiet-group"),
    ("organisations", "country=CHN", "ndrc telecom"),
    ("organisations", "country=CHN&country=PAK", ""),
    ("organisations", "kind=agency&kind=international", "ndrc bureau"),
    ("organisations", "q=works", "telecom"),
    ("people", "country=CHN", "ning-jizhe"),
    ("people", "country=CHN&country=LKA", "ning-jizhe aruni"),
    ("people", "country=PAK", ""),
    ("people", "signed_for=PAK", "asad-umar"),
    ("people", "role=co_chair", "aruni"),
    ("people", "role=head&country=CHN", "ning-jizhe"),
    ("people", "q=aruni", "aruni"),
    ("agreements", "signatory=asad-umar", "Alpha"),
    ("meetings", "delegate=aruni&delegate=ning-jizhe", "Tenth Thirteenth"),
    ("countries", "forum=jcc", "CHN PAK"),
    ("countries", "forum=jcc&forum=club", "CHN PAK SAU UZB"),
    ("countries", "q=پاکستان", "PAK"),
    ("countries", "q=中国", "CHN"),
    ("themes", "kind=cluster&kind=cooperation", "digital skills"),
    ("themes", "q=online", "digital"),
    ("sources", "evidence=official", "gazette"),
    ("sources", "evidence=news&language=ur", "daily"),
    ("sources", "published_after=2025-07-31", "gazette daily"),
    ("sources", "published_before=2025-07", "daily lanka"),
    ("sources", "published_before=2019", "lanka"),
    ("sources", "q=gaz", "gazette"),
]


def names(text):
    return sorted(name.strip() for name in (text.split(",") if "," in text else text.split()) if name.strip())


def found(page, register):
    return sorted(page.titles if register in TITLED else page.rows)


@pytest.mark.parametrize("register", ALL)
def test_list_without_filters_holds_every_record(world, read, register):
    assert found(read(f"/{register}/"), register) == names(ALL[register])


@pytest.mark.parametrize(("register", "query", "expected"), CASES, ids=[f"{case[0]}?{case[1]}" for case in CASES])
def test_list_when_filtered_holds_exactly_what_the_filter_names(world, read, register, query, expected):
    page = read(f"/{register}/?{query}")
    assert page.alerts == []
    assert found(page, register) == names(expected)
    # Commitments are counted apart from what was only proposed.
    assert sum(map(int, re.findall(r"\d+", page.count))) == len(names(expected))


def test_list_when_all_countries_of_too_many_are_asked_for_refuses(world, read):
    assert len(read("/agreements/").rows) == 6
    page = read("/agreements/?" + "&".join(f"country={code}" for code in "ABCDEFGHIJK"))
    assert (page.alerts, page.rows) == (["Choose at most 10 values."], [])


def test_commitments_when_filtered_by_meeting_and_agreement_are_those_made_there(world, read):
    tenth, group = (Meeting.objects.get(title=title).reference for title in ("Tenth", "Group"))
    gamma, alpha = (Agreement.objects.get(title=title).reference for title in ("Gamma", "Alpha"))
    assert sorted(read(f"/commitments/?meeting={tenth}").titles) == ["Lay fibre", "Train staff"]
    assert sorted(read(f"/commitments/?meeting={tenth}&meeting={group}").titles) == [
        "Lay fibre",
        "Open stores",
        "Train staff",
    ]
    assert read(f"/commitments/?agreement={gamma}").titles == ["Build park"]
    assert read(f"/commitments/?agreement={alpha}").titles == []
    assert read(f"/commitments/?agreement={gamma}&meeting={tenth}").titles == []


@pytest.mark.parametrize(("register", "title"), [("agreements", "Alpha"), ("meetings", "Tenth")])
def test_list_when_searched_for_a_reference_holds_that_record(world, read, register, title):
    model = {"agreements": Agreement, "meetings": Meeting}[register]
    reference = model.objects.get(title=title).reference
    assert read(f"/{register}/?q={reference.lower()}").titles == [title]


@pytest.mark.parametrize(
    ("notation", "after", "before", "is_found"),
    [
        ("2019/..", "2031", "", True),
        ("2019/..", "", "2018", False),
        ("2019/..", "", "2019", True),
        ("../2019", "2020", "", False),
        ("../2019", "2019-12-31", "", True),
        ("../2019", "", "1950", True),
        ("2020-33", "2020-03-31", "", True),
        ("2020-33", "2020-04", "", False),
        ("2011-07-04/2011-07-05", "2011-07-05", "2011-07-05", True),
        ("2011-07-04/2011-07-05", "2011-07-06", "", False),
        ("2025?-07-02", "2025-07-02", "2025-07-02", True),
    ],
)
@pytest.mark.django_db
def test_date_filter_when_the_date_may_lie_within_finds_the_record(read, notation, after, before, is_found):
    agreement = make_agreement(signed=notation)
    meeting = make_meeting(held=notation)
    commitment = make_commitment(due=notation, meeting=meeting)
    for register, stem, record in (
        ("agreements", "signed", agreement),
        ("meetings", "held", meeting),
        ("commitments", "due", commitment),
    ):
        page = read(f"/{register}/?{stem}_after={after}&{stem}_before={before}")
        assert page.rows == ([record.reference] if is_found else []), register


@pytest.mark.django_db
def test_schedule_when_the_due_date_is_inexact_is_late_only_after_its_latest_day(read):
    late = make_commitment(due="2020", title="Late")
    make_commitment(due="2020/..", title="Open", meeting=late.meeting)
    make_commitment(due="2020/2190", title="Long", meeting=late.meeting)
    assert read("/commitments/?schedule=overdue").titles == ["Late"]
    assert read("/commitments/?schedule=no_deadline").titles == ["Open"]
    assert read("/commitments/?schedule=not_yet_due").titles == ["Long"]


@pytest.mark.parametrize("query", ["utm_source=mail", "by=CHN", "type=", "country=&country=", "signed_after="])
def test_agreements_with_an_unknown_or_empty_parameter_are_all_listed(world, read, query):
    assert found(read(f"/agreements/?{query}"), "agreements") == names(ALL["agreements"])
    assert read(f"/agreements/?{query}").chips == {}
