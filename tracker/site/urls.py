"""Addresses that mix everything."""

from django.urls import path

from tracker.registers.views import format_urls

from .api.documentation import documentation
from .error_reports import pages as error_reports
from .views import (
    calendar,
    changes,
    citations,
    comparison,
    countries,
    data,
    drawings,
    pages,
    people,
    search,
    sources,
    statistics,
)

urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", search.search, name="search"),
    path("about/", pages.about, name="about"),
    path("data/", data.data, name="data"),
    path("api/docs/", documentation, name="api-docs"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("changes/", changes.changes, name="changes"),
    path("compare/", comparison.compare, name="compare"),
    path("pairs/", countries.pair_list, name="pair-list"),
    path("pairs/<str:one>-<str:other>/", countries.pair_detail, name="pair-detail"),
    path("countries/<str:code>/", countries.country_detail, name="country-detail"),
    path("people/<slug:slug>/", people.person_detail, name="person-detail"),
    path("sources/<slug:slug>/", sources.source_detail, name="source-detail"),
    path("report-an-error/<slug:register>/<str:name>/", error_reports.report_error, name=error_reports.PAGE),
    path("report-an-error/<slug:register>/<str:name>/received/", error_reports.received, name=error_reports.RECEIVED),
]
urlpatterns += format_urls("pairs", "pair", countries.pair_export, countries.pair_csv_metadata)
urlpatterns += format_urls("statistics", "statistics", statistics.statistics_export, statistics.statistics_csv_metadata)
urlpatterns += drawings.drawing_urls()
urlpatterns += citations.citation_urls()
