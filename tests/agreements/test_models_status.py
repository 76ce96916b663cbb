"""The status of an agreement follows from its events, for any day."""

from datetime import date

import pytest

from agreements.models import Agreement, AgreementEvent, AgreementStatusPeriod
from tests.factories import make_agreement, make_country

pytestmark = pytest.mark.django_db


def agreement_with(*events, **fields):
    """An agreement with events given as ``"kind date"``; a ``planned`` before it makes a target."""
    agreement = make_agreement(**fields)
    for event in events:
        words = event.split()
        is_planned = words[0] == "planned"
        kind, *on = words[is_planned:]
        AgreementEvent.objects.create(agreement=agreement, kind=kind, on="".join(on), is_planned=is_planned)
    agreement.refresh_from_db()
    return agreement


def status_on(agreement, day):
    return Agreement.objects.with_status(date.fromisoformat(day)).get(pk=agreement.pk).status


def periods(agreement):
    rows = agreement.status_periods.values_list("status", "start", "end")
    return [(status, start and start.isoformat(), end and end.isoformat()) for status, start, end in rows]


# name: (events, periods, {day: status})
LIVES = {
    "nothing known": ([], [], {"2026-01-01": "unknown"}),
    "signed": (
        ["signed 2020-05-01"],
        [("signed", "2020-05-01", None)],
        {"2020-04-30": "unknown", "2020-05-01": "signed", "2026-01-01": "signed"},
    ),
    "signed in a year, counts from its first day": (
        ["signed 2020"],
        [("signed", "2020-01-01", None)],
        {"2019-12-31": "unknown", "2020-01-01": "signed"},
    ),
    "signed at an unknown date": (["signed"], [("signed", None, None)], {"1900-01-01": "signed"}),
    "signed on or before a day": (["signed ../2020-05-01"], [("signed", None, None)], {"2020-01-01": "signed"}),
    "from proposal to force": (
        [
            *["proposed 2015", "negotiated 2016-02", "concluded 2017-01-10", "initialled 2017-02-01"],
            *["signed 2017-03-01", "exchanged 2017-03-02", "in_force 2018-01-01"],
        ],
        [
            ("in_negotiation", "2015-01-01", "2017-01-10"),
            ("agreed", "2017-01-10", "2017-02-01"),
            ("initialled", "2017-02-01", "2017-03-01"),
            ("signed", "2017-03-01", "2018-01-01"),
            ("in_force", "2018-01-01", None),
        ],
        {
            "2014-12-31": "unknown",
            "2016-06-01": "in_negotiation",
            "2017-01-09": "in_negotiation",
            "2017-01-31": "agreed",
            "2017-02-28": "initialled",
            "2017-12-31": "signed",
            "2018-01-01": "in_force",
        },
    ),
    "order of entry does not matter": (
        ["in_force 2018-01-01", "signed 2017-03-01"],
        [("signed", "2017-03-01", "2018-01-01"), ("in_force", "2018-01-01", None)],
        {"2017-06-01": "signed", "2018-01-01": "in_force"},
    ),
    "signed and in force on one day": (
        ["signed 2018-01-01", "in_force 2018-01-01"],
        [("in_force", "2018-01-01", None)],
        {"2017-12-31": "unknown", "2018-01-01": "in_force"},
    ),
    "unknown signature comes before known force": (
        ["in_force 2018-01-01", "signed"],
        [("signed", None, "2018-01-01"), ("in_force", "2018-01-01", None)],
        {"2000-01-01": "signed", "2018-01-01": "in_force"},
    ),
    "unknown force comes after known signature": (
        ["signed 2017-03-01", "in_force"],
        [("in_force", "2017-03-01", None)],
        {"2017-02-28": "unknown", "2026-01-01": "in_force"},
    ),
    "planned signature is no signature": (["planned signed 2020-05-01"], [], {"2026-01-01": "unknown"}),
    "planned end is no end": (
        ["in_force 2018-01-01", "planned terminated 2020-01-01"],
        [("in_force", "2018-01-01", None)],
        {"2026-01-01": "in_force"},
    ),
    "one side's ratification is not force": (
        ["signed 2017-03-01", "ratified 2018-01-01", "approved 2018-02-01"],
        [("signed", "2017-03-01", None)],
        {"2026-01-01": "signed"},
    ),
    "accessions and amendments leave the status": (
        ["in_force 2018-01-01", "applied 2019", "acceded 2020", "amended 2021"],
        [("in_force", "2018-01-01", None)],
        {"2026-01-01": "in_force"},
    ),
    "later negotiations do not take force back": (
        ["in_force 2018-01-01", "negotiated 2020", "signed 2021"],
        [("in_force", "2018-01-01", None)],
        {"2022-01-01": "in_force"},
    ),
    "paused and resumed": (
        ["in_force 2018-01-01", "paused 2019-01-01", "resumed 2020-01-01"],
        [
            ("in_force", "2018-01-01", "2019-01-01"),
            ("suspended", "2019-01-01", "2020-01-01"),
            ("in_force", "2020-01-01", None),
        ],
        {"2018-12-31": "in_force", "2019-01-01": "suspended", "2019-12-31": "suspended", "2020-01-01": "in_force"},
    ),
    "terminated": (
        ["signed 2017-03-01", "in_force 2018-01-01", "terminated 2020-06-30"],
        [
            ("signed", "2017-03-01", "2018-01-01"),
            ("in_force", "2018-01-01", "2020-06-30"),
            ("terminated", "2020-06-30", None),
        ],
        {"2020-06-29": "in_force", "2020-06-30": "terminated", "2026-01-01": "terminated"},
    ),
    "replaced": (
        ["signed 2017-03-01", "replaced 2021"],
        [("signed", "2017-03-01", "2021-01-01"), ("superseded", "2021-01-01", None)],
        {"2020-12-31": "signed", "2021-01-01": "superseded"},
    ),
    "expired by an event": (
        ["in_force 2018-01-01", "expired 2023-01-01"],
        [("in_force", "2018-01-01", "2023-01-01"), ("expired", "2023-01-01", None)],
        {"2022-12-31": "in_force", "2023-01-01": "expired"},
    ),
    "agreed in substance": (
        ["negotiated 2021", "in_substance 2024-12-06"],
        [("in_negotiation", "2021-01-01", "2024-12-06"), ("agreed", "2024-12-06", None)],
        {"2024-12-05": "in_negotiation", "2026-01-01": "agreed"},
    ),
    "agreed in principle only": (
        ["in_principle 2022-03-25"],
        [("in_negotiation", "2022-03-25", None)],
        {"2026-01-01": "in_negotiation"},
    ),
    "text agreed, then signed": (
        ["agreed 2021-06", "signed 2021-09-01"],
        [("agreed", "2021-06-01", "2021-09-01"), ("signed", "2021-09-01", None)],
        {"2021-07-01": "agreed"},
    ),
    "adopted": (
        ["agreed 2023-05", "adopted 2023-06-01"],
        [("agreed", "2023-05-01", "2023-06-01"), ("adopted", "2023-06-01", None)],
        {"2026-01-01": "adopted"},
    ),
    "adopted, and later in force": (
        ["adopted 2023-06-01", "in_force 2024-01-01"],
        [("adopted", "2023-06-01", "2024-01-01"), ("in_force", "2024-01-01", None)],
        {"2023-12-31": "adopted", "2024-01-01": "in_force"},
    ),
    "signed, paused, resumed: never in force": (
        ["signed 2018-01-01", "paused 2019-01-01", "resumed 2020-01-01"],
        [
            ("signed", "2018-01-01", "2019-01-01"),
            ("suspended", "2019-01-01", "2020-01-01"),
            ("signed", "2020-01-01", None),
        ],
        {"2026-01-01": "signed"},
    ),
    "talks paused and resumed": (
        ["negotiated 2018", "paused 2019-01-01", "resumed 2020-01-01"],
        [
            ("in_negotiation", "2018-01-01", "2019-01-01"),
            ("suspended", "2019-01-01", "2020-01-01"),
            ("in_negotiation", "2020-01-01", None),
        ],
        {},
    ),
    "signed though the talks were paused": (
        ["negotiated 2018", "paused 2019-01-01", "signed 2020-01-01"],
        [
            ("in_negotiation", "2018-01-01", "2019-01-01"),
            ("suspended", "2019-01-01", "2020-01-01"),
            ("signed", "2020-01-01", None),
        ],
        {},
    ),
    "a further signature ends no suspension": (
        ["in_force 2018-01-01", "paused 2019-01-01", "signed 2020-01-01"],
        [("in_force", "2018-01-01", "2019-01-01"), ("suspended", "2019-01-01", None)],
        {},
    ),
    "signed and extended: never in force": (
        ["signed 2018-01-01", "extended 2020-01-01"],
        [("signed", "2018-01-01", None)],
        {},
    ),
    "extended alone tells nothing": (["extended 2020-01-01"], [], {"2026-01-01": "unknown"}),
    "resumed alone tells nothing": (["resumed 2020-01-01"], [], {"2026-01-01": "unknown"}),
    "an extension ends no suspension": (
        ["in_force 2018-01-01", "paused 2019-01-01", "extended 2020-01-01"],
        [("in_force", "2018-01-01", "2019-01-01"), ("suspended", "2019-01-01", None)],
        {},
    ),
    "what was before the pause is not known": (
        ["paused 2019-01-01", "resumed 2020-01-01"],
        [("suspended", "2019-01-01", "2020-01-01")],
        {"2018-12-31": "unknown", "2019-12-31": "suspended", "2020-01-01": "unknown"},
    ),
    "expired and extended": (
        ["signed 2017-01-01", "in_force 2018-01-01", "expired 2023-01-01", "extended 2023-03-01"],
        [
            ("signed", "2017-01-01", "2018-01-01"),
            ("in_force", "2018-01-01", "2023-01-01"),
            ("expired", "2023-01-01", "2023-03-01"),
            ("in_force", "2023-03-01", None),
        ],
        {},
    ),
    "signed, expired and extended": (
        ["signed 2018-01-01", "expired 2023-01-01", "extended 2023-03-01"],
        [
            ("signed", "2018-01-01", "2023-01-01"),
            ("expired", "2023-01-01", "2023-03-01"),
            ("signed", "2023-03-01", None),
        ],
        {},
    ),
    "expired and extended in one year": (
        ["in_force 2018-01-01", "expired 2023", "extended 2023"],
        [("in_force", "2018-01-01", None)],
        {},
    ),
    "what was before the expiry is not known": (
        ["expired 2023-01-01", "extended 2023-03-01"],
        [("expired", "2023-01-01", "2023-03-01")],
        {"2026-01-01": "unknown"},
    ),
    "resumption at an unknown date comes after the pause": (
        ["signed 2018-01-01", "paused 2019-01-01", "resumed"],
        [("signed", "2018-01-01", None)],
        {},
    ),
    "pause at an unknown date comes before the resumption": (
        ["signed 2018-01-01", "resumed 2020-01-01", "paused"],
        [("suspended", "2018-01-01", "2020-01-01"), ("signed", "2020-01-01", None)],
        {},
    ),
    "year of an event unknown": (["signed XXXX-05-01"], [("signed", None, None)], {"2020-01-01": "signed"}),
}


@pytest.mark.parametrize("life", LIVES)
def test_periods_and_status_of_a_day_follow_from_the_events(life):
    events, expected_periods, days = LIVES[life]
    agreement = agreement_with(*events)
    assert periods(agreement) == expected_periods
    assert {day: status_on(agreement, day) for day in days} == days


def test_status_when_an_event_is_corrected_or_deleted_follows():
    agreement = agreement_with("signed 2017-03-01", "terminated 2020-01-01")
    end = agreement.events.get(kind="terminated")
    end.on = "2021-01-01"
    end.save()
    assert status_on(agreement, "2020-06-01") == "signed"
    end.delete()
    assert periods(agreement) == [("signed", "2017-03-01", None)]


def test_date_of_signature_is_that_of_the_event():
    agreement = agreement_with("signed 2021-07", "in_force 2022")
    expected = ("2021-07", date(2021, 7, 1), date(2021, 7, 31))
    assert (agreement.signed, agreement.signed_earliest, agreement.signed_latest) == expected
    agreement.events.get(kind="signed").delete()
    agreement.refresh_from_db()
    assert (agreement.signed, agreement.signed_earliest, agreement.signed_latest) == ("", None, None)


def test_date_of_adoption_serves_where_nothing_was_signed():
    agreement = agreement_with("adopted 2023-06")
    expected = ("", "2023-06", date(2023, 6, 1), date(2023, 6, 30))
    found = agreement.signed, agreement.signed_or_adopted
    assert (*found, agreement.signed_or_adopted_earliest, agreement.signed_or_adopted_latest) == expected
    AgreementEvent.objects.create(agreement=agreement, kind="signed", on="2024")
    agreement.refresh_from_db()
    assert (agreement.signed, agreement.signed_or_adopted) == ("2024", "2024")


def test_planned_signature_is_not_the_date_of_signature():
    assert agreement_with("planned signed 2026-05-01").signed == ""


def test_newest_first_orders_by_signature_and_puts_undated_last():
    undated, old, new, before = (make_agreement(signed=on) for on in (None, "2001", "2021-05", "../2010-01-01"))
    assert list(Agreement.objects.newest_first()) == [new, before, old, undated]


def test_period_holds_from_its_first_day_to_before_its_last():
    agreement = agreement_with("signed 2017-03-01", "terminated 2018-01-01")
    for day, status in (("2017-03-01", "signed"), ("2017-12-31", "signed"), ("2018-01-01", "terminated")):
        found = AgreementStatusPeriod.objects.filter(agreement=agreement).on(date.fromisoformat(day))
        assert [period.status for period in found] == [status]


def test_target_that_moves_keeps_the_earlier_one():
    agreement = agreement_with("planned signed 2020-05-01")
    first = agreement.events.get()
    second = AgreementEvent.objects.create(
        agreement=agreement, kind="signed", on="2021-05-01", is_planned=True, previous_target=first
    )
    assert list(first.next_targets.all()) == [second]
    first.delete()
    second.refresh_from_db()
    assert second.previous_target is None


def test_event_reads_as_what_happened_and_when():
    agreement = agreement_with("signed 2021-07", "in_force")
    assert [str(event) for event in agreement.events.all()] == ["entry into force", "signature July 2021"]


def test_event_of_one_side_names_it():
    event = AgreementEvent.objects.create(agreement=make_agreement(), kind="ratified", country=make_country("PAK"))
    assert (event.country.code, periods(event.agreement)) == ("PAK", [])
