"""What programs look for at addresses of their own: what not to crawl, whom to tell of a weakness, the icon."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tracker.registers.past.days import AS_OF

from ..addresses import in_language

A_DAY = 24 * 3600
# RFC 9116, 2.5.5: less than a year. It is written anew for each day.
GOOD_FOR = timedelta(days=180)


def _lines(lines):
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=A_DAY)
@require_safe
def robots(request):
    """Nothing here is secret: these pages are of no use to a search engine."""
    pages = (reverse("search"), "/report-an-error/")
    closed = [in_language(page, code) for page in pages for code, _name in settings.LANGUAGES]
    # Of former states of lists there is one for every day.
    closed = [reverse("admin:index"), "/account/", "/follow-up/", *closed, f"/*{AS_OF}="]
    map_ = f"Sitemap: {settings.SITE_URL}{reverse('sitemap-index')}"
    return _lines(["User-agent: *", *(f"Disallow: {path}" for path in closed), map_])


@cache_control(public=True, max_age=A_DAY)
@require_safe
def security(request):
    """RFC 9116; not there where nobody has said whom to tell."""
    if not settings.SECURITY_CONTACT:
        raise Http404("No contact is set.")
    expires = datetime.combine(localdate() + GOOD_FOR, time(), UTC)
    fields = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": f"{expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": settings.LANGUAGE_CODE,
        "Canonical": settings.SITE_URL + request.path,
    }
    return _lines(f"{name}: {value}" for name, value in fields.items())


@cache_control(public=True, max_age=A_DAY)
@require_safe
def icon(request):
    """Where a browser looks for it on pages that name none, such as an export."""
    return redirect(static("img/favicon.svg"))
