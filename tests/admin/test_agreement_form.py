"""The form of an agreement takes what its closing clauses say: languages, validity, renewal."""

import pytest

from agreements.models import Agreement
from meetings.models import Meeting
from tests.factories import make_country, make_organisation, make_person

from .desk import address, errors, fill_row, shown

pytestmark = pytest.mark.django_db


def sent(client, model, **values):
    page = address(model, "add")
    return page, shown(client.get(page)) | values


def test_an_editor_enters_the_languages_of_its_texts_and_how_it_renews_itself(editor):
    clauses = {"validity": "4 years", "notice": "6 months", "renews_automatically": "true", "renewal": "2 years"}
    page, data = sent(editor, Agreement, title="Agreement", type="agreement", **clauses)
    fill_row(data, "titles", 0, language="ru", title="Соглашение", is_authentic="true")
    fill_row(data, "titles", 1, language="en", is_authentic="true", prevails=True)
    assert editor.post(page, data).status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.validity, agreement.renewal) == ("P4Y", "P2Y")
    assert list(agreement.titles.order_by("pk").values_list("language", "title", "prevails")) == [
        ("ru", "Соглашение", False),
        ("en", "", True),
    ]


def test_a_renewal_of_what_does_not_renew_itself_is_refused(editor):
    page, data = sent(editor, Agreement, title="Agreement", type="agreement", renewal="2 years")
    found = errors(editor.post(page, data))
    assert found == ["Only what renews automatically is renewed for a period: say that it does."]


def test_a_text_of_which_nothing_is_said_is_refused(editor):
    page, data = sent(editor, Agreement, title="Agreement", type="agreement")
    fill_row(data, "titles", 0, language="ru")
    assert errors(editor.post(page, data)) == ["Give the title, or say whether the text is authentic."]


def test_an_editor_enters_who_organised_a_meeting_and_who_chaired_it(editor):
    organisers = [make_organisation("eclac"), make_organisation("agesic")]
    page, data = sent(editor, Meeting, title="Conference", organisers=[each.pk for each in organisers])
    fill_row(data, "delegations", 0, country=make_country("UGA"), head=make_person(), head_role="chair")
    assert editor.post(page, data).status_code == 302
    meeting = Meeting.objects.get()
    assert set(meeting.organisers.all()) == set(organisers)
    assert meeting.delegations.get().delegates.get().role == "chair"
