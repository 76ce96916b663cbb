"""Lists answer the questions of a working day, and ask the database no more for thirty rows than for one."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.models import Agreement, Country, Forum, Organisation, Person, Theme, WorkingGroup
from meetings.models import (
    AgreementFigure,
    Commitment,
    Coordinator,
    Delegation,
    FocalPoint,
    FollowUpHold,
    FollowUpPolicy,
    Meeting,
    OrganisationFocalPoint,
    ProgressUpdate,
    Reminder,
)
from tests.admin.desk import address
from tests.admin.test_error_reports import make_report
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_proposal,
    make_source,
    make_theme,
    make_working_group,
)
from tests.site.subscriptions.readers import make as make_subscription
from tracker.accounts.models import User
from tracker.mail.models import Delivery
from tracker.records.durations import months_later
from tracker.records.models import ProposedChange, Revision, Source, one_change
from tracker.site.error_reports.models import ErrorReport
from tracker.site.subscriptions.models import Subscription


def listed(client, model, query=""):
    response = client.get(address(model, "changelist") + query)
    assert response.status_code == 200
    return list(response.context["cl"].queryset)


def someone():
    return User.objects.get_or_create(username="someone", email="someone@example.org")[0]


def days_ago(number):
    return (timezone.localdate() - timedelta(days=number)).isoformat()


def test_held_without_results_after_the_days_of_the_policy(editor):
    forgotten = make_meeting(held=days_ago(14))
    make_meeting(held=days_ago(13))
    for days, expected in ((19, 20), (99, 0)):
        policy = FollowUpPolicy.objects.create(forum=make_forum(), outcomes_after=expected)
        make_meeting(held=days_ago(days), forum=policy.forum)
    make_meeting(held=days_ago(15), kind="preparatory")
    make_meeting(held=days_ago(15), status="cancelled")
    make_commitment(meeting=make_meeting(held=days_ago(15)))
    make_meeting(held=days_ago(15)).outcomes.create(kind="decision", text="Decided")
    make_meeting(held=days_ago(15)).agreement_links.create(agreement=make_agreement())
    make_meeting(held="")
    assert listed(editor, Meeting, "?todo=held_without_results") == [forgotten]


def test_agreements_whose_notice_period_ends(editor):
    def in_force(last_day, **fields):
        """An agreement of three years to which notice can be given until that many days from today."""
        entered = months_later(timezone.localdate() + timedelta(days=last_day), -36).isoformat()
        agreement = make_agreement(signed=entered, **{"validity": "P36M", "notice": "P0M", **fields})
        agreement.events.create(kind="in_force", on=entered)
        return agreement

    near, last = in_force(20), in_force(0, state="draft")
    in_force(40), in_force(20, notice="")
    assert set(listed(editor, Agreement, "?todo=notice_period_ends")) == {near, last}


def test_past_but_not_said_to_be_held(editor):
    past = make_meeting(held=days_ago(1), status="confirmed")
    make_meeting(held=days_ago(0), status="confirmed")
    make_meeting(held=days_ago(1), status="held")
    assert listed(editor, Meeting, "?todo=past_but_not_held") == [past]


@pytest.mark.parametrize("make", [make_agreement, make_meeting, make_commitment, make_forum])
def test_published_without_source(editor, make):
    bare = make(cited=False)
    make(cited=False, state="draft")
    make()
    assert listed(editor, type(bare), "?todo=published_without_source") == [bare]


def test_in_review_not_mine_and_my_drafts(editor, reviewer):
    mine, other, draft = (make_agreement(state=state) for state in ("in_review", "in_review", "draft"))
    for record, user in ((mine, reviewer.user), (other, editor.user), (draft, reviewer.user)):
        Revision.objects.of(record).update(account=user)
    unknown = make_agreement(state="in_review")
    assert set(listed(reviewer, Agreement, "?todo=in_review_not_mine")) == {other, unknown}
    assert listed(reviewer, Agreement, "?todo=my_drafts") == [draft]


def test_schedule_and_status_of_today_are_filters(editor):
    overdue, open_ended = make_commitment(due="2020"), make_commitment()
    assert listed(editor, Commitment, "?schedule=overdue") == [overdue]
    assert listed(editor, Commitment, "?schedule=no_deadline") == [open_ended]
    signed, unknown = make_agreement(signed="2020"), make_agreement()
    assert listed(editor, Agreement, "?status=signed") == [signed]
    assert listed(editor, Agreement, "?status=unknown") == [unknown]


def test_answers_waiting_come_first_and_the_rest_is_a_click_away(editor):
    commitment = make_commitment()
    waiting, done, draft = (
        ProgressUpdate.objects.create(commitment=commitment, answer="done", state=state)
        for state in ("in_review", "published", "draft")
    )
    assert listed(editor, ProgressUpdate) == [waiting]
    assert listed(editor, ProgressUpdate, "?work=decided") == [done]
    assert set(listed(editor, ProgressUpdate, "?work=all")) == {waiting, done, draft}


def test_meetings_come_newest_first_and_undated_ones_last(editor):
    middle, undated, newest = make_meeting(held="2020"), make_meeting(held=""), make_meeting(held="2021-05")
    assert listed(editor, Meeting) == [newest, middle, undated]


@pytest.mark.parametrize(("words", "found"), [("PAK", 1), ("paki", 1), ("پاک", 1), ("巴基", 1), ("CHN", 0)])
def test_a_country_is_found_by_code_and_in_every_language(editor, words, found):
    make_country("PAK", name_ur="پاکستان", name_zh="巴基斯坦")
    query = f"?app_label=meetings&model_name=commitmentparty&field_name=country&term={words}"
    response = editor.get(f"/admin/autocomplete/{query}")
    assert [each["text"] for each in response.json()["results"]] == ["Pakistan"] * found


def test_bodies_are_found_by_their_former_names(editor):
    make_organisation("moitt", name="Ministry of IT").names.create(name="Ministry of Science")
    query = "?app_label=meetings&model_name=delegation&field_name=organisation&term=science"
    response = editor.get(f"/admin/autocomplete/{query}")
    assert [each["text"] for each in response.json()["results"]] == ["Ministry of IT"]


def test_every_relation_of_every_form_is_typed_and_not_scrolled(editor):
    make_agreement(signed="2020")
    for model, desk in admin.site._registry.items():
        if model._meta.app_label in ("agreements", "meetings", "records") and model is not Reminder:
            form = desk.get_form(editor.get("/admin/").wsgi_request)
            for name, field in form.base_fields.items():
                if hasattr(field, "queryset"):
                    widget = type(getattr(field.widget, "widget", field.widget)).__name__
                    # Or a short list of what the record itself names, which an empty form does not yet.
                    assert "Autocomplete" in widget or not field.queryset.exists(), (model, name, widget)


def one_more_commitment():
    return make_commitment(meeting=Meeting.objects.first() or make_meeting(), cited=False)


def make_delivery(number):
    return Delivery.objects.create(
        key=f"k{number}", kind="digest", recipient="person:1", day=date(2026, 1, 1), not_before=timezone.now()
    )


def told(number):
    """What every reminder holds beside its record."""
    day = date(2026, 1, 1)
    return {"delivery": make_delivery(number), "person": make_person(), "stage": -30, "due_on": day, "day": day}


def make_reminders(number):
    """One about each kind of record, with all that the headline of a session is made of."""
    meeting = make_meeting(title="", forum=make_forum(), session_number=number + 1)
    for role, subject in (
        ("asked", {"commitment": one_more_commitment()}),
        ("no_outcomes", {"meeting": meeting}),
        ("notice_window", {"agreement": make_agreement()}),
    ):
        Reminder.objects.create(role=role, **subject, **told(f"{number}{role}"))


ROWS = [
    (Agreement, lambda n: make_agreement(signed="2020", forum=make_forum())),
    (AgreementFigure, lambda n: make_agreement().figures.create(what="x", unit="y", words="z", source=make_source())),
    (Commitment, lambda n: one_more_commitment()),
    (Coordinator, lambda n: Coordinator.objects.create(forum=make_forum(), person=make_person())),
    (Country, lambda n: make_country(f"Q{chr(65 + n // 6)}{chr(65 + n)}", alpha2=f"{n:02}")),
    (Delegation, lambda n: make_meeting(delegations=["PAK"], forum=make_forum())),
    (Delivery, make_delivery),
    (ErrorReport, lambda n: make_report(key=str(n))),
    (FocalPoint, lambda n: FocalPoint.objects.create(commitment=one_more_commitment(), person=make_person())),
    (FollowUpHold, lambda n: FollowUpHold.objects.create(person=make_person(), commitment=one_more_commitment())),
    (FollowUpPolicy, lambda n: FollowUpPolicy.objects.create(forum=make_forum())),
    (Forum, lambda n: make_forum(members=["PAK", "CHN"])),
    (Meeting, lambda n: make_meeting(title="", forum=make_forum(), session_number=n + 1)),
    (Reminder, make_reminders),
    (ProposedChange, lambda n: make_proposal(make_meeting(), author=someone())),
    (Organisation, lambda n: make_organisation(country=make_country(), parent=make_organisation())),
    (
        OrganisationFocalPoint,
        lambda n: OrganisationFocalPoint.objects.create(organisation=make_organisation(), person=make_person()),
    ),
    (Person, lambda n: make_person(country=make_country())),
    (
        ProgressUpdate,
        lambda n: ProgressUpdate.objects.create(
            commitment=one_more_commitment(), answer="done", state="in_review", answered_by=make_person()
        ),
    ),
    (Source, lambda n: make_source()),
    (Subscription, lambda n: make_subscription(f"r{n}@example.org")),
    (Theme, lambda n: make_theme(f"theme-{n}", parent=make_theme("top"))),
    (User, lambda n: User.objects.create_user(f"user-{n}", f"user-{n}@example.org")),
    (WorkingGroup, lambda n: make_working_group()),
]
# Session, account, count and rows are four, of records also the data version and the saved views; the data of the
# filters and what is prefetched come on top.
QUERIES = [12, 7, 14, 9, 7, 7, 9, 7, 10, 7, 7, 11, 13, 5, 6, 8, 9, 8, 8, 8, 6, 7, 9, 8]


@pytest.mark.parametrize(
    ("model", "make", "queries"),
    [(*row, number) for row, number in zip(ROWS, QUERIES, strict=True)],
    ids=[model.__name__ for model, _make in ROWS],
)
def test_a_list_asks_as_often_for_thirty_rows_as_for_one(superuser, model, make, queries, django_assert_num_queries):
    make(0)
    with django_assert_num_queries(queries):
        listed(superuser, model)
    with one_change():
        for number in range(1, 30):
            make(number)
    with django_assert_num_queries(queries):
        assert len(listed(superuser, model)) >= 30


def test_pages_of_a_list_show_each_record_once_in_its_order(editor):
    """Of all, of what a filter leaves, and of what is searched for."""
    with one_change():
        made = [make_agreement(title=f"Cable {number % 7}", signed="2020", cited=False) for number in range(120)]
    by_title = [each.pk for each in sorted(made, key=lambda each: (each.title, -each.pk))]
    for query in ("?", "?todo=published_without_source&", "?q=cable&"):
        pages = [editor.get(f"{address(Agreement, 'changelist')}{query}o=1&p={page}") for page in (1, 2, 3)]
        lists = [response.context["cl"] for response in pages]
        assert [each.result_count for each in lists] == [120, 120, 120]
        assert [record.pk for each in lists for record in each.result_list] == by_title
    past_the_end = editor.get(f"{address(Agreement, 'changelist')}?q=cable&o=1&p=9").context["cl"]
    assert list(past_the_end.result_list) == list(lists[0].result_list)


def test_search_of_a_long_list_is_put_to_the_database_once(editor):
    with one_change():
        for _number in range(60):
            make_agreement(title="Cable")
    with CaptureQueriesContext(connection) as asked:
        assert len(listed(editor, Agreement, "?q=cable")) == 60
    list_queries = [each["sql"] for each in asked if "records_searchentry" in each["sql"]]
    # And once more by this test, which reads the queryset itself.
    assert len(list_queries) == 2


def test_rows_lead_back_to_the_list_as_it_is_filtered(editor):
    record = make_agreement(title="Cable")
    listed_at = address(Agreement, "changelist")
    page = editor.get(listed_at + "?q=cable").content.decode()
    form = address(Agreement, "change", record.pk)
    assert f'href="{form}?_changelist_filters=q%3Dcable"' in page
    assert f'href="{form}"' in editor.get(listed_at).content.decode()
