"""Every address. Public pages stand once in each language, room by room; what one person or a program opens, once."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from tracker.registers.citing.views import citation_urls
from tracker.registers.past.views import dated_urls
from tracker.registers.views import register_urls
from tracker.site.registers import REGISTERS
from tracker.site.sitemaps import SITEMAPS
from tracker.site.views import accounts, data, for_programs, health

# Of each register.
URLS_OF_A_REGISTER = (dated_urls, citation_urls, register_urls)
PUBLIC = [
    path("", include("tracker.site.urls")),
    *(address for register in REGISTERS for urls in URLS_OF_A_REGISTER for address in urls(register)),
    path("", include("agreements.urls")),
    path("", include("meetings.urls")),
]

urlpatterns = [
    *i18n_patterns(*PUBLIC, prefix_default_language=False),
    path("follow-up/", include("meetings.followups.urls")),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemap-index"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("data/releases.json", data.releases, name="releases"),
    path("data/releases/newest.zip", data.newest, name="release-newest"),
    path("data/releases/<int:number>.zip", data.release, name="release"),
    path("data/releases/<int:number>-differences.json", data.differences, name="release-differences"),
    path("robots.txt", for_programs.robots, name="robots"),
    path(".well-known/security.txt", for_programs.security, name="security-contact"),
    path("favicon.ico", for_programs.icon, name="icon"),
    path("api/", include("tracker.site.api.urls")),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("workz", health.at_work, name="at-work"),
    path("account/", include("tracker.site.account_urls")),
    # The page of the log-in leads there by this name.
    path("account/forgotten/", accounts.forgotten, name="admin_password_reset"),
    path("admin/", admin.site.urls),
]

handler400 = "tracker.site.views.errors.bad_request"
handler404 = "tracker.site.views.errors.not_found"
handler500 = "tracker.site.views.errors.server_error"
