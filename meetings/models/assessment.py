"""How far a commitment is, and on whose word."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Progress(models.TextChoices):
    """How far a commitment is: the five points of the Open Government Partnership's review method, and one for a start
    of unknown extent."""

    NO_INFORMATION = "no_information", _("no information")
    NOT_STARTED = "not_started", _("not started")
    STARTED = "started", _("started, extent not known")
    LIMITED = "limited", _("limited")
    SUBSTANTIAL = "substantial", _("substantial")
    COMPLETE = "complete", _("complete")


class Assessment(models.TextChoices):
    """On whose word the progress rests. What a side says of its own promise is claimed, not confirmed."""

    CLAIMED = "claimed", _("claimed by a side that promised")
    CONFIRMED = "confirmed", _("confirmed by others")
