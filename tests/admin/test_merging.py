"""Two records of the same made one on the desk: both sides, a preview, the act, and the way back."""

import pytest
from django.urls import reverse

from agreements.models import Absence, AgreementParty, Organisation, Person
from meetings.models import Delegate, Delegation, FocalPoint
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, messages, shown
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
)
from tracker.records.admin.merging import UNREAD
from tracker.records.admin.seen import CHANGED_MEANWHILE
from tracker.records.models import Comment, Merger, Revision, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db):
    kept = make_organisation("kept", name="Ministry of IT", seat="")
    gone = make_organisation("gone", name="Ministry of Information Technology", abbreviation="MoIT", seat="Islamabad")
    make_agreement(()).parties.create(organisation=gone)
    return kept, gone


def merge_address(model, **keys):
    query = "&".join(f"{name}={record.pk}" for name, record in keys.items())
    return address(model, "merge") + (f"?{query}" if query else "")


def sent(kept, gone, step, **further):
    return {"kept": kept.pk, "gone": gone.pk, "_step": step, **further}


def test_two_chosen_in_a_list_are_put_side_by_side(reviewer, two):
    kept, gone = two
    data = {"action": "merge_two", "_selected_action": [gone.pk, kept.pk]}
    answer = reviewer.post(address(Organisation, "changelist"), data)
    assert answer["Location"] == merge_address(Organisation, kept=kept, gone=gone)


@pytest.mark.parametrize("number", [1, 3])
def test_action_when_another_number_is_chosen_asks_for_two(reviewer, number):
    keys = [make_organisation().pk for _ in range(number)]
    data = {"action": "merge_two", "_selected_action": keys}
    page = reviewer.post(address(Organisation, "changelist"), data, follow=True)
    assert messages(page) == ["Choose two records: one stays, and the other is taken into it."]


def test_form_leads_to_it_for_who_may_publish(reviewer, editor, two):
    kept, _gone = two
    page = address(Organisation, "change", kept.pk)
    assert reviewer.get(page).context["merge_url"] == merge_address(Organisation, kept=kept)
    assert "merge_url" not in editor.get(page).context


def test_page_shows_what_differs_and_what_would_move_and_does_nothing(reviewer, two):
    kept, gone = two
    history = Revision.objects.count()
    page = reviewer.get(merge_address(Organisation, kept=kept, gone=gone)).context
    assert [(each.label, str(each.kept), str(each.gone), each.is_taken) for each in page["choices"]] == [
        ("Name", "Ministry of IT", "Ministry of Information Technology", False),
        ("Abbreviation", "–", "MoIT", True),
        ("Seat", "–", "Islamabad", True),
    ]
    assert page["moved"] == [("Citations", 1), ("Parties of agreements", 1)]
    assert page["merged"].names == ["Ministry of Information Technology"]
    assert Organisation.objects.filter(pk=gone.pk).exists()
    assert (Revision.objects.count(), Merger.objects.count()) == (history, 0)


def test_preview_carries_what_was_chosen_and_does_nothing(reviewer, two):
    kept, gone = two
    data = sent(kept, gone, "preview") | {"_of:name": "gone", "_of:seat": "kept"}
    page = reviewer.post(merge_address(Organisation), data).context
    assert page["is_preview"] is True
    assert {each.name: each.is_taken for each in page["choices"]} == {"name": True, "abbreviation": True, "seat": False}
    assert Merger.objects.count() == 0


def test_merger_moves_what_named_the_second_and_keeps_its_name(reviewer, two):
    kept, gone = two
    page = reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"), follow=True)
    kept.refresh_from_db()
    assert page.redirect_chain == [(address(Organisation, "change", kept.pk), 302)]
    assert (kept.name, kept.abbreviation, kept.seat) == ("Ministry of IT", "MoIT", "Islamabad")
    assert [each.name for each in kept.names.all()] == ["Ministry of Information Technology"]
    assert AgreementParty.objects.get(organisation=kept).organisation == kept
    last = Revision.objects.of(kept).newest_first()[0]
    assert (last.account, last.reason) == (reviewer.user, "two records of the same were made one")
    assert {each.data_version for each in Revision.objects.filter(reason=last.reason)} == {last.data_version}
    assert Merger.objects.get().data_version == last.data_version


def test_name_that_is_taken_over_leaves_the_former_one_as_another(reviewer, two):
    kept, gone = two
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge") | {"_of:name": "gone"})
    kept.refresh_from_db()
    assert (kept.name, kept.slug) == ("Ministry of Information Technology", "kept")
    assert [each.name for each in kept.names.all()] == ["Ministry of IT"]


def test_merger_after_a_colleague_changed_something_shows_it_anew_and_does_nothing(reviewer, two):
    kept, gone = two
    seen = reviewer.get(merge_address(Organisation, kept=kept, gone=gone)).context["seen"]
    gone.seat = "Lahore"
    gone.save()
    page = reviewer.post(merge_address(Organisation), sent(kept, gone, "merge", _seen=seen))
    assert page.status_code == 409
    assert Merger.objects.count() == 0
    again = sent(kept, gone, "merge", _seen=page.context["seen"])
    assert reviewer.post(merge_address(Organisation), again).status_code == 302


def test_merger_after_an_agreement_came_to_name_the_second_shows_it_anew(reviewer, two):
    kept, gone = two
    seen = reviewer.get(merge_address(Organisation, kept=kept, gone=gone)).context["seen"]
    make_agreement(()).parties.create(organisation=gone)
    assert reviewer.post(merge_address(Organisation), sent(kept, gone, "merge", _seen=seen)).status_code == 409


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("draft", "published"), "“gone” is public and “kept” is not: keep the one that is public."),
        (
            ("withdrawn", "published"),
            "A withdrawn record stays as it is: its address says when and why it was withdrawn.",
        ),
        (
            ("published", "withdrawn"),
            "A withdrawn record stays as it is: its address says when and why it was withdrawn.",
        ),
    ],
)
def test_states_that_do_not_fit_are_refused(reviewer, states, expected):
    kept, gone = (make_organisation(slug, state=state) for slug, state in zip(("kept", "gone"), states, strict=True))
    page = reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    assert list(page.context["refusals"]) == [expected]
    assert Organisation.objects.count() == 2


def test_record_and_itself_are_refused(reviewer):
    one = make_organisation("one")
    page = reviewer.post(merge_address(Organisation), sent(one, one, "merge"))
    assert list(page.context["refusals"]) == ["Choose two different records of one kind."]


def test_rows_that_cannot_stand_twice_are_joined_and_what_is_lost_is_told(reviewer, two):
    kept, gone = two
    meeting = make_meeting(())
    mine = Delegation.objects.create(meeting=meeting, organisation=kept, role="party")
    other = Delegation.objects.create(meeting=meeting, organisation=gone, role="observer")
    person = make_person("Haroon")
    for delegation, office in ((mine, ""), (other, "Secretary")):
        Delegate.objects.create(delegation=delegation, person=person, office=office)
    Delegate.objects.create(delegation=other, person=make_person("Second"), office="Director")
    page = reviewer.get(merge_address(Organisation, kept=kept, gone=gone)).context
    joined = [(each.kind, [(str(one.field), str(one.new)) for one in each.left]) for each in page["merged"].joined]
    assert joined == [("delegation", [("Role", "observer")]), ("delegate", [])]
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    assert list(Delegation.objects.values_list("pk", "role")) == [(mine.pk, "party")]
    assert sorted(mine.delegates.values_list("person__name", "office")) == [
        ("Haroon", "Secretary"),
        ("Second", "Director"),
    ]


def test_two_forums_of_which_each_is_an_organisation_stand_against_it(reviewer, two):
    kept, gone = two
    make_forum("one", name="One", organisation=kept), make_forum("two", name="Two", organisation=gone)
    page = reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    assert list(page.context["refusals"]) == [
        "“Two” and “One” cannot both belong to what is kept: mend one of them first."
    ]


def test_part_of_the_one_that_goes_takes_its_place(reviewer):
    above = make_organisation("above")
    gone = make_organisation("gone", parent=above)
    kept = make_organisation("kept", parent=gone)
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    kept.refresh_from_db()
    assert kept.parent == above


def test_what_stands_deeper_under_the_one_that_goes_is_refused(reviewer):
    gone = make_theme("gone")
    kept = make_theme("kept", parent=make_theme("between", parent=gone))
    page = reviewer.post(merge_address(type(kept)), sent(kept, gone, "merge"))
    assert list(page.context["refusals"]) == ["“gone” stands above what “kept” belongs to: keep the one above."]


def test_person_and_their_deputy_made_one_are_nobodys_deputy(reviewer):
    kept, gone = make_person("Kept"), make_person("Gone", email="gone@example.org")
    point = FocalPoint.objects.create(commitment=make_commitment(), person=gone, deputy=kept)
    Absence.objects.create(person=gone, starts="2026-01-01", ends="2026-01-02")
    reviewer.post(merge_address(Person), sent(kept, gone, "merge"))
    point.refresh_from_db()
    kept.refresh_from_db()
    assert (point.person, point.deputy, kept.email, kept.other_names) == (kept, None, "gone@example.org", "Gone")
    assert kept.absences.count() == 1


def test_sources_that_are_cited_alike_are_cited_once(reviewer):
    kept, gone = make_source(slug="kept"), make_source(slug="gone", archive_url="https://archive.example.org/1")
    agreement = make_agreement(cited=False)
    for source in (kept, gone):
        agreement.citations.create(source=source, locator="page 2")
    reviewer.post(merge_address(Source), sent(kept, gone, "merge"))
    kept.refresh_from_db()
    assert [(each.source, each.locator) for each in agreement.citations.all()] == [(kept, "page 2")]
    assert kept.archive_url == "https://archive.example.org/1"


def test_editor_may_not(editor, two):
    kept, gone = two
    assert editor.get(merge_address(Organisation, kept=kept, gone=gone)).status_code == 403
    assert editor.post(merge_address(Organisation), sent(kept, gone, "merge")).status_code == 403


def test_who_may_not_change_all_that_it_changes_is_told_what(two):
    kept, gone = two
    user = make_user("half", "reviewer")
    user.groups.first().permissions.remove(*user.groups.first().permissions.filter(codename="change_agreement"))
    page = logged_in(user).post(merge_address(Organisation), sent(kept, gone, "merge"))
    agreement = AgreementParty.objects.get(organisation=gone).agreement
    assert list(page.context["refusals"]) == [f"You may not change what it would change: {agreement}"]


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30])
def test_key_that_no_record_has_asks_which(reviewer, two, key):
    kept, _gone = two
    page = reviewer.get(f"{merge_address(Organisation)}?kept={kept.pk}&gone={key}")
    assert (page.status_code, page.context["original"], page.context["found"]) == (200, kept, [])
    page = reviewer.get(f"{merge_address(Organisation)}?kept={key}&gone={kept.pk}", follow=True)
    assert messages(page) == ["Choose two records: one stays, and the other is taken into it."]


def test_other_one_is_found_by_words_whatever_its_state(reviewer, two):
    kept, gone = two
    draft = make_organisation("draft", name="Draft ministry", state="draft")
    page = reviewer.get(f"{merge_address(Organisation, kept=kept)}&q=ministry")
    assert page.context["found"] == [
        (each, merge_address(Organisation, kept=kept, gone=each)) for each in (gone, draft)
    ]


def test_address_on_the_desk_of_what_was_taken_in_leads_to_what_was_kept(reviewer, two):
    kept, gone = two
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    page = reviewer.get(address(Organisation, "change", gone.pk), follow=True)
    assert page.redirect_chain == [(address(Organisation, "change", kept.pk), 302)]
    assert messages(page)[-1] == "“Ministry of Information Technology” is now part of “Ministry of IT”."


def test_what_was_said_of_the_second_is_said_of_the_one_that_stays_until_it_is_undone(reviewer, two):
    kept, gone = two
    form = shown(reviewer.get(address(Organisation, "change", gone.pk)))
    reviewer.post(address(Organisation, "change", gone.pk), form | {"_comment": "Which seat?"})
    page = reviewer.get(merge_address(Organisation, kept=kept, gone=gone)).context
    assert ("Comments", 1) in page["moved"]
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    said = reviewer.get(address(Organisation, "change", kept.pk)).context["comments"].open
    assert [each.text for each in said] == ["Which seat?"]
    reviewer.post(address(Merger, "undo", Merger.objects.get().pk))
    assert [each.text for each in Comment.objects.of(gone)] == ["Which seat?"]


def test_undone_it_is_as_it_was_and_what_changed_since_is_told(reviewer, two):
    kept, gone = two
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    merger = Merger.objects.get()
    kept.refresh_from_db()
    kept.seat, kept.note = "Karachi", "Written since"
    kept.save()
    page = reviewer.get(address(Merger, "change", merger.pk)).context
    told = ["Ministry of IT, Seat: changed meanwhile, and stays: Karachi"]
    assert (page["told"], page["may_undo"]) == (told, True)
    page = reviewer.post(address(Merger, "undo", merger.pk), follow=True)
    assert messages(page) == ["“Ministry of Information Technology” is a record of its own again.", *told]
    kept.refresh_from_db()
    back = Organisation.objects.get(slug="gone")
    assert (back.pk, back.name, back.seat, back.state) == (gone.pk, gone.name, "Islamabad", "published")
    assert (kept.seat, kept.note, kept.abbreviation, kept.names.count()) == ("Karachi", "Written since", "", 0)
    assert AgreementParty.objects.get(organisation=back).organisation == back
    page = reviewer.post(address(Merger, "undo", merger.pk), follow=True)
    assert messages(page) == ["It was undone already."]


def test_undoing_after_a_colleague_changed_something_asks_again(reviewer, two):
    kept, gone = two
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    merger = Merger.objects.get()
    seen = reviewer.get(address(Merger, "change", merger.pk)).context["seen"]
    kept.refresh_from_db()
    kept.seat = "Karachi"
    kept.save()
    page = reviewer.post(address(Merger, "undo", merger.pk), {"_seen": seen}, follow=True)
    assert messages(page) == [str(CHANGED_MEANWHILE)]
    assert page.context["told"] == ["Ministry of IT, Seat: changed meanwhile, and stays: Karachi"]
    reviewer.post(address(Merger, "undo", merger.pk), {"_seen": page.context["seen"]})
    assert Organisation.objects.count() == 2


def test_what_was_kept_and_taken_into_a_third_is_to_be_parted_first(reviewer, two):
    kept, gone = two
    third = make_organisation("third")
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    reviewer.post(merge_address(Organisation), sent(third, kept, "merge"))
    first = Merger.objects.order_by("pk")[0]
    page = reviewer.get(address(Merger, "change", first.pk)).context
    assert page["refusals"] == ["“Ministry of IT” is no more: bring it back first."]
    for merger in Merger.objects.order_by("-pk"):
        reviewer.post(address(Merger, "undo", merger.pk))
    assert sorted(Organisation.objects.values_list("slug", flat=True)) == ["gone", "kept", "third"]


def test_slug_that_another_has_by_now_stands_against_undoing(reviewer, two):
    kept, gone = two
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    make_organisation("gone")
    page = reviewer.get(address(Merger, "change", Merger.objects.get().pk)).context
    assert (len(page["refusals"]), page["may_undo"]) == (1, False)
    reviewer.post(address(Merger, "undo", Merger.objects.get().pk))
    assert Organisation.objects.count() == 2


def test_list_of_mergers_is_seen_by_editors_who_cannot_undo(editor, reviewer, two):
    kept, gone = two
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    merger = Merger.objects.get()
    assert editor.get(address(Merger, "changelist")).status_code == 200
    assert editor.get(address(Merger, "change", merger.pk)).context["may_undo"] is False
    assert editor.post(address(Merger, "undo", merger.pk)).status_code == 403
    assert editor.get(reverse("admin:records_merger_add")).status_code == 403


def test_country_of_the_one_that_stays_is_involved(reviewer):
    kept, gone = make_organisation("kept", country=make_country("PAK")), make_organisation("gone")
    agreement = make_agreement(())
    agreement.parties.create(organisation=gone)
    reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    assert list(agreement.countries.values_list("code", flat=True)) == ["PAK"]


def test_what_nobody_else_has_read_is_not_taken_into_what_is_public(reviewer, settings, two):
    kept, gone = two
    settings.FOUR_EYES_CHANGES = True
    draft = make_organisation("draft", state="draft")
    page = reviewer.post(merge_address(Organisation), sent(kept, draft, "merge"))
    assert list(page.context["refusals"]) == [str(UNREAD) % {"gone": draft, "kept": kept}]
    assert reviewer.post(merge_address(Organisation), sent(kept, gone, "merge")).status_code == 302
    assert Revision.objects.of(kept).unread().count() == 1


@pytest.mark.parametrize("is_strict", [True, False])
def test_what_was_written_since_a_record_went_back_to_draft_is_not_taken_into_what_is_public(
    reviewer, settings, two, is_strict
):
    kept, gone = two
    settings.FOUR_EYES_CHANGES = is_strict
    for gone.state in ("withdrawn", "draft"):
        gone.save()
    gone.names.create(name="Read by nobody")
    page = reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    assert page.status_code == (200 if is_strict else 302)
    assert not kept.names.filter(name="Read by nobody").exists()


def test_record_of_which_a_change_is_proposed_is_decided_about_first(reviewer, editor, two):
    kept, gone = two
    proposal = make_proposal(gone, editor.user, seat="Lahore")
    page = reviewer.post(merge_address(Organisation), sent(kept, gone, "merge"))
    assert list(page.context["refusals"]) == [
        "A change of “Ministry of Information Technology” is proposed: let somebody decide about it first."
    ]
    proposal.decide("declined", reviewer.user, proposal.sent_at, "Merged")
    assert reviewer.post(merge_address(Organisation), sent(kept, gone, "merge")).status_code == 302
