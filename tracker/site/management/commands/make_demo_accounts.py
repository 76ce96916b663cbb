"""Accounts to try the product with, one a role. Only in a local installation, never in production."""

import os
import secrets
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from agreements.models import Person


class DemoAccount(NamedTuple):
    role: str
    username: str
    group: str | None
    is_staff: bool
    is_superuser: bool = False


ACCOUNTS = (
    DemoAccount("administrator", "admin", "administrator", is_staff=True, is_superuser=True),
    DemoAccount("editor", "editor", "editor", is_staff=True),
    DemoAccount("reviewer", "reviewer", "reviewer", is_staff=True),
    DemoAccount("focal-point", "focal", None, is_staff=False),
)


class Command(BaseCommand):
    help = "Make one account for each role, with generated passwords, and list them in var/demo-accounts.txt."

    def handle(self, **options):
        if not settings.IS_LOCAL:
            raise CommandError("Demo accounts are made by `make run` only, never in production.")
        file = settings.VAR_DIR / "demo-accounts.txt"
        passwords = read_passwords(file)
        for account in ACCOUNTS:
            passwords[account.username] = make(account, passwords.get(account.username))
        make_focal_point()
        lines = [f"{account.role} {account.username} {passwords[account.username]}" for account in ACCOUNTS]
        write_private(file, "\n".join(lines) + "\n")
        self.stdout.write("\n".join(lines))


def make(account: DemoAccount, password: str | None) -> str:
    """Make the account unless it is there with a known password; returns the password."""
    User = get_user_model()
    user = User.objects.filter(username=account.username).first()
    if user and password:
        return password
    user = user or User(username=account.username, email=f"{account.username}@example.org")
    user.is_staff, user.is_superuser = account.is_staff, account.is_superuser
    password = password or secrets.token_urlsafe(12)
    user.set_password(password)
    user.save()
    if account.group:
        user.groups.add(Group.objects.get(name=account.group))
    return password


def make_focal_point() -> None:
    """The person behind the focal point's account, to be named on a commitment: gets mail at any hour of any day."""
    user = get_user_model().objects.get(username="focal")
    person = {"name": "Demo focal point", "user": user, "email": user.email, "send_hour": 0}
    Person.objects.get_or_create(slug="demo-focal-point", defaults=person)


def read_passwords(file: Path) -> dict[str, str]:
    """Passwords by user name, of the lines `role username password`."""
    if not file.exists():
        return {}
    return {username: password for _, username, password in map(str.split, file.read_text().splitlines())}


def write_private(file: Path, text: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        os.fchmod(stream.fileno(), 0o600)
        stream.write(text)
