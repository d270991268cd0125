"""A person's second factor for the first time: the secret for an app, its picture, and the recovery codes.

The picture is made here and stands in the page; no other host learns the secret.
"""

import secrets
from base64 import b32encode

import segno
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import transaction
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from hcctrials.staff.verification import kept

_SHOWN = "staff_device_shown"
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_GROUPS, _GROUP = 3, 4  # 12 letters: 59 bits


def pending_device(request: HttpRequest) -> TOTPDevice:
    """The same secret for a session until it is confirmed, so that going back in the browser does no harm.

    Another session gets another secret, and ends this one: whoever only looked at one with a stolen password, and
    waited for the person to confirm it, would hold that person's second factor.
    """
    with transaction.atomic():
        # Locked, because two pages at once would make two.
        person = User.objects.select_for_update().get(username=request.user.get_username())
        pending = TOTPDevice.objects.filter(user=person, confirmed=False)
        device = pending.filter(pk=request.session.get(_SHOWN, 0)).first()
        if device is None:
            pending.delete()
            device = TOTPDevice.objects.create(user=person, name="App", confirmed=False)
            request.session[_SHOWN] = device.pk
    return device


def secret_of(device: TOTPDevice) -> str:
    """To be typed where no picture can be taken."""
    text = b32encode(device.bin_key).decode("ascii")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture_of(device: TOTPDevice) -> str:
    """A QR code as the address of an SVG picture, which holds the picture itself."""
    return str(segno.make(device.config_url, error="m").svg_data_uri(scale=5, dark="#000", light="#fff"))


def confirm(device: TOTPDevice) -> list[str]:
    """From now on this device is asked for. The recovery codes, to be shown once."""
    with transaction.atomic():
        device.confirmed = True
        device.save()
        return new_recovery_codes(device.user)


def new_recovery_codes(user: AbstractBaseUser | AnonymousUser) -> list[str]:
    """Ten that hold from now on; those of before do not any more."""
    codes = ["-".join(_group() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        device, _ = StaticDevice.objects.get_or_create(user=user, name="Recovery codes")
        device.token_set.all().delete()
        StaticToken.objects.bulk_create(StaticToken(device=device, token=kept(code)) for code in codes)
    return codes


def recovery_codes_left(user: AbstractBaseUser | AnonymousUser) -> int:
    return int(StaticToken.objects.filter(device__user=user).count())


def forget_devices(user: AbstractBaseUser) -> int:
    """For a device that was lost: the next log-in enrols a new one. Sessions of the old ones end."""
    with transaction.atomic():
        apps = list(TOTPDevice.objects.filter(user=user))
        for device in (*apps, *StaticDevice.objects.filter(user=user)):
            device.delete()
    return len(apps)


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_GROUP))
