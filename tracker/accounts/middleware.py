"""The admin speaks the language of the account."""

from django.utils import translation


class LanguageOfTheAccount:
    """Whoever is logged in reads the admin in the language that their account names, at the same address.

    Stands before the middleware that may refuse a form, so that a refusal is in that language too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "admin" in request.resolver_match.app_names and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
