"""The secrets in links, message identifiers and return addresses: signed, so that nobody can make one up. No queries.

A link's key holds the number of a search and its random key: it cannot be guessed, also by whoever reads the database,
and does not open another search that gets the same number later.
"""

from django.core import signing
from django.utils.crypto import salted_hmac

from trials.models import SavedSearch

_LINK_SALT, _MAIL_SALT = "trials.alerts.link", "trials.alerts.mail"
_SIGNED_DIGITS = 20  # of a mail's name: 80 bits
_LONGEST_KEY = 200


def link_key(search: SavedSearch) -> str:
    return signing.Signer(salt=_LINK_SALT).sign(f"{search.pk}.{search.key}")


def opened(key: str) -> tuple[int, str] | None:
    """The number and the random key of the search that a link names; None for what we have not signed."""
    if len(key) > _LONGEST_KEY:
        return None
    try:
        number, _, random = signing.Signer(salt=_LINK_SALT).unsign(key).partition(".")
    except signing.BadSignature:
        return None
    return int(number), random


def mail_name(mail_id: int) -> str:
    """What names a mail for ever: in its Message-ID, and in the address to which a mail server returns it."""
    return f"{mail_id}-{_digits(mail_id)}"


def named_mail(name: str) -> int | None:
    """The number of the mail of that name, None for a name that we have not given."""
    number, _, digits = name.partition("-")
    if not number.isascii() or not number.isdecimal() or len(number) > _SIGNED_DIGITS - 2:
        return None
    return int(number) if digits.lower() == _digits(int(number)) else None


def _digits(mail_id: int) -> str:
    return salted_hmac(_MAIL_SALT, str(mail_id), algorithm="sha256").hexdigest()[:_SIGNED_DIGITS]


def hashed(kind: str, text: str) -> str:
    """A keyed hash: the same text gives the same, and nobody without the site's secret can try texts out."""
    return salted_hmac(f"trials.alerts.{kind}", text, algorithm="sha256").hexdigest()[:32]
