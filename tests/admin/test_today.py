"""The index of the desk: each number is that of the list that it opens, for each role, and who waited longest is named
first; the search over all lists, and what was changed last."""

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.models import AgreementEvent
from meetings.models import (
    Commitment,
    FocalPoint,
    FollowUpPolicy,
    Meeting,
    MeetingCitation,
    Outcome,
    ProgressUpdate,
)
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, shown
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_working_group,
)
from tracker.mail.models import Delivery, LastRun, RefusedAddress
from tracker.records.models import Comment, Revision, Source, one_change
from tracker.site.desk import asking
from tracker.site.desk.counting import MOST
from tracker.site.desk.questions import QUESTIONS

pytestmark = pytest.mark.django_db

ROLES = ["editor", "reviewer", "administrator"]
STATES = ["draft", "in_review", "published", "withdrawn"]
# Session, account, two for rights, kinds of reports, data version, policies, agreements, sessions, numbers, names,
# changes, kept forms, runs of programs.
MOST_QUERIES = 15


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def rows_of(client):
    return {str(row.label): row for section in client.get("/admin/").context["sections"] for row in section.rows}


def nothing_of(client):
    context = client.get("/admin/").context
    return [name for section in [*context["sections"], context["nothing"]] for name in section.nothing]


def fill(seed, accounts):
    """Records of all kinds in random states, with random days, sources and authors."""
    chance = random.Random(seed)
    forum = make_forum(members=["CHN", "PAK"])
    opinion = make_source(evidence="opinion")
    for _number in range(40):
        state, account = chance.choice(STATES), chance.choice(accounts)
        with one_change(account):
            record = chance.choice([_meeting, _commitment, _agreement, _others])(chance, state, forum)
            if chance.random() < 0.3 and hasattr(record, "citations"):
                record.citations.update(source=opinion)
    for number in range(5):
        with one_change():
            update = ProgressUpdate(commitment=make_commitment(), progress="limited", text="Begun.")
            update.state = chance.choice(STATES)
            update.save()
        Delivery.objects.create(
            key=f"{seed}:{number}",
            kind="x",
            recipient="person:1",
            day=day(0),
            not_before=timezone.now(),
            message_id=f"{seed}:{number}",
            **chance.choice([{"state": "queued"}, {"state": "dead", "dead_at": timezone.now()}]),
        )


def _meeting(chance, state, forum):
    status = chance.choice(["held", "confirmed", "cancelled"])
    meeting = make_meeting(state=state, status=status, held=day(chance.randint(-400, 30)), cited=chance.random() < 0.7)
    if chance.random() < 0.5:
        Outcome.objects.create(meeting=meeting, text="Decided.", kind="decision")
    return meeting


def _commitment(chance, state, forum):
    commitment = make_commitment(
        state=state,
        due=day(chance.randint(-90, 90)),
        strength=chance.choice(["agreed", "proposed"]),
        cited=chance.random() < 0.7,
    )
    if chance.random() < 0.5:
        FocalPoint.objects.create(commitment=commitment, person=make_person(email=chance.choice(["", "a@example.org"])))
    return commitment


def _agreement(chance, state, forum):
    agreement = make_agreement(state=state, signed="2020", cited=chance.random() < 0.7)
    AgreementEvent.objects.create(
        agreement=agreement, kind="in_force", on=day(chance.randint(-30, 90)), is_planned=True
    )
    agreement.save()
    return agreement


def _others(chance, state, forum):
    return chance.choice([make_organisation, make_working_group, make_forum])(state=state)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("seed", [1, 2])
def test_each_number_of_the_index_is_that_of_the_list_that_it_opens(request, role, seed):
    client, colleague = request.getfixturevalue(role), make_user("somebody", "editor")
    fill(seed, [client.user, colleague])
    asked = asking.ask(admin.site, SimpleNamespace(user=client.user, GET={}), timezone.localdate())
    on_the_desk = [(each.address, each.counted.number) for each in asked]
    in_the_lists = [(link, client.get(link).context["cl"].queryset.count()) for link, _number in on_the_desk]
    assert on_the_desk == in_the_lists
    assert sum(number for _link, number in on_the_desk) > 20


def test_every_question_finds_something_in_one_of_the_worlds(superuser):
    """Else the test above would compare nothing with nothing."""
    for seed in range(4):
        fill(seed, [superuser.user, make_user(f"somebody-{seed}", "editor")])
    _fill_in_what_chance_leaves_out(superuser.user)
    asked = asking.ask(admin.site, SimpleNamespace(user=superuser.user, GET={}), timezone.localdate())
    found = {each.question.value for each in asked if each.counted.number}
    told_elsewhere = {
        "returned_to_me",
        "commented",
        "unread",
        "new",
        "refused",
        "notice_period_ends",
        "returned",
        "mine",
    }
    assert {question.value for question in QUESTIONS} - found == told_elsewhere


def _fill_in_what_chance_leaves_out(account):
    moment = timezone.now() - timedelta(hours=1)
    make_meeting(state="in_review", publish_at=moment)
    Source.objects.create(slug="untitled", url="https://example.org/x")
    forum = make_forum("jec", ["CHN", "PAK"])
    for number in range(1, 6):
        make_meeting(title="", forum=forum, session_number=number, status="held", held=f"{2000 + number}-05-01")
    meeting = make_meeting()
    for value in ("Beijing", "Lahore"):
        MeetingCitation.objects.create(record=meeting, source=make_source(), field="place", value=value)
    RefusedAddress.objects.mark("a@example.org", "550", moment, None)
    make_meeting(state="draft")
    make_commitment(due=day(20))


def test_the_one_that_has_waited_longest_is_named_with_its_age(editor):
    for days in (-40, -10, -70):
        make_commitment(title=f"Due {days}", due=day(days))
    make_commitment(title="Only proposed", due=day(-90), strength="proposed")
    row = rows_of(editor)["Overdue, firm"]
    assert (row.number, row.age, row.is_late) == (3, "2 months", True)
    assert row.first.endswith("Due -70")
    assert row.address == f"{address(Commitment, 'changelist')}?todo=overdue"


def test_what_is_near_says_how_many_days_are_left(editor):
    make_commitment(due=day(12))
    make_commitment(due=day(61))
    row = rows_of(editor)["Due within 60 days"]
    assert (row.number, row.age) == (1, "12 days left")


def test_of_several_kinds_each_has_its_own_list(editor):
    with one_change(editor.user):
        make_meeting(state="draft"), make_agreement(state="draft"), make_agreement(state="draft")
    row = rows_of(editor)["Your drafts"]
    assert (row.number, row.address) == (3, "")
    assert [(str(name), number) for name, number, _is_more, _address in row.kinds] == [
        ("agreements", 2),
        ("meetings", 1),
    ]


def test_more_than_can_be_worked_through_are_not_counted_to_the_end(editor, monkeypatch):
    monkeypatch.setattr("tracker.site.desk.counting.MOST", 2)
    monkeypatch.setattr("tracker.site.desk.today.MOST", 2)
    for days in (-1, -2, -3, -4):
        make_commitment(title=f"Due {days}", due=day(days))
    row = rows_of(editor)["Overdue, firm"]
    assert (row.number, row.is_more, row.first[-6:]) == (2, True, "Due -4")
    assert MOST == 1_000


def test_each_role_is_asked_what_is_its_to_do(editor, reviewer, administrator):
    make_meeting(state="in_review")
    shown = [set(rows_of(client)) | set(map(str, nothing_of(client))) for client in (editor, reviewer, administrator)]
    assert ["Records in review" in each for each in shown] == [False, True, True]
    assert ["mail given up" in each for each in shown] == [False, False, True]
    assert ["The planner has never run" in each for each in shown] == [False, True, True]
    assert ["answers to accept" in each for each in shown] == [False, True, True]
    assert ["answers that wait for a reviewer" in each for each in shown] == [True, False, False]


def test_what_is_zero_stands_in_one_line(editor):
    make_commitment(due=day(-5))
    page = " ".join(editor.get("/admin/").content.decode().split())
    assert '<h2 id="work-mine">' not in page
    assert "Nothing: returned to you, your drafts, comments to settle, proposed changes returned to you, errors" in page
    assert "Nothing: commitments due within 60 days, meetings past and not said to be held" in page


def test_an_answer_is_called_by_its_commitment(reviewer):
    commitment = make_commitment(title="Set up a group")
    with one_change(reviewer.user):
        ProgressUpdate.objects.create(commitment=commitment, progress="limited", text="Begun.", state="in_review")
    row = rows_of(reviewer)["Answers to accept"]
    assert (row.first, row.quote) == (f"{commitment.reference} Set up a group", "Begun.")
    assert str(commitment) in {
        c.title for c in reviewer.get("/admin/").context["recent"] if c.kind == "progress update"
    }


def test_programs_that_run_and_a_policy_in_use_are_no_failure(reviewer):
    for name in LastRun.OF_MAIL:
        LastRun.note(name, timezone.now(), "")
    assert reviewer.get("/admin/").context["mail"] == ["The programs of the mail run."]
    FollowUpPolicy.objects.update(is_active=False)
    assert "The default follow-up policy is off" in rows_of(reviewer)


@pytest.mark.parametrize("also", [None, "commitment", "agreement", "forum", "progressupdate", "focalpoint"])
def test_the_index_leads_nobody_to_what_they_may_not_see(also):
    make_commitment(due=day(-5)), make_forum(state="draft"), make_agreement(state="in_review")
    client = logged_in(make_user("guest"))
    names = [f"view_{name}" for name in ("meeting", also) if name]
    client.user.user_permissions.set(Permission.objects.filter(codename__in=names))
    asked = asking.ask(admin.site, SimpleNamespace(user=client.user, GET={}), timezone.localdate())
    assert {each.model._meta.model_name for each in asked} == {"meeting", *filter(None, [also])}
    assert {change.kind for change in client.get("/admin/").context["recent"]} <= {"meeting", also}


@pytest.mark.parametrize("role", ROLES)
def test_the_index_asks_as_often_where_there_is_much_as_where_there_is_little(request, role):
    client, counts = request.getfixturevalue(role), []
    for seed in (1, 2, 3):
        fill(seed, [client.user])
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        counts.append(len(queries))
    assert (max(counts) <= MOST_QUERIES, counts[1]) == (True, counts[2])


def test_what_was_counted_is_counted_anew_after_a_change(editor):
    commitment = make_commitment(due=day(-5))
    assert rows_of(editor)["Overdue, firm"].number == 1
    commitment.closure = "completed"
    commitment.save()
    assert "Overdue, firm" not in rows_of(editor)


def test_a_returned_draft_is_one_of_mine_again_once_the_reason_is_settled(editor):
    meeting = make_meeting(state="draft")
    Revision.objects.of(meeting).update(account=editor.user)
    said = {"act": Comment.Act.RETURNED, "account": make_user("reviewer"), "addressee": editor.user}
    returned = Comment.objects.create(
        kind="meetings.meeting", record=meeting.pk, text="Why?", made_at=timezone.now(), **said
    )
    assert {"Returned to you", "Your drafts"} & rows_of(editor).keys() == {"Returned to you"}
    form = shown(editor.get(address(Meeting, "change", meeting.pk)))
    editor.post(address(Meeting, "change", meeting.pk), form | {"_settled": str(returned.pk)})
    assert {"Returned to you", "Your drafts"} & rows_of(editor).keys() == {"Your drafts"}


def test_changes_are_listed_with_who_made_them_newest_first(editor, reviewer):
    with one_change(reviewer.user):
        person = make_person("Li Na")
    with one_change(editor.user):
        other = make_person("Anna")
    recent = editor.get("/admin/").context["recent"]
    assert [(change.title, change.who) for change in recent] == [(str(other), "editor"), (str(person), "reviewer")]
    assert editor.get("/admin/recent/").context["changes"] == recent


def test_earlier_changes_are_a_page_away(editor, monkeypatch):
    monkeypatch.setattr("tracker.site.desk.recent.MANY", 3)
    for _number in range(5):
        make_source()
    page = editor.get("/admin/recent/")
    following = editor.get(f"/admin/recent/?before={page.context['earlier']}")
    found = [change.title for each in (page, following) for change in each.context["changes"]]
    expected = Revision.objects.editorial().order_by("-pk").values_list("title", flat=True)
    assert found == list(expected[:6])


def test_search_finds_in_all_lists_that_a_person_may_see(editor):
    agreement = make_agreement(title="Cable treaty")
    make_meeting(title="Talks on a cable", place="Lahore")
    make_person("Cable, Anna")
    found = {
        str(kind.name): [line.name for line in kind.lines]
        for kind in editor.get("/admin/search/?q=cable").context["found"]
    }
    assert found == {"agreements": ["Cable treaty"], "meetings": ["Talks on a cable"], "people": ["Cable, Anna"]}
    page = editor.get(f"/admin/search/?q={agreement.reference}").content.decode()
    assert f'<span class="reference">{agreement.reference}</span>' in page
    client = logged_in(make_user("guest"))
    client.user.user_permissions.set(Permission.objects.filter(codename="view_meeting"))
    assert [str(kind.name) for kind in client.get("/admin/search/?q=cable").context["found"]] == ["meetings"]


def test_search_counts_so_far_and_shows_the_first_few(editor, monkeypatch):
    monkeypatch.setattr("tracker.site.desk.search.MOST_COUNTED", 8)
    for number in range(10):
        make_meeting(title=f"Talks {number}")
    [kind] = editor.get("/admin/search/?q=talks").context["found"]
    assert (kind.number, kind.is_more, len(kind.lines)) == (8, True, 6)
    assert editor.get(kind.address).context["cl"].queryset.count() == 10


def test_search_begins_no_further_list_after_its_time(editor, monkeypatch):
    monkeypatch.setattr("tracker.site.desk.search.SECONDS", -1.0)
    make_meeting(title="Talks")
    context = editor.get("/admin/search/?q=talks").context
    assert context["found"] == []
    assert address(Meeting, "changelist") + "?q=talks" in [link for _name, link in context["left"]]


@pytest.mark.parametrize("term", ["", "a", "\\", "%25%25", "'; DROP", "ا" * 500])
def test_search_by_anything_is_answered(editor, term):
    assert editor.get(f"/admin/search/?q={term}").status_code == 200
