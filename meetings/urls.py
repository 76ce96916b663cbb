"""Addresses of the meetings floor."""

from functools import partial

from django.urls import path

from . import views
from .session_report import pages

urlpatterns = [
    path("meetings/<str:reference>/", views.meeting_detail, name="meeting-detail"),
    path("meetings/<str:reference>/report/", pages.session_report, name="meeting-report"),
    *(
        path(
            f"meetings/<str:reference>/report.{format.extension}",
            partial(pages.session_report_file, format=format),
            name=f"meeting-report-{format.extension}",
        )
        for format in pages.FORMATS
    ),
    path("forums/<slug:slug>/report/", pages.last_session_report, name="forum-report"),
    path("commitments/<str:reference>/", views.commitment_detail, name="commitment-detail"),
]
