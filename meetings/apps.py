from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings and commitments")

    def ready(self):
        from . import derivation, publication  # noqa: F401
