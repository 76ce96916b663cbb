"""Accounts: administrators give roles, and nobody lifts themselves above their own."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address, errors, shown
from tests.factories import make_person
from tracker.accounts.models import LogIn, RefusedLogIn, User
from tracker.records.models import SentForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undrawn")]


@pytest.mark.parametrize("name", ["editor", "EDITOR@example.org"])
def test_one_logs_in_by_name_or_address(client, db, name):
    make_user("editor", "editor")
    data = {"username": name, "password": "a long pass phrase"}
    assert client.post(reverse("admin:login"), data)["Location"] == "/admin/"
    assert client.get(reverse("admin:index")).status_code == 200


def test_an_administrator_makes_an_editor(administrator):
    page = address(User, "add")
    password = {"usable_password": "true", "password1": "correct horse", "password2": "correct horse"}
    role = Group.objects.get(name="editor")
    data = {"username": "new", "email": "new@example.org", "is_staff": "on", "groups": [role.pk]} | password
    assert administrator.post(page, data).status_code == 302
    user = User.objects.get(username="new")
    assert (list(user.groups.all()), user.is_staff, user.check_password("correct horse")) == ([role], True, True)
    page = address(User, "change", user.pk)
    data = shown(administrator.get(page)) | {"time_zone": "Asia/Karachi", "language": "ur"}
    assert administrator.post(page, data).status_code == 302
    user.refresh_from_db()
    assert (user.time_zone, user.language) == ("Asia/Karachi", "ur")


def test_two_accounts_do_not_share_an_address(administrator):
    password = {"usable_password": "true", "password1": "correct horse", "password2": "correct horse"}
    data = {"username": "new", "email": "Administrator@example.org"} | password
    response = administrator.post(address(User, "add"), data)
    assert errors(response) == ["Another account has this e-mail address."]


def test_an_administrator_cannot_make_a_superuser(administrator):
    page = address(User, "change", administrator.user.pk)
    data = shown(administrator.get(page)) | {"is_superuser": "on"}
    assert administrator.post(page, data).status_code == 302
    assert User.objects.filter(is_superuser=True).count() == 0


def test_an_administrator_cannot_touch_a_superuser(administrator):
    above = make_user("root", is_superuser=True)
    pages = [
        address(User, "change", above.pk),
        reverse("admin:auth_user_password_change", args=[above.pk]),
        address(User, "delete", above.pk),
    ]
    assert [administrator.post(page, {}).status_code for page in pages] == [403, 403, 403]
    data = {"action": "delete_selected", "_selected_action": [above.pk], "post": "yes"}
    administrator.post(address(User, "changelist"), data)
    assert User.objects.filter(pk=above.pk).exists()


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_accounts_are_for_administrators(request, role):
    client = request.getfixturevalue(role)
    assert client.get(address(User, "changelist")).status_code == 403


def test_the_link_from_a_person_to_an_account_is_for_administrators(editor, administrator):
    page = address(type(make_person()), "add")
    fields = [set(client.get(page).context["adminform"].form.fields) for client in (editor, administrator)]
    assert fields[1] - fields[0] == {"user"}


@pytest.mark.drawn
def test_administrator_reads_who_logged_in_and_was_refused_and_changes_nothing(administrator, editor):
    make_user("amina", "editor")
    for name, password in (("amina", "wrong"), ("nobody", "wrong"), ("amina", "a long pass phrase")):
        Client().post(reverse("admin:login"), {"username": name, "password": password})
    for model, names in ((LogIn, ["amina"]), (RefusedLogIn, ["amina", "no account of this name"])):
        start = f"/admin/accounts/{model._meta.model_name}/"
        page = administrator.get(start)
        assert page.status_code == 200
        assert [text for text in names if text not in page.content.decode()] == []
        entry = model.objects.get(username="amina")
        assert administrator.get(f"{start}{entry.pk}/change/").status_code == 200
        pages = [f"{start}add/", f"{start}{entry.pk}/delete/"]
        assert [administrator.post(address).status_code for address in pages] == [403, 403]
        assert administrator.post(f"{start}{entry.pk}/change/", {}).status_code == 403
        assert editor.get(start).status_code == 403


def test_two_administrators_in_one_account_see_what_both_changed(administrator):
    other = logged_in(make_user("other", "administrator"))
    page = address(User, "change", make_user("editor", "editor").pk)
    mine, theirs = (shown(client.get(page)) for client in (administrator, other))
    assert other.post(page, theirs | {"first_name": "Theirs"}).status_code == 302
    response = administrator.post(page, mine | {"first_name": "Mine", "language": "ur"})
    assert response.status_code == 409
    assert [(place.mine, place.theirs) for place in response.context["collisions"]] == [("Mine", "Theirs")]
    assert User.objects.get(username="editor").first_name == "Theirs"


def test_a_password_for_a_new_account_is_kept_nowhere(administrator, client):
    page = address(User, "add")
    assert "opened" not in administrator.get(page).context
    password = {"usable_password": "true", "password1": "correct horse", "password2": "other horse"}
    for who in (administrator, client):
        who.post(page, {"username": "new", "email": "new@example.org", "_opened": "x"} | password)
    assert not SentForm.objects.exists()
