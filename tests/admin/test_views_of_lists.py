"""Views of a list: those that each list declares, and those that an editor keeps for himself."""

from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from meetings.models import Commitment
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, messages
from tests.factories import make_commitment, make_forum, make_meeting
from tracker.records.admin import ListView, RecordAdmin
from tracker.records.models import SavedView
from tracker.records.models.saved_view import MOST_OF_A_LIST

pytestmark = pytest.mark.django_db
LIST = reverse("admin:meetings_commitment_changelist")
KEEP = reverse("admin:meetings_commitment_keep_view")


def keep(client, name="Firm and late", query="schedule=overdue&standing=firm&p=2"):
    return client.post(KEEP, {"name": name, "query": query}, follow=True)


def tabs(client, query=""):
    """``{label: whether it is current}``"""
    return {str(tab.label): tab.is_current for tab in client.get(f"{LIST}{query}").context["cl"].tabs}


def declared():
    desks = [desk for desk in admin.site._registry.values() if isinstance(desk, RecordAdmin)]
    return [(desk.model, view) for desk in desks for view in desk.list_views]


@pytest.mark.parametrize(("model", "view"), declared(), ids=lambda each: getattr(each, "query", None))
def test_a_declared_view_is_one_that_its_list_can_show(superuser, model, view):
    response = superuser.get(f"{address(model, 'changelist')}?{view.query}")
    assert response.status_code == 200
    assert [tab.query for tab in response.context["cl"].tabs if tab.is_current] == [view.query]
    used = {name for spec in response.context["cl"].filter_specs for name in spec.used_parameters}
    assert used == {name for name, _mark, _value in [part.partition("=") for part in view.query.split("&")] if name}


def test_declared_views_are_many_and_each_list_has_one_for_all():
    views = declared()
    assert len(views) > 30
    models = {model for model, _view in views}
    assert {model for model, view in views if str(view.label) == "All"} == models
    assert {type(view) for _model, view in views} == {ListView}


def test_view_that_is_kept_stands_beside_the_others_and_shows_the_same(editor):
    late = make_commitment(due="2020")
    make_commitment(due="2020", strength="proposed")
    response = keep(editor)
    assert messages(response) == ["The view “Firm and late” is kept. Only you see it."]
    assert [tab.label for tab in response.context["cl"].tabs if tab.is_current] == ["Firm and late"]
    assert list(response.context["cl"].queryset) == [late]
    assert urlsplit(response.redirect_chain[0][0]).query == "schedule=overdue&standing=firm"
    assert tabs(editor)["Firm and late"] is False


def test_current_view_is_told_whatever_the_order_and_the_page(editor):
    keep(editor)
    current = {name for name, is_current in tabs(editor, "?standing=firm&p=1&schedule=overdue").items() if is_current}
    assert current == {"Firm and late"}


def test_list_that_is_no_view_can_be_kept_and_one_that_is_cannot(editor):
    assert "Keep this view …" in editor.get(f"{LIST}?standing=firm").content.decode()
    for query in ("", "?schedule=overdue", "?p=1"):
        assert "Keep this view …" not in editor.get(LIST + query).content.decode()


def test_view_belongs_to_one_account_and_one_list(editor, colleague):
    keep(editor)
    assert "Firm and late" not in tabs(colleague)
    page = editor.get(reverse("admin:meetings_meeting_changelist"))
    assert "Firm and late" not in {str(tab.label) for tab in page.context["cl"].tabs}
    view = SavedView.objects.get()
    forget = reverse("admin:meetings_commitment_forget_view", args=[view.pk])
    colleague.post(forget)
    editor.post(reverse("admin:meetings_meeting_forget_view", args=[view.pk]))
    assert SavedView.objects.get() == view
    response = editor.post(forget, follow=True)
    assert messages(response) == ["The view “Firm and late” is no longer kept. Nothing in the list was changed."]
    assert not SavedView.objects.exists()


def test_view_kept_again_under_its_name_takes_the_place_of_the_former(editor):
    keep(editor)
    keep(editor, query="standing=soft")
    assert [(view.name, view.query) for view in SavedView.objects.all()] == [("Firm and late", "standing=soft")]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_view_without_a_readable_name_is_not_kept_and_the_list_stays(editor, name):
    response = keep(editor, name=name)
    assert len(messages(response)) == 1 and not SavedView.objects.exists()
    assert urlsplit(response.redirect_chain[0][0]).query == "schedule=overdue&standing=firm"


def test_one_view_more_than_a_list_takes_is_refused(editor):
    for number in range(MOST_OF_A_LIST + 1):
        response = keep(editor, name=f"View {number}")
    refusal = f"This list has {MOST_OF_A_LIST} views of yours, and takes no more: remove one first."
    assert messages(response) == [refusal]
    assert SavedView.objects.count() == MOST_OF_A_LIST
    keep(editor, name="View 0", query="standing=soft")
    assert SavedView.objects.get(name="View 0").query == "standing=soft"


def test_views_are_for_those_who_may_see_the_list():
    stranger = logged_in(make_user("stranger"))
    assert stranger.post(KEEP, {"name": "x", "query": ""}).status_code == 403
    assert Client().post(KEEP, {"name": "x", "query": ""}).status_code == 302
    assert stranger.post(reverse("admin:meetings_commitment_forget_view", args=[1])).status_code == 403
    assert not SavedView.objects.exists()


def test_view_is_neither_kept_nor_forgotten_by_a_link(editor):
    keep(editor)
    assert editor.get(KEEP).status_code == 405
    forget = reverse("admin:meetings_commitment_forget_view", args=[SavedView.objects.get().pk])
    assert editor.get(forget).status_code == 405
    assert SavedView.objects.count() == 1


def test_standing_is_a_filter(editor):
    firm, soft = make_commitment(), make_commitment(strength="proposed")
    found = {query: list(editor.get(f"{LIST}?standing={query}").context["cl"].queryset) for query in ("firm", "soft")}
    assert found == {"firm": [firm], "soft": [soft]}
    assert Commitment.objects.count() == 2


def test_menu_of_a_relation_names_what_records_name_up_to_a_limit_and_what_is_chosen(editor, monkeypatch):
    forums = [make_forum(f"forum-{number}", name=f"Forum {number}") for number in range(4)]
    for forum in forums[1:]:
        make_commitment(meeting=make_meeting(forum=forum))
    there = f"{LIST}?forum__id__exact={forums[3].pk}"

    def menu():
        specs = editor.get(there).context["cl"].filter_specs
        spec = next(each for each in specs if getattr(each, "field_path", "") == "forum")
        return [label for _key, label in spec.lookup_choices], spec.has_more

    assert menu() == (["Forum 1", "Forum 2", "Forum 3"], False)
    monkeypatch.setattr("tracker.records.admin.lists.MOST_CHOICES", 2)
    assert menu() == (["Forum 3", "Forum 1"], True)
    assert "There are more: find them by the words of the search." in editor.get(there).content.decode()
