"""Addresses behind the links in a follow-up mail: the same in every language, as the page knows its reader's."""

from django.urls import path

from . import pages

urlpatterns = [
    path("stop/<str:token>/", pages.follow_up_stop, name="follow-up-stop"),
    path("list/<str:token>/", pages.follow_up_list, name="follow-up-list"),
    path("<str:token>/", pages.follow_up, name="follow-up"),
]
