"""The admin of this product: Django's own, with an index that says what is to be done, and a search over all lists."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.urls import path
from django.utils import timezone


class DeskSite(AdminSite):
    """It is made before any list is known: ``tracker.site.admin`` gives it what rests on all of them."""

    enable_nav_sidebar = False
    # The context of the index, of a site, a request and the present moment.
    whats_to_do: Callable | None = None
    # Views by name, each of a request and this site.
    pages: dict[str, Callable] = {}

    def get_urls(self):
        ways = [(name, self.admin_view(view)) for name, view in self.pages.items()]
        own = [path(f"{name}/", view, {"desk": self}, name=name) for name, view in ways]
        return [*own, *super().get_urls()]

    def index(self, request, extra_context=None):
        shown = self.whats_to_do(self, request, timezone.now())
        return super().index(request, {**shown, **(extra_context or {})})
