"""Planned events: which are open, how far they moved, and what can be said of one on a day."""

from datetime import date

import pytest

from agreements.models import Agreement, AgreementEvent
from agreements.models.target import slip, tell_targets
from tests.agreements.test_pages import facts, open_page
from tests.factories import make_agreement, make_country, make_person
from tests.registers.reading import ListPage, words

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 26)


def add(agreement, kind="signed", on="", **fields):
    return AgreementEvent.objects.create(agreement=agreement, kind=kind, on=on, **fields)


def plan(agreement, kind="signed", on="", **fields):
    return add(agreement, kind, on, is_planned=True, **fields)


def open_dates(agreement):
    return [event.on for event in agreement.events.filter(is_open=True)]


def next_target(agreement):
    agreement.refresh_from_db()
    return agreement.target_kind, agreement.target


def told(agreement, today=TODAY):
    events = list(agreement.events.all())
    tell_targets(agreement, events, today)
    return {event.on: event.told for event in events if event.is_planned}


# name: (what is planned, what happened, whether it is still open)
ENDS = {
    "nothing happened": ({}, None, True),
    "it happened": ({}, {"on": "2026-03-10"}, False),
    "it happened at an unknown date": ({}, {}, False),
    "it happened before the target was set": ({"announced_on": "2025-06"}, {"on": "2024"}, True),
    "it happened after the target was set": ({"announced_on": "2025-06"}, {"on": "2025-07"}, False),
    "something further happened": ({}, {"kind": "in_force", "on": "2026"}, False),
    "something less happened": ({}, {"kind": "initialled", "on": "2026"}, True),
    "the agreement was terminated": ({}, {"kind": "terminated", "on": "2026"}, False),
    "one side ratified what all sides planned": ({"kind": "ratified"}, {"kind": "ratified", "side": "PAK"}, True),
    "the side ratified that planned it": (
        {"kind": "ratified", "side": "PAK"},
        {"kind": "ratified", "side": "PAK"},
        False,
    ),
    "another side ratified": ({"kind": "ratified", "side": "PAK"}, {"kind": "ratified", "side": "CHN"}, True),
    "an earlier amendment": ({"kind": "amended", "on": "2026"}, {"kind": "amended", "on": "2021"}, True),
    "the amendment": ({"kind": "amended", "on": "2026"}, {"kind": "amended", "on": "2026-05"}, False),
}


@pytest.mark.parametrize("name", ENDS)
def test_target_is_open_until_what_was_planned_happens(name):
    planned, happened, is_open = ENDS[name]
    agreement = make_agreement()
    for fields, is_planned in ((planned, True), (happened, False)):
        if fields is not None:
            side = {"country": make_country(fields["side"])} if "side" in fields else {}
            kept = {name: value for name, value in fields.items() if name != "side"}
            add(agreement, is_planned=is_planned, **{"kind": "signed", **kept, **side})
    assert [event.is_open for event in agreement.events.filter(is_planned=True)] == [is_open]
    assert bool(next_target(agreement)[0]) == is_open


def test_next_target_is_the_first_that_is_open_and_follows_every_change():
    agreement = make_agreement()
    later, first = plan(agreement, "in_force", "2027"), plan(agreement, "signed", "2026-03-31")
    assert (next_target(agreement), open_dates(agreement)) == (("signed", "2026-03-31"), ["2026-03-31", "2027"])
    moved = plan(agreement, "signed", "2026-09-28", previous_target=first)
    assert (next_target(agreement), open_dates(agreement)) == (("signed", "2026-09-28"), ["2026-09-28", "2027"])
    signed = add(agreement, "signed", "2026-10-01")
    assert (next_target(agreement), open_dates(agreement)) == (("in_force", "2027"), ["2027"])
    signed.delete()
    moved.delete()
    assert (next_target(agreement), open_dates(agreement)) == (("signed", "2026-03-31"), ["2026-03-31", "2027"])
    first.delete()
    later.delete()
    assert next_target(agreement) == ("", "")


def test_later_target_for_the_same_thing_takes_the_place_of_the_one_that_was_set_before_it():
    agreement = make_agreement()
    plan(agreement, on="2026-03-31", announced_on="2025-01")
    plan(agreement, on="2026-12-31", announced_on="2026-04-02")
    plan(agreement, on="2026-09-30", announced_on="2025-11")
    plan(agreement, on="2027", country=make_country("PAK"), announced_on="2026-05")
    assert open_dates(agreement) == ["2026-12-31", "2027"]
    assert told(agreement)["2026-12-31"] == [
        "moved from 30 September 2026, by 92 days",
        "moved twice, by 275 days in all",
    ]


def test_two_amendments_planned_are_two_targets():
    agreement = make_agreement()
    plan(agreement, "amended", "2027", announced_on="2025")
    plan(agreement, "amended", "2029", announced_on="2026")
    assert open_dates(agreement) == ["2027", "2029"]


def test_targets_that_name_each_other_in_a_circle_stop_nothing():
    agreement = make_agreement()
    one = plan(agreement, on="2026-01-01")
    other = plan(agreement, on="2026-02-01", previous_target=one)
    one.previous_target = other
    one.save()
    assert len(open_dates(agreement)) == 1


SLIPS = {
    "both days known": ("2026-01-01", "2026-07-01", (181, True)),
    "brought forward": ("2026-07-01", "2026-01-01", (-181, True)),
    "to a month": ("2026-01-31", "2026-03", (29, False)),
    "from a month": ("2026-01", "2026-03-01", (29, False)),
    "back from a month": ("2026-03", "2026-01-31", (-29, False)),
    "from year to year": ("2025", "2026", (1, False)),
    "within a year": ("2026", "2026-12-31", None),
    "from nowhere": ("", "2026-12-31", None),
    "uncertain": ("2026-01-01?", "2026-01-11", (10, False)),
    "one of two days": ("[2026-01-01,2026-01-03]", "2026-01-11", (8, False)),
    "of several days": ("2026-01-01/2026-01-03", "2026-01-11", (8, False)),
}


@pytest.mark.parametrize("name", SLIPS)
def test_slip_is_exact_only_between_two_known_days(name):
    first, last, expected = SLIPS[name]
    agreement = make_agreement()
    assert slip(plan(agreement, on=first), plan(agreement, on=last)) == expected


def test_slip_from_an_inferred_day_is_not_exact():
    agreement = make_agreement()
    assert slip(plan(agreement, on="2026-01-01", basis="inferred"), plan(agreement, on="2026-01-11")) == (10, False)


def test_what_moved_says_so_as_exactly_as_it_is_known():
    agreement = make_agreement()
    line = None
    for on in ("2025", "2026-01-01", "2026-07-01", "2026-06", "2026-12-15"):
        line = plan(agreement, on=on, previous_target=line)
    assert told(agreement) == {
        "2025": [],
        "2026-01-01": ["moved from 2025, by at least 1 day"],
        "2026-07-01": ["moved from 1 January 2026, by 181 days", "moved twice, by at least 182 days in all"],
        "2026-06": ["moved from 1 July 2026, forward by at least 1 day", "moved 3 times, by at least 152 days in all"],
        "2026-12-15": ["moved from June 2026, by at least 168 days", "moved 4 times, by at least 349 days in all"],
    }


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("signed", "no report that it was signed"),
        ("adopted", "no report that it was adopted"),
        ("ratified", "no report that it was ratified"),
        ("in_force", "no report that it entered into force"),
        ("extended", "no report that it took place"),
    ],
)
def test_planned_day_that_is_over_says_that_nobody_reported(kind, sentence):
    agreement = make_agreement()
    plan(agreement, kind, "2026-11-25")
    assert told(agreement, date(2026, 11, 25)) == {"2026-11-25": []}
    assert told(agreement) == {"2026-11-25": [sentence]}
    agreement.last_looked_on = date(2026, 3, 12)
    assert told(agreement) == {"2026-11-25": [f"{sentence} (last looked 12 March 2026)"]}


def test_target_of_an_unknown_day_or_one_that_came_true_is_not_missed():
    agreement = make_agreement()
    plan(agreement, "in_force", "2020/..")
    plan(agreement, "signed", "2020")
    add(agreement, "signed", "2020-05")
    assert told(agreement) == {"2020/..": [], "2020": []}


def test_page_says_of_a_target_when_it_was_set_how_far_it_moved_and_that_nobody_reported(client):
    agreement = make_agreement(last_looked_on=date(2026, 3, 12))
    first = plan(agreement, on="2020-01-01", announced_on="2019-06")
    plan(agreement, on="2020-07-01", previous_target=first, person=make_person("Xiao Yaqing"))
    page = open_page(client, agreement)
    entries = [words(entry) for entry in page.findall(".//li[@class='timeline-entry is-planned']/div[2]")]
    assert entries == [
        "planned signature target set June 2019",
        "planned signature: Xiao Yaqing No report that it was signed (last looked 12 March 2026)"
        "Moved from 1 January 2020, by 182 days",
    ]
    missed = "no report that it was signed (last looked 12 March 2026)"
    assert facts(page)["Next target"] == f"Signature, 1 July 2020 {missed}"
    row = ListPage(client.get("/agreements/")).root.find(".//td[@data-label='Next target']")
    assert words(row) == f"Signature 1 July 2020 {missed[0].upper()}{missed[1:]}"


def found(client, query):
    return sorted(ListPage(client.get(f"/agreements/?{query}")).titles)


def test_list_finds_agreements_by_the_date_of_an_open_target(client):
    near, far, both, done = (make_agreement(title=title) for title in ("Near", "Far", "Both", "Done"))
    plan(near, on="2027-03")
    plan(far, "in_force", "2030")
    plan(both, on="2026")
    plan(both, "in_force", "2031")
    plan(done, on="2027-03")
    add(done, "signed", "2026")
    assert found(client, "target_after=2027") == ["Both", "Far", "Near"]
    assert found(client, "target_before=2027-03-15") == ["Both", "Near"]
    # One and the same target lies between the two days.
    assert found(client, "target_after=2027&target_before=2030") == ["Far", "Near"]
    assert found(client, "next_target=signed") == ["Both", "Near"]
    assert ListPage(client.get("/agreements/?sort=target")).titles[:3] == ["Both", "Near", "Far"]
    rows = ListPage(client.get("/agreements/?sort=target")).root.findall(".//td[@data-label='Next target']")
    assert [words(row) for row in rows] == ["Signature 2026", "Signature March 2027", "Entry into force 2030", ""]


def test_counts_of_next_targets_are_those_of_the_filter(client):
    plan(make_agreement(), on="2027")
    make_agreement()
    facets = ListPage(client.get("/agreements/")).facets
    assert facets["next_target"] == {"signed": ("Signature", 1)}


def test_agreement_without_target_keeps_none():
    make_agreement(signed="2020")
    assert Agreement.objects.values_list("target_kind", "target", "target_latest").get() == ("", "", None)
