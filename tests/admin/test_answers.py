"""Answers on the desk: returned with a question, accepted, followed by an agreed extension or a new focal point."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.models import Commitment, DueChange, FocalPoint, ProgressUpdate
from tests.admin.desk import address, messages, shown, taken
from tests.admin.proposing import act as proposed
from tests.factories import make_commitment, make_forum, make_meeting, make_person, make_source
from tests.registers.reading import parse
from tracker.records.models import Revision

pytestmark = pytest.mark.django_db

LIST = reverse("admin:meetings_progressupdate_changelist")
RETURN = reverse("admin:meetings_progressupdate_return")


def act(client, action, *updates):
    data = taken(action) | {"_selected_action": [update.pk for update in updates]}
    return client.post(f"{LIST}?work=all", data, follow=True)


def listed(client, work):
    return set(client.get(f"{LIST}?work={work}").context["cl"].queryset)


def states(*updates):
    rows = ProgressUpdate.objects.in_bulk([update.pk for update in updates])
    return [(rows[update.pk].state, rows[update.pk].question) for update in updates]


def steps(client, update):
    """The links beside the history of an answer, by their words."""
    page = parse(client.get(address(ProgressUpdate, "change", update.pk)).content.decode())
    (tools,) = [node for node in page.iter("ul") if node.get("class") == "object-tools"]
    return {"".join(link.itertext()): link.get("href") for link in tools.iter("a") if link.get("class") is None}


# Returned with a question


def test_several_answers_are_returned_together_and_others_stay(editor, give):
    one, two, accepted, plain = give(), give(), give(), give()
    ProgressUpdate.objects.filter(pk=accepted.pk).update(state="published")
    ProgressUpdate.objects.filter(pk=plain.pk).update(reminder=None)
    page = act(editor, "return_with_question", one, two, accepted, plain)
    assert {answer.pk for answer in page.context["answers"]} == {one.pk, two.pk}
    assert "2 of those chosen are left out" in page.content.decode()
    chosen = [one.pk, two.pk, accepted.pk, plain.pk]
    response = editor.post(RETURN, {"answer": chosen, "question": "When?"}, follow=True)
    assert messages(response) == [
        "2 answers are returned.",
        "The question goes out with the next message.",
        "2 stay as they are: only answers to a message that are in review can be returned.",
    ]
    assert states(one, two, accepted, plain) == [
        ("withdrawn", "When?"),
        ("withdrawn", "When?"),
        ("published", ""),
        ("in_review", ""),
    ]


def test_action_on_what_cannot_be_returned_says_so(reviewer, give):
    update = give()
    ProgressUpdate.objects.update(state="published")
    response = act(reviewer, "return_with_question", update)
    assert messages(response) == ["1 stays as it is: only answers to a message that are in review can be returned."]
    assert reviewer.get(f"{RETURN}?answer={update.pk}").status_code == 404
    assert states(update) == [("published", "")]


@pytest.mark.parametrize("question", ["", "  ", "x" * 2001])
def test_return_without_a_readable_question_asks_for_one(editor, give, question):
    update = give()
    response = editor.post(RETURN, {"answer": update.pk, "question": question})
    assert response.status_code == 200 and len(response.context["form"].errors) == 1
    assert states(update) == [("in_review", "")]


@pytest.mark.parametrize("sent", ["", "?answer=x", "?answer=0", f"?answer={10**30}", "?answer=²"])
def test_return_of_nothing_is_not_found(editor, sent):
    assert editor.get(RETURN + sent).status_code == 404


def test_return_is_for_those_who_may_change_answers(give):
    update = give()
    response = Client().post(RETURN, {"answer": update.pk, "question": "?"})
    assert response.status_code == 302 and "/admin/login/" in response["Location"]
    assert states(update) == [("in_review", "")]


def test_page_says_that_the_question_cannot_reach_who_wants_no_mail(editor, give, person):
    update = give()
    assert "has stopped the mail" not in editor.get(f"{RETURN}?answer={update.pk}").content.decode()
    person.unsubscribed_at = timezone.now()
    person.save()
    assert "Ayesha Khan has stopped the mail" in editor.get(f"{RETURN}?answer={update.pk}").content.decode()


def test_list_tells_returned_answers_from_those_answered_since_and_those_set_aside(reviewer, give):
    commitment = make_commitment()
    waiting, returned, elsewhere, aside = (give(commitment=commitment), give(), give("done"), give())
    reviewer.post(RETURN, {"answer": [waiting.pk, returned.pk], "question": "When?"})
    again = give(commitment=commitment, round=1, text="In June")
    act(reviewer, "set_aside", aside)
    assert listed(reviewer, "returned") == {returned}
    assert listed(reviewer, "waiting") == {elsewhere, again}
    assert listed(reviewer, "decided") == {waiting, aside}
    cells = parse(reviewer.get(f"{LIST}?work=returned").content.decode()).iter("td")
    assert [cell.text for cell in cells if cell.get("class") == "field-standing"] == ["returned"]


@pytest.mark.parametrize("way", ["action", "form"])
def test_returned_answer_that_is_accepted_after_all_loses_its_question(reviewer, give, way):
    update = give("on_track")
    reviewer.post(RETURN, {"answer": update.pk, "question": "When?"})
    if way == "action":
        act(reviewer, "publish", update)
    else:
        page = reviewer.get(address(ProgressUpdate, "change", update.pk))
        assert "When?" in page.content.decode()
        reviewer.post(page.wsgi_request.path, shown(page) | {"_step": "publish"})
    assert states(update) == [("published", "")]


# Not mine: who then


def test_accepted_answer_that_names_a_colleague_leads_to_naming_them(reviewer, give):
    bilal = make_person("Bilal Ahmed")
    update = give("not_mine", responsible=bilal)
    assert "Name Bilal Ahmed as focal point …" not in steps(reviewer, update)
    response = act(reviewer, "publish", update)
    assert [text.partition("<a")[0] for text in messages(response)] == [
        "1 record is now published.",
        f"{update.commitment}: nothing follows from it by itself. ",
    ]
    assert not FocalPoint.objects.exists()
    link = steps(reviewer, update)["Name Bilal Ahmed as focal point …"]
    data = shown(reviewer.get(link))
    assert (data["commitment"], data["person"], data["side"]) == (
        str(update.commitment_id),
        str(bilal.pk),
        str(update.side_id),
    )
    assert reviewer.post(link, data).status_code == 302
    assert FocalPoint.objects.get().person == bilal
    assert "Name Bilal Ahmed as focal point …" not in steps(reviewer, update)


# Late: the agreed extension


def extension(update):
    return reverse("admin:meetings_progressupdate_extension", args=[update.pk])


def agreed(**fields):
    return {
        "due_after": "2026-12",
        "agreed_on": "2026-06-15",
        "reason": "Funds came late",
        "source": make_source(title="Minutes").pk,
        **fields,
    }


@pytest.fixture
def late(give):
    return give(expected="2026-12", reason="Funds came late")


def due(update):
    commitment = Commitment.objects.get(pk=update.commitment_id)
    return commitment.due, commitment.due_rule, commitment.due_latest, commitment.due_version


UNMOVED = ("2026-05", "date", date(2026, 5, 31), 1)


def test_late_answer_when_accepted_moves_nothing_and_leads_to_the_extension(reviewer, late):
    response = act(reviewer, "publish", late)
    assert due(late) == UNMOVED
    assert not DueChange.objects.exists()
    assert f"<a href='{extension(late)}'>Agreed extension …</a>" in messages(response)[1]


@pytest.mark.parametrize("state", ["in_review", "published"])
def test_extension_keeps_both_dates_with_the_source_and_moves_the_due_date(reviewer, late, state):
    ProgressUpdate.objects.update(state=state)
    page = reviewer.get(steps(reviewer, late)["Agreed extension …"])
    assert page.context["adminform"].form.initial["due_after"] == "2026-12"
    assert "Funds came late" in page.content.decode() and "May 2026" in page.content.decode()
    sent = agreed()
    response = reviewer.post(extension(late), sent, follow=True)
    assert messages(response) == [
        f"The due date of {late.commitment} has moved: May 2026 → December 2026."
    ]  # fmt: skip
    change = DueChange.objects.get()
    assert (change.commitment, change.due_before, change.due_after) == (late.commitment, "2026-05", "2026-12")
    assert (change.agreed_on, change.reason, change.source_id) == ("2026-06-15", "Funds came late", sent["source"])
    assert due(late) == ("2026-12", "date", date(2026, 12, 31), 2)
    commitment = Commitment.objects.get(pk=late.commitment_id)
    assert [commitment.schedule_on(day) for day in (date(2026, 7, 1), date(2027, 1, 1))] == ["not_yet_due", "overdue"]
    last = Revision.objects.of(commitment).newest_first()[0]
    assert last.account == reviewer.user
    assert [*last.content["rows"]["meetings.duechange"]] == [str(change.pk)]
    public = " ".join(Client().get(commitment.get_absolute_url()).content.decode().split())
    assert "<bdi>May 2026</bdi> → <bdi>December 2026</bdi>" in public and "Minutes" in public
    assert "Agreed extension …" not in steps(reviewer, late)
    late.refresh_from_db()
    assert late.state == state


def test_extension_of_what_is_public_is_proposed_where_two_people_read_each_change(
    reviewer, administrator, strict, late
):
    response = reviewer.post(extension(late), agreed(), follow=True)
    proposal = response.context["proposal"]
    assert (proposal.author, proposal.why, due(late)) == (reviewer.user, "Agreed extension", UNMOVED)
    assert not DueChange.objects.exists()
    assert "December 2026" not in Client().get(late.commitment.get_absolute_url()).content.decode()
    assert messages(proposed(administrator, proposal, "switch")) == [
        "Switched: what was proposed is now what the record says."
    ]
    assert due(late) == ("2026-12", "date", date(2026, 12, 31), 2)
    change = DueChange.objects.get()
    assert (change.due_before, change.due_after, change.agreed_on) == ("2026-05", "2026-12", "2026-06-15")


REFUSED = {
    "source": ("", "Name the source that says so. Without one the due date stays as it is."),
    "due_after": ("", "Give the new due date."),
    "agreed_on": ("", "Say when it was agreed, as exactly as the source does."),
    "reason": ("x" * 401, "Ensure this value has at most 400 characters (it has 401)."),
    "the same date": ("2026-05", "An extension ends later than the present due date."),
    "an earlier date": ("2026-04-30", "An extension ends later than the present due date."),
    "no date": ("soon", "“soon” is not a date we can read."),
    "the future": ((date.today() + timedelta(days=2)).isoformat(), "This day has not come yet."),
}
FIELD = {
    "the same date": "due_after",
    "an earlier date": "due_after",
    "no date": "due_after",
    "the future": "agreed_on",
}


@pytest.mark.parametrize("case", REFUSED)
def test_extension_that_is_not_complete_is_refused_with_the_reason(reviewer, late, case):
    name, (value, message) = FIELD.get(case, case), REFUSED[case]
    response = reviewer.post(extension(late), agreed(**{name: value}))
    assert response.status_code == 200
    ((field, (text, *_)),) = response.context["errors"].items()
    assert field == name and text.startswith(message)
    assert message in response.content.decode()
    assert due(late) == UNMOVED and not DueChange.objects.exists()


def test_extension_sent_twice_moves_the_date_once(reviewer, late):
    data = agreed()
    assert [reviewer.post(extension(late), data).status_code for _ in range(2)] == [302, 200]
    assert DueChange.objects.count() == 1 and due(late)[3] == 2


def test_extension_of_what_had_no_deadline_gives_it_one(reviewer, give):
    update = give(commitment=make_commitment())
    assert reviewer.post(extension(update), agreed()).status_code == 302
    assert due(update)[:2] == ("2026-12", "date")
    assert DueChange.objects.get().due_before == ""


def test_extension_of_what_was_due_by_a_session_no_longer_follows_the_session(reviewer, give):
    forum = make_forum("jec")
    first, second = (make_meeting(forum=forum, held=day) for day in ("2026-01-10", "2026-05-10"))
    commitment = make_commitment(meeting=first, due_rule="next_session")
    commitment.refresh_from_db()
    assert (commitment.due, commitment.due_session) == ("2026-05-10", second)
    update = give(commitment=commitment)
    assert reviewer.post(extension(update), agreed()).status_code == 302
    second.held = "2026-05-20"
    second.save()
    commitment.refresh_from_db()
    commitment.save()
    assert due(update)[:2] == ("2026-12", "date")
    assert DueChange.objects.get().due_before == "2026-05-10"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answer": "on_track"}, "only from the answer “late”"),
        ({"state": "withdrawn"}, "only from the answer “late”"),
        ({"recurrence": "FREQ=MONTHLY"}, "The commitment is recurring or continuous"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_extension_where_none_can_follow_says_why(reviewer, late, change, words, method):
    model = Commitment if "recurrence" in change else ProgressUpdate
    model.objects.update(**change)
    response = getattr(reviewer, method)(extension(late), agreed(), follow=True)
    assert words in messages(response)[0]
    assert due(late) == UNMOVED and not DueChange.objects.exists()


def test_extension_is_for_those_who_may_change_the_commitment(editor, late):
    assert "Agreed extension …" not in steps(editor, late)
    assert editor.get(extension(late)).status_code == editor.post(extension(late), agreed()).status_code == 403
    assert due(late) == UNMOVED
    Commitment.objects.update(state="draft")
    assert editor.get(steps(editor, late)["Agreed extension …"]).status_code == 200
    assert editor.post(extension(late), agreed()).status_code == 302
    assert reverse("admin:login") in Client().post(extension(late), agreed())["Location"]
    assert editor.get(reverse("admin:meetings_progressupdate_extension", args=[0])).status_code == 404


def seen(page):
    return re.search(r'name="_seen" value="(\d+)"', page.content.decode())[1]


@pytest.mark.drawn
def test_question_about_an_answer_that_was_changed_meanwhile_asks_again(editor, give):
    update = give("done")
    page = f"{RETURN}?answer={update.pk}"
    sent = {"answer": [update.pk], "question": "Since when?", "_seen": seen(editor.get(page))}
    update.text = "Changed by a colleague"
    update.save()
    response = editor.post(RETURN, sent)
    assert response.status_code == 200 and response.context["form"]["question"].value() == "Since when?"
    update.refresh_from_db()
    assert update.state == "in_review"
    assert editor.post(RETURN, sent | {"_seen": seen(response)}).status_code == 302
    update.refresh_from_db()
    assert update.question == "Since when?"


@pytest.mark.drawn
def test_extension_of_a_commitment_that_was_changed_meanwhile_asks_again(reviewer, late):
    sent = agreed() | {"_seen": seen(reviewer.get(extension(late)))}
    commitment = late.commitment
    commitment.title = "Changed by a colleague"
    commitment.save()
    response = reviewer.post(extension(late), sent)
    assert response.status_code == 200 and not DueChange.objects.exists()
    assert reviewer.post(extension(late), sent | {"_seen": seen(response)}).status_code == 302
    assert DueChange.objects.exists()
