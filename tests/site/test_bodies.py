"""What is sent is small, unless staff sends it to the desk; and nothing of a file is kept."""

from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import LimitedStream, WSGIHandler

from tests.admin.conftest import logged_in, make_user

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
SMALL, LARGE = settings.PUBLIC_BODY_BYTES, settings.PUBLIC_BODY_BYTES + 1
ADDRESSES = ["/", "/commitments/", "/follow-up/x/", "/follow-up/stop/x/", "/admin/", "/admin/login/", "/nowhere/"]


def post(client, address, size, kind=FORM):
    return client.post(address, b"a=" + b"x" * (size - 2), content_type=kind)


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=b", "application/json", "text/plain"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_stranger_who_sends_more_than_a_form_holds_is_told_so(client, address, kind):
    answer = post(client, address, LARGE, kind)
    assert (answer.status_code, b"This is too much at once" in answer.content) == (413, True)
    assert post(client, address, SMALL).status_code in (200, 302, 403, 404, 405)


@pytest.mark.parametrize("language", ["ur", "zh-hans"])
def test_refusal_is_in_the_language_of_the_address(client, language):
    answer = post(client, f"/{language}/commitments/", LARGE)
    assert answer.status_code == 413
    assert f'lang="{language}"' in answer.content.decode() and b"too much at once" not in answer.content


class Unread:
    """A body that nobody may look into."""

    def read(self, *_size):
        raise AssertionError("it was read")

    readline = read


def test_body_is_refused_before_it_is_read(rf):
    environ = rf.post("/follow-up/x/").environ | {"CONTENT_LENGTH": str(LARGE), "wsgi.input": Unread()}
    said = []
    with patch.object(LimitedStream, "read", Unread.read):
        WSGIHandler()(environ, lambda status, headers: said.append(status))
    assert said == ["413 Request Entity Too Large"]


def test_staff_sends_the_desk_a_large_form_and_nobody_else_any_other(client):
    staff = logged_in(make_user("editor", "editor"))
    other = logged_in(make_user("focal", is_staff=False))
    address = "/admin/meetings/meeting/add/"
    assert post(staff, address, 1_000_000).status_code == 200
    assert post(staff, address, settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1).status_code == 413
    assert post(staff, "/follow-up/x/", LARGE).status_code == 413
    assert [post(each, address, LARGE).status_code for each in (other, client)] == [413, 413]


@pytest.mark.parametrize("length", ["-1", "²", "1e3", "ten", "9" * 5000, "1_0"])
def test_length_that_is_no_number_or_of_no_measure_is_refused(client, length):
    answer = client.post("/follow-up/x/", b"a=1", content_type=FORM, CONTENT_LENGTH=length)
    assert answer.status_code == (413 if length.startswith("9") else 400)


def test_file_is_passed_over_and_nothing_of_it_written(client, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    staff = logged_in(make_user("editor", "editor"))
    sent = {"title": "A", "file": SimpleUploadedFile("a.bin", b"x" * 3_000_000)}
    assert staff.post("/admin/meetings/meeting/add/", sent).status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_address_of_a_thousand_parameters_is_refused_whatever_the_desk_takes(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000
    answer = client.get("/agreements/?" + "&".join(f"p{number}=1" for number in range(1001)))
    assert (answer.status_code, b"This address is not valid" in answer.content) == (400, True)
