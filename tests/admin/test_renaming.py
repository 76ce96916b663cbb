"""A record is renamed as of a day, and keeps what it was called."""

import pytest

from agreements.models import Organisation, Person, Theme, WorkingGroup
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, errors, messages, shown
from tests.admin.proposing import act
from tests.factories import make_organisation, make_person, make_theme, make_working_group
from tracker.records.admin.seen import CHANGED_MEANWHILE
from tracker.records.models import ProposedChange, Publishable, Revision, SlugAlias

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return make_organisation("moit", name="Ministry of IT", abbreviation="MoIT")


def sent(**fields):
    return {"name": "Ministry of Digital Affairs", "abbreviation": "MoDA", "_renamed_on": "1 March 2024"} | fields


def test_form_leads_to_it_for_who_may_change_the_record_or_propose_to(reviewer, editor, ministry):
    page, renaming = address(Organisation, "change", ministry.pk), address(Organisation, "rename", ministry.pk)
    assert [client.get(page).context["rename_url"] for client in (reviewer, editor)] == [renaming] * 2
    assert logged_in(make_user("outsider")).post(renaming, sent()).status_code == 403


@pytest.mark.parametrize("is_strict", [True, False])
def test_public_name_is_changed_by_a_proposal_of_who_may_not_change_it_at_once(
    editor, reviewer, settings, ministry, is_strict
):
    settings.FOUR_EYES_CHANGES = is_strict
    author = logged_in(make_user("second", "reviewer")) if is_strict else editor
    page = address(Organisation, "rename", ministry.pk)
    assert author.get(page).context["is_proposed"] is True
    answer = author.post(page, sent(_new_slug="on"))
    proposal = ProposedChange.objects.get()
    assert answer["Location"] == address(ProposedChange, "change", proposal.pk)
    assert (Organisation.objects.get().name, SlugAlias.objects.count()) == ("Ministry of IT", 0)
    assert proposal.title == str(ministry)
    assert messages(act(reviewer, proposal, "switch")) == ["Switched: what was proposed is now what the record says."]
    ministry.refresh_from_db()
    assert (ministry.name, ministry.slug) == ("Ministry of Digital Affairs", "ministry-of-digital-affairs")
    assert list(ministry.names.values_list("name", "used_until")) == [("Ministry of IT", "2024-03-01")]


def test_working_group_is_renamed_by_a_proposal_with_its_stage(editor, reviewer):
    group = make_working_group("group", name="Group")
    editor.post(address(WorkingGroup, "rename", group.pk), sent())
    act(reviewer, ProposedChange.objects.get(), "switch")
    group.refresh_from_db()
    assert (group.name, group.names.get().name) == ("Ministry of Digital Affairs", "Group")
    assert list(group.stages.values_list("stage", "on")) == [("renamed", "2024-03-01")]


def test_former_name_is_kept_with_its_time(reviewer, ministry):
    page = reviewer.post(address(Organisation, "rename", ministry.pk), sent(), follow=True)
    ministry.refresh_from_db()
    assert messages(page) == ["It is called “Ministry of Digital Affairs” from now on."]
    assert (ministry.name, ministry.abbreviation, ministry.slug) == ("Ministry of Digital Affairs", "MoDA", "moit")
    assert list(ministry.names.values_list("name", "abbreviation", "used_from", "used_until")) == [
        ("Ministry of IT", "MoIT", "", "2024-03-01")
    ]
    last = Revision.objects.of(ministry).newest_first()[0]
    assert (last.reason, last.account) == ("renamed", reviewer.user)


def test_new_address_leaves_the_old_one_leading_to_it(reviewer, client, ministry):
    reviewer.post(address(Organisation, "rename", ministry.pk), sent(_new_slug="on"))
    ministry.refresh_from_db()
    assert ministry.slug == "ministry-of-digital-affairs"
    assert client.get("/organisations/moit/")["Location"] == "/organisations/ministry-of-digital-affairs/"


def test_new_address_that_another_has_or_had_gets_a_number(reviewer, ministry):
    other = make_organisation("ministry-of-digital-affairs")
    other.slug = "other"
    other.save()
    reviewer.post(address(Organisation, "rename", ministry.pk), sent(_new_slug="on"))
    ministry.refresh_from_db()
    assert ministry.slug == "ministry-of-digital-affairs-2"


@pytest.mark.parametrize(("slug", "made"), [("", ["moit-2"]), ("moit", [])])
def test_address_that_leads_to_a_renamed_record_is_given_to_no_other(reviewer, client, ministry, slug, made):
    reviewer.post(address(Organisation, "rename", ministry.pk), sent(_new_slug="on"))
    page = address(Organisation, "add")
    data = shown(reviewer.get(page)) | {"name": "MoIT", "kind": "ministry", "slug": slug}
    response = reviewer.post(page, data)
    if not made:
        assert errors(response) == ["Another record had this address: it leads there for good. Choose another one."]
    assert [each.slug for each in Organisation.objects.exclude(pk=ministry.pk)] == made
    assert client.get("/organisations/moit/")["Location"] == "/organisations/ministry-of-digital-affairs/"


def test_former_address_of_its_own_is_taken_up_again(reviewer, ministry):
    reviewer.post(address(Organisation, "rename", ministry.pk), sent(_new_slug="on"))
    page = address(Organisation, "change", ministry.pk)
    assert reviewer.post(page, shown(reviewer.get(page)) | {"slug": "moit"}).status_code == 302
    ministry.refresh_from_db()
    assert ministry.slug == "moit"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": "Ministry of IT"}, ["So it is called already: write the new name."]),
        ({"name": ""}, ["This field is required."]),
        ({"_renamed_on": ""}, ["This field is required."]),
        ({"_renamed_on": "2040"}, ["That day has not come yet."]),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_changes_nothing(reviewer, ministry, fields, expected):
    page = reviewer.post(address(Organisation, "rename", ministry.pk), sent(**fields))
    found = [str(text) for texts in page.context["form"].errors.values() for text in texts]
    ministry.refresh_from_db()
    assert (found, ministry.name, ministry.names.count()) == (expected, "Ministry of IT", 0)


def test_name_that_another_theme_has_is_refused_and_what_was_typed_stays(reviewer):
    make_theme("cloud")
    theme = make_theme("data")
    page = reviewer.post(address(Theme, "rename", theme.pk), {"name": "cloud"})
    theme.refresh_from_db()
    assert (theme.name, theme.other_names, page.context["form"]["name"].value()) == ("data", "", "cloud")
    assert [str(each) for each in page.context["form"].non_field_errors()] == ["Theme with this Name already exists."]


def test_person_and_theme_keep_the_former_name_as_a_line(reviewer):
    person, theme = make_person("Haroon Khan", other_names="H. Khan"), make_theme("data")
    reviewer.post(address(Person, "rename", person.pk), {"name": "Haroon Akhtar Khan", "family_name": "Khan"})
    reviewer.post(address(Theme, "rename", theme.pk), {"name": "Data governance"})
    person.refresh_from_db()
    theme.refresh_from_db()
    assert (person.name, person.other_names) == ("Haroon Akhtar Khan", "H. Khan\nHaroon Khan")
    assert (theme.name, theme.other_names) == ("Data governance", "data")


def test_working_group_has_its_renaming_among_its_stages(reviewer):
    group = WorkingGroup.objects.create(slug="group", name="Group", state=Publishable.State.PUBLISHED)
    group.stages.create(stage="active", on="2020")
    reviewer.post(address(WorkingGroup, "rename", group.pk), sent())
    group.refresh_from_db()
    assert list(group.stages.values_list("stage", "on")) == [("active", "2020"), ("renamed", "2024-03-01")]
    assert (group.stage, group.names.get().name) == ("active", "Group")


def test_renaming_after_a_colleague_changed_the_record_keeps_what_was_typed(reviewer, ministry):
    page = address(Organisation, "rename", ministry.pk)
    seen = reviewer.get(page).context["seen"]
    ministry.seat = "Lahore"
    ministry.save()
    answer = reviewer.post(page, sent(_seen=seen))
    assert (answer.status_code, messages(answer)) == (409, [str(CHANGED_MEANWHILE)])
    assert answer.context["form"]["name"].value() == "Ministry of Digital Affairs"
    assert reviewer.post(page, sent(_seen=answer.context["seen"])).status_code == 302
    ministry.refresh_from_db()
    assert (ministry.name, ministry.seat) == ("Ministry of Digital Affairs", "Lahore")


def test_record_that_is_not_there_has_no_such_page(reviewer):
    assert reviewer.get(address(Organisation, "rename", 9)).status_code == 404
