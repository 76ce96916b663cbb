"""The texts of an agreement by language, what it follows on from, and what is said of one without a title."""

import pytest
from django.core.exceptions import ValidationError

from agreements.models import AgreementEvent, AgreementTitle
from tests.agreements.test_pages import entries, facts, open_page
from tests.factories import make_agreement
from tests.registers.reading import exported, parse, words

pytestmark = pytest.mark.django_db


def make_with_texts(**fields):
    agreement = make_agreement(**fields)
    AgreementTitle.objects.create(agreement=agreement, language="ru", title="Соглашение", is_authentic=True)
    AgreementTitle.objects.create(agreement=agreement, language="ar", is_authentic=True)
    AgreementTitle.objects.create(agreement=agreement, language="en", is_authentic=True, prevails=True)
    return agreement


def test_page_tells_the_language_of_each_text_and_which_prevails(client):
    assert entries(open_page(client, make_with_texts()), "titles") == [
        "Соглашение Russian authentic text",
        "Arabic authentic text",
        "English authentic text prevails where the texts differ",
    ]


def test_page_names_the_languages_in_the_reader_s(client):
    page = parse(client.get("/zh-hans" + make_with_texts().get_absolute_url()).content.decode())
    assert entries(page, "titles")[0] == "Соглашение 俄语 作准文本"


def test_export_holds_the_texts(client):
    make_with_texts()
    assert exported(client, "agreements")[0]["texts"] == [
        "ru authentic: Соглашение",
        "ar authentic",
        "en authentic prevails",
    ]


def test_text_of_which_nothing_is_said_is_refused():
    with pytest.raises(ValidationError) as error:
        AgreementTitle(agreement=make_agreement(), language="ru").full_clean()
    assert error.value.messages == ["Give the title, or say whether the text is authentic."]


@pytest.mark.parametrize(
    ("title", "description", "lede"),
    [
        ("", "Memorandum on IT. It has two annexes. Done in two copies.", "It has two annexes. Done in two copies."),
        ("", "Memorandum on IT.", ""),
        ("Memorandum", "On IT. It has two annexes.", "On IT. It has two annexes."),
    ],
)
def test_what_the_headline_does_not_say_of_the_description_is_told_below(client, title, description, lede):
    page = open_page(client, make_agreement(title=title, description=description))
    assert words(page.find(".//p[@class='lede']")) == lede


def test_no_title_is_recorded_is_said_only_where_there_is_none_in_any_language(client):
    without = open_page(client, make_agreement(title="", description="Memorandum on IT"))
    assert "No title is recorded" in words(without)
    native = open_page(client, make_with_texts(title="", description="Agreement on IT"))
    assert "No title is recorded" not in words(native)


def test_what_follows_on_from_another_is_told_on_both_pages(client):
    former, later = make_agreement(title="Digital North"), make_agreement(title="Digital North 2.0")
    later.relations.create(kind="follows", other=former)
    assert entries(open_page(client, later), "links") == ["follows on from Digital North"]
    assert entries(open_page(client, former), "links") == ["Digital North 2.0 follows on from this agreement"]


def test_target_without_a_date_stands_after_what_happened(client):
    agreement = make_agreement(signed="2010-05-11")
    AgreementEvent.objects.create(agreement=agreement, kind="in_force", is_planned=True)
    AgreementEvent.objects.create(agreement=agreement, kind="negotiated")
    assert exported(client, "agreements")[0]["events"] == ["negotiated", "signed 2010-05-11", "planned in_force"]


def test_agreement_in_principle_is_shown_and_leaves_it_in_negotiation(client):
    agreement = make_agreement()
    AgreementEvent.objects.create(agreement=agreement, kind="in_principle", on="2022-03-25")
    page = open_page(client, agreement)
    assert "agreement in principle" in words(page.find(".//section[@aria-labelledby='events']"))
    assert exported(client, "agreements", "status=in_negotiation")[0]["reference"] == agreement.reference
    assert facts(page)["Signed"] == "Not stated"
