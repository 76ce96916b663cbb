"""Pages kept in memory are those that would be drawn: of no moment before the last change, and for readers alone."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.conftest import make_user
from tests.factories import make_agreement, make_commitment, make_meeting
from tests.registers import world as of_the_tests
from tracker.records.models import DataVersion, held_version, version
from tracker.registers import caching
from tracker.registers.past import days

ADDRESSES = (
    "/",
    "/ur/",
    "/about/",
    "/pairs/",
    "/pairs/CHN-PAK/",
    "/countries/PAK/",
    "/agreements/?country=PAK&sort=title",
    "/zh-hans/meetings/",
    "/commitments/?due_after=soon",
    "/forums/",
    "/ur/agreements.atom?country=PAK",
)


@pytest.fixture(autouse=True)
def kept(settings):
    settings.CACHE_PAGES_BYTES = 10_000_000
    version._held.forget()
    yield
    version._held.forget()


@pytest.fixture
def time_passes(monkeypatch):
    """Moves the clock by which the held version is read anew."""
    passed = [0]
    now = version.time.monotonic

    def passes(seconds):
        passed[0] += seconds

    monkeypatch.setattr(version.time, "monotonic", lambda: now() + passed[0])
    return passes


def asked(client, address, **options):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, **options)
    return response, len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_kept_page_is_the_page_that_was_drawn_with_all_its_headers(monkeypatch, settings, address):
    monkeypatch.setattr(version.HeldVersion, "SECONDS", 60)  # however slow the machine
    with of_the_tests.for_a_while():
        settings.CACHE_PAGES_BYTES = 0
        drawn = Client().get(address)
        settings.CACHE_PAGES_BYTES = 10_000_000
        client = Client()
        first, _number = asked(client, address)
        again, number = asked(client, address)
    assert (number, again.content) == (0, drawn.content) and first.content == drawn.content
    own = {name: value for name, value in again.items() if name not in ("ETag", "Cache-Control")}
    assert own == dict(drawn.items()) and again["Cache-Control"] == "no-cache"


@pytest.mark.django_db
def test_page_is_asked_for_again_by_version_once_a_second(time_passes):
    client = Client()
    client.get("/agreements/")
    assert asked(client, "/agreements/")[1] == 0
    time_passes(1.1)
    assert [asked(client, "/agreements/")[1] for _time in range(2)] == [1, 0]


@pytest.mark.django_db(transaction=True)
def test_change_in_this_process_is_shown_at_once_and_a_withdrawn_record_is_gone():
    client, agreement = Client(), make_agreement(title="Alpha")
    address = agreement.get_absolute_url()
    assert "Alpha" in client.get(address).content.decode() and "Alpha" in client.get("/agreements/").content.decode()
    agreement.title = "Beta"
    agreement.save()
    assert "Beta" in client.get(address).content.decode() and "Beta" in client.get("/agreements/").content.decode()
    agreement.state = "withdrawn"
    agreement.save()
    assert client.get(address).status_code == 410
    assert "Beta" not in client.get("/agreements/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_change_in_another_process_is_shown_within_a_second(time_passes):
    client, agreement = Client(), make_agreement(title="Alpha")
    client.get("/agreements/")
    # As another process does: this one hears nothing of it.
    type(agreement).objects.filter(pk=agreement.pk).update(state="withdrawn")
    DataVersion.objects.update(number=DataVersion.current() + 1)
    assert "Alpha" in client.get("/agreements/").content.decode()
    time_passes(1)
    assert "Alpha" not in client.get("/agreements/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_change_that_is_rolled_back_changes_nothing():
    client, agreement = Client(), make_agreement(title="Alpha")
    client.get("/agreements/")
    with transaction.atomic():
        agreement.title = "Beta"
        agreement.save()
        transaction.set_rollback(True)
    response, number = asked(client, "/agreements/")
    assert number == 0 and "Alpha" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_number_read_before_a_change_is_not_held_after_it(monkeypatch):
    """One thread has read the number, another changes the data and says so, and only then the first one notes it."""
    read, changed = DataVersion.current, threading.Event()

    def slow():
        number = read()
        if not changed.is_set():
            changed.set()
            make_meeting(title="Alpha")
        return number

    before = read()
    monkeypatch.setattr(DataVersion, "current", slow)
    assert held_version() == before
    monkeypatch.undo()
    assert held_version() == read() > before


@pytest.mark.django_db
def test_day_that_begins_draws_the_page_anew(monkeypatch):
    client = Client()
    make_commitment(due=timezone.localdate().isoformat(), strength="agreed")
    assert "overdue" not in client.get("/commitments/?schedule=overdue").content.decode().partition("<tbody")[2]
    tomorrow = timezone.localdate() + timedelta(days=1)
    for module in (caching, days):
        monkeypatch.setattr(module, "localdate", lambda: tomorrow)
    assert "overdue" in client.get("/commitments/?schedule=overdue").content.decode().partition("<tbody")[2]


@pytest.mark.django_db
def test_start_page_is_kept_for_each_wish_apart():
    client = Client()
    for _time in range(2):
        assert client.get("/", headers={"accept-language": "en"}).status_code == 200
        assert client.get("/", headers={"accept-language": "ur"})["Location"] == "/ur/"
        here = {"accept-language": "ur", "referer": "http://testserver/about/"}
        assert client.get("/", headers=here).status_code == 200


@pytest.mark.django_db
def test_whoever_has_logged_in_is_answered_anew_and_nothing_of_theirs_is_kept():
    editor, reader = Client(), Client()
    editor.force_login(make_user("amina", "editor"))
    assert asked(editor, "/agreements/")[1] > 0
    assert asked(reader, "/agreements/")[1] > 0
    assert asked(editor, "/agreements/")[1] > 0 and "ETag" not in editor.get("/agreements/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/healthz", "/robots.txt", "/nothing-here/", "/admin/login/", "/account/forgotten/"]
)
def test_what_names_no_version_is_not_kept(address):
    client = Client()
    answers = [client.get(address) for _time in range(2)]
    for answer in answers:
        assert answer.getvalue() and "ETag" not in answer


@pytest.mark.django_db
def test_file_of_a_list_is_not_kept():
    """It may be of any length; its mark is made without it."""
    assert [asked(Client(), "/agreements.csv")[1] > 0 for _time in range(2)] == [True, True]


@pytest.mark.django_db
def test_refusals_of_later_middleware_stay(settings):
    client = Client()
    assert client.get("/agreements/").status_code == 200
    assert client.get("/agreements/", headers={"host": "elsewhere.example"}).status_code == 400
    settings.SECURE_SSL_REDIRECT = True
    strict = Client()
    assert strict.get("/agreements/", secure=True).status_code == 200
    assert [strict.get("/agreements/").status_code for _time in range(2)] == [301, 301]


@pytest.mark.django_db
def test_reader_who_has_it_is_told_that_it_is_the_same_until_it_is_not():
    client, agreement = Client(), make_agreement(title="Alpha")
    mark = client.get("/agreements/")["ETag"]
    same, number = asked(client, "/agreements/", headers={"if-none-match": mark})
    assert (same.status_code, same.content, same["ETag"], number) == (304, b"", mark, 0)
    agreement.title = "Beta"
    agreement.save()
    version._held.forget()
    changed = client.get("/agreements/", headers={"if-none-match": mark})
    assert changed.status_code == 200 and changed["ETag"] != mark


@pytest.mark.django_db
def test_head_is_answered_from_memory_and_never_kept():
    client = Client()
    assert asked(client, "/agreements/")[1] > 0
    client.get("/agreements/")
    assert client.head("/agreements/").content == b"" and client.head("/agreements/")["ETag"]
    assert client.head("/forums/").content == b""
    assert client.get("/forums/").content != b""


@pytest.mark.django_db
def test_memory_has_a_bound_and_the_page_not_asked_for_the_longest_goes(settings):
    settings.CACHE_PAGES_BYTES = 70_000
    client = Client()
    pages = client.handler
    for number in range(12):
        client.get(f"/agreements/?q=word{number}")
        client.get("/agreements/?q=word0")
    kept = _middleware(pages).pages
    assert 0 < kept.bytes == sum(len(page.body) for page in kept._pages.values()) <= 70_000
    assert asked(client, "/agreements/?q=word0")[1] == 0
    assert asked(client, "/agreements/?q=word1")[1] > 0


def _middleware(handler):
    """The cache of a client: the outermost of what it goes through."""
    found = handler._middleware_chain
    while not isinstance(found, caching.CachePages):
        found = next(cell.cell_contents for cell in found.__closure__ if callable(cell.cell_contents))
    return found
