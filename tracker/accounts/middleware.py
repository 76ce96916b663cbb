"""Sessions end in time; the admin, and the pages of accounts, speak the language of who opens them."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

# In a session: when it began, and when it was last used, as numbers of seconds.
BEGUN, USED = "begun_at", "used_at"
# So often, at most, is a use written down.
SECONDS_BETWEEN_NOTES = 60
# The pages where nobody is logged in yet: they heed what the browser wishes.
OF_ACCOUNTS = ("admin", "account")


class EndIdleSessions:
    """Log out who has not used the desk for ``SESSION_IDLE_MINUTES``, or logged in ``SESSION_HOURS`` ago. The request
    itself goes on, as that of a stranger."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._note(request, int(time.time()))
        response = self.get_response(request)
        if request.resolver_match and request.resolver_match.view_name == "admin:logout":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'  # what the browser kept of the desk
        return response

    def _note(self, request, now):
        """A session without a note was begun by the last log-in, and used then."""
        logged_in = request.user.last_login
        begun = request.session.get(BEGUN, int(logged_in.timestamp()) if logged_in else now)
        used = request.session.get(USED, begun)
        if now - used > settings.SESSION_IDLE_MINUTES * 60 or now - begun > settings.SESSION_HOURS * 3600:
            with translation.override(request.user.language):
                text = _("You have been logged out: log in again.")
            logout(request)
            messages.info(request, text)
        elif now - used >= SECONDS_BETWEEN_NOTES:
            request.session[BEGUN], request.session[USED] = begun, now


class RequireSecondFactor:
    """Where the installation requires it, lead staff who gave a password alone to the page that asks for more."""

    open_to_all = ("login", "logout", "jsi18n")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match, user = request.resolver_match, request.user
        if not settings.REQUIRE_TOTP or "admin" not in match.app_names or match.url_name in self.open_to_all:
            return None
        if not user.is_authenticated or not user.is_staff or user.is_verified():
            return None
        return redirect_to_login(request.get_full_path(), reverse("account:second-factor"))


class LanguageOfTheAccount:
    """Whoever is logged in reads the admin in the language that their account names, at the same address; whoever is
    about to log in, in the one that their browser wishes.

    Stands before the middleware that may refuse a form, so that a refusal is in that language too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "wish_was_heeded", False):
            patch_vary_headers(response, ["Accept-Language"])
        return response

    def process_view(self, request, view, args, kwargs):
        if not set(OF_ACCOUNTS) & set(request.resolver_match.app_names):
            return
        request.wish_was_heeded = not request.user.is_authenticated
        wish = translation.get_language_from_request(request) if request.wish_was_heeded else request.user.language
        translation.activate(wish)
        request.LANGUAGE_CODE = translation.get_language()
