"""Addresses of the meetings floor."""

from django.urls import path

from . import views
from .followups.pages import follow_up, follow_up_stop

urlpatterns = [
    path("meetings/<str:reference>/", views.meeting_detail, name="meeting-detail"),
    path("commitments/<str:reference>/", views.commitment_detail, name="commitment-detail"),
    path("follow-up/stop/<str:token>/", follow_up_stop, name="follow-up-stop"),
    path("follow-up/<str:token>/", follow_up, name="follow-up"),
]
