"""The lists and inputs of the desk find records by the words that the public search goes by, whatever their state."""

import pytest

from agreements.models import Agreement, AgreementTitle, Country, Forum, ForumName, Organisation
from meetings.models import Commitment, Meeting
from tests.admin.desk import address
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_working_group,
)


def listed(client, model, text):
    response = client.get(address(model, "changelist"), {"q": text})
    assert response.status_code == 200
    return list(response.context["cl"].queryset)


@pytest.fixture
def records(db):
    country = make_country("CIV", name="Côte d’Ivoire")
    country.other_names = "Ivory Coast"
    country.save()
    forum = make_forum("jcc", name="Joint Committee", state="draft")
    ForumName.objects.create(body=forum, name="مشترکہ کمیٹی")
    agreement = make_agreement(title="Cable", description="100% fibre", state="withdrawn")
    AgreementTitle.objects.create(agreement=agreement, language="zh", title="海底电缆")
    return {Country: country, Forum: forum, Agreement: agreement}


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Country, "cote d'ivoire"),
        (Country, "ivory"),
        (Forum, "مشتركه"),
        (Agreement, "海底"),
        (Agreement, "cable fibre"),
        (Agreement, '"100 fibre"'),
        (Agreement, "ＣＡＢＬＥ"),
    ],
)
def test_list_finds_what_the_public_search_would_and_hidden_records_too(editor, records, model, text):
    assert listed(editor, model, text) == [records[model]]


def test_list_still_finds_what_the_columns_hold_as_it_is_typed(editor):
    body = make_organisation("ministry-of-works", name="Ministry")
    make_organisation("agency", name="Agency")
    assert listed(editor, Organisation, "of-wor") == [body]
    assert listed(editor, Organisation, "nothing of the kind") == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("nteroperab", True),
        ("تبادل", True),
        ("Échange", True),
        ("echange", True),
        ("com-0001", True),
        ("mtg-0001", True),
        ("agr-0001", True),
        ("three initiatives", True),
        ('"three initiatives"', True),
        ("interoperability mtg-0001", True),
        ("interoperability mtg-0002", False),
        ("%", False),
    ],
)
def test_list_finds_parts_of_words_other_scripts_and_what_is_related(editor, text, is_found):
    agreement = make_agreement()
    promised = make_commitment(
        title="Interoperability échange", text="تبادل", group="three initiatives", meeting=make_meeting()
    )
    Commitment.objects.filter(pk=promised.pk).update(agreement=agreement)
    make_commitment(title="Other", meeting=make_meeting())
    assert listed(editor, Commitment, text) == ([promised] if is_found else [])


def test_list_finds_by_names_of_the_forum_once_and_by_the_number_of_a_session(editor):
    forum = make_forum("jcc", name="Joint Committee")
    for name in ("Joint Board", "Joint Council"):
        ForumName.objects.create(body=forum, name=name)
    session = make_meeting(title="", forum=forum, session_number=7)
    other = make_meeting(title="", forum=forum, session_number=77)
    assert set(listed(editor, Meeting, "joint")) == {session, other}
    assert listed(editor, Meeting, "council 7") == [session]


def test_input_finds_by_other_names(editor, records):
    response = editor.get(
        "/admin/autocomplete/",
        {"app_label": "agreements", "model_name": "organisation", "field_name": "country", "term": "ivory"},
    )
    assert [result["id"] for result in response.json()["results"]] == [str(records[Country].pk)]


@pytest.fixture
def sessions(db):
    """The 14th meeting of a committee that calls them so, with a result; another of its meetings, and that of another
    body with the same number."""
    committee = make_forum("committee", name="Joint Cooperation Committee", session_word="meeting", state="draft")
    ForumName.objects.create(body=committee, name="مشترکہ تعاون کمیٹی", abbreviation="JCC")
    made = {number: make_meeting(title="", forum=committee, session_number=number, place="") for number in (14, 13)}
    group = make_working_group("wg", name="Working Group on Trade", abbreviation="WGT", session_word="round")
    of_group = make_meeting(title="", working_group=group, session_number=14)
    result = make_commitment(meeting=made[14], title="Build a port")
    make_commitment(meeting=made[13], title="Build a road")
    make_commitment(meeting=of_group, title="Lower a tariff")
    return {Meeting: made[14], Commitment: result, "round": of_group}


@pytest.mark.parametrize("text", ["JCC meeting 14", "jcc 14", "14th JCC", "JCC session 14", "مشترکہ 14", "JCC 会议 14"])
@pytest.mark.parametrize("model", [Meeting, Commitment])
def test_session_and_its_results_are_found_by_what_everybody_calls_it(editor, sessions, model, text):
    assert listed(editor, model, text) == [sessions[model]]


def test_session_is_found_by_the_word_that_its_body_has_for_it(editor, sessions):
    assert listed(editor, Meeting, "WGT round 14") == [sessions["round"]]
    assert listed(editor, Meeting, "WGT summit 14") == []
    assert listed(editor, Meeting, "JCC round 14") == []


def test_word_for_a_session_without_a_number_finds_what_says_it_alone(editor, sessions):
    says_it = make_commitment(meeting=sessions["round"], title="Prepare the next meeting")
    assert listed(editor, Commitment, "meeting") == [says_it]
    assert listed(editor, Commitment, "build meeting") == []


def test_search_of_all_lists_leads_to_the_session(editor, sessions):
    found = editor.get("/admin/search/", {"q": "JCC meeting 14"}).context["found"]
    names = {line.reference: line.name for kind in found for line in kind.lines}
    assert names == {
        sessions[Meeting].reference: "Joint Cooperation Committee, meeting 14",
        sessions[Commitment].reference: "Build a port",
    }


def test_words_of_a_record_and_of_its_bodies_are_found_together_and_all_must_occur(editor, sessions):
    meeting = sessions[Meeting]
    meeting.place = "Beijing"
    meeting.save()
    assert listed(editor, Meeting, "cooperation beijing") == [meeting]
    assert listed(editor, Meeting, "china beijing 14") == [meeting]
    assert listed(editor, Meeting, "trade beijing") == []


def test_input_finds_a_session_by_its_forum_and_its_number(editor, sessions):
    response = editor.get(
        "/admin/autocomplete/",
        {"app_label": "meetings", "model_name": "commitment", "field_name": "meeting", "term": "JCC meeting 14"},
    )
    assert [result["id"] for result in response.json()["results"]] == [str(sessions[Meeting].pk)]
