"""Two people in one form: joined where they do not collide, both shown where they do; nothing typed is lost."""

import pytest

from agreements.models import Agreement, Theme
from meetings.models import Commitment, Meeting
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, fill_row, messages, shown, taken
from tests.admin.two_editors import choices, form, page, row_of, send
from tests.factories import make_agreement, make_commitment, make_source, make_theme
from tracker.records.models import Publishable, Revision, SentForm

State = Publishable.State


@pytest.fixture
def meeting(draft_meeting):
    return draft_meeting


def test_two_fields_when_two_save_are_joined_and_shown_first(editor, colleague, meeting):
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    assert send(colleague, meeting, theirs, summary="Written by the colleague").status_code == 302
    response = send(editor, meeting, mine, place="Islamabad")
    assert choices(response) == []
    assert Meeting.objects.get().place == "Beijing"
    assert [(each.where, each.theirs) for each in response.context["theirs"]] == [
        ("Summary", "Written by the colleague")
    ]
    assert [each.author.account.username for each in response.context["theirs"]] == ["colleague"]
    assert [(each.where, each.mine) for each in response.context["mine"]] == [("Place", "Islamabad")]
    assert send(editor, meeting, page(response)).status_code == 302
    joined = Meeting.objects.get()
    assert (joined.summary, joined.place) == ("Written by the colleague", "Islamabad")


@pytest.mark.parametrize(
    "choice, expected",
    [("mine", "Mine"), ("theirs", "Theirs"), ("anew", "Both")],
)
def test_one_field_when_two_write_it_is_chosen(editor, colleague, meeting, choice, expected):
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, summary="Theirs")
    response = send(editor, meeting, mine, summary="Mine")
    assert choices(response) == ["//summary"]
    collision = response.context["collisions"][0]
    assert (collision.before, collision.mine, collision.theirs) == ("As found", "Mine", "Theirs")
    assert Meeting.objects.get().summary == "Theirs"
    data = page(response) | {"_choice://summary": choice, "_anew://summary": "Both"}
    assert send(editor, meeting, data).status_code == 302
    assert Meeting.objects.get().summary == expected


def test_the_same_text_when_two_write_it_is_no_collision(editor, colleague, meeting):
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, summary="The same")
    assert send(editor, meeting, mine, summary="The same").status_code == 302


def test_a_third_change_when_the_page_is_open_is_seen_too(editor, colleague, meeting):
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, summary="Theirs")
    data = page(send(editor, meeting, mine, place="Islamabad"))
    send(colleague, meeting, form(colleague, meeting), place="Karachi")
    response = send(editor, meeting, data)
    assert choices(response) == ["//place"]
    assert Meeting.objects.get().place == "Karachi"


def test_rows_when_two_change_different_ones_are_joined(editor, colleague, meeting):
    first, second = meeting.outcomes.order_by("position")
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, **{f"outcomes-{row_of(theirs, 'outcomes', first)}-text": "Theirs"})
    response = send(editor, meeting, mine, **{f"outcomes-{row_of(mine, 'outcomes', second)}-text": "Mine"})
    assert choices(response) == []
    send(editor, meeting, page(response))
    assert list(meeting.outcomes.order_by("position").values_list("text", flat=True)) == ["Theirs", "Mine"]


def test_rows_when_both_add_some_are_all_there(editor, colleague, meeting):
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    fill_row(theirs, "outcomes", 2, kind="decision", text="Third, theirs", position=2, realisation="expected")
    fill_row(mine, "outcomes", 2, kind="decision", text="Third, mine", position=3, realisation="expected")
    send(colleague, meeting, theirs)
    response = send(editor, meeting, mine)
    assert [each.place.theirs["text"] for each in response.context["theirs"]] == [["Third, theirs"]]
    send(editor, meeting, page(response))
    assert meeting.outcomes.count() == 4


def test_a_row_when_somebody_removed_it_unchanged_stays_removed(editor, colleague, meeting):
    first = meeting.outcomes.get(position=0)
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, **{f"outcomes-{row_of(theirs, 'outcomes', first)}-DELETE": "on"})
    response = send(editor, meeting, mine, place="Islamabad")
    assert choices(response) == []
    send(editor, meeting, page(response))
    assert [each.text for each in meeting.outcomes.all()] == ["Second decision"]


@pytest.mark.parametrize("choice, texts", [("mine", ["Second decision", "Mine"]), ("theirs", ["Second decision"])])
def test_a_row_when_removed_there_and_changed_here_is_chosen(editor, colleague, meeting, choice, texts):
    first = meeting.outcomes.get(position=0)
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, **{f"outcomes-{row_of(theirs, 'outcomes', first)}-DELETE": "on"})
    response = send(editor, meeting, mine, **{f"outcomes-{row_of(mine, 'outcomes', first)}-text": "Mine"})
    (name,) = choices(response)
    assert "Mine" in response.context["collisions"][0].mine
    assert send(editor, meeting, page(response) | {f"_choice:{name}": choice}).status_code == 302
    assert [each.text for each in meeting.outcomes.order_by("pk")] == texts


@pytest.mark.parametrize("choice, texts", [("mine", ["Second decision"]), ("theirs", ["Theirs", "Second decision"])])
def test_a_row_when_changed_there_and_removed_here_is_chosen(editor, colleague, meeting, choice, texts):
    first = meeting.outcomes.get(position=0)
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, **{f"outcomes-{row_of(theirs, 'outcomes', first)}-text": "Theirs"})
    response = send(editor, meeting, mine, **{f"outcomes-{row_of(mine, 'outcomes', first)}-DELETE": "on"})
    (name,) = choices(response)
    send(editor, meeting, page(response) | {f"_choice:{name}": choice})
    assert [each.text for each in meeting.outcomes.order_by("pk")] == texts


def test_a_commitment_when_it_stands_as_a_row_has_its_own_revisions(editor, colleague, meeting):
    commitment = make_commitment(meeting=meeting, state=State.DRAFT, title="As found")
    mine = form(editor, meeting)
    send(colleague, commitment, form(colleague, commitment), title="Theirs")
    response = send(editor, meeting, mine, **{f"commitments-{row_of(mine, 'commitments', commitment)}-title": "Mine"})
    assert choices(response) == [f"commitments/{commitment.pk}/title"]
    assert response.context["collisions"][0].author.account.username == "colleague"
    send(editor, meeting, page(response))
    assert Commitment.objects.get().title == "Mine"


def test_a_record_when_published_meanwhile_is_not_put_back(reviewer, meeting):
    other = logged_in(make_user("other", "reviewer"))
    meeting.state = State.IN_REVIEW
    meeting.save()
    stale = form(reviewer, meeting)
    response = other.post(address(Meeting, "changelist"), taken("publish") | {"_selected_action": [meeting.pk]})
    assert Meeting.objects.get().state == State.PUBLISHED, messages(response)
    response = send(reviewer, meeting, stale, place="Islamabad")
    send(reviewer, meeting, page(response))
    assert (Meeting.objects.get().state, Meeting.objects.get().place) == (State.PUBLISHED, "Islamabad")


@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN])
def test_a_record_when_locked_meanwhile_gives_back_what_was_typed(editor, meeting, state):
    mine = form(editor, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    fill_row(mine, "outcomes", 2, kind="decision", text="A new decision", position=3)
    response = send(editor, meeting, mine, summary="Mine")
    assert response.status_code == 409
    assert str(response.context["title"]) == "It was locked while you were typing"
    typed = {each.where: each.mine for each in response.context["mine"]}
    assert typed["Summary"] == "Mine" and "A new decision" in "".join(typed.values())
    assert Meeting.objects.get().summary == "As found"
    assert SentForm.objects.get().values["summary"] == ["Mine"]


def test_a_record_when_removed_meanwhile_gives_back_what_was_typed(editor, meeting):
    mine = form(editor, meeting)
    Meeting.objects.get().delete()
    response = send(editor, meeting, mine, summary="Mine")
    assert response.status_code == 409
    assert str(response.context["title"]) == "It was removed while you were typing"
    assert [(each.where, each.mine) for each in response.context["mine"]] == [("Summary", "Mine")]


def test_a_row_when_published_meanwhile_keeps_what_was_typed_in_sight(editor, reviewer, meeting):
    commitment = make_commitment(meeting=meeting, state=State.DRAFT, title="As found")
    mine = form(editor, meeting)
    Commitment.objects.filter(pk=commitment.pk).update(state=State.PUBLISHED)
    response = send(editor, meeting, mine, **{f"commitments-{row_of(mine, 'commitments', commitment)}-title": "Mine"})
    assert [each.mine for each in response.context["locked"]] == ["Mine"]
    assert Commitment.objects.get().title == "As found"


def test_a_new_record_when_its_form_is_sent_twice_is_made_once(editor):
    data = shown(editor.get(address(Theme, "add"))) | {"name": "Cloud", "slug": "cloud"}
    first, second = (editor.post(address(Theme, "add"), data) for _ in range(2))
    assert Theme.objects.count() == 1
    assert first.status_code == second.status_code == 302
    assert "This form had been sent before: it was saved once." in messages(editor.get(second["Location"]))


def test_new_rows_when_their_form_is_sent_twice_are_made_once(editor, meeting):
    data = form(editor, meeting)
    fill_row(data, "outcomes", 2, kind="decision", text="Third", position=2, realisation="expected")
    for _ in range(2):
        assert send(editor, meeting, data).status_code == 302
    assert meeting.outcomes.count() == 3


def test_a_form_when_gone_back_to_and_changed_makes_no_second_record_unasked(editor):
    data = shown(editor.get(address(Theme, "add"))) | {"name": "Cloud", "slug": "cloud"}
    editor.post(address(Theme, "add"), data)
    response = editor.post(address(Theme, "add"), data | {"name": "Cloud services", "slug": "cloud-services"})
    assert response.status_code == 409
    assert "Cloud services" in {each.mine for each in response.context["mine"]}
    assert Theme.objects.count() == 1
    assert editor.post(address(Theme, "add"), page(response)).status_code == 302
    assert Theme.objects.count() == 2


def test_a_form_when_taken_back_from_the_page_is_shown_and_not_saved(editor, colleague, meeting):
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, summary="Theirs")
    data = page(send(editor, meeting, mine, place="Islamabad"))
    data.pop("_save")
    response = send(editor, meeting, data | {"_edit": "1"})
    assert response.status_code == 200
    kept = shown(response)
    assert (kept["summary"], kept["place"]) == ("Theirs", "Islamabad")
    assert Meeting.objects.get().place == "Beijing"
    assert send(editor, meeting, kept).status_code == 302
    assert Meeting.objects.get().place == "Islamabad"


def test_a_form_when_it_has_errors_is_compared_when_it_comes_again(editor, colleague, meeting):
    mine = form(editor, meeting)
    response = send(editor, meeting, mine, held="not a date", place="Islamabad")
    again = shown(response) | {"held": "2021-09-23"}
    send(colleague, meeting, form(colleague, meeting), place="Karachi")
    assert choices(send(editor, meeting, again)) == ["//place"]


def test_what_was_opened_when_nobody_signed_it_counts_as_nothing(editor, meeting):
    mine = form(editor, meeting)
    response = send(editor, meeting, mine | {"_opened": "forged"}, summary="Mine")
    assert choices(response) == ["//summary"]


def test_revisions_when_a_form_is_refused_are_none(editor, colleague, meeting):
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, summary="Theirs")
    before = Revision.objects.count()
    send(editor, meeting, mine, summary="Mine")
    assert Revision.objects.count() == before


def test_an_agreement_when_two_change_it_is_compared_too(editor, colleague):
    agreement = make_agreement(state=State.DRAFT, title="As found")
    mine, theirs = form(editor, agreement), form(colleague, agreement)
    send(colleague, agreement, theirs, title="Theirs")
    assert choices(send(editor, agreement, mine, title="Mine")) == ["//title"]
    assert Agreement.objects.get().title == "Theirs"


def test_relations_to_many_when_two_change_them_are_named(editor, colleague, meeting):
    first, second = make_theme("cloud", name="Cloud"), make_theme("training", name="Training")
    mine, theirs = form(editor, meeting), form(colleague, meeting)
    send(colleague, meeting, theirs, themes=[first.pk])
    response = send(editor, meeting, mine, themes=[second.pk])
    (collision,) = response.context["collisions"]
    assert (collision.mine, collision.theirs, collision.before) == ("Training", "Cloud", "–")


def test_a_source_when_two_change_it_is_compared_too(reviewer):
    other = logged_in(make_user("other", "reviewer"))
    source = make_source(title="As found")
    mine, theirs = form(reviewer, source), form(other, source)
    send(other, source, theirs, title="Theirs")
    assert choices(send(reviewer, source, mine, title="Mine")) == ["//title"]


def test_reason_of_a_correction_is_kept_with_it_also_over_the_page_of_both(reviewer, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(state=State.PUBLISHED)
    other = logged_in(make_user("second", "reviewer"))
    mine, theirs = form(reviewer, meeting), form(other, meeting)
    send(other, meeting, theirs, summary="Theirs", _correction="Their reason")
    response = send(reviewer, meeting, mine, summary="Mine", _correction="My reason")
    assert choices(response) == ["//summary"]
    assert [each.where for each in response.context["mine"]] == []
    assert send(reviewer, meeting, page(response)).status_code == 302
    told = Revision.objects.of(meeting).newest_first().values_list("content__fields__summary", "correction")
    assert list(told[:2]) == [("Mine", "My reason"), ("Theirs", "Their reason")]


def test_reason_of_a_correction_is_asked_of_what_is_public_alone(reviewer, meeting):
    asked = 'name="_correction"'
    assert asked not in reviewer.get(address(Meeting, "change", meeting.pk)).rendered_content
    Meeting.objects.filter(pk=meeting.pk).update(state=State.PUBLISHED)
    assert asked in reviewer.get(address(Meeting, "change", meeting.pk)).rendered_content
