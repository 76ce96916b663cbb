"""The weekly sheet: what one coordinator reads, written from the data of the moment it goes out."""

from datetime import timedelta

import pytest

from agreements.models import Absence
from meetings.followups import planner, sheet_mail
from meetings.followups.letter import width, wrapped
from meetings.models import FollowUpHold, OrganisationFocalPoint
from tests.factories import make_agreement, make_country, make_forum, make_meeting, make_organisation
from tests.meetings.followups.asking import NOON, TODAY, make_due, make_focal_person
from tests.meetings.followups.coordinating import (
    answer,
    ask,
    headings,
    html,
    letter,
    make_coordinated_forum,
    make_coordinator,
    make_outstanding,
    planned,
)
from tests.registers.reading import ListPage, parse, unmarked
from tracker.accounts.models import User
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw, relay

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def make_every_section():
    forum, _coordinator = make_coordinated_forum("Farah Siddiqui", email="farah@example.org")
    pakistan = make_country("PAK", alpha2="PK")
    person = make_focal_person("Ayesha Khan", country=pakistan, email="ayesha@example.org")
    titles = ("Help", "Theirs", "Silent", "Silent for long", "Late", "Agreed late", "Done", "Rest", "Soon")
    days = {"Silent for long": -20, "Soon": 10}
    outstanding = {title: make_outstanding(forum, person, title=title, days=days.get(title, -3)) for title in titles}
    make_outstanding(forum, title="Nobody", due="2026-09")
    ask(NOON - 4 * DAY)
    answer(outstanding["Help"], "need_help", text="No members are named.\nPlease write to them.")
    answer(outstanding["Theirs"], "not_mine", responsible_words="Board of Investment")
    answer(outstanding["Late"], "late", expected="2027-01", reason="With the law division.")
    answer(outstanding["Agreed late"], "late", state="published", expected="2026-11-22", reason="Soon done.")
    answer(outstanding["Done"], "done")
    answer(outstanding["Rest"], "on_track", state="published")
    return forum


def test_letter_tells_problems_first_in_both_parts():
    make_every_section()
    planned()
    message = letter()
    assert message.subject == "JEC, week 48: 10 open, 1 without a contact person"
    assert message.to == ["farah@example.org"]
    assert headings(message, is_counted=True) == {
        "No contact person (1)": ["Nobody"],
        "Help needed (1)": ["Help"],
        "Responsibility declined (1)": ["Theirs"],
        "No answer (2)": ["Silent for long", "Silent"],
        "Reported late (2)": ["Late", "Agreed late"],
        "Waiting for an editor (1)": ["Done"],
        "Due soon (1)": ["Soon"],
        "Also overdue (1)": ["Rest"],
    }
    lead = (
        "1 without a contact person, 1 in need of help, 1 with responsibility declined, 2 without an answer, "
        "2 reported late, 1 waiting for an editor, 1 due soon, 1 also overdue"
    )
    assert lead in html(message) and lead in " ".join(message.body.split())
    page = html(message).partition("Dear Farah")[2]
    in_order = [word for part in headings(message).values() for word in part]
    places = [page.index(f">{title}</a>") for title in in_order]
    assert places == sorted(places)


def test_letter_says_of_each_who_owes_it_since_when_and_what_they_answered():
    make_every_section()
    planned()
    message = letter()
    blocks = {block.strip().splitlines()[0]: block.strip() for block in message.body.split("\n\n")}
    lines = {title: block.splitlines()[2:-1] for title, block in blocks.items()}
    assert lines["Nobody"] == ["Due          September 2026", "Responsible  Pakistan", "Reason       nobody is named"]
    silent = [
        "Due          20 November 2026",
        "Responsible  Ayesha Khan (Pakistan)",
        "Asked        Ayesha Khan, on 19 November 2026",
    ]
    assert lines["Silent"] == silent
    answered = {title: " ".join(" ".join(lines[title][3:]).split()).partition(": ")[2] for title in lines}
    assert "Answer       Ayesha Khan, on 23 November 2026: done (in review)" in lines["Done"]
    assert {title: words for title, words in answered.items() if words} == {
        "Help": "need help (in review) – No members are named. Please write to them.",
        "Theirs": "not mine (in review), names Board of Investment",
        "Late": "late (in review), new date January 2027 – With the law division.",
        "Agreed late": "late (accepted), new date 22 November 2026, which has passed – Soon done.",
        "Done": "done (in review)",
        "Rest": "on track (accepted)",
    }
    assert blocks["Silent for long"].splitlines()[1].endswith(" – 20 days overdue")
    assert max(len(line) for line in message.body.splitlines() if "://" not in line) <= 72


def only_heading(**which):
    """The one heading under which the one commitment stands."""
    planned()
    ((heading, _titles),) = headings(letter(**which)).items()
    return heading


ANSWERS = {
    "need help, in review": ("need_help", "in_review", "Help needed"),
    "need help, accepted": ("need_help", "published", "Also overdue"),
    "need help, returned": ("need_help", "withdrawn", "No answer"),
    "not mine, accepted": ("not_mine", "published", "Also overdue"),
    "late, in review": ("late", "in_review", "Reported late"),
    "late, accepted": ("late", "published", "Reported late"),
    "late, returned": ("late", "withdrawn", "No answer"),
    "on track, in review": ("on_track", "in_review", "Waiting for an editor"),
    "done, in review": ("done", "in_review", "Waiting for an editor"),
}


@pytest.mark.parametrize(("kind", "state", "heading"), ANSWERS.values(), ids=ANSWERS)
def test_letter_puts_an_answer_where_it_belongs(kind, state, heading):
    forum, _coordinator = make_coordinated_forum()
    commitment = make_outstanding(forum, make_focal_person())
    ask(NOON - DAY)
    answer(commitment, kind, state)
    assert only_heading() == heading


def test_letter_after_the_due_date_was_extended_no_longer_calls_it_late():
    forum, _coordinator = make_coordinated_forum()
    commitment = make_outstanding(forum, make_focal_person())
    ask(NOON - DAY)
    answer(commitment, "late", "published", expected="2026-12-10")
    commitment.refresh_from_db()
    commitment.due = "2026-12-10"
    commitment.save()
    assert only_heading() == "Due soon"
    assert "Asked" not in letter().body and "Answer " not in letter().body


def test_letter_when_the_due_date_is_not_over_does_not_miss_an_answer():
    forum, _coordinator = make_coordinated_forum()
    make_outstanding(forum, make_focal_person(), days=0)
    ask(NOON - DAY)
    assert only_heading() == "Due soon"


def test_letter_of_what_recurs_and_is_done_this_time_has_nothing_to_say():
    forum, _coordinator = make_coordinated_forum()
    commitment = make_outstanding(forum, make_focal_person(), due="2026-11-20", recurrence="FREQ=MONTHLY;INTERVAL=6")
    ask(NOON - DAY)
    assert only_heading() == "No answer"
    update = answer(commitment, "done", "published")
    assert commitment.progress_updates.get() == update
    update.progress = ""
    update.save()
    with pytest.raises(Withdraw, match=r"^Nothing is left to say\.$"):
        letter()


def test_letter_names_the_deputy_the_organisation_and_how_often_they_were_asked():
    forum, _coordinator = make_coordinated_forum()
    ministry = make_organisation("ministry", name="Ministry of IT")
    person, deputy = make_focal_person("Ayesha"), make_focal_person("Bilal")
    OrganisationFocalPoint.objects.create(organisation=ministry, person=person, deputy=deputy)
    commitment = make_outstanding(forum, by=[], days=-8)
    commitment.parties.create(organisation=ministry, side="by")
    ask(NOON - 9 * DAY), ask(NOON - 7 * DAY), ask(NOON - DAY)
    Absence.objects.create(person=person, starts=TODAY, ends=TODAY)
    planned()
    assert "\nResponsible  Bilal for Ayesha (Ministry of IT)\n" in letter().body
    assert "\nAsked        Ayesha, 3 times, last on 22 November 2026\n" in letter().body


def test_letter_says_that_nobody_is_asked_about_what_is_held_back_and_leaves_out_what_the_reader_is_spared():
    forum, coordinator = make_coordinated_forum()
    person = make_focal_person()
    held, spared = make_outstanding(forum, person, title="Held"), make_outstanding(forum, person, title="Spared")
    FollowUpHold.objects.create(commitment=held)
    FollowUpHold.objects.create(commitment=spared, person=coordinator)
    planned()
    assert headings(letter()) == {"Also overdue": ["Held"]}
    assert "nobody is asked about it for now" in letter().body


def test_letter_keeps_to_itself_what_is_not_public():
    make_coordinator("rest")
    agency = make_organisation("agency", name="The Silent Ministry", state="draft")
    # What was made at it has no forum while it is hidden.
    hidden = make_meeting(title="Secret meeting", state="draft", forum=make_forum("jec"))
    to_come = make_agreement(title="Secret agreement", state="in_review", publish_at=NOON + DAY)
    office = OrganisationFocalPoint.objects.create(organisation=agency, person=make_focal_person("Ayesha"))
    fields = {"meeting": hidden, "agreement": to_come, "by": ["PAK"], "editors_note": "Secret note"}
    first, second = (
        make_outstanding(None, **fields),
        make_outstanding(None, make_focal_person("none", email=""), **fields),
    )
    for commitment in (first, second):
        commitment.parties.create(organisation=agency, side="by")
    make_outstanding(None, title="Secret draft", state="draft")
    planned()
    message = letter()
    assert headings(message) == {"Also overdue": [first.title, second.title]}
    # Who is asked is named without the hidden office; that somebody promised is said without a name.
    assert "Responsible  Ayesha\n" in message.body
    for word in ("Secret", "Silent"):
        assert word not in message.body and word not in html(message)
    office.delete()
    message = letter()
    assert "Responsible  Pakistan, a body not published here\n" in message.body
    for word in ("Secret", "Silent"):
        assert word not in message.body and word not in html(message)


def test_letter_about_a_forum_that_is_not_public_does_not_name_it():
    forum = make_forum(name="Secret forum", slug="secret", abbreviation="SECRET", state="draft")
    make_coordinator("farah", forum)
    make_outstanding(forum)
    make_coordinator("rest")
    unkept = make_forum(name="Secret council", state="draft")
    make_outstanding(unkept)
    planned()
    for which, name in ((f"sheet:{forum.pk}:", "Your forum"), ("sheet:0:", "Other commitments")):
        message = letter(key__startswith=which)
        assert message.subject == f"{name}, week 48: 1 open, 1 without a contact person"
        assert "secret" not in (message.subject + message.body + html(message)).lower()


def test_letter_about_the_rest_names_the_forum_of_each():
    make_coordinator("rest")
    make_outstanding(make_forum(name="Council"))
    make_due(days=-4)
    planned()
    message = letter()
    assert message.subject == "All commitments, week 48: 2 open, 2 without a contact person"
    assert message.body.count("Forum        Council\n") == 1


@pytest.mark.parametrize(("days", "worst"), [((-3, 5), "1 overdue"), ((5, 6), "2 due soon")])
def test_subject_names_what_is_overdue_before_what_is_due_soon(days, worst):
    forum, _coordinator = make_coordinated_forum(abbreviation="")
    person = make_focal_person()
    for number in days:
        make_outstanding(forum, person, days=number)
    planned()
    assert letter().subject == f"Joint Economic Commission, week 48: 2 open, {worst}"


def test_letter_that_is_too_long_ends_with_a_link_to_the_register(monkeypatch, client):
    monkeypatch.setattr(sheet_mail, "MOST_ROWS", 2)
    forum, _coordinator = make_coordinated_forum()
    person = make_focal_person()
    for days, strength in ((-1, "agreed"), (-9, "agreed"), (3, "agreed"), (-5, "agreed"), (-7, "proposed")):
        make_outstanding(forum, person, days=days, title=f"Due {days}", strength=strength)
    make_outstanding(forum, person, days=300)
    planned()
    message = letter()
    assert headings(message, is_counted=True) == {"Due soon (1)": ["Due 3"], "Also overdue (3)": ["Due -9"]}
    link = f"http://testserver/commitments/?forum={forum.slug}&schedule=overdue&schedule=passed"
    assert f"And 3 more:\n{link}\n" in message.body and link.replace("&", "&amp;") in html(message)
    assert "1 other commitment is open" in message.body and "1 other commitment is open" in html(message)
    monkeypatch.setattr("tracker.registers.past.days.localdate", lambda: TODAY)
    assert ListPage(client.get(link)).titles == ["Due -9", "Due -7", "Due -5", "Due -1"]


def test_letters_of_one_forum_are_a_thread_and_offer_the_way_out():
    forum, first = make_coordinated_forum("first")
    second = make_coordinator("second", forum)
    other, third = make_coordinated_forum("third")
    make_outstanding(forum), make_outstanding(other)
    planned()
    messages = [letter(recipient=f"person:{each.pk}") for each in (first, second, third)]
    threads = [message.extra_headers for message in messages]
    assert [len({headers[name] for name in ("In-Reply-To", "References")}) for headers in threads] == [1, 1, 1]
    assert threads[0]["References"] == threads[1]["References"] != threads[2]["References"]
    assert threads[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert threads[0]["List-Unsubscribe"].strip("<>") in html(messages[0])


def test_letter_in_a_language_from_right_to_left_sets_its_direction():
    forum, _coordinator = make_coordinated_forum(language="ur")
    make_outstanding(forum, make_focal_person(country=make_country("PAK", name_ur="پاکستان")))
    planned()
    message = letter()
    page = html(message)
    assert '<html lang="ur" dir="rtl">' in page and "text-align:right" in page and "text-align:left" not in page
    assert "پاکستان" in message.body and "نومبر" in message.body
    assert list(unmarked(parse(page), "ur")) == []
    assert "http://testserver/ur/commitments/" in message.body


def change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


NOT_THEIRS = r"^The person no longer keeps these records, or cannot be written to\.$"
CHANGES = {
    "nothing left": (lambda person, commitment: change(commitment, closure="dropped"), r"^Nothing is left to say\.$"),
    "unpublished": (lambda person, commitment: change(commitment, state="withdrawn"), r"^Nothing is left to say\.$"),
    "another coordinator": (lambda person, commitment: person.coordinators.all().delete(), NOT_THEIRS),
    "term over": (lambda person, commitment: change(person.coordinators.get(), ends=TODAY - DAY), NOT_THEIRS),
    "unsubscribed": (lambda person, commitment: change(person, unsubscribed_at=NOON), NOT_THEIRS),
}


@pytest.mark.parametrize(("edit", "reason"), CHANGES.values(), ids=CHANGES)
def test_letter_when_the_matter_changed_after_planning_is_withdrawn(edit, reason):
    forum, person = make_coordinated_forum()
    make_coordinator("rest")
    commitment = make_outstanding(forum)
    planned()
    edit(person, commitment)
    with pytest.raises(Withdraw, match=reason):
        letter()


def test_letter_is_current_until_a_record_or_the_account_changes():
    account = User.objects.create(username="farah", email="farah@example.org")
    forum, _person = make_coordinated_forum(email="", user=account)
    commitment = make_outstanding(forum)
    planned()
    delivery = Delivery.objects.get()
    letters = sheet_mail.SheetWriter([delivery], NOON)
    assert letters.is_current(delivery)
    User.objects.update(is_active=False)
    assert not letters.is_current(delivery)
    User.objects.update(is_active=True, email="new@example.org")
    assert not letters.is_current(delivery)
    User.objects.update(email="farah@example.org")
    assert letters.is_current(delivery)
    change(commitment, title="New")
    assert not letters.is_current(delivery)


@pytest.mark.django_db(transaction=True)
def test_relay_sends_a_sheet_as_things_stand_when_it_goes_out(smtp_sink):
    forum, _coordinator = make_coordinated_forum()
    commitment = make_outstanding(forum, title="Old title")
    planned()
    change(commitment, title="New title")
    later = NOON + 2 * DAY
    assert dict(relay(planner.WRITERS, now=lambda: later).counts) == {"sent": 1}
    (received,) = smtp_sink.messages
    text = received.message.get_body(("plain",)).get_content()
    assert "New title" in text and "Old title" not in text and "5 days overdue" in text


def test_wrapped_counts_wide_letters_twice_and_breaks_no_address():
    assert [width("中文"), width("e\u0301a"), width("")] == [4, 2, 0]
    assert [width(line) for line in wrapped("中" * 50, 40)] == [40, 40, 20]
    address = "https://example.org/" + "x" * 80
    assert wrapped(f"See {address} there", 40) == ["See", address, "there"]
