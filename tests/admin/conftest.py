"""Somebody in each role, logged in."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tracker.accounts.models import User


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
