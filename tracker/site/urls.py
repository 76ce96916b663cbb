"""Addresses that mix everything."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from .views import countries, pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("pairs/", countries.pair_list, name="pair-list"),
    path("pairs/<str:one>-<str:other>/", countries.pair_detail, name="pair-detail"),
    path("countries/<str:code>/", countries.country_detail, name="country-detail"),
    path("sources/<slug:slug>/", pages.source_detail, name="source-detail"),
    # It sets a cookie with a language and nothing else; without a token, pages stay cacheable.
    path("language/", csrf_exempt(set_language), name="set-language"),
    path("healthz", pages.alive, name="alive"),
    path("readyz", pages.ready, name="ready"),
]
