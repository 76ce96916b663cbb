"""The data package: its page, its releases, and in what they differ."""

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from tracker.registers.export import LICENCE, LICENCE_ADDRESS
from tracker.registers.formats import FORMATS

from ..linked_data import page_of_data
from ..models import Release
from ..package.without import is_to_be_issued_again
from ..registers import REGISTERS

AN_HOUR = 3600


@require_safe
def data(request):
    """Not kept in memory: a release changes no record, and so moves no data version."""
    releases = list(Release.objects.newest_first())
    newest = releases[0] if releases else None
    context = {
        "releases": releases,
        "newest": newest,
        "linked_data": page_of_data(newest),
        "registers": REGISTERS,
        "formats": FORMATS,
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
    }
    return render(request, "site/data.html", context)


@require_safe
def newest(request):
    """Leads to the newest release."""
    release = Release.objects.newest_first().first()
    if release is None:
        raise Http404("There is no release yet.")
    return redirect("release", number=release.number)


@require_safe
def release(request, number):
    """The package as it was issued. Where something is to be taken out of it for legal reasons, it waits for that."""
    release = get_object_or_404(Release, number=number)
    if not release.is_kept:
        raise Http404("The file of this release is lost.")
    if is_to_be_issued_again(release):
        text = "This release is being issued again without what was withdrawn for legal reasons.\n"
        return HttpResponse(text, status=503, headers={"Retry-After": AN_HOUR}, content_type="text/plain")
    etag = f'"{release.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        file = release.file.open()
        response = FileResponse(file, as_attachment=True, filename=release.file_name, content_type="application/zip")
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    response["Data-Version"], response["Link"] = release.data_version, f'<{LICENCE_ADDRESS}>; rel="license"'
    return response


@require_safe
def differences(request, number):
    """In what a release differs from the one before it."""
    release = get_object_or_404(Release.objects.exclude(differences=""), number=number)
    return FileResponse(release.differences.open(), content_type="application/json")


@require_safe
def releases(request):
    """What programs ask for to learn whether there is a newer one."""
    found = [
        {
            "version": each.version,
            "number": each.number,
            "made_at": each.made_at.isoformat(timespec="seconds"),
            "issued_at": each.issued_at.isoformat(timespec="seconds"),
            "day": each.day.isoformat(),
            "data_version": each.data_version,
            "bytes": each.bytes,
            "sha256": each.sha256,
            "rows": each.lines,
            "address": each.address,
            "differences": each.address_of_differences,
        }
        for each in Release.objects.newest_first()
    ]
    return JsonResponse({"licence": LICENCE, "releases": found}, json_dumps_params={"ensure_ascii": False})
