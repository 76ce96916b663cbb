"""The page of an answer: what was said, what would be published, and the panels that accept or return it."""

import pytest
from django.utils import timezone

from agreements.models import Person
from meetings.models import Commitment, ProgressUpdate
from tests.admin.desk import address, errors, messages, shown
from tests.admin.test_answers import LIST, states
from tests.factories import make_commitment, make_person
from tracker.records.admin.publication import LAST_EDITOR
from tracker.records.models import Revision

pytestmark = pytest.mark.django_db


def from_panel(client, update, **typed):
    """Send the form of an answer from its panel “Return with a question”."""
    page = client.get(address(ProgressUpdate, "change", update.pk))
    data = shown(page) | {"_return": "1", **typed}
    return client.post(page.wsgi_request.path, data, follow=True)


def test_editor_returns_an_answer_with_a_question_from_its_page(editor, give):
    update = give("need_help")
    page = editor.get(address(ProgressUpdate, "change", update.pk))
    assert [str(panel.label) for panel in page.context["bar"].panels][-1] == "Return with a question"
    assert 'name="_question"' in page.content.decode()
    response = from_panel(editor, update, _question=" Which help? ")
    assert "1 answer is returned." in messages(response)
    assert "The question goes out with the next message." in messages(response)
    assert states(update) == [("withdrawn", "Which help?")]
    last = Revision.objects.of(update).newest_first()[0]
    assert (last.account, last.content["fields"]["question"]) == (editor.user, "Which help?")
    assert update.commitment.progress_updates.published().count() == 0


def test_what_was_typed_is_kept_with_the_question(editor, give):
    update = give("need_help", text="We need help")
    from_panel(editor, update, _question="Which help?", text="The ministry asks for help")
    update.refresh_from_db()
    assert (update.state, update.question, update.text) == ("withdrawn", "Which help?", "The ministry asks for help")


@pytest.mark.parametrize("question", ["", "  ", "x" * 2001])
def test_panel_without_a_readable_question_keeps_what_was_typed_and_changes_nothing(editor, give, question):
    update = give("need_help")
    response = from_panel(editor, update, _question=question, text="Typed")
    assert len(errors(response)) == 1
    assert response.context["adminform"].form["text"].value() == "Typed"
    assert [panel.is_open for panel in response.context["bar"].panels][-1] is True
    update.refresh_from_db()
    assert (update.state, update.question, update.text) == ("in_review", "", "")


def test_panel_is_for_answers_that_wait(reviewer, give):
    accepted, plain = give(), give()
    ProgressUpdate.objects.filter(pk=accepted.pk).update(state="published")
    ProgressUpdate.objects.filter(pk=plain.pk).update(reminder=None)
    for update, state in ((accepted, "published"), (plain, "in_review")):
        page = reviewer.get(address(ProgressUpdate, "change", update.pk))
        assert "Return with a question" not in {str(panel.label) for panel in page.context["bar"].panels}
        refusal = "Only an answer to a message that is in review can be returned with a question."
        assert refusal in errors(from_panel(reviewer, update, _question="When?"))
        assert states(update) == [(state, "")]


def test_answer_stays_on_its_page_as_it_came_whatever_is_edited(reviewer, give, person):
    update = give("done", text="It is done, look", evidence_url="https://example.org/news", progress="complete")
    update.commitment.parties.get_or_create(side="by", country=person.country)
    page = reviewer.get(address(ProgressUpdate, "change", update.pk))
    reviewer.post(page.wsgi_request.path, shown(page) | {"text": "Signed in Islamabad"})
    page = reviewer.get(address(ProgressUpdate, "change", update.pk))
    said = page.context["said"]
    assert (said.answer.text, said.update.text) == ("It is done, look", "Signed in Islamabad")
    assert (said.person, said.side, said.is_of_a_party) == (person, person.country, True)
    text = " ".join(page.content.decode().split())
    assert "“done”, says Ayesha Khan" in text and "It is done, look" in text
    assert 'href="https://example.org/news"' in text


def test_answer_is_compared_with_what_else_is_known(reviewer, give):
    commitment = make_commitment(due="2020")
    before, update = give("late", commitment=commitment), give("done", commitment=commitment, round=1)
    colleague = make_person("Bilal Ahmed")
    commitment.focal_points.create(person=colleague)
    said = reviewer.get(address(ProgressUpdate, "change", update.pk)).context["said"]
    assert (said.others, [each.person for each in said.also_asked]) == ([before], [colleague])
    assert (said.due, said.schedule, said.parties) == ("2020", "overdue", "PAK → CHN")


def test_progress_update_of_an_editor_is_no_answer(reviewer):
    update = ProgressUpdate.objects.create(commitment=make_commitment(), progress="limited", state="in_review")
    page = reviewer.get(address(ProgressUpdate, "change", update.pk))
    assert "said" not in page.context
    assert "accepted as it is written" not in page.content.decode()


def test_only_an_answer_that_waits_is_accepted_as_it_is_written(reviewer, give):
    update = give("done")
    page = address(ProgressUpdate, "change", update.pk)
    assert "accepted as it is written" in reviewer.get(page).content.decode()
    ProgressUpdate.objects.filter(pk=update.pk).update(state="published")
    assert "accepted as it is written" not in reviewer.get(page).content.decode()


# Accepted


def panel_of(client, update, label):
    page = client.get(address(ProgressUpdate, "change", update.pk))
    return next(panel for panel in page.context["bar"].panels if str(panel.label) == label)


def test_accepting_takes_what_was_edited_and_leaves_it_to_be_read(reviewer, give):
    update = give("done", text="Done", progress="complete")
    page = reviewer.get(address(ProgressUpdate, "change", update.pk))
    data = shown(page) | {"text": "Signed in Islamabad", "progress": "substantial", "_step": "publish"}
    assert reviewer.post(page.wsgi_request.path, data).status_code == 302
    update.refresh_from_db()
    assert (update.state, update.text, update.progress) == ("published", "Signed in Islamabad", "substantial")
    assert Commitment.objects.get(pk=update.commitment_id).progress == "substantial"
    assert set(reviewer.get(f"{LIST}?work=all&todo=unread").context["cl"].queryset) == {update}


def test_whoever_edited_an_answer_before_cannot_accept_it(reviewer, give):
    update = give("done", text="Done")
    page = reviewer.get(address(ProgressUpdate, "change", update.pk))
    reviewer.post(page.wsgi_request.path, shown(page) | {"text": "Signed in Islamabad"})
    page = reviewer.get(address(ProgressUpdate, "change", update.pk))
    response = reviewer.post(page.wsgi_request.path, shown(page) | {"_step": "publish"})
    assert response.status_code == 200 and str(LAST_EDITOR) in errors(response)
    assert states(update) == [("in_review", "")]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (None, "Progress of {}: “no information” becomes “complete”"),
        ("2026-05", "Progress of {}: “limited” becomes “complete”"),
        ("2026-07", None),
    ],
)
def test_panel_tells_what_accepting_makes_of_the_progress(reviewer, give, known, words):
    commitment = make_commitment()
    if known:
        ProgressUpdate.objects.create(commitment=commitment, progress="limited", as_of=known, state="published")
    update = give("done", commitment=commitment, progress="complete")
    told = panel_of(reviewer, update, "Accept").outlook.elsewhere()
    expected = [words.format(commitment.reference)] if words else []
    assert [text for text in told if text.startswith("Progress of")] == expected


@pytest.mark.parametrize(
    ("state", "closure", "has_stopped", "reason"),
    [
        ("withdrawn", "", False, "{} is not published: nobody is asked about it, and the question waits."),
        (
            "published",
            "completed",
            False,
            "{} is complete or closed: nobody is asked about it, and the question waits.",
        ),
        ("published", "", True, "Ayesha Khan has stopped the mail: the question will not reach them that way."),
        ("published", "", False, ""),
    ],
)
def test_question_that_reaches_nobody_is_told_before_it_is_sent_and_after(
    reviewer, give, person, state, closure, has_stopped, reason
):
    answer = give()
    Commitment.objects.update(state=state, closure=closure)
    Person.objects.filter(pk=person.pk).update(unsubscribed_at=timezone.now() if has_stopped else None)
    reason = reason.format(answer.commitment.reference)
    page = address(ProgressUpdate, "change", answer.pk)
    response = reviewer.get(page)
    (panel,) = (each for each in response.context["bar"].panels if "obstacle" in each.values)
    assert panel.values["obstacle"] == reason
    sent = reviewer.post(page, shown(response) | {"_return": "1", "_question": "When?"}, follow=True)
    assert (reason or "The question goes out with the next message.") in messages(sent)
    assert ("The question goes out with the next message." in messages(sent)) is not bool(reason)


def test_panel_tells_that_nobody_reads_the_progress_of_what_is_not_published(reviewer, give):
    answer = give(progress="limited")
    Commitment.objects.update(state="withdrawn")
    panels = reviewer.get(address(ProgressUpdate, "change", answer.pk)).context["bar"].panels
    (panel,) = (each for each in panels if getattr(each, "step", None) == "publish")
    reference = answer.commitment.reference
    assert panel.outlook.elsewhere() == [
        f"{reference} is not published: nobody reads this of it before it is",
        f"Progress of {reference}: “no information” becomes “limited”",
    ]
