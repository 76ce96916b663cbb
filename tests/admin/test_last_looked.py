"""The day on which an editor last looked for news: set by one click, and by the acceptance of news; by nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from agreements.models import Agreement
from meetings.models import Commitment, Meeting, ProgressUpdate
from tests.admin.desk import address, messages, shown, taken
from tests.factories import make_agreement, make_commitment, make_meeting, make_source
from tracker.records.models import Revision, last_editor_id
from tracker.records.publication import publish_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]

MAKERS = {Commitment: make_commitment, Agreement: make_agreement, Meeting: make_meeting}
LONG_AGO = date(2020, 1, 1)


def looked(record):
    return type(record).objects.get(pk=record.pk).last_looked_on


def update_of(commitment, **fields):
    fields = {"progress": "limited", "as_of": "2026-02-01", "state": "in_review", "source": make_source(), **fields}
    return ProgressUpdate.objects.create(commitment=commitment, **fields)


@pytest.mark.parametrize("model", MAKERS)
def test_an_editor_notes_on_a_published_record_that_nothing_was_found(editor, model):
    record = MAKERS[model]()
    page = editor.get(address(model, "change", record.pk))
    response = editor.post(page.context["looked_again_url"], follow=True)
    assert messages(response) == ["1 record: last looked today, nothing found."]
    assert looked(record) == timezone.localdate()
    last = Revision.objects.of(record).newest_first()[0]
    assert (last.reason, last.account_id, last.is_content) == ("looked again, nothing found", editor.user.pk, False)
    assert last_editor_id(record) != editor.user.pk


@pytest.mark.drawn
def test_the_click_is_a_button_that_posts(editor):
    record = make_agreement()
    page = editor.get(address(Agreement, "change", record.pk))
    assert f'<form method="post" action="{page.context["looked_again_url"]}">' in page.content.decode()


@pytest.mark.parametrize("model", MAKERS)
def test_many_at_once_from_the_list(editor, model):
    records = [MAKERS[model](), MAKERS[model]()]
    data = {"action": "looked_again", "_selected_action": [record.pk for record in records]}
    response = editor.post(address(model, "changelist"), data, follow=True)
    assert messages(response) == ["2 records: last looked today, nothing found."]
    assert {looked(record) for record in records} == {timezone.localdate()}


def test_to_open_its_address_notes_nothing_and_strangers_cannot(editor, client):
    record = make_agreement()
    way = address(Agreement, "looked_again", record.pk)
    assert editor.get(way).status_code == 405
    assert client.post(way).status_code == 302
    assert looked(record) is None


def test_a_moment_of_publication_stands(editor):
    moment = datetime(2090, 1, 1, tzinfo=UTC)
    record = make_agreement(state="in_review", publish_at=moment)
    editor.post(address(Agreement, "looked_again", record.pk))
    assert looked(record) == timezone.localdate()
    assert Agreement.objects.get(pk=record.pk).publish_at == moment


def test_a_later_day_stands():
    record = make_commitment(last_looked_on=date(2026, 3, 12))
    record.look_again(LONG_AGO)
    assert looked(record) == date(2026, 3, 12)


def test_a_change_of_the_record_is_no_look(reviewer):
    record = make_agreement(last_looked_on=LONG_AGO)
    way = address(Agreement, "change", record.pk)
    assert reviewer.post(way, shown(reviewer.get(way)) | {"title": "Another"}).status_code == 302
    assert looked(record) == LONG_AGO


def accept_by_the_form(reviewer, update):
    way = address(ProgressUpdate, "change", update.pk)
    return reviewer.post(way, shown(reviewer.get(way)) | {"_step": "publish"})


def accept_from_the_list(reviewer, update):
    data = taken("publish") | {"_selected_action": [update.pk]}
    return reviewer.post(f"{address(ProgressUpdate, 'changelist')}?work=all", data)


@pytest.mark.parametrize("accept", [accept_by_the_form, accept_from_the_list])
def test_who_accepts_news_has_looked(reviewer, accept):
    commitment = make_commitment()
    update = update_of(commitment)
    accept(reviewer, update)
    assert ProgressUpdate.objects.get(pk=update.pk).state == "published"
    assert looked(commitment) == timezone.localdate()


def test_to_change_accepted_news_is_no_look(reviewer):
    commitment = make_commitment()
    update = update_of(commitment, state="published")
    way = address(ProgressUpdate, "change", update.pk)
    assert reviewer.post(way, shown(reviewer.get(way)) | {"text": "More of it"}).status_code == 302
    assert looked(commitment) is None


@pytest.mark.parametrize("action", ["send_to_review", "set_aside"])
def test_to_move_news_otherwise_is_no_look(reviewer, action):
    commitment = make_commitment()
    update = update_of(commitment, state="draft" if action == "send_to_review" else "in_review")
    data = taken(action) | {"_selected_action": [update.pk]}
    reviewer.post(f"{address(ProgressUpdate, 'changelist')}?work=all", data)
    assert looked(commitment) is None


def test_news_that_is_published_at_its_moment_was_looked_at_on_that_day():
    commitment = make_commitment()
    moment = timezone.now() + timedelta(days=3)
    update_of(commitment, publish_at=moment)
    publish_due(moment)
    assert looked(commitment) == timezone.localdate(moment)


def test_news_that_is_loaded_is_no_look():
    commitment = make_commitment()
    update_of(commitment, state="published")
    assert looked(commitment) is None
