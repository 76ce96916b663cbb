"""Who may open and send which page of the desk, for every kind of record in every state: the pages are those that the
desk itself has, so that a new one is refused here until somebody says who it is for."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from agreements.models import (
    AgreementEvent,
    Forum,
    Membership,
    Organisation,
    Person,
    Theme,
    WorkingGroup,
    WorkingGroupStage,
)
from meetings.models import (
    CommitmentFigure,
    Delegate,
    FollowUpHold,
    FollowUpPolicy,
    MeetingFigure,
    Reminder,
    ScheduleChange,
)
from meetings.models.focal_point import Appointment
from tests.admin.conftest import logged_in, make_user
from tests.admin.test_lists import ROWS
from tracker.accounts.models import User
from tracker.mail.models import Delivery, RefusedAddress
from tracker.records.models import Merger, ProposedChange, Publication, Shared, Source, one_change
from tracker.site.error_reports.models import ErrorReport
from tracker.site.subscriptions.models import Subscription

pytestmark = pytest.mark.usefixtures("undrawn")

State = Publication.State
LOCKED = (State.PUBLISHED, State.WITHDRAWN)
ROLES = ("anonymous", "reader", "editor", "reviewer", "administrator")
NOTHING: frozenset[str] = frozenset()
SEEN, EDITED = frozenset({"view"}), frozenset({"view", "add", "change", "delete"})
# Rows with a page for what sources claim of them: they come and go in the form of their record.
PARTS = (
    *(AgreementEvent, Membership, WorkingGroupStage),
    *(CommitmentFigure, Delegate, MeetingFigure, ScheduleChange),
)
# What each page asks for when it is opened, and when it is sent; None: it cannot be done so.
PAGES = {
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "delete": ("delete", "delete"),
    "history": ("view", "view"),
    "revision": ("view", "view"),
    "restore": (None, "propose"),
    "restore_row": (None, "propose"),
    "looked_again": (None, "change any"),
    "next_dates": ("view", None),
    "return": ("change any", "change any"),
    "extension": ("change", "change"),
    "tomorrow": ("view", None),
    "password_change": ("change", "change"),
    "merge": ("merge", "merge"),
    "undo": (None, "change"),
    "rename": ("propose", "propose"),
    "preview": ("view", None),
    "preview_page": ("view", None),
    "preview_changes": ("view", None),
    "since_return": ("view", None),
    "next_session": ("add", None),
    "reading": ("view", None),
    "points": (None, "view"),
    "list_file": ("view", "view"),
    "keep_view": (None, "view"),
    "forget_view": (None, "view"),
}
# What each list action asks for.
ACTIONS = {
    "delete_selected": "delete any",
    "send_to_review": "change any",
    "publish": "publish",
    "withdraw": "publish",
    "have_read": "publish",
    "set_aside": "publish",
    "looked_again": "change any",
    "return_with_question": "change any",
    "try_again": "steer",
    "hold": "steer",
    "release": "delete any",
    "send_invitation": "change any",
    "remove_second_factor": "change any",
    "close_without_answer": "change any",
    "merge_two": "merge",
    "publish_at_a_moment": "publish",
    "return_with_reason": "publish",
    "change_due": "change any",
    "change_focal_point": "change any",
    "change_themes": "change any",
}
# Of which the same may be entered twice.
MERGED = (Forum, Organisation, Person, Source, Theme, WorkingGroup)


def rights(role, model, record=None):
    """What a role may do with a record, or with records of its kind, in the words of ``PAGES`` and ``ACTIONS``."""
    if role in ("anonymous", "reader"):
        return NOTHING
    whole = _of_kind(role, model)
    found = set(whole) | {f"{name} any" for name in whole}
    if record is None:
        return found
    if "change" in whole:
        found |= {"propose"}
    if is_in_locked_state(record) and role == "editor":
        found -= {"change", "delete"}
    if isinstance(record, Shared) and record.is_in_public_use:
        # Of people the desk keeps what the public never reads.
        found -= {"delete"} | (
            {"change", "propose"} if role == "editor" and model._meta.model_name != "person" else NOTHING
        )
    if isinstance(record, FollowUpPolicy) and record.forum_id is None:
        found -= {"delete"}
    return found


def _of_kind(role, model):
    if model in (User, Delivery, RefusedAddress) or model._meta.app_label in ("auth", "accounts"):
        return _of_accounts_and_mail(role, model)
    if model in (ProposedChange, Reminder, Subscription):
        return SEEN
    if model is ErrorReport:
        return frozenset({"view", "change"} | ({"delete"} if role == "administrator" else NOTHING))
    if model in PARTS:
        return frozenset({"view", "change"})
    if model in (FollowUpHold, FollowUpPolicy):
        return SEEN if role == "editor" else EDITED
    if model is Merger:
        return SEEN if role == "editor" else frozenset({"view", "change"})
    publishing = {"publish"} if role != "editor" else NOTHING
    publishing |= {"merge"} if role != "editor" and model in MERGED else NOTHING
    if issubclass(model, Publication):
        return (EDITED if role == "administrator" else EDITED - {"delete"}) | publishing
    return EDITED | publishing


def _of_accounts_and_mail(role, model):
    if role != "administrator" or model is Group:
        return NOTHING
    if model is User:
        return EDITED
    if model is Delivery:
        return SEEN | {"steer"}
    return SEEN | {"delete"} if model is RefusedAddress else SEEN


def is_in_locked_state(record):
    """Who answers for what is the work of editors in every state; a row is locked with its record."""
    if isinstance(record, Appointment):
        return False
    owner = record if isinstance(record, Publication) else getattr(record, "main_record", record)
    return isinstance(owner, Publication) and owner.state in LOCKED


def pages(desk):
    """``[(page, way to its address)]`` of one kind of record."""
    start = f"{desk.opts.app_label}_{desk.opts.model_name}_"
    names = [pattern.name for pattern in desk.get_urls() if pattern.name]
    return [name.removeprefix(start) if name.startswith(start) else name.rpartition("_user_")[2] for name in names]


def address(desk, page, record):
    key = record.pk if record is not None else 1
    args = {
        **{name: [] for name in ("changelist", "add", "tomorrow", "return", "next_dates", "merge")},
        **{name: [] for name in ("next_session", "reading", "points", "keep_view")},
        "list_file": ["csv"],
        "forget_view": [1],
        "revision": [key, 1],
        "restore": [key, 1],
        "restore_row": [key, 1, "meetings.outcome", 1],
    }
    if page == "password_change":
        return reverse("admin:auth_user_password_change", args=[key])
    return reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_{page}", args=args.get(page, [key]))


def actions(desk):
    """The names of the acts of one list, with the changes of many records at once."""
    own = {name if isinstance(name, str) else name.__name__ for name in desk.actions or ()}
    return own | {kind.name for kind in getattr(desk, "bulk_changes", ())} | {"delete_selected"}


def needed_for(action, model):
    """To release a held message is to steer mail; a hold ends by being released, and in no other way."""
    if (action, model) == ("release", Delivery):
        return "steer"
    return "nothing" if (action, model) == ("delete_selected", FollowUpHold) else ACTIONS[action]


def verdict(response):
    if response.status_code == 302 and "/login/" in response["Location"]:
        return "log in"
    return "refused" if response.status_code == 403 else "let in"


DESKS = list(admin.site._registry.values())
MAKERS = dict(ROWS)


@pytest.fixture(scope="module")
def clients(starter_data):
    found = {"anonymous": Client(), "reader": logged_in(make_user("reader", is_staff=False))}
    return found | {role: logged_in(make_user(role, role)) for role in ROLES[2:]}


def records(desk):
    """One record in each state that its kind knows, and one in public use and one that is not."""
    model = desk.model
    record = model._base_manager.order_by("pk").first()
    if record is None and model in MAKERS:
        with one_change():
            MAKERS[model](77)
        record = model._base_manager.first()
    if record is None:
        return
    owner = record if isinstance(record, Publication) else getattr(record, "main_record", None)
    if isinstance(owner, Publication) and not isinstance(record, Shared):
        for state in State:
            type(owner)._base_manager.filter(pk=owner.pk).update(state=state)
            yield state.value, model._base_manager.get(pk=record.pk)
        return
    yield "as it is", record
    if issubclass(model, Shared):
        unused = next((each for each in model._base_manager.order_by("-pk") if not each.is_in_public_use), None)
        if unused is not None:
            yield "unused", unused


def test_every_page_and_action_of_the_desk_has_its_rule():
    found = {page for desk in DESKS for page in pages(desk)}
    assert found == PAGES.keys()
    assert {name for desk in DESKS for name in actions(desk)} == ACTIONS.keys()


@pytest.mark.parametrize("desk", DESKS, ids=[desk.model.__name__ for desk in DESKS])
def test_each_page_lets_in_whom_its_rule_names(clients, desk):
    wrong = []
    for state, record in records(desk):
        for role, client in clients.items():
            for page in pages(desk):
                for method, needed in zip(("get", "post"), PAGES[page], strict=True):
                    if needed is None:
                        continue
                    # The due date that moves is that of the commitment.
                    of = record.commitment if page == "extension" else record
                    may = needed in rights(role, type(of), of)
                    expected = "let in" if may else "log in" if role in ("anonymous", "reader") else "refused"
                    found = verdict(getattr(client, method)(address(desk, page, record)))
                    if found != expected:
                        wrong.append((state, role, method, page, found))
    assert wrong == []


@pytest.mark.parametrize("desk", DESKS, ids=[desk.model.__name__ for desk in DESKS])
def test_each_list_offers_the_actions_that_its_rule_names(clients, desk, rf):
    wrong = []
    for role in ROLES[2:]:
        request = rf.get("/")
        request.user = User.objects.get(username=role)
        if "view" not in rights(role, desk.model):
            continue
        offered = set(desk.get_actions(request))
        expected = {name for name in actions(desk) if needed_for(name, desk.model) in rights(role, desk.model)}
        if offered != expected:
            wrong.append((role, offered ^ expected))
    assert wrong == []
