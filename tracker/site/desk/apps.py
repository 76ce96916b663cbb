from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "tracker.site.desk.site.DeskSite"
