"""Staff who log in as staff do: an account, then a code that is worked out from the secret as their app does it.

The password is left out (its hash is slow on purpose); tests of the log-in itself type it.
"""

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    """The six digits that an app shows now, or so many half minutes later. Each holds once."""
    return f"{totp(device.bin_key, drift=steps):06}"


def with_device(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="App", confirmed=True)


def signed_in(user: User, *, enforce_csrf_checks: bool = False) -> Client:
    client = Client()
    client.force_login(user)
    answer = client.post(reverse("admin:code"), {"code": code_of(with_device(user))})
    assert answer.status_code == 302, answer.content.decode()
    client.handler.enforce_csrf_checks = enforce_csrf_checks
    return client
