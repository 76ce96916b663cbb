"""Every public address, room by room."""

from django.contrib import admin
from django.urls import include, path

from tracker.registers.views import register_urls
from tracker.site.registers import REGISTERS

urlpatterns = [
    path("", include("tracker.site.urls")),
    *(address for register in REGISTERS for address in register_urls(register)),
    path("", include("agreements.urls")),
    path("", include("meetings.urls")),
    path("admin/", admin.site.urls),
]
