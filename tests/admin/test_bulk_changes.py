"""Many records changed at once: shown first, record by record, and then just that is done."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from agreements.models import Agreement
from meetings.models import Commitment, FocalPoint, Meeting
from tests.admin.desk import address, messages
from tests.factories import make_agreement, make_commitment, make_country, make_meeting, make_person, make_theme
from tracker.records.models import DataVersion, Publishable, Revision

pytestmark = pytest.mark.django_db
State = Publishable.State
DUE = {"_bulk-due": "31 March 2027", "_bulk-due_words": "", "_bulk-due_basis": "stated", "_bulk-due_reason": ""}


def send(client, action, records, **fields):
    """What the bar of the list sends, or with fields the page that asks for the values."""
    data = {"action": action, "_selected_action": [record.pk for record in records], **fields}
    return client.post(address(type(records[0]), "changelist"), data, follow=True)


def preview(client, action, records, **fields):
    return send(client, action, records, _asked="1", **fields)


def confirm(client, action, records, page, **fields):
    mark, seen = page.context["mark"], page.context["seen"]
    return preview(client, action, records, _previewed=mark, _confirmed="1", _seen=seen, **fields)


def plans(page):
    """What would change, in words, and what would not, with the reasons."""
    changed = [(plan.record, [(str(old), str(new)) for _label, old, new in plan.changes])
               for plan in page.context["changed"]]  # fmt: skip
    refused = [(plan.record, " ".join(map(str, plan.reasons))) for plan in page.context["refused"]]
    return changed, refused, [plan.record for plan in page.context["same"]]


def dues():
    return list(Commitment.objects.order_by("pk").values_list("due", "due_rule"))


def make_draft(**fields):
    return make_commitment(state=State.DRAFT, **fields)


def test_first_press_shows_what_changes_and_changes_nothing(editor):
    early, none, same = make_draft(due="2026-05"), make_draft(), make_draft(due="2027-03-31")
    recurring = make_draft(due="2026-01", recurrence="FREQ=MONTHLY")
    following, public = make_draft(due_rule="next_session"), make_commitment(due="2026-05")
    records = [early, none, same, recurring, following, public]
    asked, version = send(editor, "change_due", records), DataVersion.current()
    assert (asked.context["records"], asked.context["is_previewed"]) == ([*reversed(records)], False)
    page = preview(editor, "change_due", records, **DUE)
    changed, refused, unchanged = plans(page)
    assert dict(changed) == {
        early: [("May 2026", "31 March 2027")],
        none: [("", "31 March 2027"), ("no deadline", "by a date")],
    }
    assert {record: text.partition(":")[0].partition(".")[0] for record, text in refused} == {
        recurring: "It recurs or goes on",
        following: "Its due date follows from a session or an event",
        public: "It is published",
    }
    assert unchanged == [same]
    text = " ".join(page.content.decode().split())
    assert "Would change 2 of 6" in text and "Change 2 records" in text
    assert DataVersion.current() == version and dues()[0] == ("2026-05", "date")


def test_second_press_does_what_was_shown_in_one_change(editor):
    early, none, public = make_draft(due="2026-05"), make_draft(), make_commitment(due="2026-05")
    records = [early, none, public]
    page = preview(editor, "change_due", records, **DUE)
    version = DataVersion.current()
    response = confirm(editor, "change_due", records, page, **DUE)
    assert messages(response) == ["2 records are changed.", "1 record stays as it is."]
    assert dues() == [("2027-03-31", "date"), ("2027-03-31", "date"), ("2026-05", "date")]
    assert DataVersion.current() == version + 1
    last = Revision.objects.of(early).newest_first()[0]
    assert (last.account, last.content["fields"]["due"]) == (editor.user, "2027-03-31")
    assert Commitment.objects.get(pk=early.pk).due_version == 2


def test_words_of_the_source_about_the_former_date_go_with_it(editor):
    draft = make_draft(due="2026", due_words="by the end of 2026")
    page = preview(editor, "change_due", [draft], **DUE)
    assert plans(page)[0] == [(draft, [("2026 (“by the end of 2026”)", "31 March 2027")])]
    confirm(editor, "change_due", [draft], page, **DUE)
    assert Commitment.objects.get().due_words == ""


def test_what_is_published_changes_at_once_only_where_the_office_has_it_so(reviewer, settings):
    settings.FOUR_EYES_CHANGES = True
    public = make_commitment(due="2026-05")
    page = preview(reviewer, "change_due", [public], **DUE)
    assert plans(page)[1] == [(public, "It is published: propose the change on its own form.")]
    confirm(reviewer, "change_due", [public], page, **DUE)
    assert dues() == [("2026-05", "date")]
    settings.FOUR_EYES_CHANGES = False
    confirm(reviewer, "change_due", [public], preview(reviewer, "change_due", [public], **DUE), **DUE)
    assert dues() == [("2027-03-31", "date")]
    assert reviewer.get(f"{address(Commitment, 'changelist')}?todo=unread").context["cl"].result_count == 1


def test_what_was_withdrawn_is_a_reviewers_to_change(editor, reviewer):
    gone = make_commitment(due="2026-05", state=State.WITHDRAWN)
    page = preview(editor, "change_due", [gone], **DUE)
    assert plans(page)[1] == [(gone, "It was withdrawn: only a reviewer may change it.")]
    assert len(plans(preview(reviewer, "change_due", [gone], **DUE))[0]) == 1


def test_values_typed_after_the_preview_are_shown_before_they_count(editor):
    draft = make_draft(due="2026-05")
    page = preview(editor, "change_due", [draft], **DUE)
    other = DUE | {"_bulk-due": "2028"}
    again = confirm(editor, "change_due", [draft], page, **other)
    assert plans(again)[0] == [(draft, [("May 2026", "2028")])]
    assert dues() == [("2026-05", "date")]
    confirm(editor, "change_due", [draft], again, **other)
    assert dues() == [("2028", "date")]


def test_records_chosen_after_the_preview_are_shown_before_they_count(editor):
    one, two = make_draft(due="2026-05"), make_draft(due="2026-06")
    page = preview(editor, "change_due", [one], **DUE)
    again = confirm(editor, "change_due", [one, two], page, **DUE)
    assert len(plans(again)[0]) == 2 and dues() == [("2026-05", "date"), ("2026-06", "date")]


def test_record_that_somebody_changed_after_the_preview_is_shown_again_and_not_changed(editor, colleague):
    draft = make_draft(due="2026-05")
    page = preview(editor, "change_due", [draft], **DUE)
    other = DUE | {"_bulk-due": "2029"}
    confirm(colleague, "change_due", [draft], preview(colleague, "change_due", [draft], **other), **other)
    response = confirm(editor, "change_due", [draft], page, **DUE)
    assert response.status_code == 409 and dues() == [("2029", "date")]
    sent = dict(response.context["sent"])
    assert "_confirmed" not in sent and sent["_bulk-due"] == ["31 March 2027"]
    again = editor.post(address(Commitment, "changelist"), sent | {"_seen": response.context["seen"]})
    assert plans(again)[0] == [(draft, [("2029", "31 March 2027")])]
    assert dues() == [("2029", "date")]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"_bulk-due": ""}, "Give the new due date."),
        ({"_bulk-due": "soon"}, "“soon” is not a date we can read."),
        ({"_bulk-due_basis": "inferred"}, "Say why: no source states the date itself."),
    ],
)
def test_values_that_cannot_be_read_are_asked_for_again(editor, values, error):
    draft = make_draft(due="2026-05")
    page = preview(editor, "change_due", [draft], **DUE | values)
    ((text,),) = page.context["form"].errors.values()
    assert text.startswith(error)
    assert not page.context["is_previewed"] and dues() == [("2026-05", "date")]


def test_more_records_than_can_be_shown_are_refused(editor, monkeypatch):
    monkeypatch.setattr("tracker.records.admin.bulk.MOST_RECORDS", 1)
    records = [make_draft(), make_draft()]
    response = preview(editor, "change_due", records, **DUE)
    assert messages(response) == ["No more than 1 records can be changed at once: nothing was changed."]


# Focal points


def test_focal_point_is_named_on_published_commitments_too_and_moves_no_state(editor):
    public, named = make_commitment(due="2026-05"), make_draft()
    person, side = make_person("Ayesha Khan"), make_country("PAK")
    FocalPoint.objects.create(commitment=named, person=person, side=side)
    values = {"_bulk-person": person.pk, "_bulk-side": side.pk, "_bulk-instead_of": ""}
    records = [public, named]
    page = preview(editor, "change_focal_point", records, **values)
    assert plans(page) == ([(public, [("", "Ayesha Khan (PAK)")])], [], [named])
    assert "Saving alone sends nothing." in page.content.decode()
    confirm(editor, "change_focal_point", records, page, **values)
    assert set(FocalPoint.objects.values_list("commitment", "person", "side", "starts")) == {
        (record.pk, person.pk, side.pk, None) for record in records
    }
    assert Commitment.objects.get(pk=public.pk).state == State.PUBLISHED


def test_focal_point_takes_the_place_of_another_from_tomorrow(editor):
    former, new, stranger = (make_person(name) for name in ("Bilal", "Ayesha", "Someone"))
    with_former, without = make_draft(), make_draft()
    FocalPoint.objects.create(commitment=with_former, person=former)
    FocalPoint.objects.create(commitment=without, person=stranger)
    values = {"_bulk-person": new.pk, "_bulk-side": "", "_bulk-instead_of": former.pk}
    records = [with_former, without]
    page = preview(editor, "change_focal_point", records, **values)
    changed, refused, _same = plans(page)
    assert changed == [(with_former, [("Bilal", "Ayesha")])]
    assert refused == [(without, "Bilal is no focal point of it now.")]
    confirm(editor, "change_focal_point", records, page, **values)
    today = timezone.localdate()
    assert list(with_former.focal_points.values_list("person__name", "starts", "ends")) == [
        ("Bilal", None, today),
        ("Ayesha", today + timedelta(days=1), None),
    ]
    assert [each.person for each in without.focal_points.all()] == [stranger]


def test_focal_point_of_another_term_is_left_to_the_form(editor):
    draft, person = make_draft(), make_person("Ayesha")
    FocalPoint.objects.create(commitment=draft, person=person, ends=timezone.localdate() - timedelta(days=1))
    values = {"_bulk-person": person.pk, "_bulk-side": "", "_bulk-instead_of": ""}
    ((_record, text),) = plans(preview(editor, "change_focal_point", [draft], **values))[1]
    assert text.startswith("Ayesha is named in it already, for another term or side.")


# Themes


@pytest.mark.parametrize("make", [make_agreement, make_meeting, make_commitment])
def test_themes_are_given_and_taken_away(editor, make):
    old, new, kept = (make_theme(slug, name=slug.title()) for slug in ("old", "new", "kept"))
    draft, other = make(state=State.DRAFT), make(state=State.DRAFT)
    draft.themes.set([old, kept])
    other.themes.set([new])
    values = {"_bulk-added": [new.pk], "_bulk-removed": [old.pk]}
    page = preview(editor, "change_themes", [draft, other], **values)
    assert plans(page) == ([(draft, [("Kept, Old", "Kept, New")])], [], [other])
    confirm(editor, "change_themes", [draft, other], page, **values)
    assert set(type(draft).objects.get(pk=draft.pk).themes.all()) == {kept, new}
    last = Revision.objects.of(draft).newest_first()[0]
    assert set(last.content["fields"]["themes"]) == {kept.pk, new.pk} and last.account == editor.user


@pytest.mark.parametrize("values", [{}, {"_bulk-added": "theme", "_bulk-removed": "theme"}])
def test_themes_that_say_nothing_are_asked_for_again(editor, values):
    theme, draft = make_theme(), make_draft()
    page = preview(editor, "change_themes", [draft], **dict.fromkeys(values, theme.pk))
    assert len(page.context["form"].non_field_errors()) == 1


def offered(client, model):
    form = client.get(address(model, "changelist")).context["action_form"]
    return {name for name, _label in form.fields["action"].choices if name.startswith("change_")}


def test_list_offers_what_can_be_changed_in_it_to_those_who_may(editor):
    assert offered(editor, Commitment) == {"change_due", "change_focal_point", "change_themes"}
    assert offered(editor, Meeting) == offered(editor, Agreement) == {"change_themes"}
    assert offered(editor, FocalPoint) == set()
    editor.user.groups.clear()
    for name in ("view_commitment", "change_commitment"):
        editor.user.user_permissions.add(Permission.objects.get(codename=name))
    assert offered(editor, Commitment) == {"change_due", "change_themes"}


def test_change_that_a_list_does_not_offer_does_nothing(editor):
    meeting = make_meeting(state=State.DRAFT)
    assert "change" not in preview(editor, "change_due", [meeting], **DUE).context


def test_key_that_no_theme_can_have_is_refused_beside_the_field(editor):
    response = send(editor, "change_themes", [make_draft()], _asked="1", **{"_bulk-added": "9" * 30})
    assert "added" in response.context["form"].errors
