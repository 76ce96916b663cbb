"""Readers who report an error, as their browser does it."""

import re
from datetime import timedelta
from unittest.mock import patch

from django.test import Client
from django.utils import timezone

from meetings.followups import planner

TYPED = {"text": "It was signed in Lahore.\r\nNot in Karachi.", "source_url": "", "email": ""}
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def open_form(address, client=None, ago=timedelta(minutes=1)):
    """What the form carries with it, opened some time ago."""
    now = timezone.now()
    with patch("django.utils.timezone.now", lambda: now - ago):
        response = (client or Client()).get(address)
    assert response.status_code == 200
    return dict(FIELD.findall(response.content.decode()))


def report(address, client=None, **typed):
    return (client or Client()).post(address, open_form(address, client) | TYPED | typed)


def send_mail():
    return dict(planner.send().counts)
