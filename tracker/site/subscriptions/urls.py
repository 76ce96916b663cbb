"""Addresses of the pages of subscriptions. What a signed link leads to speaks the language of its mail: it stands in
the address, as on all public pages."""

from django.urls import path

from . import pages
from .links import CONFIRM, MANAGE, STOP

urlpatterns = [
    path("new/", pages.subscribe, name="subscription-new"),
    path("asked/", pages.asked, name="subscription-asked"),
    path("confirm/<str:token>/", pages.confirm, name=CONFIRM),
    path("stop/<str:token>/", pages.stop, name=STOP),
    path("manage/<str:token>/", pages.manage, name=MANAGE),
]
