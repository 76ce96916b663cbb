"""What a body calls its sessions: in the headline, and beside the numbers."""

import pytest
from django.utils import translation

from agreements.models import SessionWord, numbered
from tests.factories import make_forum, make_meeting, make_working_group


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "en",
            ["session 10", "meeting 10", "round 10", "edition 10", "conference 10", "summit 10", "general assembly 10"],
        ),
        ("ur", ["سیشن 10", "اجلاس 10", "دور 10", "ایڈیشن 10", "کانفرنس 10", "سربراہی اجلاس 10", "جنرل اسمبلی 10"]),
        (
            "zh-hans",
            ["第10次会议", "第10次会议", "第10轮", "第10届", "第10届大会", "第10届峰会", "第10届全体大会"],
        ),
    ],
)
def test_session_is_named_by_its_word_and_number_in_every_language(language, names):
    with translation.override(language):
        assert [numbered(word, 10) for word in SessionWord] == names


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("en", "Joint Cooperation Committee, meeting 10 (Special)"),
        ("ur", "Joint Cooperation Committee، اجلاس 10 (Special)"),
        ("zh-hans", "Joint Cooperation Committee第10次会议 (Special)"),
    ],
)
def test_headline_has_the_word_of_the_body(language, headline):
    forum = make_forum(name="Joint Cooperation Committee", session_word="meeting")
    meeting = make_meeting(forum=forum, title="", session_number=10, session_suffix="Special")
    with translation.override(language):
        assert meeting.headline == headline


@pytest.mark.django_db
def test_meeting_of_a_group_is_called_as_the_group_says():
    group = make_working_group(name="IT group", forum=make_forum(session_word="session"), session_word="round")
    assert make_meeting(working_group=group, title="", session_number=3).headline == "IT group, round 3"
