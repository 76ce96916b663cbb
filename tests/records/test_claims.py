"""Claims are compared with what is shown: they agree only where values are equal or dates overlap."""

import re

import pytest
from django.apps import apps

from agreements.models import Agreement, AgreementEvent
from meetings.models import Meeting, MeetingFigure
from tests.factories import make_agreement, make_country, make_forum, make_meeting, make_person, make_source
from tests.registers.reading import parse, words
from tracker.records.evidence import Evidence, Verdict, verdict
from tracker.records.models import Citation, Claim


def claims():
    return [model for model in apps.get_models() if issubclass(model, Claim)]


@pytest.mark.parametrize("claim", claims())
def test_every_field_of_a_claim_is_one_that_its_part_shows(claim):
    part = claim._meta.get_field("part").related_model
    assert part.CLAIMED.keys() == set(claim.Field.values)
    assert all(hasattr(part, name) for name in part.CLAIMED.values())


@pytest.mark.parametrize("model", [each for each in apps.get_models() if issubclass(each, Citation)])
def test_every_field_of_a_record_that_is_compared_is_one_that_a_citation_can_state(model):
    record = model._meta.get_field("record").related_model
    assert record.CLAIMED.keys() <= set(Citation.Field.values)


@pytest.mark.parametrize(
    ("shown", "field", "value", "expected"),
    [
        (Agreement(title="Memorandum on “data”"), "title", 'memorandum  on "DATA"', Verdict.SAME),
        (Agreement(title="Memorandum on data"), "title", "Memorandum on health data", Verdict.OTHER),
        (Agreement(type="mou"), "type", "memorandum of understanding", Verdict.SAME),
        (Agreement(type="mou"), "type", "mou", Verdict.SAME),
        (Agreement(type="mou"), "type", "treaty", Verdict.OTHER),
        (Agreement(signed_or_adopted="2021-01"), "date", "2023-06-08", Verdict.OTHER),
        (Agreement(signed_or_adopted="2021-01"), "date", "2021-01-08", Verdict.AGREES),
        (Agreement(signed_or_adopted="2021-01"), "date", "../2021", Verdict.AGREES),
        (Agreement(signed_or_adopted="2021-01"), "date", "early 2021", Verdict.OTHER),
        (Agreement(signed_or_adopted=""), "date", "2021", Verdict.STATED),
        (Agreement(signed_or_adopted="[2022-05-03,2022-05-05]"), "date", "2022-05-04", Verdict.OTHER),
        (Agreement(), "scope", "whole country", Verdict.STATED),
        (Meeting(status="held"), "status", "agreed in principle", Verdict.OTHER),
        (Meeting(session_number=13), "number", "13", Verdict.SAME),
        (Meeting(participants=0), "participants", "0", Verdict.SAME),
        (AgreementEvent(kind="signed", place="Beijing"), "place", "beijing", Verdict.SAME),
        (MeetingFigure(amount=None, words="thousands"), "amount", "hundreds", Verdict.OTHER),
    ],
)
def test_value_agrees_only_where_it_is_equal_or_dates_overlap(shown, field, value, expected):
    assert verdict(shown, field, value) == expected


def parts():
    """A part of each kind that has claims, with the page on which it is shown."""
    agreement = make_agreement(signed="2020")
    meeting = make_meeting()
    forum = make_forum()
    return {
        "AgreementEvent": (agreement.events.get(), agreement),
        "Delegate": (meeting.delegations.first().delegates.create(person=make_person()), meeting),
        "Membership": (forum.memberships.create(country=make_country("CHN")), forum),
        "MeetingFigure": (meeting.figures.create(what="trade", words="thousands", unit="people"), meeting),
        "AgreementFigure": (agreement.figures.create(what="trade", words="thousands", unit="people"), agreement),
        "ScheduleChange": (meeting.schedule_changes.create(planned_for="2026"), meeting),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["AgreementEvent", "Delegate", "Membership", "MeetingFigure", "AgreementFigure"])
def test_lone_claim_on_a_part_stands_beside_the_part_with_its_note_and_its_source(client, name):
    part, record = parts()[name]
    field = next(code for code in part.CLAIMED if code != "ordinal")
    source = make_source(title="Another paper")
    part.claims.create(source=source, field=field, value="1871", note="The year of another thing.")
    page = client.get(record.get_absolute_url()).content.decode()
    assert (page.count("1871"), page.count("The year of another thing.")) == (1, 1)
    assert "Another paper" in page
    assert "1871" in client.get(source.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_two_heads_in_one_list_have_claims_of_their_own():
    delegation = make_meeting().delegations.first()
    heads = [delegation.delegates.create(person=make_person(slug), role="head") for slug in ("one", "two")]
    heads[1].claims.create(source=make_source(), field="person", value="Three")
    Evidence(delegation.meeting, [], heads)
    assert [[claim["others"][0]["value"] for claim in head.stated] for head in heads] == [[], ["Three"]]


@pytest.mark.django_db
def test_claim_that_only_repeats_what_is_shown_says_nothing_new():
    agreement = make_agreement(signed="2021", cited=False)
    agreement.citations.create(source=make_source(), field="date", value="2021")
    assert Evidence(agreement, agreement.citations.all()).claims == []


@pytest.mark.django_db
def test_note_on_a_claim_that_says_what_is_shown_stands_beside_the_value(client):
    agreement = make_agreement(signed="2020")
    agreement.events.get().claims.create(source=make_source(), field="date", value="2020", note="From its heading.")
    page = parse(client.get(agreement.get_absolute_url()).content.decode())
    (stated,) = [words(each) for each in page.iter("p") if each.get("class") == "meta stated"]
    assert re.fullmatch(r"shown here: date 2020\d From its heading\.", stated)  # with the number of its source
