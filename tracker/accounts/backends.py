"""Logging in by user name or by e-mail address."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend


class EmailOrUsernameBackend(ModelBackend):
    """An ``@`` in what was typed makes it an e-mail address; user names may not hold one that is somebody's address."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if username and "@" in username:
            user = get_user_model().objects.filter(email__iexact=username).only("username").first()
            username = user.username if user else username
        return super().authenticate(request, username=username, password=password, **kwargs)
