"""Whether a session has shown its second factor, and how it becomes one that has. Keeps when, never what was typed."""

import time

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_otp import devices_for_user, login, user_has_device
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

_VERIFIED_AT = "staff_verified_at"
TOTP_DIGITS = 6


def is_verified(request: HttpRequest) -> bool:
    """Eight hours after the second factor it counts no more, however busy the session was."""
    since = request.session.get(_VERIFIED_AT, 0)
    is_recent = 0 <= time.time() - since < settings.SESSION_COOKIE_AGE
    return bool(is_recent and request.user.is_verified())  # type: ignore[union-attr]  # of django-otp's middleware


def has_password_only(request: HttpRequest) -> bool:
    user = request.user
    return bool(user.is_active and user.is_staff and not is_verified(request))


def has_device(user: AbstractBaseUser | AnonymousUser) -> bool:
    return bool(user_has_device(user))


def device_showing(user: AbstractBaseUser | AnonymousUser, code: str) -> Device | None:
    """The device that this code is of: an app's six digits, or a recovery code, which holds once.

    Each device waits longer after each wrong code (django-otp), so that nobody tries them all.
    """
    is_totp = len(code) == TOTP_DIGITS and code.isascii() and code.isdigit()
    kind, shown = (TOTPDevice, code) if is_totp else (StaticDevice, kept(code))
    with transaction.atomic():
        devices = (device for device in devices_for_user(user, for_verify=True) if isinstance(device, kind))
        return next((device for device in devices if device.verify_token(shown)), None)


def verify(request: HttpRequest, device: Device) -> None:
    """This session has shown a second factor; it gets another key, so that one known before is worth nothing."""
    login(request, device)
    request.session[_VERIFIED_AT] = int(time.time())
    request.session.cycle_key()


def kept(code: str) -> str:
    """A recovery code as the database has it: who reads the database does not learn the code."""
    plain = "".join(code.lower().split()).replace("-", "")
    return salted_hmac("hcctrials.staff.recovery", plain, algorithm="sha256").hexdigest()[:16]
