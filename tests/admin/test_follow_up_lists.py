"""Work lists of follow-ups: what people were told and answered, who cannot be asked, what is held, who wants none."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone

from agreements.models import Absence, Person
from meetings.models import (
    Commitment,
    Coordinator,
    FocalPoint,
    FollowUpHold,
    FollowUpPolicy,
    OrganisationFocalPoint,
    ProgressUpdate,
    Reminder,
)
from tests.admin.conftest import make_user
from tests.admin.desk import address, errors, fill_row, messages, shown
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting, make_organisation, make_person
from tracker.mail.models import Delivery, RefusedAddress

pytestmark = pytest.mark.django_db


def listed(client, model, query=""):
    response = client.get(address(model, "changelist") + query)
    assert response.status_code == 200
    return list(response.context["cl"].queryset)


def words(response):
    return " ".join(response.content.decode().split())


def make_reminder(person=None, subject=None, **fields):
    subject = subject or make_commitment()
    kind = {"COM": "commitment", "MTG": "meeting", "AGR": "agreement"}[subject.REFERENCE_PREFIX]
    role = {"commitment": "asked", "meeting": "no_outcomes", "agreement": "notice_window"}[kind]
    number, day = Delivery.objects.count(), date(2026, 11, 23)
    fields = {"stage": -7, "due_on": day + timedelta(days=7), "day": day, "role": role} | fields
    delivery = Delivery.objects.create(key=f"k{number}", kind="follow-up", day=day, not_before=timezone.now())
    return Reminder.objects.create(delivery=delivery, person=person or make_person(), **{kind: subject}, **fields)


def answer(reminder, **fields):
    fields = {"answer": "done", "state": "in_review"} | fields
    return ProgressUpdate.objects.create(commitment=reminder.commitment, reminder=reminder, **fields)


def test_history_of_a_person_holds_what_they_were_told_and_what_they_answered(administrator):
    ayesha = make_person("Ayesha")
    answered, later = make_reminder(ayesha), make_reminder(ayesha, stage=1)
    update, other = answer(answered), make_reminder()
    of_person = f"?person__id__exact={ayesha.pk}"
    assert listed(administrator, Reminder, of_person) == [answered, later]
    assert listed(administrator, Reminder, of_person + "&answered=yes") == [answered]
    assert listed(administrator, Reminder, "?answered=no") == [later, other]
    assert listed(administrator, Reminder, of_person + "&role__exact=supervisor") == []
    assert listed(administrator, Reminder, "?delivery__state__exact=queued") == [answered, later, other]
    page = words(administrator.get(address(Reminder, "changelist") + of_person))
    for link, text in (
        (address(Commitment, "change", answered.commitment_id), answered.commitment.reference),
        (address(Delivery, "change", answered.delivery_id), "waiting"),
        (address(ProgressUpdate, "change", update.pk), "done"),
    ):
        assert f'<a href="{link}">{text}</a>' in page
    assert "7 days before" in page and "1 day after" in page
    assert 'aria-current="true"> Ayesha </a>' in page and "<b>Ayesha</b>" in page


@pytest.mark.parametrize("value", ["x", "9" * 30])
def test_history_of_nobody_in_particular_is_an_error_and_not_everybody_s(editor, value):
    make_reminder()
    assert editor.get(address(Reminder, "changelist") + f"?person__id__exact={value}").status_code == 400
    for nobody in ("-1", "999999"):
        shown = editor.get(address(Reminder, "changelist") + f"?person__id__exact={nobody}").context["cl"]
        assert ([part.value for part in shown.unread], list(shown.queryset)) == ([nobody], [])


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (make_commitment, "asked"),
        (make_meeting, "held, without outcomes"),
        (make_agreement, "the time to give notice ends"),
    ],
)
def test_reminder_of_each_kind_is_read_and_never_written(editor, administrator, make, text):
    reminder = make_reminder(subject=make())
    page = address(type(reminder), "change", reminder.pk)
    assert f"{address(type(reminder.subject), 'change', reminder.subject.pk)}" in words(editor.get(page))
    assert f">{text}</td>" in words(editor.get(address(type(reminder), "changelist")))
    link = address(Delivery, "change", reminder.delivery_id)
    assert link not in words(editor.get(page)) and link in words(administrator.get(page))
    assert administrator.post(page, {}).status_code == 403
    assert administrator.get(address(type(reminder), "add")).status_code == 403
    assert administrator.post(address(type(reminder), "delete", reminder.pk), {"post": "yes"}).status_code == 403


def test_commitments_with_nobody_to_ask_come_with_the_reason(editor):
    nobody, without_address, asked = (make_commitment(due="2020") for _number in range(3))
    make_commitment(due="2199"), make_commitment(due="2020", state="draft")
    FocalPoint.objects.create(commitment=without_address, person=make_person("Bilal"))
    FocalPoint.objects.create(commitment=asked, person=make_person(email="a@example.org"))
    assert set(listed(editor, Commitment, "?todo=nobody_to_ask")) == {nobody, without_address}
    page = words(editor.get(address(Commitment, "changelist") + "?todo=nobody_to_ask"))
    assert "nobody is named</td>" in page and "Bilal has no e-mail address</td>" in page
    assert "nobody is named" not in words(editor.get(address(Commitment, "changelist")))


def test_focal_points_who_cannot_be_reached_come_with_the_reason(editor):
    closed = make_user("closed", is_active=False)
    people = {
        "has no e-mail address": make_person("A"),
        "address was refused": make_person("B", email="B@example.org"),
        "has stopped the mail": make_person("C", email="c@example.org", unsubscribed_at=timezone.now()),
        "account is closed": make_person("D", email="d@example.org", user=closed),
    }
    RefusedAddress.objects.create(address="b@example.org", error="550", refused_at=timezone.now())
    good = make_person("E", email="e@example.org")
    commitment, organisation = make_commitment(), make_organisation()
    for person in (*people.values(), good):
        FocalPoint.objects.create(commitment=commitment, person=person)
        OrganisationFocalPoint.objects.create(organisation=organisation, person=person)
        Coordinator.objects.create(person=person)
    for model in (FocalPoint, OrganisationFocalPoint, Coordinator):
        assert {each.person.name for each in listed(editor, model, "?unreachable=yes")} == set("ABCD")
        assert len(listed(editor, model)) == 5
        page = words(editor.get(address(model, "changelist")))
        assert {reason for reason in people if reason in page} == set(people)


def test_holds_in_force_are_released_by_those_who_may(editor, reviewer):
    today, person = timezone.localdate(), make_person()
    over, last_day, endless = (
        FollowUpHold.objects.create(person=person, until=until) for until in (today - timedelta(days=1), today, None)
    )
    assert listed(editor, FollowUpHold, "?in_force=yes") == [endless, last_day]
    assert listed(editor, FollowUpHold, "?in_force=no") == [over]
    data = {"action": "release", "_selected_action": [endless.pk, over.pk]}
    editor.post(address(FollowUpHold, "changelist"), data)
    assert FollowUpHold.objects.count() == 3
    response = reviewer.post(address(FollowUpHold, "changelist"), data, follow=True)
    assert messages(response) == ["2 holds are released."]
    assert list(FollowUpHold.objects.all()) == [last_day]
    assert (editor.get(address(FollowUpHold, "add")).status_code) == 403


def test_hold_of_nothing_is_refused_beside_the_form(reviewer):
    page = address(FollowUpHold, "add")
    response = reviewer.post(page, shown(reviewer.get(page)))
    assert errors(response) == ["Name the person, the commitment, or both."]


def test_policy_says_who_else_is_told_and_when(administrator):
    page = address(FollowUpPolicy, "add")
    data = shown(administrator.get(page)) | {"forum": make_forum().pk, "supervisor_after": 3, "secretariat_after": 0}
    data |= {"continuous_every": 90, "outcomes_after": 21}
    assert administrator.post(page, data).status_code == 302
    policy = FollowUpPolicy.objects.get(forum__isnull=False)
    found = (policy.supervisor_after, policy.secretariat_after, policy.continuous_every, policy.outcomes_after)
    assert found == (3, 0, 90, 21)


def test_person_leads_to_what_they_were_written(editor, administrator):
    person = make_person()
    links = [
        f"{address(Reminder, 'changelist')}?person__id__exact={person.pk}&amp;about={kind}"
        for kind in ("commitment", "meeting", "agreement")
    ]
    mail = f"{address(Delivery, 'changelist')}?recipient__exact=person:{person.pk}"
    for client, expected in ((editor, links), (administrator, [*links, mail])):
        page = words(client.get(address(Person, "change", person.pk)))
        assert [link for link in [*links, mail] if f'href="{link}"' in page] == expected
        assert [client.get(unescape(link)).status_code for link in expected] == [200] * len(expected)


@pytest.mark.parametrize(("email", "account"), [("Bilal@example.org", ""), ("", "bilal@example.org")])
def test_person_whose_address_was_refused_is_shown_with_a_warning(editor, email, account):
    user = make_user("bilal", email=account) if account else None
    person = make_person(email=email, user=user)
    page = address(Person, "change", person.pk)
    assert "a mail server refused it" not in words(editor.get(page))
    RefusedAddress.objects.create(address="bilal@example.org", error="550 no such box", refused_at=timezone.now())
    assert "No mail goes to bilal@example.org: a mail server refused it" in words(editor.get(page))
    assert "550 no such box" in words(editor.get(page))


def test_person_who_wants_no_mail_gets_it_again_only_on_purpose(editor):
    moment = timezone.now()
    person = make_person(email="a@example.org", unsubscribed_at=moment)
    page = address(Person, "change", person.pk)
    data = shown(editor.get(page))
    assert "unsubscribed_at" not in data
    editor.post(page, data | {"note": "met in Colombo", "unsubscribed_at": "", "unsubscribed_at_0": ""})
    person.refresh_from_db()
    assert (person.note, person.unsubscribed_at) == ("met in Colombo", moment)
    editor.post(page, shown(editor.get(page)) | {"mail_again": "on"})
    person.refresh_from_db()
    assert person.unsubscribed_at is None
    assert "mail_again" not in words(editor.get(page))


def test_person_brought_back_as_they_were_still_wants_no_mail(editor):
    person = make_person("Ayesha")
    person.name, person.unsubscribed_at = "Aisha", (moment := timezone.now())
    person.save()
    assert editor.post(address(Person, "restore", person.pk, 1)).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.unsubscribed_at) == ("Ayesha", moment)


def test_person_s_absences_and_working_week_are_kept(editor):
    person = make_person()
    page = address(Person, "change", person.pk)
    data = shown(editor.get(page)) | {"working_week": "71234"}
    fill_row(data, "absences", 0, starts="2026-12-01", ends="2026-11-30")
    assert errors(editor.post(page, data)) == ["The absence ends before it starts."]
    fill_row(data, "absences", 0, starts="2026-12-01", ends="2026-12-10")
    assert editor.post(page, data).status_code == 302
    person.refresh_from_db()
    absence = Absence.objects.get(person=person)
    assert (person.working_week, absence.starts, absence.ends) == ("71234", date(2026, 12, 1), date(2026, 12, 10))
