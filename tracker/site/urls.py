"""Addresses that mix everything."""

from functools import partial

from django.urls import path

from tracker.registers.formats import FORMATS

from .views import countries, pages, search

urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", search.search, name="search"),
    path("about/", pages.about, name="about"),
    path("pairs/", countries.pair_list, name="pair-list"),
    path("pairs/<str:one>-<str:other>/", countries.pair_detail, name="pair-detail"),
    path("countries/<str:code>/", countries.country_detail, name="country-detail"),
    path("sources/<slug:slug>/", pages.source_detail, name="source-detail"),
]
urlpatterns += [
    path(f"pairs.{format.extension}", partial(countries.pair_export, format=format), name=f"pair-{format.extension}")
    for format in FORMATS
]
