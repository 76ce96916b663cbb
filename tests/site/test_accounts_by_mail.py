"""A password by a link in a mail: for who is invited, and for who forgot; and no word on who has an account."""

import re

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.followups import planner
from tests.admin.conftest import make_user
from tracker.accounts.models import User
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = "/account/forgotten/asked/"
NEW = "nine green bottles"


@pytest.fixture
def user():
    return make_user("amina", "editor", language="ur")


def ask(client, address):
    answer = client.post("/account/forgotten/", {"email": address})
    return answer.status_code, answer.get("Location")


def links():
    """Those of the mails that go out now, as paths."""
    planner.send()
    found = [path for each in mail.outbox for path in re.findall(r"http://testserver(/account/\S+)", each.body)]
    mail.outbox.clear()
    return found


def set_password(client, link, password=NEW):
    form = client.get(link, follow=True)
    sent = {"new_password1": password, "new_password2": password}
    return client.post(form.request["PATH_INFO"], sent, follow=True)


def test_who_forgot_sets_a_password_once_and_every_session_ends(client, user):
    elsewhere = Client()
    elsewhere.force_login(user)
    assert ask(client, "AMINA@example.org") == (302, ASKED)
    (link,) = links()
    assert 'lang="ur"' in client.get(link, follow=True).content.decode()
    done = set_password(client, link)
    assert done.redirect_chain == [("/account/password/set/", 302)]
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert elsewhere.get("/admin/").status_code == 302
    again = set_password(Client(), link, "ten green bottles!")
    user.refresh_from_db()
    assert user.check_password(NEW) and again.status_code == 200


def test_answer_is_the_same_for_an_address_that_nobody_has(client, user):
    known, unknown = (ask(Client(), address) for address in ("amina@example.org", "nobody@example.org"))
    assert known == unknown == (302, ASKED)
    assert client.get(ASKED).status_code == 200
    assert [each.recipient for each in Delivery.objects.all()] == [f"user:{user.pk}"]


def test_work_is_the_same_for_an_address_that_nobody_has(user):
    asked = []
    for address in ("amina@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            ask(Client(), address)
        asked.append([re.sub(r"\W.*", "", query["sql"]) for query in queries])
    assert [name for name in asked[0] if name == "INSERT"] == [name for name in asked[1] if name == "INSERT"] != []
    assert len(asked[0]) == len(asked[1])


def test_account_gets_one_mail_an_hour(client, user):
    for _time in range(5):
        ask(client, "amina@example.org")
    assert len(links()) == 1


@pytest.mark.parametrize("when", ["asking", "sending", "opening"])
def test_closed_account_gets_no_link_that_works(client, user, when):
    def close():
        User.objects.filter(pk=user.pk).update(is_active=False)

    if when == "asking":
        close()
    ask(client, "amina@example.org")
    if when == "sending":
        close()
    found = links()
    assert len(found) == (1 if when == "opening" else 0)
    if found:
        close()
        assert "new_password1" not in client.get(found[0], follow=True).content.decode()


def test_link_ends_with_a_log_in(client, user):
    ask(client, "amina@example.org")
    (link,) = links()
    Client().post("/admin/login/", {"username": "amina", "password": "a long pass phrase"})
    assert "new_password1" not in client.get(link, follow=True).content.decode()


def test_who_set_a_password_logs_in_though_somebody_guessed(client, user):
    for _time in range(5):
        client.post("/admin/login/", {"username": "amina", "password": "guess"})
    assert client.post("/admin/login/", {"username": "amina", "password": "a long pass phrase"}).status_code == 429
    ask(client, "amina@example.org")
    set_password(client, links()[0])
    assert not AccessAttempt.objects.filter(username="amina").exists()
    assert client.post("/admin/login/", {"username": "amina", "password": NEW}).status_code == 302


def test_page_with_the_link_tells_no_other_site_of_it(client, user):
    ask(client, "amina@example.org")
    answer = client.get(links()[0])
    assert (answer.status_code, answer["Referrer-Policy"]) == (302, "no-referrer")
    assert answer["Location"].endswith("/set-password/")
    assert "no-store" in client.get(answer["Location"])["Cache-Control"]


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234", "digitalTracker12", "amina@example.org"])
def test_password_that_is_tried_first_is_refused(client, user, password):
    ask(client, "amina@example.org")
    set_password(client, links()[0], password)
    user.refresh_from_db()
    assert user.check_password("a long pass phrase")


@pytest.mark.parametrize("parts", ["x/y", "%C2%B2/a-b", "MQ/set-password", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5/a-b"])
def test_link_that_is_none_of_ours_says_so(client, user, parts):
    answer = client.get(f"/account/password/{parts}/")
    assert (answer.status_code, b"new_password1" in answer.content) == (200, False)


def test_administrator_invites_who_sets_the_password(client):
    root = Client()
    root.force_login(make_user("root", is_superuser=True))
    sent = {"username": "new", "email": "new@example.org", "is_staff": "on", "usable_password": "false"}
    assert root.post("/admin/accounts/user/add/", sent).status_code == 302
    new = User.objects.get(username="new")
    assert not new.has_usable_password()
    (link,) = links()
    set_password(client, link)
    assert client.post("/admin/login/", {"username": "new", "password": NEW})["Location"] == "/admin/"


def test_administrator_invites_again_and_is_told_of_who_cannot_be(user):
    root = Client()
    root.force_login(make_user("root", is_superuser=True))
    nowhere = make_user("nowhere", email="")
    sent = {"action": "send_invitation", "_selected_action": [user.pk, nowhere.pk]}
    said = [str(text) for text in root.post("/admin/accounts/user/", sent, follow=True).context["messages"]]
    assert sorted(said) == [
        "An invitation to amina goes out within a few minutes.",
        "nowhere has no address, or is closed: no mail goes there.",
    ]
    said = [str(text) for text in root.post("/admin/accounts/user/", sent, follow=True).context["messages"]]
    assert "amina was invited within this hour already." in said
    assert len(links()) == 1
