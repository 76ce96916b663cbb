"""A change is allowed where it is allowed on everything that it reaches."""

import pytest

from agreements.models import Country, Person, Theme
from meetings.models import FollowUpPolicy, Meeting, MeetingFigure, ProgressUpdate
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, errors, messages, moved, shown, taken
from tests.factories import make_commitment, make_country, make_meeting, make_person, make_source, make_theme
from tracker.records.models import Publishable, Revision, Source
from tracker.records.models.shared import ProtectedError

State = Publishable.State


def make_used(kind, state):
    """A record of a kind without a state, named by a meeting in this state."""
    country, theme, source = make_country("PAK"), make_theme(), make_source()
    meeting = make_meeting(["PAK"], state=State.DRAFT, cited=False)
    meeting.citations.create(source=source)
    meeting.themes.set([theme])
    person = make_person("Somebody")
    meeting.delegations.get().delegates.create(person=person)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    return {Country: country, Theme: theme, Source: source, Person: person}[kind]


KINDS = (Country, Theme, Source, Person)


# Kinds without a state


@pytest.mark.parametrize("kind", KINDS)
def test_what_no_published_record_names_is_an_editors_to_change_and_to_delete(editor, kind):
    record = make_used(kind, State.DRAFT)
    name = "title" if kind is Source else "name"
    data = shown(editor.get(address(kind, "change", record.pk)))
    assert editor.post(address(kind, "change", record.pk), data | {name: "Renamed"}).status_code == 302
    assert getattr(kind.objects.get(pk=record.pk), name) == "Renamed"
    Meeting.objects.get().delete()
    assert editor.post(address(kind, "delete", record.pk), {"post": "yes"}).status_code == 302
    assert not kind.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_in_public_use_is_a_reviewers_to_change_and_nobodys_to_delete(editor, reviewer, superuser, kind):
    record = make_used(kind, State.PUBLISHED)
    name = "title" if kind is Source else "name"
    before, page = getattr(record, name), address(kind, "change", record.pk)
    data = shown(reviewer.get(page)) | {name: "Renamed"}
    data.pop("_opened")
    editor.post(page, data)
    assert getattr(kind.objects.get(pk=record.pk), name) == before
    assert reviewer.post(page, data).status_code == 302
    assert getattr(kind.objects.get(pk=record.pk), name) == "Renamed"
    for client in (editor, reviewer, superuser):
        assert client.post(address(kind, "delete", record.pk), {"post": "yes"}).status_code == 403
        client.post(
            address(kind, "changelist"), {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
        )
    with pytest.raises(ProtectedError):
        record.delete()
    assert kind.objects.filter(pk=record.pk).exists()


def test_who_answers_for_what_stays_the_work_of_editors(editor):
    """The public never reads the contact data of a person."""
    person = make_used(Person, State.PUBLISHED)
    page = address(Person, "change", person.pk)
    data = shown(editor.get(page))
    assert "name" not in data
    assert editor.post(page, data | {"email": "new@example.org"}).status_code == 302
    person.refresh_from_db()
    assert (person.email, person.name) == ("new@example.org", "Somebody")


def test_a_name_typed_while_its_person_came_into_public_use_is_shown_and_not_dropped(editor):
    person = make_used(Person, State.DRAFT)
    page = address(Person, "change", person.pk)
    data = shown(editor.get(page)) | {"name": "Typed"}
    Meeting.objects.update(state=State.PUBLISHED)
    response = editor.post(page, data)
    assert response.status_code == 409
    assert [place.mine for place in response.context["locked"]] == ["Typed"]


def test_a_second_source_with_the_same_address_is_refused(editor):
    make_source(url="https://example.org/report", slug="first")
    data = shown(editor.get(address(Source, "add"))) | {"title": "Again", "url": "https://example.org/report"}
    (text,) = errors(editor.post(address(Source, "add"), data))
    assert text.startswith("There is a source with this address already")


# Policies


def test_the_policy_that_all_mail_hangs_on_is_a_reviewers_to_change_and_nobodys_to_delete(editor, reviewer, superuser):
    policy = FollowUpPolicy.objects.get(forum=None)
    page = address(FollowUpPolicy, "change", policy.pk)
    data = shown(reviewer.get(page))
    data.pop("_opened")
    data.pop("is_active")
    assert editor.post(page, data).status_code == 403
    assert reviewer.post(page, data).status_code == 302
    for client in (editor, reviewer, superuser):
        assert client.post(address(FollowUpPolicy, "delete", policy.pk), {"post": "yes"}).status_code == 403
    assert not FollowUpPolicy.objects.get(forum=None).is_active


def test_the_history_of_what_nobody_ever_changed_is_empty(editor):
    """The first policy comes with the tables."""
    response = editor.get(address(FollowUpPolicy, "history", FollowUpPolicy.objects.get().pk))
    assert (response.status_code, response.context["entries"]) == (200, [])


# Restoring


def figure_that_moved(state):
    """Two meetings, and a figure that went from the first, a draft, to the second."""
    first, second = make_meeting(state=State.DRAFT), make_meeting(state=State.DRAFT)
    figure = MeetingFigure.objects.create(meeting=first, what="participants", unit="people", words="many")
    figure.meeting = second
    figure.save()
    Meeting.objects.filter(pk=second.pk).update(state=state)
    number = Revision.objects.of(first).filter(content__rows__has_key="meetings.meetingfigure").last().number
    return first, second, figure, number


@pytest.mark.parametrize("way", ["row", "record"])
@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_a_row_that_belongs_to_another_record_by_now_is_not_taken_from_it(editor, way, state):
    first, second, figure, number = figure_that_moved(state)
    page = {
        "row": address(Meeting, "restore_row", first.pk, number, "meetings.meetingfigure", figure.pk),
        "record": address(Meeting, "restore", first.pk, number),
    }[way]
    response = editor.post(page, follow=True)
    assert [text for text in messages(response) if "belongs to" in text]
    figure.refresh_from_db()
    assert figure.meeting == second


# Drafts


def test_a_draft_of_ones_own_can_go_as_it_came(editor):
    page = address(Theme, "add")
    assert editor.get(page).status_code == 200
    meeting = make_draft(editor)
    assert editor.post(address(Meeting, "delete", meeting.pk), {"post": "yes"}).status_code == 302
    assert not Meeting.objects.exists()


def make_draft(client):
    data = shown(client.get(address(Meeting, "add"))) | {"title": "Mistyped", "kind": "ad_hoc"}
    response = client.post(address(Meeting, "add"), data)
    assert response.status_code == 302, errors(response)
    return Meeting.objects.get(title="Mistyped")


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.PUBLISHED, State.WITHDRAWN])
def test_a_record_of_ones_own_that_is_no_draft_stays(editor, state):
    meeting = make_draft(editor)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    assert editor.post(address(Meeting, "delete", meeting.pk), {"post": "yes"}).status_code == 403


def test_a_draft_that_was_public_before_stays(editor, reviewer):
    meeting = make_draft(editor)
    for state in (State.PUBLISHED, State.DRAFT):
        meeting.refresh_from_db()
        meeting.citations.get_or_create(source=make_source())
        meeting.state = state
        meeting.save()
    assert editor.post(address(Meeting, "delete", meeting.pk), {"post": "yes"}).status_code == 403


def test_a_draft_of_somebody_else_stays(editor):
    colleague = logged_in(make_user("colleague", "editor"))
    meeting = make_draft(editor)
    assert colleague.post(address(Meeting, "delete", meeting.pk), {"post": "yes"}).status_code == 403


# Four eyes for what is changed after publication


def unread(client, model=Meeting):
    return list(client.get(address(model, "changelist") + "?todo=unread").context["cl"].result_list)


def change_published(client, meeting, **values):
    page = address(Meeting, "change", meeting.pk)
    assert client.post(page, shown(client.get(page)) | values).status_code == 302


def read(client, *records):
    client.post(
        address(type(records[0]), "changelist"),
        {"action": "have_read", "_selected_action": [record.pk for record in records]},
    )


def test_what_one_person_changed_in_public_waits_for_a_second_one(reviewer, administrator):
    changed, other = make_meeting(summary="As published"), make_meeting()
    change_published(reviewer, changed, summary="Rewritten")
    assert unread(reviewer) == unread(administrator) == [changed]
    read(reviewer, changed)
    assert unread(administrator) == [changed]
    read(administrator, changed, other)
    assert unread(administrator) == []
    revision = Revision.objects.of(changed).last()
    assert (revision.account, revision.reader) == (reviewer.user, administrator.user)
    change_published(administrator, changed, summary="Once more")
    assert unread(administrator) == [changed]


def test_what_no_one_changed_in_public_does_not_wait(editor, reviewer):
    draft = make_meeting(state=State.DRAFT)
    change_published(editor, draft, summary="Written", _step="review")
    change_published(reviewer, draft, _step="publish")
    reviewer.post(address(Meeting, "looked_again", draft.pk))
    assert Meeting.objects.get().state == State.PUBLISHED
    assert unread(reviewer) == []


def test_a_desk_of_one_person_is_not_asked_for_a_second_one(reviewer, settings):
    settings.FOUR_EYES = False
    change_published(reviewer, make_meeting(), summary="Rewritten")
    page = reviewer.get("/admin/").content.decode()
    assert "read by nobody else" not in page
    assert "unread" not in reviewer.get(address(Meeting, "changelist")).content.decode()


# What completion rests on


@pytest.mark.parametrize("told", [{}, {"assessor": "Audit Office"}, {"evidence_url": "https://example.org/a"}])
def test_completion_needs_somebody_who_says_so(reviewer, told):
    commitment = make_commitment()
    update = ProgressUpdate.objects.create(commitment=commitment, progress="complete", state="in_review", **told)
    reviewer.post(address(ProgressUpdate, "changelist"), taken("publish") | {"_selected_action": [update.pk]})
    update.refresh_from_db()
    assert update.state == ("published" if told else "in_review")
    page = address(ProgressUpdate, "change", update.pk)
    response = reviewer.post(
        page, shown(reviewer.get(page)) | moved(update.state, "published") | {"assessor": "", "evidence_url": ""}
    )
    assert response.status_code == 200
    assert errors(response) == [
        "To be complete it needs a source, the address of evidence, who assessed it, or the side whose word it is."
    ]


def test_the_history_of_a_record_tells_what_was_changed_in_what_it_names(editor, reviewer):
    theme, source = make_theme(name="Cloud"), make_source(title="Report")
    meeting = make_meeting(cited=False)
    meeting.themes.set([theme])
    meeting.citations.create(source=source)
    meeting.save()
    page = address(Meeting, "history", meeting.pk)
    assert editor.get(page).context["of_named"] == []
    for record, name, new in (
        (theme, "name", "Renamed"),
        (source, "title", "Renamed"),
        (make_theme("other", name="An"), "name", "Other"),
    ):
        change = address(type(record), "change", record.pk)
        assert reviewer.post(change, shown(reviewer.get(change)) | {name: new}).status_code == 302
    found = [(revision.title, way) for revision, way in editor.get(page).context["of_named"]]
    assert sorted(found) == [
        ("Renamed", address(Theme, "history", theme.pk)),
        ("Renamed", address(Source, "history", source.pk)),
    ]
