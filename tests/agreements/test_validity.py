"""An extension has a length of its own; periods are counted as their notation says."""

from datetime import date

import pytest

from agreements.models import AgreementEvent
from agreements.models.validity import expiry, last_day_of_notice
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
