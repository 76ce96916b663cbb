"""The second factor: set up once, asked for at each log-in, where the installation requires it."""

from functools import wraps

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tracker.accounts import second_factor as factor


class CodeForm(forms.Form):
    code = forms.CharField(label=pgettext_lazy("of the second factor", "Code"), max_length=40)


def where_required(view):
    """A page for staff who are logged in, of an installation that requires the second factor."""

    @never_cache
    @sensitive_post_parameters("code")
    @require_http_methods(["GET", "HEAD", "POST"])
    @login_required
    @wraps(view)
    def page(request):
        if not (settings.REQUIRE_TOTP and request.user.is_staff):
            raise Http404
        return view(request)

    return page


@where_required
def second_factor(request):
    form = CodeForm(request.POST or None)
    device = factor.device_of(request.user)
    if device is None:
        return _set_up(request, form)
    if request.method == "POST" and form.is_valid():
        if factor.verify(request, form.cleaned_data["code"]):
            return HttpResponseRedirect(_next(request))
        form.add_error("code", _("This code is not right, or was used already. Wait for the next one."))
    return render(request, "account/second_factor.html", {"form": form, "next": request.GET.get("next", "")})


def _set_up(request, form):
    device = factor.device_to_set_up(request.user)
    if request.method == "POST" and form.is_valid():
        codes = factor.set_up(request, device, form.cleaned_data["code"])
        if codes:
            return render(request, "account/recovery_codes.html", {"codes": codes})
        form.add_error("code", _("This code is not right. Is the clock of the telephone right?"))
    drawing = factor.drawing(device)
    return render(request, "account/set_up.html", {"form": form, "drawing": drawing, "address": device.config_url})


@where_required
def recovery_codes(request):
    """How many are left (GET), and new ones (POST), for somebody who has just shown the second factor."""
    if not request.user.is_verified():
        return HttpResponseRedirect(resolve_url("account:second-factor"))
    if request.method == "POST":
        codes = factor.new_recovery_codes(request.user)
        return render(request, "account/recovery_codes.html", {"codes": codes})
    return render(request, "account/recovery_codes.html", {"left": factor.recovery_codes_left(request.user)})


def _next(request):
    """The page that was asked for; the desk where that is another site's."""
    page = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)
