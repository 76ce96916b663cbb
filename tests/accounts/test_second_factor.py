"""The second factor: where it is required nobody reaches the desk by a password alone."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.admin.conftest import logged_in, make_user

pytestmark = pytest.mark.django_db

PAGE = "/account/second-factor/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_TOTP = True


@pytest.fixture
def clock(monkeypatch):
    """``clock(seconds)``: moves the time of the codes on."""
    now = {"time": 1_700_000_000}
    monkeypatch.setattr(models.time, "time", lambda: now["time"])

    def move(seconds):
        now["time"] += seconds
        TOTPDevice.objects.update(throttling_failure_timestamp=None)  # which looks at another clock

    return move


@pytest.fixture
def editor():
    return logged_in(make_user("amina", "editor"))


def code(device):
    app = models.TOTP(device.bin_key, device.step, device.t0, device.digits)
    app.time = models.time.time()
    return f"{app.token():06}"


def set_up(client):
    """The app of the account, and its recovery codes."""
    client.get(PAGE)
    device = TOTPDevice.objects.get(user=client.user)
    page = client.post(PAGE, {"code": code(device)})
    device.refresh_from_db()
    return device, re.findall(r"<code>([\w-]+)</code>", page.content.decode())


def test_staff_sets_up_an_app_before_the_desk_opens(editor, clock):
    assert editor.get("/admin/meetings/meeting/")["Location"] == f"{PAGE}?next=/admin/meetings/meeting/"
    page = editor.get(PAGE).content.decode()
    assert "<svg" in page and "otpauth://totp/" in page and "style=" not in page
    assert editor.post(PAGE, {"code": "000000"}).status_code == 200
    assert editor.get("/admin/").status_code == 302
    clock(60)
    device, codes = set_up(editor)
    assert (device.confirmed, len(set(codes))) == (True, 10)
    assert editor.get("/admin/").status_code == 200


def test_each_log_in_asks_for_a_code_and_each_code_works_once(editor, clock):
    device, _codes = set_up(editor)
    again = logged_in(editor.user)
    assert again.get("/admin/").status_code == 302
    used = code(device)
    assert again.post(PAGE, {"code": used}).status_code == 200
    clock(60)
    assert again.post(f"{PAGE}?next=/admin/meetings/meeting/", {"code": code(device)})["Location"].startswith(
        "/admin/m"
    )
    assert again.get("/admin/").status_code == 200
    assert again.get(PAGE).status_code == 200


def test_recovery_code_works_once_in_place_of_the_app(editor, clock):
    _device, codes = set_up(editor)
    assert {len(code.replace("-", "")) for code in codes} == {24}
    assert not StaticToken.objects.filter(token__in=[code.replace("-", "")[:16] for code in codes]).exists()
    for expected in (302, 200):
        assert logged_in(editor.user).post(PAGE, {"code": codes[0].upper()}).status_code == expected
        clock(10)
    assert StaticToken.objects.count() == 9


def test_new_recovery_codes_end_the_old_ones(editor, clock):
    _device, codes = set_up(editor)
    stranger = logged_in(editor.user)
    assert stranger.post("/account/second-factor/codes/").status_code == 302
    assert "10" in editor.get("/account/second-factor/codes/").content.decode()
    editor.post("/account/second-factor/codes/")
    assert stranger.post(PAGE, {"code": codes[1]}).status_code == 200


def test_codes_are_not_guessed(editor, clock):
    set_up(editor)
    stranger = logged_in(editor.user)
    found = [stranger.post(PAGE, {"code": f"{number:06}"}).status_code for number in range(6)]
    assert found == [200, 200, 200, 200, 429, 429]


def test_code_of_somebody_else_s_app_is_refused(editor, clock):
    other = logged_in(make_user("bilal", "editor"))
    device, codes = set_up(other)
    set_up(editor)
    clock(60)
    stranger = logged_in(editor.user)
    assert stranger.post(PAGE, {"code": code(device)}).status_code == 200
    clock(60)
    assert stranger.post(PAGE, {"code": codes[0]}).status_code == 200


def test_foreign_page_is_not_led_to(editor, clock):
    device, _codes = set_up(editor)
    clock(60)
    again = logged_in(editor.user)
    assert again.post(f"{PAGE}?next=https://elsewhere.example/", {"code": code(device)})["Location"] == "/admin/"


def test_administrator_removes_what_was_lost(editor, clock):
    set_up(editor)
    root = logged_in(make_user("root", is_superuser=True))
    set_up(root)
    sent = {"action": "remove_second_factor", "_selected_action": [editor.user.pk]}
    assert root.post(reverse("admin:accounts_user_changelist"), sent).status_code == 302
    assert not TOTPDevice.objects.filter(user=editor.user).exists()
    assert editor.get("/admin/").status_code == 302


def test_secrets_stand_on_no_page_of_the_admin(editor, clock):
    set_up(editor)
    root = logged_in(make_user("root", is_superuser=True))
    set_up(root)
    assert [root.get(f"/admin/otp_{kind}/").status_code for kind in ("totp", "static")] == [404, 404]


def test_page_is_for_staff_alone_and_where_it_is_required(editor, settings):
    assert Client().get(PAGE)["Location"] == f"/admin/login/?next={PAGE}"
    assert logged_in(make_user("focal", is_staff=False)).get(PAGE).status_code == 404
    settings.REQUIRE_TOTP = False
    assert editor.get(PAGE).status_code == 404
    assert editor.get("/admin/").status_code == 200
