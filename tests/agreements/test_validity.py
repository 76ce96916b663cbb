"""An extension has a length of its own; periods are counted as their notation says."""

from datetime import date

import pytest

from agreements.models import AgreementEvent
from agreements.models.validity import expiry, last_day_of_notice
from tests.agreements.test_models_status import agreement_with, periods, status_on
from tests.agreements.test_pages import entries, facts, open_page
from tests.factories import make_agreement
from tests.registers.reading import exported, words

pytestmark = pytest.mark.django_db


def make(*events, **fields):
    """An agreement with events given as ``(kind, date, its own length)``."""
    agreement = make_agreement(**{"validity": "P5Y", **fields})
    for kind, on, extends_by in events:
        AgreementEvent.objects.create(agreement=agreement, kind=kind, on=on, extends_by=extends_by)
    agreement.refresh_from_db()
    return agreement


@pytest.mark.parametrize(
    ("events", "months", "day"),
    [
        (["in_force 2018-01-01"], 60, "2023-01-01"),
        (["in_force 2020-01-31"], 1, "2020-02-29"),
        (["in_force 2019-01-31"], 1, "2019-02-28"),
        (["in_force 2018-12-15"], 1, "2019-01-15"),
        (["in_force 2018"], 12, "2019-12-31"),
        (["in_force ../2018-06-30"], 12, "2019-06-30"),
        (["in_force 2018-01-01"], None, None),
        (["in_force"], 60, None),
        (["in_force 2018/.."], 60, None),
        (["signed 2018-01-01"], 60, None),
        (["planned in_force 2018-01-01"], 60, None),
        (["in_force 2018-01-01", "extended 2022-12-01"], 60, None),
        (["in_force 2018-01-01", "planned extended 2022-12-01"], 60, "2023-01-01"),
    ],
)
def test_expiry_is_the_validity_after_the_latest_day_of_entry_and_unknown_where_that_is(events, months, day):
    found = expiry(agreement_with(*events, validity=f"P{months}M" if months else ""))
    assert (found and found.isoformat()) == day


VALIDITY = {
    "runs out": (
        ["in_force 2018-01-01"],
        [("in_force", "2018-01-01", "2019-01-01"), ("expired", "2019-01-01", None)],
    ),
    "ended before": (
        ["in_force 2018-01-01", "terminated 2018-06-01"],
        [("in_force", "2018-01-01", "2018-06-01"), ("terminated", "2018-06-01", None)],
    ),
    "paused meanwhile": (
        ["in_force 2018-01-01", "paused 2018-06-01"],
        [
            ("in_force", "2018-01-01", "2018-06-01"),
            ("suspended", "2018-06-01", "2019-01-01"),
            ("expired", "2019-01-01", None),
        ],
    ),
    "resumed after its end": (
        ["in_force 2018-01-01", "paused 2018-06-01", "resumed 2021-01-01"],
        [
            ("in_force", "2018-01-01", "2018-06-01"),
            ("suspended", "2018-06-01", "2021-01-01"),
            ("in_force", "2021-01-01", None),
        ],
    ),
    "resumed on the day of its end": (
        ["in_force 2018-01-01", "paused 2018-06-01", "resumed 2019-01-01"],
        [
            ("in_force", "2018-01-01", "2018-06-01"),
            ("suspended", "2018-06-01", "2019-01-01"),
            ("in_force", "2019-01-01", None),
        ],
    ),
    "extended": (
        ["in_force 2018-01-01", "extended 2018-12-01"],
        [("in_force", "2018-01-01", None)],
    ),
    "start unknown": (["in_force"], [("in_force", None, None)]),
    "extended after its end": (
        ["in_force 2018-01-01", "extended 2019-06-01"],
        [("in_force", "2018-01-01", None)],
    ),
}


@pytest.mark.parametrize("life", VALIDITY)
def test_agreement_valid_for_a_year_expires_where_its_start_and_end_are_known(life):
    events, expected = VALIDITY[life]
    assert periods(agreement_with(*events, validity="P12M")) == expected


def test_agreement_that_renews_itself_does_not_expire():
    agreement = agreement_with("in_force 2018-01-01", validity="P12M", renews_automatically=True)
    assert periods(agreement) == [("in_force", "2018-01-01", None)]


def test_expiry_when_the_validity_is_entered_later_follows():
    agreement = agreement_with("in_force 2018-01-01")
    agreement.validity = "P12M"
    agreement.save()
    assert status_on(agreement, "2019-01-01") == "expired"


IN_FORCE = ("in_force", "2018-01-01", "")
# name: (extensions, the end)
ENDS = {
    "by years": ([("2022-12-01", "P5Y")], date(2028, 1, 1)),
    "by days": ([("2022-12-01", "P180D")], date(2023, 6, 30)),
    "twice": ([("2022-12-01", "P1Y"), ("2023-12-01", "P6M")], date(2024, 7, 1)),
    "on the day of the end": ([("2023-01-01", "P1Y")], date(2024, 1, 1)),
    "on an unknown day": ([("", "P1Y")], date(2024, 1, 1)),
    "by an unknown length": ([("2022-12-01", "")], None),
    "the second by an unknown length": ([("2022-12-01", "P1Y"), ("2023-12-01", "")], None),
    "after the end": ([("2023-06-01", "P1Y")], None),
}


@pytest.mark.parametrize("name", ENDS)
def test_end_after_an_extension_is_known_where_its_length_is(name):
    extensions, end = ENDS[name]
    assert expiry(make(IN_FORCE, *[("extended", on, length) for on, length in extensions])) == end


def test_status_runs_out_at_the_end_of_the_extension():
    agreement = make(IN_FORCE, ("extended", "2022-12-01", "P1Y"))
    periods = list(agreement.status_periods.values_list("status", "start", "end"))
    assert periods == [
        ("in_force", date(2018, 1, 1), date(2024, 1, 1)),
        ("expired", date(2024, 1, 1), None),
    ]


def test_notice_can_be_given_before_the_end_of_the_extension():
    agreement = make(IN_FORCE, ("extended", "2022-12-01", "P1Y"), notice="P90D")
    assert last_day_of_notice(agreement, date(2026, 1, 1)) == date(2023, 10, 3)


@pytest.mark.parametrize("fields", [{"renews_automatically": True}, {"notice": ""}])
def test_last_day_of_notice_of_one_that_was_extended_and_renews_itself_is_unknown(fields):
    agreement = make(IN_FORCE, ("extended", "2022-12-01", "P1Y"), **{"notice": "P90D", **fields})
    assert last_day_of_notice(agreement, date(2026, 1, 1)) is None


def test_validity_of_nothing_that_renews_itself_has_no_last_day():
    agreement = make(IN_FORCE, validity="P0D", notice="P0D", renews_automatically=True)
    assert last_day_of_notice(agreement, date(2026, 1, 1)) is None


def test_page_shows_periods_and_the_last_day_of_validity(client):
    agreement = make(IN_FORCE, ("extended", "2022-12-01", "P1Y6M"), notice="P180D", covers="2017/2030")
    page = open_page(client, agreement)
    found = facts(page)
    assert [found[name] for name in ("Valid for", "Valid until", "Notice period", "Period it covers")] == [
        "5 years",
        "30 June 2024",
        "180 days",
        "2017 to 2030",
    ]
    assert "for another 1 year and 6 months" in words(page.find(".//section[@aria-labelledby='events']"))


def test_page_of_an_agreement_whose_end_is_unknown_says_so(client):
    assert facts(open_page(client, make()))["Valid until"] == "Not stated"
    assert facts(open_page(client, make(IN_FORCE, renews_automatically=True)))["Valid until"] == "Renews automatically"


def test_page_and_export_tell_for_how_long_it_is_renewed(client):
    agreement = make(IN_FORCE, renews_automatically=True, renewal="P2Y")
    assert facts(open_page(client, agreement))["Valid until"] == "Renews automatically, each time for 2 years"
    (row,) = exported(client, "agreements")
    assert (row["renewal"], row["renewal_in_words"]) == ("P2Y", "2 years")


def test_page_says_that_it_renews_itself_where_its_validity_is_not_known(client):
    agreement = make(IN_FORCE, validity="", renews_automatically=True)
    assert facts(open_page(client, agreement))["Valid until"] == "Renews automatically"


def test_export_holds_periods_as_codes_and_words_and_the_dates_of_parties(client):
    agreement = make(IN_FORCE, notice="P180D", covers="2017/2030")
    china, pakistan = agreement.parties.order_by("country__code")
    china.joined, pakistan.left = "2019-05", "2021"
    china.save()
    pakistan.save()
    (row,) = exported(client, "agreements")
    names = ("validity", "validity_in_words", "notice", "covers", "parties_joined", "parties_left", "events")
    assert [row[name] for name in names] == [
        *["P5Y", "5 years", "P180D", "2017/2030"],
        *[["CHN 2019-05"], ["PAK 2021"], ["in_force 2018-01-01"]],
    ]
    parties = entries(open_page(client, agreement), "parties")
    assert parties == ["China joined May 2019", "Pakistan left 2021"]
    # Whoever was a party once is one whose agreements these are.
    assert sorted(country.code for country in agreement.countries.all()) == ["CHN", "PAK"]
