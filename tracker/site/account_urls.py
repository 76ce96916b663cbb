"""Addresses of pages about an account: the same in every language, as the page knows its reader's, or their browser."""

from django.urls import path

from .views import accounts, second_factor

app_name = "account"

urlpatterns = [
    path("forgotten/", accounts.forgotten, name="forgotten"),
    path("forgotten/asked/", accounts.asked, name="asked"),
    path("password/set/", accounts.password_set, name="password-set"),
    path("password/<str:uidb64>/<str:token>/", accounts.SetPassword.as_view(), name="password"),
    path("second-factor/", second_factor.second_factor, name="second-factor"),
    path("second-factor/codes/", second_factor.recovery_codes, name="recovery-codes"),
]
