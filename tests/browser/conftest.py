"""A site with the starter data, served for as long as a module of browser tests runs; these only read."""

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.services.browser import note_problems


@pytest.fixture(scope="module")
def site(starter_data):
    """The address of a server over the starter data."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture
def open_tab(_chromium, site):
    """Makes tabs with settings of their own; a complaint in the console of one fails the test."""
    contexts, problems = [], []

    def open_tab(**settings):
        context = _chromium.new_context(**{"base_url": site, "locale": "en-GB", "accept_downloads": True} | settings)
        contexts.append(context)
        page = context.new_page()
        page.problems = note_problems(page)
        problems.append(page.problems)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert [problem for found in problems for problem in found] == []
