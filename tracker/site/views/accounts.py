"""Pages about an account: a password that was forgotten or is set for the first time, and the second factor."""

from axes.utils import reset
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tracker.mail.accounts import ask_for_password


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request):
    """Ask for the address of an account. What is answered is the same for any address, known or not."""
    form = PasswordResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_for_password(form.cleaned_data["email"], timezone.now())
        return HttpResponseRedirect(reverse("account:asked"))
    return render(request, "account/forgotten.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD"])
def asked(request):
    return render(request, "account/asked.html")


class SetPassword(PasswordResetConfirmView):
    """Where the link of a mail leads. Django keeps the token in the session, and redirects to an address without it, so
    that it stays out of what other sites are told. A closed account has no link that works."""

    template_name = "account/password.html"
    form_class = SetPasswordForm
    success_url = reverse_lazy("account:password-set")

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def dispatch(self, *args, **kwargs):
        user = self.get_user(kwargs["uidb64"])
        if user is not None:
            translation.activate(user.language)
            self.request.LANGUAGE_CODE = translation.get_language()
        response = super().dispatch(*args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    def form_valid(self, form):
        """All sessions of the account end with the former password; and who proved to read its mail may log in at once,
        whoever has guessed at it before."""
        response = super().form_valid(form)
        reset(username=form.user.get_username())
        return response


@never_cache
@require_http_methods(["GET", "HEAD"])
def password_set(request):
    return render(request, "account/password_set.html")
