"""The roles as groups: editors prepare, reviewers publish, administrators do both and see to accounts and mail."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from meetings.models import FollowUpHold, FollowUpPolicy, ProgressUpdate
from tracker.records.models import (
    Comment,
    Merger,
    ProposedChange,
    Publishable,
    Revision,
    Row,
    SavedView,
    SearchEntry,
    SentForm,
    Shared,
    Versioned,
)

pytestmark = pytest.mark.django_db

CONTENT = ("records", "agreements", "meetings")
READ_ONLY = {"reminder", "agreementstatusperiod", "dataversion", "referencecounter", "slugalias"}
ACTIONS = ("view", "add", "change", "delete", "publish")


def models_of_content():
    """Those that somebody has rights to: comments, entries, revisions, sent and proposed forms belong to what they are
    of, and saved views to an account."""
    without = (Comment, ProposedChange, Revision, SavedView, SearchEntry, SentForm)
    return [model for model in apps.get_models() if model._meta.app_label in CONTENT and model not in without]


def kind_of(model):
    if model._meta.model_name in READ_ONLY:
        return "read only"
    if model in (FollowUpHold, FollowUpPolicy):
        return "hold"
    if model is Merger:
        return "merger"
    if issubclass(model, Shared):
        return "shared"
    if issubclass(model, Publishable) or model is ProgressUpdate:
        return "published"
    return "row" if issubclass(model, Row) else "other"


def in_role(role):
    user = get_user_model().objects.create_user(role, f"{role}@example.org", "x", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


EDITOR = {
    "published": {"view", "add", "change"},
    "row": {"view", "add", "change", "delete"},
    "other": {"view", "add", "change", "delete"},
    "shared": {"view", "add", "change", "delete"},
    "hold": {"view"},
    "read only": {"view"},
    "merger": {"view"},
}
REVIEWER = EDITOR | {
    "published": {"view", "add", "change", "publish"},
    "shared": set(ACTIONS),
    "hold": {"view", "add", "change", "delete"},
    "merger": {"view", "add", "change"},
}
EVERYTHING = {
    "published": set(ACTIONS),
    "row": set(ACTIONS[:-1]),
    "other": set(ACTIONS[:-1]),
    "shared": set(ACTIONS),
    "hold": set(ACTIONS[:-1]),
    "read only": set(ACTIONS[:-1]),
    "merger": {"view", "add", "change"},
}
MATRIX = {"editor": EDITOR, "reviewer": REVIEWER, "administrator": EVERYTHING}


@pytest.mark.parametrize("role", MATRIX)
def test_role_may_do_with_each_kind_of_row_what_the_matrix_says(role):
    user = in_role(role)
    found = {
        model._meta.label: {
            action for action in ACTIONS if user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
        }
        for model in models_of_content()
    }
    assert found == {model._meta.label: MATRIX[role][kind_of(model)] for model in models_of_content()}


def test_what_revisions_hold_is_seen_and_brought_back_by_who_may_see_and_change_the_record():
    assert list(Permission.objects.filter(content_type__model="revision")) == []


def test_roles_are_three():
    assert sorted(Group.objects.values_list("name", flat=True)) == ["administrator", "editor", "reviewer"]


@pytest.mark.parametrize("role", ["editor", "reviewer"])
@pytest.mark.parametrize("permission", ["accounts.view_user", "accounts.change_user", "mail.view_delivery"])
def test_accounts_and_mail_are_the_administrator_s_alone(role, permission):
    assert not in_role(role).has_perm(permission)
    assert in_role("administrator").has_perm(permission)


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_nobody_but_administrators_holds_a_permission_outside_of_content_and_what_readers_send(role):
    held = Permission.objects.filter(group__name=role)
    assert set(held.values_list("content_type__app_label", flat=True)) == {*CONTENT, "site"}
    outside = held.filter(content_type__app_label="site").values_list("codename", flat=True)
    assert set(outside) == {"view_errorreport", "change_errorreport", "view_subscription"}


def test_account_without_a_role_may_do_nothing():
    user = get_user_model().objects.create_user("guest", "guest@example.org", "x", is_staff=True)
    assert user.get_all_permissions() == set()


def test_publishing_is_a_permission_of_everything_that_has_a_state_or_is_shared():
    found = Permission.objects.filter(codename__startswith="publish_").values_list("content_type__model", flat=True)
    expected = [m._meta.model_name for m in models_of_content() if kind_of(m) in ("published", "shared")]
    assert sorted(found) == sorted(expected)


def test_every_row_of_content_keeps_its_history_unless_it_is_only_read():
    without = [m._meta.model_name for m in models_of_content() if not issubclass(m, Versioned)]
    assert sorted(without) == sorted([*READ_ONLY, "merger"])
