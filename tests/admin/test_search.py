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
