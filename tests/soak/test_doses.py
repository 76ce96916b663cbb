"""A small dose of each long run, always the same: `make soak` runs the same code for minutes, each time another way."""

from random import Random

import pytest

from tests.soak import past, proposals
from tests.soak.__main__ import NAMES
from tests.soak.runs import DOSE_SEED, RUNS


def dose(name):
    return RUNS[name].run(Random(DOSE_SEED), range(RUNS[name].dose))


def test_runs_are_those_that_the_command_names():
    assert tuple(RUNS) == NAMES


def test_random_notations_are_read_or_refused_and_their_words_name_no_day_that_they_do_not():
    assert dose("notations") > 70


@pytest.mark.django_db
def test_status_of_random_lives_is_what_the_rule_says_on_every_day_that_matters_and_its_periods_join():
    assert dose("statuses") > 100


@pytest.mark.django_db
def test_random_hands_publish_what_is_published_and_no_more():
    assert dose("publication") == 5 * RUNS["publication"].dose


@pytest.mark.django_db
def test_random_days_of_mail_leave_everybody_their_rest():
    assert dose("planner") > 3


def test_pages_in_random_order_are_there_in_every_language(starter_data):
    assert dose("crawl") == RUNS["crawl"].dose


@pytest.mark.django_db
def test_two_editors_in_any_order_lose_nothing_that_either_typed():
    assert dose("editors") > 4


@pytest.mark.django_db
def test_three_people_with_proposals_in_any_order_publish_what_two_of_them_have_read():
    assert dose("proposals") == RUNS["proposals"].dose * proposals.STEPS


@pytest.mark.django_db
def test_records_of_random_days_say_what_they_said_then():
    assert past.run(Random(DOSE_SEED), range(RUNS["past"].dose), days=4) > 100
