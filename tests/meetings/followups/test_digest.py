"""The digest: what one person reads, written from the data of the moment it goes out."""

from datetime import timedelta

import pytest

from meetings.followups import answers
from meetings.followups.digest import DigestWriter
from meetings.followups.planner import plan_digests
from meetings.models import Coordinator, FocalPoint, ProgressUpdate, Reminder
from tests.factories import make_agreement, make_country, make_forum, make_meeting, make_organisation
from tests.meetings.followups.asking import NOON, TODAY, make_due, make_focal_person, make_limited_agreement
from tests.registers.reading import parse, unmarked
from tracker.accounts.models import User
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw

pytestmark = pytest.mark.django_db


def render(now=NOON, **which):
    delivery = Delivery.objects.get(**which)
    return DigestWriter([delivery], now).write(delivery)


def html(message):
    ((content, kind),) = [(part.content, part.mimetype) for part in message.alternatives]
    assert kind == "text/html"
    return content


def withdrawn(now=NOON):
    with pytest.raises(Withdraw) as reason:
        render(now)
    return str(reason.value)


def test_render_shows_overdue_first_then_due_then_soon_in_both_parts():
    person = make_focal_person()
    soon, due, overdue, later = (
        make_due(person, days=days, title=title)
        for days, title in ((5, "Soon one"), (0, "Due one"), (-12, "Overdue one"), (9, "Later one"))
    )
    plan_digests(NOON)
    message = render()
    assert message.subject == "4 commitments, first “Overdue one” – 12 days overdue"
    assert message.to == ["ayesha@example.org"]
    in_order = ["Overdue", "Overdue one", "Due today", "Due one", "Due soon", "Soon one", "Later one"]
    for part in (message.body, html(message).partition("Dear ayesha")[2]):
        assert [part.index(words) for words in in_order] == sorted(part.index(words) for words in in_order)
        assert all(words in part for words in ("12 days overdue", "due today", "due in 5 days", "due in 9 days"))
    for commitment in (soon, due, overdue, later):
        assert message.body.count(commitment.reference) == 2  # beside the title, in the address of the record


def test_render_of_a_single_commitment_names_it_in_the_subject():
    make_due(make_focal_person(), days=-1, title="Set up a\nworking group " + "x" * 100)
    plan_digests(NOON)
    assert render().subject == "1 commitment: “Set up a working group " + "x" * 36 + "…” – 1 day overdue"


def test_render_counts_in_the_subject_only_what_stands_first():
    person = make_focal_person()
    make_due(person, days=-1, title="Train")
    Coordinator.objects.create(person=person)
    make_limited_agreement(title="Pact")
    plan_digests(NOON)
    message = render()
    assert message.subject == "1 commitment: “Train” – 1 day overdue"
    assert "Pact" in message.body


def test_render_of_a_mutual_promise_names_the_sides_once():
    make_due(make_focal_person(), by=["LKA", "PAK"], to=["LKA", "PAK"])
    plan_digests(NOON)
    assert "Promised by: Sri Lanka, Pakistan to each other\n" in render().body


def test_render_tells_wording_meeting_parties_due_date_reports_and_links():
    person = make_focal_person("Ayesha Khan", email="ayesha@example.org")
    pakistan, lanka = make_country("PAK"), make_country("LKA")
    meeting = make_meeting(title="", forum=make_forum(name="Joint Economic Commission"), session_number=13)
    commitment = make_due(
        person, due="../2026-11", by=["PAK"], to=["LKA"], meeting=meeting, wording="Both sides <agreed> & signed."
    )
    for side, as_of, progress, text in (
        (pakistan, "2026-02", "not_started", "Old news"),
        (pakistan, "2026-05", "limited", "Terms drafted"),
        (lanka, "2026-06-03", "substantial", ""),
    ):
        ProgressUpdate.objects.create(
            commitment=commitment, state="published", side=side, as_of=as_of, progress=progress, text=text
        )
    plan_digests(NOON)
    message = render()
    link = answers.link(Reminder.objects.get())
    assert (
        message.body.split("======== Due soon ========\n")[1].split("\n-- \n")[0].replace(link, "LINK").strip()
        == f"""\
{commitment.title}
{commitment.reference} – due in 7 days

“Both sides <agreed> & signed.”

Promised by: Pakistan to Sri Lanka
Meeting: Joint Economic Commission, session 13, 28 January 2026
Due: on or before November 2026
Last report: limited, Pakistan, May 2026. Terms drafted
Last report: substantial, Sri Lanka, 3 June 2026

Answer:
LINK

The full record:
http://testserver/commitments/{commitment.reference}/"""
    )
    page = html(message)
    assert "Both sides &lt;agreed&gt; &amp; signed." in page and "Terms drafted" in page and "Old news" not in page
    assert [page.count(f'href="{link}{choice}"') for choice in ("", "?answer=done", "?answer=need_help")] == [1, 1, 1]
    assert "Dear Ayesha Khan," in page and "Dear Ayesha Khan," in message.body


def test_render_keeps_to_itself_what_is_not_public():
    person = make_focal_person()
    draft = {"state": "draft"}
    secret = make_meeting(title="Secret meeting", **draft)
    hidden = make_agreement(title="Secret agreement", state="in_review", publish_at=NOON + timedelta(seconds=1))
    commitment = make_due(person, meeting=secret, agreement=hidden, editors_note="Secret note")
    commitment.parties.create(organisation=make_organisation(name="The Silent Ministry", **draft), side="by")
    for state, text in (("draft", "Secret draft"), ("in_review", "Secret answer"), ("withdrawn", "Secret mistake")):
        ProgressUpdate.objects.create(
            commitment=commitment, state=state, progress="limited", as_of="2026-11", text=text
        )
    other = make_due(make_focal_person("other"), title="Secret of another")
    plan_digests(NOON)
    message = render(recipient=f"person:{person.pk}")
    assert "Secret" not in message.body and "Secret" not in html(message)
    assert "The Silent Ministry" not in message.body and "a body not published here" in message.body
    assert other.reference not in message.body and "none seen" in message.body


def test_render_in_the_language_of_the_person_sets_its_direction():
    make_due(make_focal_person(language="ur", country=make_country("PAK", name_ur="پاکستان")))
    plan_digests(NOON)
    message = render()
    assert '<html lang="ur" dir="rtl">' in html(message) and "پاکستان" in message.body and "نومبر" in message.body


def test_render_marks_what_editors_wrote_and_leads_to_pages_in_the_language_of_the_person():
    person = make_focal_person("Ayesha Khan", language="ur", country=make_country("PAK", name_ur="پاکستان"))
    commitment = make_due(person, title="Set up a desk", text="For exporters.", due_words="swiftly")
    commitment.parties.create(side="by", words="Pakistani companies")
    commitment.progress_updates.create(state="published", progress="limited", as_of="2026", text="A room was found.")
    plan_digests(NOON)
    message = render()
    page = parse(html(message))
    assert list(unmarked(page, "ur")) == []
    assert f"http://testserver/ur/commitments/{commitment.reference}/" in message.body
    assert "پاکستان، Pakistani companies" in message.body and message.body.endswith("http://testserver/ur/\n")


def test_render_writes_to_the_address_of_the_moment():
    person = make_focal_person()
    make_due(person)
    plan_digests(NOON)
    person.email = "new@example.org"
    person.save()
    assert render().to == ["new@example.org"]
    person.email, person.user = "", User.objects.create(username="ayesha", email="account@example.org")
    person.save()
    assert render().to == ["account@example.org"]


def test_render_counts_days_from_the_day_it_goes_out():
    make_due(make_focal_person(), days=0)
    plan_digests(NOON)
    assert "due today" in render().subject
    assert "3 days overdue" in render(NOON + timedelta(days=3)).subject


def test_render_of_a_day_planned_ahead_speaks_as_of_that_day():
    make_due(make_focal_person(), days=10)
    plan_digests(NOON, TODAY + timedelta(days=10))
    assert "due today" in render().subject


def change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


CHANGES = {
    "unpublished": (lambda commitment: change(commitment, state="withdrawn"), "no longer published: 1"),
    "put back into review": (
        lambda commitment: change(commitment, state="in_review", publish_at=NOON + timedelta(1)),
        "no longer published: 1",
    ),
    "closed": (lambda commitment: change(commitment, closure="dropped"), "closed meanwhile: 1"),
    "due date moved": (lambda commitment: change(commitment, due="2026-12-01"), "the due date was moved: 1"),
    "term ended": (
        lambda commitment: change(commitment.focal_points.get(), ends=TODAY - timedelta(days=1)),
        "the person is no longer in charge: 1",
    ),
    "reassigned": (
        lambda commitment: commitment.focal_points.get().delete(),
        "the person is no longer in charge: 1",
    ),
}


@pytest.mark.parametrize(("edit", "reason"), CHANGES.values(), ids=CHANGES)
def test_render_when_the_matter_changed_after_planning_withdraws(edit, reason):
    commitment = make_due(make_focal_person())
    plan_digests(NOON)
    edit(commitment)
    assert withdrawn() == reason


def test_render_when_one_of_two_was_answered_meanwhile_asks_only_about_the_other():
    person = make_focal_person()
    answered, other = make_due(person, days=-2, title="Answered"), make_due(person, title="Open")
    plan_digests(NOON)
    reminder = Reminder.objects.get(commitment=answered)
    answers.record(reminder, {"answer": "on_track"}, TODAY)
    message = render()
    assert message.subject == "1 commitment: “Open” – due today" and "Answered" not in message.body
    answers.record(Reminder.objects.get(commitment=other), {"answer": "done"}, TODAY)
    assert withdrawn() == "answered meanwhile: 2"


def test_render_when_an_older_question_was_answered_meanwhile_withdraws():
    person = make_focal_person()
    commitment = make_due(person, days=0)
    plan_digests(NOON)
    older = Reminder.objects.get()
    Delivery.objects.update(state=Delivery.State.SENT, sent_at=NOON)
    plan_digests(NOON + timedelta(days=1))
    answers.record(older, {"answer": "done"}, TODAY)
    latest = Reminder.objects.get(stage=1).delivery
    with pytest.raises(Withdraw, match="answered meanwhile: 1"):
        render(NOON + timedelta(days=1), pk=latest.pk)
    assert commitment.progress_updates.count() == 1


def test_render_when_the_account_was_closed_withdraws():
    user = User.objects.create(username="ayesha", email="a@example.org")
    make_due(make_focal_person(user=user))
    plan_digests(NOON)
    change(user, is_active=False)
    assert withdrawn() == "The person's account is closed."


def test_render_for_thirty_commitments_takes_as_many_queries_as_for_one(django_assert_num_queries):
    person = make_focal_person()
    make_due(person)
    plan_digests(NOON)
    with django_assert_num_queries(15):
        render()
    Delivery.objects.update(state=Delivery.State.SENT, sent_at=NOON)
    meeting = make_meeting()
    for _ in range(30):
        make_due(person, days=1, meeting=meeting)
    plan_digests(NOON + timedelta(days=1))
    with django_assert_num_queries(15):
        render(NOON + timedelta(days=1), state="queued")
    assert FocalPoint.objects.count() == 31
