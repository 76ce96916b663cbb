"""The next session of a forum: its form starts with what is usual, and asks what became of what is still open."""

import pytest

from agreements.models import Forum
from meetings.models import Commitment, Delegate, Meeting, ProgressUpdate
from tests.admin.desk import address, errors, fill_row, shown
from tests.factories import (
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
)
from tracker.records.models import Publishable

State = Publishable.State


@pytest.fixture
def last(db):
    """The 9th session, which China's Ning Jizhe and Pakistan's Khusro Bakhtyar led, and what it left open."""
    forum = make_forum("jcc", members=["CHN", "PAK"], session_word="meeting")
    forum.lead_organisations.add(make_organisation("ndrc"))
    meeting = make_meeting(forum=forum, session_number=9, title="", held="2019-11-05", themes=["ports"])
    for side, name, office in (("CHN", "Ning Jizhe", "Vice chairman"), ("PAK", "Khusro Bakhtyar", "Minister")):
        delegation = meeting.delegations.get(country__code=side)
        Delegate.objects.create(delegation=delegation, person=make_person(name), office=office, role="co_chair")
    make_commitment(meeting=meeting, title="Build a port")
    make_commitment(meeting=meeting, title="Sign a plan", closure=Commitment.Closure.COMPLETED)
    return meeting


def address_of_next(forum):
    return f"{address(Meeting, 'add')}?next_of={forum.pk}"


def test_form_starts_with_number_sides_heads_organisers_and_themes_and_saves_nothing(editor, last):
    data = shown(editor.get(address_of_next(last.forum)))
    assert (data["forum"], data["session_number"], data["held"], data["place"]) == (last.forum.pk, 10, "", "")
    assert data["themes"] == [theme.pk for theme in last.themes.all()]
    assert data["organisers"] == [each.pk for each in last.forum.lead_organisations.all()]
    rows = [
        tuple(data[f"delegations-{row}-{name}"] for name in ("country", "head_office", "head_role")) for row in (0, 1)
    ]
    china, pakistan = (make_country(code).pk for code in ("CHN", "PAK"))
    assert sorted(rows) == sorted([(china, "Vice chairman", "co_chair"), (pakistan, "Minister", "co_chair")])
    assert data["delegations-TOTAL_FORMS"] == 2
    assert Meeting.objects.count() == 1


def test_proposed_heads_are_marked(editor, last):
    page = editor.get(address_of_next(last.forum)).content.decode()
    assert page.count("↑ proposed: as at meeting 9. Check it.") == 4


def test_rows_that_were_proposed_are_saved_though_nobody_touched_them(editor, last):
    link = address_of_next(last.forum)
    response = editor.post(link, shown(editor.get(link)) | {"held": "23 Sep 2021"})
    assert response.status_code == 302, errors(response)
    meeting = Meeting.objects.get(session_number=10)
    heads = {
        each.delegation.country.code: each.person.name for each in Delegate.objects.filter(delegation__meeting=meeting)
    }
    assert heads == {"CHN": "Ning Jizhe", "PAK": "Khusro Bakhtyar"}


def test_who_was_followed_in_office_is_not_proposed(editor, last):
    later = make_meeting(["PAK"], held="2020-06-01")
    Delegate.objects.create(delegation=later.delegations.get(), person=make_person("Asad Umar"), office="minister")
    page = shown(editor.get(address_of_next(last.forum)))
    heads = {page[f"delegations-{row}-head_office"] for row in (0, 1)}
    assert heads == {"Vice chairman", ""}


def test_what_the_session_says_of_open_commitments_becomes_drafts_with_its_source(editor, last):
    link, commitment = address_of_next(last.forum), last.commitments.get(title="Build a port")
    data = shown(editor.get(link)) | {"held": "23 Sep 2021"}
    reviewed = [name for name in data if name.startswith("_review_")]
    assert reviewed == [f"_review_{commitment.pk}_{name}" for name in ("progress", "text", "locator")]
    source = make_source(title="An article")
    fill_row(data, "citations", 0, source=source)
    data |= {f"_review_{commitment.pk}_progress": "limited", f"_review_{commitment.pk}_text": "Work has begun."}
    data |= {f"_review_{commitment.pk}_locator": "paragraph 4"}
    response = editor.post(link, data)
    assert response.status_code == 302, errors(response)
    [update] = ProgressUpdate.objects.all()
    assert (update.commitment, update.progress, update.text, update.as_of) == (
        commitment,
        "limited",
        "Work has begun.",
        "2021-09-23",
    )
    assert (update.source, update.locator, update.state) == (source, "paragraph 4", State.DRAFT)


def test_review_is_kept_where_the_form_is_refused(editor, last):
    link, commitment = address_of_next(last.forum), last.commitments.get(title="Build a port")
    name = f"_review_{commitment.pk}_text"
    refused = editor.post(link, shown(editor.get(link)) | {"held": "some day", name: "Work has begun."})
    assert (refused.status_code, shown(refused)[name], ProgressUpdate.objects.count()) == (200, "Work has begun.", 0)


def test_forum_without_a_session_starts_with_its_members(editor, db):
    forum = make_forum("new", members=["LKA", "PAK"])
    data = shown(editor.get(address_of_next(forum)))
    assert (data["session_number"], data["delegations-TOTAL_FORMS"]) == (1, 2)


@pytest.mark.parametrize("key", ["x", "99999999999999999999", "0", ""])
def test_unknown_forum_leads_to_the_empty_form(editor, key):
    response = editor.get(address(Meeting, "add"), {"next_of": key})
    assert (response.status_code, shown(response)["session_number"]) == (200, "")


def test_way_to_it_stands_on_the_forum_and_on_the_list_of_meetings(editor, last):
    forum_page = editor.get(address(Forum, "change", last.forum.pk)).content.decode()
    page = editor.get("/admin/meetings/meeting/next-session/").content.decode()
    assert f'href="{address_of_next(last.forum)}"' in forum_page
    assert 'href="/admin/meetings/meeting/next-session/"' in editor.get(address(Meeting, "changelist")).content.decode()
    assert f'<a href="{address_of_next(last.forum)}">{last.forum.name}, meeting 10</a>' in page
    assert "last met by 5 November 2019" in page


def test_words_of_a_commitment_without_its_progress_are_asked_about_and_kept(editor, last):
    link, commitment = address_of_next(last.forum), Commitment.objects.get(title="Build a port")
    data = shown(editor.get(link)) | {"held": "2021-09-23", f"_review_{commitment.pk}_text": "It was discussed"}
    response = editor.post(link, data)
    assert errors(response) == ["Say how far the commitment has progressed."]
    again = shown(response)
    assert (again[f"_review_{commitment.pk}_text"], Meeting.objects.count()) == ("It was discussed", 1)
    assert editor.post(link, again | {f"_review_{commitment.pk}_progress": "started"}).status_code == 302
    assert ProgressUpdate.objects.get().text == "It was discussed"


@pytest.mark.parametrize("meanwhile", ["it was closed", "there was another session"])
def test_what_was_typed_of_a_commitment_is_kept_though_it_is_no_more_asked_about(editor, last, meanwhile):
    link, commitment = address_of_next(last.forum), Commitment.objects.get(title="Build a port")
    said = {f"_review_{commitment.pk}_progress": "started", f"_review_{commitment.pk}_text": "Work began"}
    data = shown(editor.get(link)) | said | {"held": "2021-09-23"}
    if meanwhile == "it was closed":
        commitment.closure = Commitment.Closure.COMPLETED
        commitment.save()
    else:
        make_meeting(forum=last.forum, session_number=10, title="", held="2020-11-05")
        data["session_number"] = 11
    assert editor.post(link, data).status_code == 302
    assert (ProgressUpdate.objects.get().text, ProgressUpdate.objects.get().commitment) == ("Work began", commitment)


@pytest.mark.parametrize("state", ["draft", "published"])
def test_desk_calls_the_sessions_of_a_body_by_its_word_whether_it_is_published_or_not(editor, last, state):
    Forum.objects.filter(pk=last.forum.pk).update(state=state)
    forum_page = " ".join(editor.get(address(Forum, "change", last.forum.pk)).content.decode().split())
    assert f'<a href="{address_of_next(last.forum)}"> Next: meeting 10 </a>' in forum_page
    response = editor.get(address_of_next(last.forum))
    assert "Still open of meeting 9" in [title for title, _options in response.context["adminform"].fieldsets]
    assert response.content.decode().count("as at meeting 9. Check it.") == 4
