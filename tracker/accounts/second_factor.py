"""The second factor of staff: a code of an app (TOTP, RFC 6238), or one of a few recovery codes, each good once.

Of recovery codes the database holds a keyed hash only; each has 118 bits.
"""

import secrets
from base64 import urlsafe_b64encode

import django_otp
import segno
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.safestring import mark_safe
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

# Letters and digits that nobody takes for each other.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
CODES, LENGTH, GROUP = 10, 24, 4
LONGEST_TOKEN = 16  # of the column


def device_of(user) -> TOTPDevice | None:
    """The app that the account has set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def device_to_set_up(user) -> TOTPDevice:
    device, _is_new = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})
    return device


def drawing(device: TOTPDevice) -> str:
    """What the app has to be told, as a drawing that a telephone reads: SVG, without any style of its own."""
    code = segno.make(device.config_url, micro=False)
    return mark_safe(code.svg_inline(scale=5, border=4, light="#fff", dark="#000"))


def set_up(request, device: TOTPDevice, code: str) -> list[str] | None:
    """Confirm the app by its first code, and return recovery codes; None where the code is another."""
    with transaction.atomic():
        if not django_otp.verify_token(request.user, device.persistent_id, code):
            return None
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        device.refresh_from_db()
        codes = new_recovery_codes(request.user)
    django_otp.login(request, device)
    return codes


def verify(request, code: str) -> bool:
    """Take a code of the app, or a recovery code. A wrong one counts as a refused log-in, and throttles itself."""
    user, credentials = request.user, {"username": request.user.get_username()}
    if AxesProxyHandler.is_allowed(request, credentials):
        for device, token in _ways(user, code.replace(" ", "").replace("-", "").lower()):
            if django_otp.verify_token(user, device.persistent_id, token):
                django_otp.login(request, device)
                return True
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    return False


def _ways(user, code):
    if code.isascii() and code.isdecimal():
        yield from ((device, code) for device in TOTPDevice.objects.filter(user=user, confirmed=True))
    elif len(code) == LENGTH:
        yield from ((device, _stored(code)) for device in StaticDevice.objects.filter(user=user, confirmed=True))


def new_recovery_codes(user) -> list[str]:
    """Replace the recovery codes of the account; the new ones can be read here and never again."""
    codes = ["".join(secrets.choice(ALPHABET) for _letter in range(LENGTH)) for _code in range(CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery codes")
        StaticToken.objects.bulk_create(StaticToken(device=device, token=_stored(code)) for code in codes)
    return ["-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP)) for code in codes]


def recovery_codes_left(user) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def remove(user) -> None:
    """The next log-in sets up a new app: the telephone is lost, or somebody else has it."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _stored(code):
    digest = salted_hmac("tracker.accounts.second_factor", code, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode()[:LONGEST_TOKEN]
