from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "tracker.site"
    verbose_name = _("Site")

    def ready(self):
        from . import after_migrations  # noqa: F401
        from .error_reports import answering  # noqa: F401
