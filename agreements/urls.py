"""Addresses of the agreements floor."""

from django.urls import path

from . import views

urlpatterns = [
    path("agreements/<str:reference>/", views.agreement_detail, name="agreement-detail"),
    path("forums/<slug:slug>/", views.forum_detail, name="forum-detail"),
    path("working-groups/<slug:slug>/", views.working_group_detail, name="working-group-detail"),
    path("organisations/<slug:slug>/", views.organisation_detail, name="organisation-detail"),
    path("themes/<slug:slug>/", views.theme_detail, name="theme-detail"),
]
