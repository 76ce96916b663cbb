"""Every change is kept, can be read and can be taken back, on the record and on its rows."""

import pytest

from agreements.models import Absence, Agreement, AgreementParty, Country, Person
from meetings.models import AgendaItem, Delegate, Delegation, Meeting
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, fill_row, messages, shown
from tests.factories import make_agreement, make_country, make_meeting, make_person, make_theme
from tracker.records.models import NO_CITATION, ProposedChange, Revision, one_change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]


def change(client, record, **changes):
    page = address(type(record), "change", record.pk)
    assert client.post(page, shown(client.get(page)) | changes).status_code == 302


def entries(client, record, query=""):
    response = client.get(address(type(record), "history", record.pk) + query)
    assert response.status_code == 200
    return response.context["entries"]


def changes_of(each):
    return [(change.field, str(change.old), str(change.new)) for change in each.changes]


def lines(client, record):
    """The history page as [(user, kind, reason, [(field, from, to)], [(kind, row, [(field, from, to)])])]."""
    return [
        (
            entry.revision.account and entry.revision.account.username,
            str(entry.kind),
            entry.revision.reason,
            changes_of(entry),
            [(str(row.kind), row.what, changes_of(row)) for row in entry.rows],
        )
        for entry in entries(client, record)
    ]


def restore(client, record, number, row=None):
    """Press the button that brings the record, or a row of it, back to its revision of this number."""
    if row is None:
        return client.post(address(type(record), "restore", record.pk, number), follow=True)
    page = address(type(record), "restore_row", record.pk, number, row._meta.label_lower, row.pk)
    return client.post(page, follow=True)


def test_the_history_names_fields_values_and_people_in_words(editor):
    agreement = make_agreement(state="draft", title="Old", themes=["cloud"])
    change(editor, agreement, title="New", binding="binding", _step="review", validity="P36M")
    change(editor, agreement, themes=[make_theme("cloud").pk, make_theme("skills").pk])
    assert lines(editor, agreement) == [
        ("editor", "changed", "", [("Themes", "cloud", "cloud, skills")], []),
        (
            "editor",
            "changed",
            "",
            [
                ("State", "draft", "in review"),
                ("Title", "Old", "New"),
                ("Binding intent", "unstated", "binding"),
                ("Valid for", "–", "P36M"),
            ],
            [],
        ),
        (None, "added", "", [], []),
    ]


def test_the_history_shows_yes_and_no_dates_and_the_names_of_records_that_are_gone(editor):
    agreement = make_agreement(state="draft", themes=["cloud"])
    change(editor, agreement, renews_automatically="false")
    change(editor, agreement, themes=[])
    make_theme("cloud", name="Clouds").delete()
    found = [entry[3] for entry in lines(editor, agreement)]
    assert found[:2] == [[("Themes", "cloud", "–")], [("Renews automatically", "–", "no")]]


def test_the_history_of_a_meeting_shows_its_rows_and_their_rows(editor):
    meeting = make_meeting(delegations=(), state="draft")
    with one_change():
        delegation = Delegation.objects.create(meeting=meeting, country=make_country("PAK"))
        delegate = Delegate.objects.create(delegation=delegation, person=make_person("Haroon"), office="Minister")
    page = address(Meeting, "change", meeting.pk)
    data = shown(editor.get(page))
    fill_row(data, "delegations", 0, role="observer", head_office="Special Assistant")
    assert editor.post(page, data).status_code == 302
    delegate.delete()
    delegate_changes = [("Office at that time", "Minister", "Special Assistant")]
    assert lines(editor, meeting)[:3] == [
        (None, "changed", "", [], [("removed", f"delegate: {delegate}", [])]),
        (
            "editor",
            "changed",
            "",
            [],
            [
                ("changed", "delegation: Pakistan", [("Role", "party", "observer")]),
                ("changed", f"delegate: {delegate}", delegate_changes),
            ],
        ),
        (None, "changed", "", [], [("added", "delegation: Pakistan", []), ("added", f"delegate: {delegate}", [])]),
    ]


def test_the_history_of_a_row_with_a_page_of_its_own_is_that_of_its_record(editor):
    meeting = make_meeting(("PAK",))
    response = editor.get(address(Delegation, "history", meeting.delegations.get().pk))
    assert response["Location"] == address(Meeting, "history", meeting.pk)
    assert editor.get(address(Delegation, "history", 9999)).status_code == 404


def test_the_history_tells_of_nothing_that_only_followed(editor):
    meeting = make_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(reference="MTG-9999")
    meeting.refresh_from_db()
    meeting.save()
    assert [each.is_editorial for each in Revision.objects.of(meeting).order_by("number")] == [True, False]
    assert [entry.kind for entry in entries(editor, meeting)] == ["added"]


def test_a_long_history_comes_in_pages_of_which_each_knows_what_was_before(editor):
    country = make_country("PAK", name="Name 0")
    for number in range(1, 30):
        country.name = f"Name {number}"
        country.save()
    first, second = entries(editor, country), entries(editor, country, "?p=2")
    assert (len(first), len(second)) == (25, 5)
    assert changes_of(first[-1]) == [("Name", "Name 4", "Name 5")]
    assert [str(entry.kind) for entry in second] == ["changed"] * 4 + ["added"]
    assert entries(editor, country, "?p=x") == first


def test_the_history_asks_as_often_for_many_changes_as_for_few(editor, django_assert_num_queries):
    agreement = make_agreement(state="draft")
    change(editor, agreement, themes=[make_theme("cloud").pk], title="Title")
    page = address(Agreement, "history", agreement.pk)
    editor.get(page)
    with django_assert_num_queries(10):
        editor.get(page)
    for number in range(5):
        change(editor, agreement, themes=[make_theme(f"theme-{number}").pk], title=f"Title {number}")
    with django_assert_num_queries(10):
        editor.get(page)


# One revision


def test_a_revision_is_read_with_its_rows_as_they_were(editor):
    agreement = make_agreement(("PAK",), state="draft", title="Right", renews_automatically=True)
    agreement.parties.get().delete()
    change(editor, agreement, title="Wrong")
    response = editor.get(address(Agreement, "revision", agreement.pk, 1))
    assert response.context["title"] == f"{agreement.reference} Right"
    values = {field: str(value) for field, value in response.context["values"]}
    assert (values["Title"], values["Type"], values["Renews automatically"]) == (
        "Right",
        "memorandum of understanding",
        "yes",
    )
    rows = {kind: [row for row, _values in rows] for kind, rows in response.context["kinds_of_rows"]}
    assert rows["Parties"] == ["Pakistan"]
    assert [response.context[name] for name in ("may_restore", "is_present")] == [True, False]
    assert editor.get(address(Agreement, "revision", agreement.pk, 3)).context["is_present"]
    assert editor.get(address(Agreement, "revision", agreement.pk, 4)).status_code == 404


def test_the_account_of_a_person_is_seen_by_those_alone_who_see_accounts(editor, administrator):
    person = make_person(user=make_user("ayesha"))
    person.user = None
    person.save()
    for client, expected in ((editor, []), (administrator, [("Account", "ayesha", "–")])):
        assert changes_of(entries(client, person)[0]) == expected
        response = client.get(address(Person, "revision", person.pk, 1))
        assert ("Account" in dict(response.context["values"])) is bool(expected)


# Back to a revision


def test_a_revision_can_be_brought_back_with_its_rows(editor):
    agreement = make_agreement(("PAK",), state="draft", title="Right")
    party = agreement.parties.get()
    agreement.parties.get().delete()
    AgreementParty.objects.create(agreement=agreement, words="enterprises")
    change(editor, agreement, title="Wrong", themes=[make_theme("cloud").pk])
    response = restore(editor, agreement, 1)
    assert messages(response)[-1] == f"“{agreement.reference} Right” has been restored."
    agreement.refresh_from_db()
    assert (agreement.title, list(agreement.parties.all()), list(agreement.themes.all())) == ("Right", [party], [])
    assert list(agreement.countries.all()) == [make_country("PAK")]
    assert lines(editor, agreement)[0] == (
        "editor",
        "changed",
        "brought back to what it said before",
        [("Title", "Wrong", "Right"), ("Themes", "cloud", "–")],
        [("added", "party: Pakistan", []), ("removed", "party: enterprises", [])],
    )


def test_going_back_does_not_take_back_the_publication(reviewer):
    agreement = make_agreement(state="draft", title="Right")
    agreement.state, agreement.title = "published", "Wrong"
    agreement.save()
    restore(reviewer, agreement, 1)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.title) == ("published", "Right")


def test_going_back_does_not_publish(reviewer):
    agreement = make_agreement(title="Right")
    agreement.state, agreement.title = "withdrawn", "Wrong"
    agreement.save()
    restore(reviewer, agreement, 1)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.title) == ("withdrawn", "Right")


def test_what_is_published_does_not_go_back_to_when_it_had_no_source(reviewer):
    agreement = make_agreement(state="draft", cited=False)
    with one_change():
        agreement.citations.create(source_id=make_agreement().citations.get().source_id)
        agreement.state = "published"
        agreement.save()
    assert messages(restore(reviewer, agreement, 1))[-1] == str(NO_CITATION)
    assert (agreement.citations.count(), Revision.objects.of(agreement).count()) == (1, 2)


def test_an_editor_brings_back_a_revision_of_a_published_record_by_a_proposal_alone(editor):
    agreement = make_agreement(state="draft", title="Right")
    agreement.state, agreement.title = "published", "Also right"
    agreement.save()
    assert editor.get(address(Agreement, "revision", agreement.pk, 1)).context["may_restore"] is True
    restore(editor, agreement, 1)
    agreement.refresh_from_db()
    assert (agreement.title, ProposedChange.objects.get().values["title"]) == ("Also right", ["Right"])


def test_what_the_rules_of_today_forbid_is_not_brought_back(editor):
    country = make_country("PAK", name="Pakistan")
    country.name = "Islamic Republic of Pakistan"
    country.save()
    make_country("CHN", name="Pakistan")
    assert messages(restore(editor, country, 1))[-1] == "Country with this Name already exists."
    country.refresh_from_db()
    assert country.name == "Islamic Republic of Pakistan"


def test_what_pointed_at_a_record_that_is_gone_is_not_brought_back(editor):
    agreement = make_agreement(state="draft", themes=["cloud"])
    theme = make_theme("cloud")
    change(editor, agreement, themes=[])
    number = theme.pk
    theme.delete()
    assert messages(restore(editor, agreement, 1))[-1] == f"theme instance with id {number} is not a valid choice."
    assert Revision.objects.of(agreement).count() == 2


def test_rows_that_moved_up_by_one_come_back_in_their_order(editor):
    meeting = make_meeting(state="draft")
    with one_change():
        items = [AgendaItem.objects.create(meeting=meeting, number=n, title=f"Item {n}") for n in (1, 2, 3)]
    items[0].delete()
    for item in items[1:]:
        item.number -= 1
        item.save()
    restore(editor, meeting, 2)
    assert list(meeting.agenda.values_list("number", "title")) == [(1, "Item 1"), (2, "Item 2"), (3, "Item 3")]


def test_what_the_form_does_not_offer_stays_as_it_is(editor, administrator):
    user = make_user("ayesha")
    person = make_person("Aisha", user=user)
    person.name, person.user = "Ayesha", None
    person.save()
    for client, expected in ((editor, None), (administrator, user)):
        restore(client, person, 1)
        person.refresh_from_db()
        assert (person.name, person.user) == ("Aisha", expected)


# Back to a row


def test_a_removed_row_can_be_brought_back(editor):
    agreement = make_agreement(("PAK",), state="draft")
    party = agreement.parties.get()
    agreement.parties.get().delete()
    (row,) = entries(editor, agreement)[0].rows
    assert (row.kind, row.number, row.is_present) == ("removed", 1, False)
    assert messages(restore(editor, agreement, row.number, party))[-1] == "“Pakistan” has been restored."
    assert list(agreement.countries.all()) == [make_country("PAK")]
    assert [row.is_present for row in entries(editor, agreement)[0].rows] == [True]


def test_a_changed_row_can_be_brought_back_alone(editor):
    person = make_person("Ayesha")
    absence = Absence.objects.create(person=person, starts="2026-12-01", ends="2026-12-10")
    absence.ends = "2026-12-24"
    absence.save()
    person.name = "Aisha"
    person.save()
    restore(editor, person, 2, absence)
    absence.refresh_from_db()
    person.refresh_from_db()
    assert (str(absence.ends), person.name) == ("2026-12-10", "Aisha")


def test_a_row_that_another_took_the_place_of_is_not_brought_back_twice(editor):
    agreement = make_agreement(("PAK",), state="draft")
    removed = agreement.parties.get()
    agreement.parties.get().delete()
    AgreementParty.objects.create(agreement=agreement, country=make_country("PAK"))
    response = restore(editor, agreement, 1, removed)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert agreement.parties.count() == 1


@pytest.mark.parametrize(("method", "roles", "status"), [("get", ["reviewer"], 405), ("post", [], 403)])
def test_bringing_back_needs_a_post_by_somebody_who_may_change_such_records(db, method, roles, status):
    client = logged_in(make_user("somebody", *roles))
    agreement = make_agreement(("PAK",))
    party = agreement.parties.get()
    agreement.parties.get().delete()
    whole = address(Agreement, "restore", agreement.pk, 1)
    row = address(Agreement, "restore_row", agreement.pk, 1, "agreements.agreementparty", party.pk)
    assert [getattr(client, method)(page).status_code for page in (whole, row)] == [status] * 2
    assert agreement.parties.count() == 0


def test_the_row_of_another_record_cannot_be_brought_back_here(reviewer):
    agreement, other = make_agreement(("PAK",)), make_agreement(("CHN",))
    assert restore(reviewer, agreement, 1, other.parties.get()).status_code == 404
    assert restore(reviewer, agreement, 1, other).status_code == 404


# What was removed


def test_the_history_of_a_deleted_record_can_still_be_read_and_the_record_brought_back(administrator):
    country = make_country("UZB")
    number = country.pk
    Country.objects.get(pk=number).delete()
    assert [str(entry.kind) for entry in entries(administrator, country)] == ["removed", "added"]
    response = administrator.get(address(Country, "revision", number, 1))
    assert dict(response.context["values"])["Name"] == "Uzbekistan"
    assert administrator.get(address(Country, "revision", number, 2)).status_code == 404
    restore(administrator, country, 1)
    assert Country.objects.get(pk=number).name == "Uzbekistan"
    assert [str(entry.kind) for entry in entries(administrator, country)] == ["added", "removed", "added"]


def test_a_deleted_record_comes_back_as_a_draft_under_its_reference_with_its_rows(administrator):
    agreement = make_agreement(("PAK",))
    Agreement.objects.get(pk=agreement.pk).delete()
    restore(administrator, agreement, 1)
    back = Agreement.objects.get()
    assert (back.pk, back.reference, back.state) == (agreement.pk, agreement.reference, "draft")
    assert (list(back.countries.all()), back.citations.count()) == ([make_country("PAK")], 1)


def test_the_history_of_what_never_was_is_not_found(administrator):
    for page in ("history", "revision", "restore"):
        arguments = [9999] if page == "history" else [9999, 1]
        method = administrator.post if page == "restore" else administrator.get
        assert method(address(Country, page, *arguments)).status_code == 404
