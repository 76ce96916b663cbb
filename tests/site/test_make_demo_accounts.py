"""Demo accounts: one a role, the same on every run, and only where `make run` made the installation."""

import pytest
from django.core.management import CommandError, call_command

from tracker.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def local(settings, tmp_path):
    settings.IS_LOCAL, settings.VAR_DIR = True, tmp_path
    return tmp_path / "demo-accounts.txt"


def passwords(file):
    return {name: password for _, name, password in map(str.split, file.read_text().splitlines())}


def test_command_when_run_makes_accounts_with_their_roles_and_listed_passwords(local):
    call_command("make_demo_accounts")
    found = {
        user.username: (user.is_staff, user.is_superuser, [group.name for group in user.groups.all()])
        for user in User.objects.all()
    }
    assert found == {
        "admin": (True, True, ["administrator"]),
        "editor": (True, False, ["editor"]),
        "reviewer": (True, False, ["reviewer"]),
        "focal": (False, False, []),
    }
    person = User.objects.get(username="focal").person
    assert (person.name, person.email, person.send_hour) == ("Demo focal point", "focal@example.org", 0)
    assert all(User.objects.get(username=name).check_password(value) for name, value in passwords(local).items())


def test_command_when_run_again_changes_nothing(local):
    call_command("make_demo_accounts")
    before = (local.read_text(), list(User.objects.order_by("pk").values()))
    call_command("make_demo_accounts")
    assert (local.read_text(), list(User.objects.order_by("pk").values())) == before


def test_command_when_the_list_is_lost_gives_new_passwords_that_work(local):
    call_command("make_demo_accounts")
    before = passwords(local)
    local.unlink()
    call_command("make_demo_accounts")
    assert not set(before.values()) & set(passwords(local).values())
    assert User.objects.get(username="editor").check_password(passwords(local)["editor"])


def test_command_when_the_database_is_lost_takes_the_listed_passwords(local):
    call_command("make_demo_accounts")
    before = local.read_text()
    User.objects.all().delete()
    call_command("make_demo_accounts")
    assert local.read_text() == before
    assert User.objects.get(username="editor").check_password(passwords(local)["editor"])


def test_command_outside_a_local_installation_refuses(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with pytest.raises(CommandError, match="never in production"):
        call_command("make_demo_accounts")
    assert not User.objects.exists()
    assert list(tmp_path.iterdir()) == []
