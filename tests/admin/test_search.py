"""The lists and inputs of the desk find records by the words that the public search goes by, whatever their state."""

import pytest

from agreements.models import Agreement, AgreementTitle, Country, Forum, ForumName, Organisation
from tests.admin.desk import address
from tests.factories import make_agreement, make_country, make_forum, make_organisation


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


def test_input_finds_by_other_names(editor, records):
    response = editor.get(
        "/admin/autocomplete/",
        {"app_label": "agreements", "model_name": "organisation", "field_name": "country", "term": "ivory"},
    )
    assert [result["id"] for result in response.json()["results"]] == [str(records[Country].pk)]
