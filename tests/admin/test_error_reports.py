"""Reports of errors on the desk: who sees them, who answers, and what is left of a reporter's address."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import timezone

from tests.admin.conftest import logged_in, make_user
from tests.factories import make_agreement, make_forum
from tests.registers.reading import parse, words
from tests.site.reporting import send_mail
from tracker.mail.models import Delivery, RefusedAddress
from tracker.site.error_reports.answering import answer, dismiss
from tracker.site.error_reports.models import ErrorReport
from tracker.tasks import erase_addresses

pytestmark = pytest.mark.django_db

LIST = "/admin/site/errorreport/"
ADDRESS = "amina@example.org"


def make_report(record=None, days=0, **fields):
    record = record or make_agreement()
    fields = {
        "key": str(ErrorReport.objects.count()),
        "text": "It was signed in Lahore.",
        "email": ADDRESS,
        "language": "en",
    } | fields
    return ErrorReport.objects.create(
        kind=record._meta.label_lower,
        record=record.pk,
        name=str(record.natural_key()[0]),
        data_version=1,
        received_at=timezone.now() - timedelta(days=days),
        **fields,
    )


def listed(client, query=""):
    response = client.get(LIST + query)
    return [report.pk for report in response.context["cl"].result_list]


def shown(client, report):
    return client.get(f"{LIST}{report.pk}/change/").content.decode()


def send(client, report, **sent):
    response = client.post(f"{LIST}{report.pk}/change/", sent, follow=True)
    report.refresh_from_db()
    return [words(each) for each in parse(response.content.decode()).findall(".//ul[@class='messagelist']/li")]


def test_list_shows_those_that_wait_oldest_first_and_the_others_a_click_away(editor):
    newer, oldest, closed = make_report(days=2), make_report(days=40), make_report(days=90)
    dismiss(closed, editor.user, timezone.now())
    assert listed(editor) == [oldest.pk, newer.pk]
    assert listed(editor, "?state=dismissed") == [closed.pk]
    assert listed(editor, "?state=all") == [closed.pk, oldest.pk, newer.pk]
    page = editor.get(LIST).content.decode()
    assert "1 month" in page and "2 days" in page and ADDRESS not in page


def waiting_on_the_desk(client):
    rows = [row for section in client.get("/admin/").context["sections"] for row in section.rows]
    return [(row.number, row.age) for row in rows if row.label == "Errors reported by readers"]


@pytest.mark.parametrize(
    ("days", "said"),
    [((), []), ((3,), [(1, "3 days")]), ((3, 45), [(2, "1 month")])],
)
def test_index_of_the_desk_says_how_many_wait_and_since_when(editor, days, said):
    dismiss(make_report(days=400), editor.user, timezone.now())
    for each in days:
        make_report(days=each)
    assert waiting_on_the_desk(editor) == said


def test_form_leads_to_the_record_and_shows_what_was_written(editor):
    agreement = make_agreement(title="Cable treaty")
    page = shown(editor, make_report(agreement, source_url="https://example.org/act"))
    assert f'<a href="/admin/agreements/agreement/{agreement.pk}/change/">AGR-0001' in page
    for text in ("It was signed in Lahore.", "https://example.org/act", ADDRESS, "English"):
        assert text in page


def test_answer_closes_the_report_and_queues_one_mail(editor):
    report = make_report()
    assert send(editor, report, answer="You are right.", _send="1") == ["The answer is on its way."]
    assert (report.state, report.answer, report.handled_by) == ("answered", "You are right.", editor.user)
    assert list(Delivery.objects.values_list("key", "state")) == [(f"error-report:{report.pk}", "queued")]
    assert 'name="_send"' not in shown(editor, report) and "waiting" in shown(editor, report)


def test_report_is_closed_without_an_answer(editor):
    one, two, three = make_report(), make_report(), make_report(email="")
    assert send(editor, one, answer="half an answer", _dismiss="1") == ["The report is closed without an answer."]
    assert (one.state, one.answer, one.handled_by) == ("dismissed", "", editor.user)
    chosen = {"action": "close_without_answer", "_selected_action": [two.pk, three.pk]}
    editor.post(LIST, chosen)
    assert ErrorReport.objects.waiting().count() == Delivery.objects.count() == 0


@pytest.mark.parametrize("text", ["", "  \n"])
def test_answer_without_words_is_not_sent(editor, text):
    report = make_report()
    response = editor.post(f"{LIST}{report.pk}/change/", {"answer": text, "_send": "1"})
    assert "Write the answer, or close the report without one." in response.content.decode()
    report.refresh_from_db()
    assert report.is_waiting and not Delivery.objects.exists()


def test_report_without_an_address_has_nobody_to_answer(editor):
    report = make_report(email="")
    page = shown(editor, report)
    assert "No address was left" in page and 'name="_send"' not in page and "<textarea" not in page
    send(editor, report, answer="Hello?", _send="1")
    assert report.is_waiting and not Delivery.objects.exists()


def test_who_comes_second_changes_nothing_and_gets_back_what_they_typed(editor, reviewer):
    report = make_report()
    assert send(editor, report, answer="You are right.", _send="1") == ["The answer is on its way."]
    assert send(reviewer, report, answer="You are wrong.", _send="1") == [
        "The report was handled meanwhile: nothing was sent.",
        "What you typed: You are wrong.",
    ]
    assert (report.answer, report.handled_by, Delivery.objects.count()) == ("You are right.", editor.user, 1)
    assert not answer(report, "Once more.", reviewer.user, timezone.now())
    assert not dismiss(report, reviewer.user, timezone.now())


@pytest.mark.parametrize("role", ["editor", "reviewer", "administrator"])
def test_whoever_works_at_the_desk_handles_reports_and_only_administrators_delete_them(db, role):
    client, report = logged_in(make_user(role, role)), make_report()
    assert ADDRESS in shown(client, report)
    assert client.get(f"{LIST}{report.pk}/delete/").status_code == (200 if role == "administrator" else 403)
    assert client.get(f"{LIST}add/").status_code == 403


def test_address_is_seen_only_by_those_who_may_answer(db):
    user = make_user("reader")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_errorreport", "view_agreement"]))
    client, report = logged_in(user), make_report()
    page = shown(client, report)
    assert "It was signed in Lahore." in page and ADDRESS not in page and 'name="_send"' not in page
    assert client.post(f"{LIST}{report.pk}/change/", {"answer": "x", "_send": "1"}).status_code == 403


def test_report_about_a_kind_of_record_that_an_account_may_not_see_is_not_shown(db):
    user = make_user("reader")
    names = ["view_errorreport", "change_errorreport", "view_agreement", "view_meeting"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = logged_in(user)
    of_agreement, of_forum = make_report(days=1), make_report(make_forum(), days=2)
    assert listed(client) == [of_agreement.pk]
    assert client.get(f"{LIST}{of_forum.pk}/change/").status_code == 302
    assert waiting_on_the_desk(client) == [(1, "1 day")]


@pytest.fixture
def mailed(editor, smtp_sink):
    """Returns a report whose answer was sent, or refused for good, and which was handled so many days ago."""

    def mailed(days, address=ADDRESS):
        report = make_report(email=address)
        answer(report, "You are right.", editor.user, timezone.now())
        send_mail()
        ErrorReport.objects.filter(pk=report.pk).update(handled_at=timezone.now() - timedelta(days=days))
        return report

    return mailed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("erase", [erase_addresses, lambda: call_command("erase_addresses")], ids=["task", "command"])
def test_address_is_erased_thirty_days_after_the_answer_wherever_it_is_kept(mailed, smtp_sink, erase, capsys):
    smtp_sink.refuse("gone@example.org")
    recent, old, refused = mailed(29), mailed(30), mailed(31, "gone@example.org")
    waiting = make_report(days=400)
    assert RefusedAddress.objects.count() == 1
    erase()
    addresses = dict(ErrorReport.objects.values_list("pk", "email"))
    assert addresses == {recent.pk: ADDRESS, old.pk: "", refused.pk: "", waiting.pk: ADDRESS}
    kept = {recipient: (address, error) for recipient, address, error in _deliveries()}
    assert kept[f"error-report:{recent.pk}"] == (ADDRESS, "")
    assert kept[f"error-report:{old.pk}"] == kept[f"error-report:{refused.pk}"] == ("", "")
    assert not RefusedAddress.objects.exists()
    assert set(ErrorReport.objects.values_list("text", flat=True)) == {"It was signed in Lahore."}


def _deliveries():
    return Delivery.objects.values_list("recipient", "address", "error")


@pytest.mark.django_db(transaction=True)
def test_answer_that_still_waits_when_the_address_is_erased_is_withdrawn(editor, smtp_sink):
    report = make_report()
    answer(report, "You are right.", editor.user, timezone.now())
    ErrorReport.objects.update(handled_at=timezone.now() - timedelta(days=30))
    erase_addresses()
    assert send_mail() == {"withdrawn": 1} and smtp_sink.messages == []
