"""Addresses of the meetings floor."""

from django.urls import path

from . import views

urlpatterns = [
    path("meetings/<str:reference>/", views.meeting_detail, name="meeting-detail"),
    path("commitments/<str:reference>/", views.commitment_detail, name="commitment-detail"),
]
