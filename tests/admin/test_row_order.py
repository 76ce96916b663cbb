"""Rows with numbers of their own change places, and rows made of a list are numbered and kept."""

import pytest

from meetings.models import AgendaItem, Commitment, Meeting, Outcome
from tests.admin.desk import address, fill_row, messages, shown
from tests.factories import make_meeting
from tracker.records.models import Publishable, one_change

LIST = "1. Opening\n2. Trade\n3. Closing"


@pytest.fixture
def meeting(db):
    with one_change():
        meeting = make_meeting(state=Publishable.State.DRAFT)
        for number, title in enumerate(("Opening", "Trade", "Closing"), start=1):
            AgendaItem.objects.create(meeting=meeting, number=number, title=title)
    return meeting


def opened(client, meeting):
    return shown(client.get(address(Meeting, "change", meeting.pk)))


def sent(client, meeting, data):
    return client.post(address(Meeting, "change", meeting.pk), data)


def agenda():
    return list(AgendaItem.objects.values_list("number", "title"))


def test_items_when_they_change_places_keep_their_numbers_apart(editor, meeting):
    data = opened(editor, meeting)
    for index, number in enumerate((2, 3, 1)):
        fill_row(data, "agenda", index, number=number)
    assert sent(editor, meeting, data).status_code == 302
    assert agenda() == [(1, "Closing"), (2, "Opening"), (3, "Trade")]


def test_an_item_when_it_takes_the_number_of_a_removed_one_is_saved(editor, meeting):
    data = opened(editor, meeting)
    fill_row(data, "agenda", 0, number=3)
    fill_row(data, "agenda", 2, DELETE=True)
    fill_row(data, "agenda", 3, number=1, title="New")
    assert sent(editor, meeting, data).status_code == 302
    assert agenda() == [(1, "New"), (2, "Trade"), (3, "Opening")]


def test_items_when_two_bear_one_number_are_refused(editor, meeting):
    data = opened(editor, meeting)
    fill_row(data, "agenda", 0, number=2)
    assert sent(editor, meeting, data).status_code == 200
    assert agenda() == [(1, "Opening"), (2, "Trade"), (3, "Closing")]


def test_a_list_when_saved_without_a_script_is_shown_as_rows_first(editor, meeting):
    data = opened(editor, meeting) | {
        "_list:agenda": "• Any other business\n• Next date",
        "_save": "1",
        "place": "Lahore",
    }
    response = sent(editor, meeting, data)
    assert response.status_code == 200 and len(agenda()) == 3
    again = shown(response)
    made = [(again[f"agenda-{at}-number"], again[f"agenda-{at}-title"]) for at in (3, 4)]
    assert made == [("4", "Any other business"), ("5", "Next date")]
    assert again["place"] == "Lahore"
    assert sent(editor, meeting, again).status_code == 302
    assert agenda()[3:] == [(4, "Any other business"), (5, "Next date")]
    assert Meeting.objects.get().place == "Lahore"


def test_a_list_when_a_row_was_not_filled_in_begins_there(editor):
    data = shown(editor.get(address(Meeting, "add")))
    data |= {"_list:commitments": LIST, "_list:outcomes": LIST}
    again = shown(editor.post(address(Meeting, "add"), data))
    assert again["commitments-TOTAL_FORMS"] == again["outcomes-TOTAL_FORMS"] == "3"
    assert [again[f"commitments-{at}-title"] for at in range(3)] == ["Opening", "Trade", "Closing"]
    assert [again[f"outcomes-{at}-position"] for at in range(3)] == ["1", "2", "3"]
    assert {again[f"commitments-{at}-strength"] for at in range(3)} == {Commitment.Strength.AGREED}
    assert {again[f"commitments-{at}-mutual"] for at in range(3)} == {"on"}
    assert Outcome.objects.count() == 0


def test_a_row_when_asked_for_without_a_script_comes_without_complaints(editor, meeting):
    data = opened(editor, meeting) | {"_add_row": "outcomes", "held": "no day"}
    response = sent(editor, meeting, data)
    assert (response.status_code, response.context["errors"]) == (200, [])
    again = shown(response)
    assert (again["outcomes-TOTAL_FORMS"], again["held"]) == ("1", "no day")
    assert b"error-summary" in sent(editor, meeting, again).content


def test_a_list_when_the_form_is_full_keeps_what_is_left(editor, meeting, undrawn):
    data = opened(editor, meeting)
    left = {"_list:outcomes": "\n".join(f"{number}. Point" for number in range(1, 503))}
    response = sent(editor, meeting, data | left)
    assert shown(response)["outcomes-TOTAL_FORMS"] == "500"
    assert response.wsgi_request.POST["_list:outcomes"] == "Point\nPoint"
    assert messages(response) == [
        "The form has no room for more rows of this kind. What is left of the list still stands below it."
    ]


def test_a_list_when_a_script_asks_is_taken_apart(editor):
    response = editor.post(address(Meeting, "points"), {"text": LIST})
    assert response.json() == {"points": ["Opening", "Trade", "Closing"]}
    assert editor.get(address(Meeting, "points")).status_code == 405
