"""How often each page asks the database: as often where there is one row of everything as where there are thirty."""

import pytest
from django.db import transaction

from tests.site.crowd import gather

MANY = 30
# Beside what follows, every page asks once for the data version, which it names on paper.
DATA_VERSION = 1
# The budget that they are to come down to is in docs/decisions/server-rendered-pages.md.
LISTS = {
    "agreements": 4,
    "meetings": 4,
    "commitments": 4,
    "forums": 3,
    "working-groups": 4,
    "organisations": 2,
    "people": 4,
    "countries": 2,
    "themes": 2,
    "sources": 2,
}
RECORDS = {
    "agreement": 20,
    "meeting": 23,
    "commitment": 14,
    "forum": 19,
    "group": 17,
    "organisation": 12,
    "person": 9,
    "theme": 7,
    "country": 14,
    "source": 8,
}
# Of the report of a session: the meeting with the one before, who led, what came of it, and what is said of that.
REPORT = 9
DRAWINGS = {
    "/statistics.svg": 1,
    "/pairs.svg": 5,
    "/pairs/CHN-PAK/timeline.svg": 10,
    "/pairs/CHN-PAK/sessions/jcc.svg": 8,
}
MIXED = {"/pairs/CHN-PAK/": 18, "/": 11, "/pairs/": 5, "/about/": 2, "/api/docs/": 0}

# Of a list (which keys, how many in all, the values of the ends of the page, and what is read of each), and of a record
# with its rows.
API = {
    "agreements": (12, 24),
    "meetings": (10, 19),
    "commitments": (10, 16),
    "forums": (9, 13),
    "working-groups": (10, 14),
    "organisations": (7, 7),
    "people": (6, 4),
    "countries": (4, 2),
    "themes": (4, 2),
    "sources": (4, 2),
}


@pytest.fixture(scope="module", params=[1, MANY])
def hub(request, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield gather(request.param)
        transaction.set_rollback(True)


@pytest.mark.parametrize(("register", "number"), LISTS.items(), ids=LISTS)
def test_list_asks_as_often_for_one_row_as_for_thirty(
    hub, client, django_assert_num_queries, register, number, request
):
    with django_assert_num_queries(number + DATA_VERSION):
        page = client.get(f"/{register}/").content
    many = request.node.callspec.params["hub"]
    assert page.count(b'<th class="row-title"') >= min(many, MANY)


@pytest.mark.parametrize(("kind", "number"), RECORDS.items(), ids=RECORDS)
def test_record_asks_as_often_with_one_of_each_beside_it_as_with_thirty(
    hub, client, django_assert_num_queries, kind, number
):
    with django_assert_num_queries(number + DATA_VERSION):
        assert client.get(getattr(hub, kind).get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", ["/", ".xlsx", ".docx"])
def test_report_of_a_session_asks_as_often_for_one_commitment_as_for_thirty(
    hub, client, django_assert_num_queries, kind, request
):
    address = hub.meeting.get_absolute_url() + f"report{kind}"
    client.get(address)  # what is put into SQL once
    with django_assert_num_queries(REPORT + DATA_VERSION):
        page = client.get(address).content
    many = request.node.callspec.params["hub"]
    if kind == "/":
        assert [page.count(f'id="{letter}{many}"'.encode()) for letter in "ACD"] == [1, 1, 1]


@pytest.mark.parametrize(("address", "number"), MIXED.items(), ids=MIXED)
def test_page_that_mixes_everything_asks_as_often_for_one_as_for_thirty(
    hub, client, django_assert_num_queries, address, number
):
    with django_assert_num_queries(number + DATA_VERSION):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("address", "number"), DRAWINGS.items(), ids=DRAWINGS)
def test_drawing_asks_as_often_for_one_as_for_thirty(hub, client, django_assert_num_queries, address, number):
    with django_assert_num_queries(number + DATA_VERSION):
        assert client.get(address).status_code == 200


def test_address_that_watches_asks_of_the_programs_and_of_the_policy(hub, client, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(("register", "numbers"), API.items(), ids=API)
def test_api_asks_as_often_for_one_record_as_for_thirty(hub, client, django_assert_num_queries, register, numbers):
    of_list, of_record = numbers
    with django_assert_num_queries(of_list + DATA_VERSION):
        records = client.get(f"/api/v1/{register}/").json()["records"]
    with django_assert_num_queries(of_record + DATA_VERSION):
        assert client.get(records[0]["api_address"].removeprefix("http://testserver")).status_code == 200
