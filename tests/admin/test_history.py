"""Every change is kept, can be read and can be taken back, on the record and on its rows."""

import pytest

from agreements.models import Agreement, AgreementParty, Country
from meetings.models import Delegate, Meeting
from tests.admin.desk import address, fill_row, shown
from tests.factories import make_agreement, make_country, make_meeting, make_person, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]


def change(client, record, **changes):
    page = address(type(record), "change", record.pk)
    assert client.post(page, shown(client.get(page)) | changes).status_code == 302


def lines(client, record):
    """The history page as [(user, kind, what, [(field, from, to)])], newest first."""
    response = client.get(address(type(record), "history", record.pk))
    assert response.status_code == 200
    return [
        (
            entry.user and entry.user.username,
            str(entry.kind),
            entry.what,
            [(str(each["field"]), str(each["old"]), str(each["new"])) for each in entry.changes],
        )
        for entry in response.context["entries"]
    ]


def test_the_history_names_fields_values_and_people_in_words(editor):
    agreement = make_agreement(state="draft", title="Old", themes=["cloud"])
    change(editor, agreement, title="New", binding="binding", state="in_review", validity_months=36)
    change(editor, agreement, themes=[make_theme("cloud").pk, make_theme("skills").pk])
    newest = lines(editor, agreement)[:2]
    assert newest == [
        ("editor", "changed", "", [("Themes", "cloud", "cloud, skills")]),
        (
            "editor",
            "changed",
            "",
            [
                ("Binding intent", "unstated", "binding"),
                ("State", "draft", "in review"),
                ("Title", "Old", "New"),
                ("Valid for, in months", "–", "36"),
            ],
        ),
    ]


def test_the_history_of_a_meeting_shows_its_rows_and_their_rows(editor):
    meeting = make_meeting(delegations=(), state="draft")
    delegation = meeting.delegations.create(country=make_country("PAK"))
    delegate = Delegate.objects.create(delegation=delegation, person=make_person("Haroon"), office="Minister")
    page = address(Meeting, "change", meeting.pk)
    data = shown(editor.get(page))
    fill_row(data, "delegations", 0, role="observer", head_office="Special Assistant")
    assert editor.post(page, data).status_code == 302
    changed = [line for line in lines(editor, meeting) if line[1] == "changed"]
    assert changed == [
        ("editor", "changed", f"delegate: {delegate}", [("Office at that time", "Minister", "Special Assistant")]),
        ("editor", "changed", "delegation: Pakistan", [("Role", "party", "observer")]),
    ]


def test_a_version_can_be_brought_back(editor):
    agreement = make_agreement(state="draft", title="Right")
    change(editor, agreement, title="Wrong")
    version = agreement.history.filter(title="Right").first()
    page = address(Agreement, "simple_history", agreement.pk, version.pk)
    response = editor.get(page)
    data = {field.html_name: field.value() or "" for field in response.context["adminform"].form if field.value()}
    assert editor.post(page, data).status_code == 302
    agreement.refresh_from_db()
    assert agreement.title == "Right"
    assert lines(editor, agreement)[0] == ("editor", "changed", "", [("Title", "Wrong", "Right")])


def test_going_back_to_a_version_does_not_take_back_the_publication(reviewer):
    agreement = make_agreement(state="draft", title="Right")
    agreement.state, agreement.title = "published", "Wrong"
    agreement.save()
    version = agreement.history.filter(state="draft", title="Right").first()
    page = address(Agreement, "simple_history", agreement.pk, version.pk)
    form = reviewer.get(page).context["adminform"].form
    data = {field.html_name: field.value() for field in form if field.value() and not field.field.disabled}
    assert reviewer.post(page, data | {"state": "withdrawn"}).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.state, agreement.title) == ("published", "Right")


def test_an_editor_cannot_bring_back_a_version_of_a_published_record(editor):
    agreement = make_agreement(state="draft", title="Right")
    agreement.state, agreement.title = "published", "Also right"
    agreement.save()
    version = agreement.history.filter(state="draft").first()
    page = address(Agreement, "simple_history", agreement.pk, version.pk)
    assert editor.get(page).status_code == 200
    assert editor.post(page, {"title": "Right", "type": "mou"}).status_code == 403
    agreement.refresh_from_db()
    assert agreement.title == "Also right"


def restore(client, record, part):
    row = part.history.first()
    return client.post(address(type(record), "restore", record.pk, part._meta.model_name, row.pk))


def test_a_removed_row_can_be_brought_back(editor):
    agreement = make_agreement(("PAK",), state="draft")
    agreement.parties.get().delete()
    assert list(agreement.countries.all()) == []
    assert restore(editor, agreement, AgreementParty).status_code == 302
    assert list(agreement.countries.all()) == [make_country("PAK")]


def test_a_row_that_another_took_the_place_of_is_not_brought_back_twice(editor):
    agreement = make_agreement(("PAK",), state="draft")
    agreement.parties.get().delete()
    removed = AgreementParty.history.first()
    AgreementParty.objects.create(agreement=agreement, country=make_country("PAK"))
    page = address(Agreement, "restore", agreement.pk, "agreementparty", removed.pk)
    response = editor.post(page, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert agreement.parties.count() == 1


@pytest.mark.parametrize(("method", "role", "status"), [("get", "reviewer", 405), ("post", "editor", 403)])
def test_bringing_back_needs_a_post_by_somebody_who_may_change_the_record(request, method, role, status):
    client = request.getfixturevalue(role)
    agreement = make_agreement(("PAK",))
    agreement.parties.get().delete()
    row = AgreementParty.history.first()
    page = address(Agreement, "restore", agreement.pk, "agreementparty", row.pk)
    assert getattr(client, method)(page).status_code == status
    assert agreement.parties.count() == 0


def test_the_row_of_another_record_cannot_be_brought_back_here(reviewer):
    agreement, other = make_agreement(("PAK",)), make_agreement(())
    other.parties.create(country=make_country("CHN"))
    row = AgreementParty.history.get(agreement=other)
    page = address(Agreement, "restore", agreement.pk, "agreementparty", row.pk)
    assert reviewer.post(page).status_code == 404


def test_the_history_of_a_deleted_record_can_still_be_read(administrator):
    country = make_country("UZB")
    number = country.pk
    country.delete()
    response = administrator.get(address(Country, "history", number))
    assert [str(entry.kind) for entry in response.context["entries"]] == ["removed", "added"]


def test_the_history_of_what_never_was_is_not_found(administrator):
    assert administrator.get(address(Country, "history", 9999)).status_code == 404
