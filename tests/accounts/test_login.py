"""Logging in by user name or e-mail address, and what an account may hold."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ValidationError

pytestmark = pytest.mark.django_db

PASSWORD = "a long pass phrase"


@pytest.fixture
def user():
    return get_user_model().objects.create_user("amina", "Amina.Khan@example.org", PASSWORD)


@pytest.mark.parametrize(
    "name", ["amina", "Amina.Khan@example.org", "amina.khan@example.org", "AMINA.KHAN@EXAMPLE.ORG"]
)
def test_login_with_user_name_or_address_in_any_case_is_the_user(user, rf, name):
    assert authenticate(rf.post("/"), username=name, password=PASSWORD) == user


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("amina", "wrong"),
        ("amina.khan@example.org", "wrong"),
        ("amina.khan@example.org", ""),
        ("AMINA", PASSWORD),
        ("nobody", PASSWORD),
        ("nobody@example.org", PASSWORD),
        ("@", PASSWORD),
        ("", PASSWORD),
    ],
)
def test_login_with_anything_else_is_refused(user, rf, name, password):
    get_user_model().objects.create_user("other", "", "something else")
    assert authenticate(rf.post("/"), username=name, password=password) is None


def test_login_without_a_name_is_refused(user, rf):
    assert authenticate(rf.post("/"), username=None, password=PASSWORD) is None


def test_login_when_the_account_is_inactive_is_refused(user, rf):
    user.is_active = False
    user.save()
    assert authenticate(rf.post("/"), username=user.email, password=PASSWORD) is None


def test_login_with_an_address_does_not_fall_to_whoever_took_it_as_a_user_name(user, rf):
    intruder = get_user_model().objects.create_user("amina.khan@example.org", "x@example.org", "intruder's own")
    assert authenticate(rf.post("/"), username="amina.khan@example.org", password=PASSWORD) == user
    assert authenticate(rf.post("/"), username="amina.khan@example.org", password="intruder's own") is None
    assert authenticate(rf.post("/"), username=intruder.email, password="intruder's own") == intruder


def test_login_page_takes_an_address(user, client):
    user.is_staff = True
    user.save()
    answer = client.post("/admin/login/", {"username": "AMINA.khan@example.org", "password": PASSWORD})
    assert (answer.status_code, client.session["_auth_user_id"]) == (302, str(user.pk))


@pytest.mark.parametrize("name", ["amina\x00", "x" * 5000, "' OR 1=1 --", "amina@example.org\x00"])
def test_login_page_with_nonsense_shows_itself_again(user, client, name):
    answer = client.post("/admin/login/", {"username": name, "password": PASSWORD})
    assert (answer.status_code, "_auth_user_id" in client.session) == (200, False)


def test_accounts_without_an_address_may_be_several():
    for name in ("one", "two"):
        get_user_model().objects.create_user(name, "", PASSWORD)
    assert get_user_model().objects.filter(email="").count() == 2


@pytest.mark.parametrize("zone", ["Asia/Karachi", "UTC", "America/Argentina/Buenos_Aires"])
def test_time_zone_of_the_database_is_accepted(user, zone):
    user.time_zone = zone
    user.full_clean()


@pytest.mark.parametrize("zone", ["Karachi", "asia/karachi", "+05:00", "../UTC", "\x00"])
def test_time_zone_that_nobody_knows_is_refused(user, zone):
    user.time_zone = zone
    with pytest.raises(ValidationError) as refusal:
        user.full_clean()
    assert f"{zone} is not a known time zone, such as Asia/Karachi." in refusal.value.message_dict["time_zone"]


def test_language_outside_those_of_the_site_is_refused(user):
    user.language = "tlh"
    with pytest.raises(ValidationError) as refusal:
        user.full_clean()
    assert list(refusal.value.message_dict) == ["language"]
