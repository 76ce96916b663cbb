"""People, organisations, groups and sources made by their name within the form of a meeting, when it is saved."""

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import expect

from agreements.models import Person, WorkingGroup
from meetings.models import Delegate, Meeting
from tests.admin.conftest import make_user
from tests.admin.desk import address, errors, fill_row, shown
from tests.admin.test_browser import log_in
from tests.factories import make_country, make_forum, make_organisation, make_person, make_source
from tracker.records.models import Revision, Source

MAY_BE = "There may be this one already: {}. Say below which you mean."


@pytest.fixture
def sides(db):
    return {"forum": make_forum("jec", members=["LKA", "PAK"]), "PAK": make_country("PAK"), "LKA": make_country("LKA")}


def form(client, sides, **fields):
    data = shown(client.get(address(Meeting, "add"))) | {"forum": sides["forum"].pk, "session_number": 13}
    data["held"] = "2021-09-23"
    fill_row(data, "delegations", 0, country=sides["PAK"])
    return data | fields


def test_new_names_become_records_in_the_change_that_saves_the_meeting(editor, sides):
    data = form(editor, sides, organisers=["new:Ministry of  IT"])
    data |= {"delegations-0-head": "new:Asad Umar", "citations-0-source": "new:https://example.org/1 A title"}
    fill_row(data, "outcomes", 0, kind="establishment", text="Set up", working_group="new:Group on IT")
    fill_row(data, "figures", 0, what="jobs", amount="5", unit="jobs", said_by="new: asad umar ")
    response = editor.post(address(Meeting, "add"), data)
    assert response.status_code == 302, errors(response)
    meeting, person = Meeting.objects.get(), Person.objects.get()
    source = Source.objects.get(url__contains="example.org/1")
    assert (person.name, person.slug, person.country) == ("Asad Umar", "asad-umar", sides["PAK"])
    assert (source.url, source.title, source.slug) == ("https://example.org/1", "A title", "a-title")
    assert source.evidence == "unstated"  # nobody said that it is a news report
    assert [each.name for each in meeting.organisers.all()] == ["Ministry of IT"]
    assert {each.state for each in meeting.organisers.all()} == {"draft"}
    group = WorkingGroup.objects.get()
    assert (group.name, group.forum, meeting.outcomes.get().working_group) == ("Group on IT", sides["forum"], group)
    assert [each.source for each in group.citations.all()] == [source]
    assert (Delegate.objects.get().person, meeting.figures.get().said_by) == (person, person)
    assert len({Revision.objects.of(each).latest("pk").data_version for each in (meeting, person, source, group)}) == 1


def test_nothing_is_made_where_the_form_is_refused(editor, sides):
    data = form(editor, sides, held="some day") | {"delegations-0-head": "new:Asad Umar"}
    response = editor.post(address(Meeting, "add"), data)
    assert (response.status_code, Person.objects.count(), Meeting.objects.count()) == (200, 0, 0)
    assert '<option value="new:Asad Umar" selected>“Asad Umar” (new)</option>' in response.content.decode()
    again = shown(response) | {"held": "2021-09-23"}
    assert editor.post(address(Meeting, "add"), again).status_code == 302
    assert Person.objects.get().name == "Asad Umar"


@pytest.mark.parametrize("name", ["ASAD ÚMAR", "Umar Asad", "Assad Umar", "A. Umar", "Asad Umar Khan"])
def test_twin_is_asked_about_and_what_is_said_holds(editor, sides, name):
    make_person("Ning Jizhe")
    twin = make_person("Asad Umar", other_names="A. Umar")
    data = form(editor, sides) | {"delegations-0-head": f"new:{name}"}
    refused = editor.post(address(Meeting, "add"), data)
    assert errors(refused) == [MAY_BE.format("Asad Umar")]
    assert f'name="delegations-0-head-meant" value="{twin.pk}"' in refused.content.decode()
    assert f'name="delegations-0-head-meant" value="another:{name}"' in refused.content.decode()
    chosen = data | {"delegations-0-head-meant": str(twin.pk)}
    assert editor.post(address(Meeting, "add"), chosen).status_code == 302
    assert (Delegate.objects.get().person, Person.objects.count()) == (twin, 2)
    another = data | {"delegations-0-head-meant": f"another:{name}", "session_number": 14, "_opened": ""}
    assert editor.post(address(Meeting, "add"), another).status_code == 302
    assert sorted(Person.objects.values_list("name", flat=True)) == sorted(["Ning Jizhe", "Asad Umar", name])


def test_old_names_count_and_several_are_asked_about_one_by_one(editor, sides):
    old = make_organisation("moitt", name="Ministry of IT and Telecom")
    old.names.create(name="Ministry of Science")
    data = form(editor, sides, organisers=["new:Ministry of Science", "new:Board of Investment"])
    refused = editor.post(address(Meeting, "add"), data)
    assert errors(refused) == [MAY_BE.format("Ministry of IT and Telecom")]
    assert editor.post(address(Meeting, "add"), data | {"organisers-meant": str(old.pk)}).status_code == 302
    names = {each.name for each in Meeting.objects.get().organisers.all()}
    assert names == {"Ministry of IT and Telecom", "Board of Investment"}


def test_document_at_the_same_address_is_never_made_twice(editor, sides):
    make_source(title="As printed", url="https://www.example.org/1/")
    for value in ("new:http://example.org/1 Another title", "another:https://example.org/1"):
        refused = editor.post(address(Meeting, "add"), form(editor, sides) | {"citations-0-source": value})
        assert errors(refused) == [MAY_BE.format("As printed")]
        assert 'name="citations-0-source-meant" value="another:' not in refused.content.decode()
    assert Source.objects.filter(url__contains="example.org/1").count() == 1


@pytest.mark.parametrize("field", ["delegations-0-country", "themes", "commitments-0-by"])
def test_kinds_that_a_name_does_not_make_refuse_it(editor, sides, field):
    data = form(editor, sides) | {field: ["new:Atlantis"], f"{field}-meant": "another:Atlantis"}
    data |= {"commitments-0-title": "Promise", "commitments-0-mutual": "on"}
    assert "It cannot be added here: choose one that exists." in errors(editor.post(address(Meeting, "add"), data))


def test_row_that_is_removed_makes_nobody(editor, sides):
    assert editor.post(address(Meeting, "add"), form(editor, sides)).status_code == 302
    link = address(Meeting, "change", Meeting.objects.get().pk)
    data = shown(editor.get(link)) | {"delegations-0-head": "new:Asad Umar", "delegations-0-DELETE": "on"}
    response = editor.post(link, data)
    assert response.status_code == 302, errors(response)
    assert (Person.objects.count(), Meeting.objects.get().delegations.count()) == (0, 0)


def test_who_may_not_add_such_a_record_cannot_make_it_by_its_name(editor, sides):
    data = form(editor, sides)
    editor.user.groups.clear()
    names = ("add_meeting", "view_meeting", "change_meeting", "add_delegation", "change_delegation", "view_delegation")
    editor.user.user_permissions.set(Permission.objects.filter(codename__in=names))
    refused = editor.post(address(Meeting, "add"), data | {"delegations-0-head": "new:Asad Umar"})
    assert errors(refused) == ["It cannot be added here: choose one that exists."]
    assert Person.objects.count() == 0


def test_without_a_script_a_typed_name_does_the_same(editor, sides):
    page = editor.get(address(Meeting, "add")).content.decode()
    assert '<input type="text" name="delegations-0-head-typed"' in page
    data = form(editor, sides) | {"delegations-0-head": "", "delegations-0-head-typed": "Asad Umar"}
    assert editor.post(address(Meeting, "add"), data).status_code == 302
    assert Person.objects.get().name == "Asad Umar"


@pytest.mark.django_db(transaction=True)
def test_search_box_offers_to_add_what_it_does_not_find(browser_page):
    make_user("editor", "editor")
    make_country("PAK"), make_forum("jec", name="Joint Economic Commission"), make_person("Asad Umar")
    page = browser_page
    log_in(page, "editor")
    page.goto("/admin/meetings/meeting/add/")
    page.locator("#id_delegations-0-head + .select2-container").click()
    searched = page.locator(".select2-container--open .select2-search__field").last
    # A blank, and what is typed and taken back, name nobody.
    for key in ("Space", "Backspace"):
        with page.expect_response("**/autocomplete/**"):
            searched.press(key)
    searched.press_sequentially("Asad")
    options = page.locator(".select2-results__option:not(.loading-results)")
    expect(options).to_have_text(["Asad Umar", "add “Asad”"])
    page.locator(".select2-container--open .select2-search__field").last.press_sequentially(" Aziz")
    expect(options).to_have_text(["add “Asad Aziz”"])
    page.keyboard.press("Enter")
    expect(page.locator("#id_delegations-0-head + .select2-container")).to_contain_text("“Asad Aziz” (new)")
    assert page.locator("#id_delegations-0-head").input_value() == "new:Asad Aziz"
    assert Person.objects.count() == 1
