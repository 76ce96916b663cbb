"""Somebody in each role, logged in; and pages without their HTML, for tests that do not look at it."""

from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.template.context import make_context
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.test.signals import template_rendered

from meetings.models import Outcome, ProgressUpdate
from tests.factories import make_commitment, make_country, make_meeting, make_person
from tests.meetings.followups.reminders import make_reminder
from tracker.accounts.models import User
from tracker.records.models import Publishable


def make_user(name, *roles, **fields):
    fields = {"email": f"{name}@example.org", "is_staff": True, **fields}
    user = User.objects.create_user(name, password="a long pass phrase", **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def logged_in(user):
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def editor(db):
    return logged_in(make_user("editor", "editor"))


@pytest.fixture
def reviewer(db):
    return logged_in(make_user("reviewer", "reviewer"))


@pytest.fixture
def administrator(db):
    return logged_in(make_user("administrator", "administrator"))


@pytest.fixture
def superuser(db):
    return logged_in(make_user("superuser", is_superuser=True))


def context_alone(response):
    """In place of the HTML: tells the test's client what the template would have been given."""
    template = response.resolve_template(response.template_name).template
    context = make_context(response.resolve_context(response.context_data), response._request)
    with context.bind_template(template):
        template_rendered.send(sender=template, template=template, context=context)
        list(context["messages"])  # once shown, they are not shown again
    return ""


@pytest.fixture
def undrawn(request):
    """Drawing a meeting's form takes ten times as long as all the rest; a test marked ``drawn`` has it drawn."""
    if request.node.get_closest_marker("drawn"):
        yield
        return
    with patch.object(SimpleTemplateResponse, "rendered_content", property(context_alone)):
        yield


@pytest.fixture
def colleague(db):
    return logged_in(make_user("colleague", "editor"))


@pytest.fixture
def draft_meeting(db):
    meeting = make_meeting(state=Publishable.State.DRAFT, summary="As found", place="Beijing", held="2021-09-23")
    for number, text in enumerate(("First decision", "Second decision")):
        Outcome.objects.create(meeting=meeting, text=text, kind="decision", position=number)
    return meeting


@pytest.fixture
def meeting(db):
    """A published one, with two decisions."""
    meeting = make_meeting(
        state=Publishable.State.PUBLISHED, summary="As published", place="Beijing", held="2021-09-23"
    )
    for number, text in enumerate(("First decision", "Second decision")):
        Outcome.objects.create(meeting=meeting, text=text, kind="decision", position=number)
    return meeting


@pytest.fixture
def strict(settings):
    """As a house has it that says nothing: what reviewers change in public is a proposal, too."""
    settings.FOUR_EYES_CHANGES = True


@pytest.fixture
def person(db):
    return make_person("Ayesha Khan", email="ayesha@example.org", country=make_country("PAK"))


@pytest.fixture
def give(person):
    """Makes an answer to a reminder, in review."""

    def give(answer="late", commitment=None, round=0, **fields):
        commitment = commitment or make_commitment(title="Share the list", due="2026-05")
        reminder = make_reminder(commitment, person, round=round)
        fields = {"as_of": "2026-06-01", "answered_by": person, "side": person.country, **fields}
        return ProgressUpdate.objects.create(
            commitment=commitment, reminder=reminder, answer=answer, state="in_review", **fields
        )

    return give
