"""What the meeting form takes and refuses: days to come, offices without a name, who only was a member, statements."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from meetings.models import Commitment, Delegate, Meeting
from tests.admin.desk import address, errors, fill_row, shown
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_source,
    make_working_group,
)

pytestmark = pytest.mark.usefixtures("undrawn")


def filled(client, **fields):
    """The data of the empty form with a title, a source and ``fields``."""
    data = shown(client.get(address(Meeting, "add"))) | {"title": "Talks"} | fields
    fill_row(data, "citations", 0, source=make_source())
    return data


def saved(client, data):
    response = client.post(address(Meeting, "add"), data)
    assert response.status_code == 302, errors(response)
    return Meeting.objects.get()


def test_meeting_is_not_held_on_a_day_to_come(editor):
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    response = editor.post(address(Meeting, "add"), filled(editor, held=tomorrow, status="held"))
    assert errors(response) == ["This day is still to come: until a source reports it, it is not held."]
    assert saved(editor, filled(editor, held=tomorrow, status="confirmed")).held == tomorrow


@pytest.mark.parametrize("held", [localdate().isoformat(), localdate().strftime("%Y-%m"), "../2190", ""])
def test_meeting_is_held_where_its_date_allows_a_day_that_has_come(editor, held):
    assert saved(editor, filled(editor, held=held, status="held")).held == held


def test_delegation_is_led_by_an_office_where_no_name_is_given(editor):
    data = filled(editor)
    fill_row(data, "delegations", 0, country=make_country("CHN"), head_office="Vice Minister of Commerce")
    meeting = saved(editor, data)
    delegate = Delegate.objects.get()
    assert (delegate.person, delegate.office, delegate.role) == (None, "Vice Minister of Commerce", "head")
    data = shown(editor.get(address(Meeting, "change", meeting.pk)))
    assert data["delegations-0-head_office"] == "Vice Minister of Commerce"
    fill_row(data, "delegations", 0, head_office="")
    assert editor.post(address(Meeting, "change", meeting.pk), data).status_code == 302
    assert not Delegate.objects.exists()


def test_only_parties_named_as_present_promise_one_another(editor):
    data = filled(editor)
    for row, (code, attendance) in enumerate(
        {"CHN": "came", "PAK": "came", "LKA": "not_stated", "UZB": "absent"}.items()
    ):
        fill_row(data, "delegations", row, country=make_country(code), role="party", attendance=attendance)
    fill_row(data, "commitments", 0, title="Meet again", kind="meet", strength="agreed", mutual=True)
    saved(editor, data)
    promised = Commitment.objects.get().parties.filter(side="by").values_list("country__code", flat=True)
    assert sorted(promised) == ["CHN", "PAK"]


def test_delegation_that_did_not_come_has_nobody_who_led_it(editor):
    data = filled(editor)
    fill_row(data, "delegations", 0, country=make_country("CHN"), attendance="absent", head_office="Minister")
    response = editor.post(address(Meeting, "add"), data)
    assert errors(response) == ["A delegation that did not come has nobody who led it."]


def test_group_of_another_forum_is_refused_beside_its_field(editor):
    group = make_working_group(forum=make_forum())
    data = filled(editor, forum=make_forum().pk, working_group=group.pk)
    response = editor.post(address(Meeting, "add"), data)
    assert errors(response) == ["That group belongs to another forum, or to none."]
    assert saved(editor, filled(editor, working_group=group.pk)).forum == group.forum


def test_form_keeps_words_occasion_and_how_many_were_expected(editor):
    fields = {"held_words": "early 2024", "occasion": "State visit of the President", "participants_expected": 300}
    meeting = saved(editor, filled(editor, participants_expected_comparator="about", **fields))
    names = ("held_words", "occasion", "participants_expected", "participants_expected_comparator")
    assert [getattr(meeting, name) for name in names] == ["early 2024", "State visit of the President", 300, "about"]


def test_form_takes_a_statement_and_an_adoption(editor):
    data = filled(editor)
    said = {"kind": "reaction", "words": "a newspaper’s editorial", "text": "Too little.", "source": make_source()}
    fill_row(data, "statements", 0, **said)
    fill_row(data, "outcomes", 0, kind="adoption", text="A strategy", realisation="realised", position=0)
    fill_row(data, "agreement_links", 0, agreement=make_agreement(), role="adopted")
    meeting = saved(editor, data)
    assert [each.name for each in meeting.statements.all()] == ["a newspaper’s editorial"]
    assert [each.kind for each in meeting.outcomes.all()] == ["adoption"]
    assert [each.role for each in meeting.agreement_links.all()] == ["adopted"]


def test_commitment_is_counted_from_an_event_of_its_agreement_or_of_one_of_its_meeting(editor):
    own, discussed, other = (
        make_agreement(signed="2024-03-01"),
        make_agreement(signed="2023"),
        make_agreement(signed="2022"),
    )
    meeting = make_meeting()
    meeting.agreement_links.create(agreement=discussed, role="discussed")
    commitment = make_commitment(meeting=meeting, agreement=own, state="draft")
    form = editor.get(address(Commitment, "change", commitment.pk))
    offered = [str(choice[1]) for choice in form.context["adminform"].form.fields["due_event"].choices]
    assert other.events.get().pk not in [
        value for value, _label in form.context["adminform"].form.fields["due_event"].choices
    ]
    assert offered[1:] == [f"{own.reference}: signature 1 March 2024", f"{discussed.reference}: signature 2023"]
    data = shown(form) | {"due_rule": "relative", "due_event": own.events.get().pk, "due_period": "P1M"}
    response = editor.post(address(Commitment, "change", commitment.pk), data)
    assert response.status_code == 302, errors(response)
    assert Commitment.objects.get(pk=commitment.pk).due == "2024-04-01"
