"""What can hardly be true is asked about once: said to be so, the same values pass; others are asked about anew."""

import re

import pytest

from meetings.models import Meeting
from tests.admin.desk import address, errors, fill_row, shown
from tests.factories import make_agreement, make_country, make_forum, make_meeting

STILL_TO_COME = "This day is still to come: until a source reports it, it is not held."
ROW = {"kind": "other", "strength": "agreed", "mutual": True}


@pytest.fixture
def data(editor):
    forum = make_forum("jcc", members=["CHN", "PAK"])
    make_meeting(forum=forum, session_number=9, title="")
    data = shown(editor.get(address(Meeting, "add")))
    data |= {"forum": forum.pk, "session_number": 10, "held": "2021-09-23"}
    fill_row(data, "delegations", 0, country=make_country("PAK"))
    return data


def marks(response):
    return re.findall(r'name="_it_is_so" value="(\w+)"', response.content.decode())


def ask(client, data):
    """The questions, and the marks that say that it is so."""
    response = client.post(address(Meeting, "add"), data)
    return errors(response), marks(response)


def test_meeting_held_in_days_to_come_is_asked_about_once(editor, data):
    data["held"] = "2031-05-04"
    questions, said = ask(editor, data)
    assert (questions, len(said)) == ([STILL_TO_COME], 1)
    other_day = data | {"held": "2032-05-04", "_it_is_so": said}
    assert ask(editor, other_day)[0] == [STILL_TO_COME]
    assert editor.post(address(Meeting, "add"), data | {"_it_is_so": said}).status_code == 302
    meeting = Meeting.objects.get(session_number=10)
    link = address(Meeting, "change", meeting.pk)
    assert editor.post(link, shown(editor.get(link)) | {"place": "Beijing"}).status_code == 302


@pytest.mark.parametrize(
    ("values", "question"),
    [
        ({"held": "2099", "status": "tentative"}, "This day is more than three years ahead."),
        ({"session_number": 100}, "The last one known here is 9."),
    ],
)
def test_far_days_and_numbers_that_jump_are_asked_about(editor, data, values, question):
    questions, said = ask(editor, data | values)
    assert questions == [question]
    assert editor.post(address(Meeting, "add"), data | values | {"_it_is_so": said}).status_code == 302


def test_rows_are_asked_about_beside_their_fields_and_all_answers_count_together(editor, data):
    fill_row(data, "commitments", 0, title="Build a port", due="2020", **ROW)
    fill_row(data, "figures", 0, what="investment", amount="1" + "0" * 15, unit="USD")
    later = make_meeting(held="2021-12-01")
    announced, signed = make_agreement(), make_agreement(signed="2019-01-01")
    later.agreement_links.create(agreement=announced, role="announced")
    fill_row(data, "agreement_links", 0, agreement=announced, role="signed", title="", about="")
    fill_row(data, "agreement_links", 1, agreement=signed, role="announced", title="", about="")
    questions, said = ask(editor, data)
    assert sorted(questions) == sorted(
        [
            "A later meeting announced its signing.",
            "It had been signed before: 1 January 2019.",
            "It would have been due before the meeting.",
            "This is a million million or more: is “billion” part of the unit already?",
        ]
    )
    one_more = ask(editor, data | {"_it_is_so": said[:1]})
    assert (len(one_more[0]), one_more[1]) == (3, said)
    assert editor.post(address(Meeting, "add"), data | {"_it_is_so": said}).status_code == 302
