"""Lists of the desk whose address cannot be read: they say what of it, and show no record in place of others."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.urls import reverse

from meetings.admin.commitment import CommitmentAdmin
from tests.admin.desk import address
from tests.factories import make_commitment, make_meeting, make_theme
from tracker.records.admin.unread import NO_FILTER, NO_RECORD, NO_VALUE, ReadList
from tracker.records.models import SavedView

pytestmark = pytest.mark.django_db
LIST = reverse("admin:meetings_commitment_changelist")
# Rooms below that of the lists.
BELOW = {"accounts", "auth"}


def opened(client, query, there=LIST):
    response = client.get(f"{there}?{query}")
    assert response.status_code == 200
    return response.context["cl"]


def unread(client, query, there=LIST):
    """``{parameter: why}``; where there is one, no record is shown."""
    shown = opened(client, query, there)
    assert not shown.unread or not shown.queryset.exists()
    return {part.name: part.why for part in shown.unread}


def words(response):
    return " ".join(re.sub("<[^>]+>", "", response.content.decode()).split())


@pytest.fixture
def late():
    make_commitment()
    return make_commitment(due="2020", themes=["ports"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gone__exact=1", {"gone__exact": NO_FILTER}),
        ("todo=nonsense", {"todo": NO_VALUE}),
        ("state__exact=nonsense", {"state__exact": NO_VALUE}),
        ("themes__id__exact=999999", {"themes__id__exact": NO_RECORD}),
        ("forum__id__exact=999999", {"forum__id__exact": NO_VALUE}),
        ("schedule=overdue&standing=weak", {"standing": NO_VALUE}),
        ("gone=1&todo=nonsense&schedule=overdue", {"gone": NO_FILTER, "todo": NO_VALUE}),
        ("meeting__id__exact=999999", {"meeting__id__exact": NO_RECORD}),
        ("schedule=overdue&q=x&o=-1&p=3", {}),
        ("", {}),
    ],
)
def test_list_names_what_of_its_address_it_cannot_read(editor, late, query, expected):
    make_commitment(themes=["roads"])
    assert unread(editor, query) == expected


def test_theme_that_was_deleted_is_missed_though_no_other_is_left_to_choose(editor, late):
    theme = make_theme("ports").pk
    late.themes.clear()
    make_theme("ports").delete()
    assert unread(editor, f"themes__id__exact={theme}") == {"themes__id__exact": NO_VALUE}


def test_view_that_cannot_be_read_says_so_and_stays_as_it_was_saved(editor, late):
    query = "standing=weak&todo=overdue"
    SavedView.objects.create(account=editor.user, kind="meetings.commitment", name="Old", query=query)
    response = editor.get(f"{LIST}?{query}")
    assert (
        "The view “Old” cannot be read as it was saved. Standing: weak – the filter has no such value "
        "No record is shown, as another list could be taken for the one that was asked for. "
        "The view stays as it was saved until you remove it. Show the list without what cannot be read"
    ) in words(response)
    assert 'href="?todo=overdue"' in response.content.decode()
    assert "Remove the view “Old”" in words(response)
    assert SavedView.objects.get().query == query
    assert list(opened(editor, "todo=overdue").queryset) == [late]


def test_view_by_a_look_up_that_is_no_longer_allowed_says_so_and_a_crafted_one_is_refused(editor, late):
    query = "meeting__title__contains=x"
    assert editor.get(f"{LIST}?{query}").status_code == 400
    SavedView.objects.create(account=editor.user, kind="meetings.commitment", name="Old", query=query)
    assert unread(editor, query) == {"meeting__title__contains": NO_VALUE}


def test_list_that_cannot_be_read_is_not_kept_as_a_view_and_gives_no_files(editor, late):
    page = words(editor.get(f"{LIST}?todo=nonsense"))
    assert "The address of this list cannot be read as it stands. To do: nonsense –" in page
    assert [text for text in ("Keep this view …", "CSV") if text in page] == []


def test_address_to_which_one_that_could_not_be_read_led_says_that_it_is_the_whole_list(editor, late):
    shown = editor.get(f"{LIST}?e=1")
    assert "The address of this list could not be read: this is the whole list." in words(shown)
    assert shown.context["cl"].queryset.count() == 2


def test_page_that_is_no_more_is_the_first_with_the_same_filters(editor, late, monkeypatch):
    monkeypatch.setattr(CommitmentAdmin, "list_per_page", 1)
    make_commitment(due="2020")
    shown = opened(editor, "schedule=overdue&o=2&p=7")
    assert ([each.schedule for each in shown.result_list], shown.page_num, shown.unread) == (["overdue"], 1, [])


def filters():
    """Each list with each filter that has values of its own."""
    for model, desk in admin.site._registry.items():
        for each in desk.list_filter:
            if isinstance(each, type) and issubclass(each, SimpleListFilter):
                yield model, each.parameter_name


@pytest.mark.parametrize(("model", "parameter"), sorted(filters(), key=str))
def test_no_filter_of_the_desk_takes_a_value_that_it_does_not_know_for_none(superuser, model, parameter):
    make_meeting()
    assert list(unread(superuser, f"{parameter}=77777777", address(model, "changelist"))) == [parameter]


def test_every_list_of_the_desk_says_what_it_cannot_read(rf, superuser):
    request = rf.get("/")
    request.user = superuser.user
    lists = {model: desk.get_changelist(request) for model, desk in admin.site._registry.items()}
    others = {model._meta.app_label for model, each in lists.items() if not issubclass(each, ReadList)}
    assert others <= BELOW
