"""An address as it was typed, checked and in one spelling. Never asks the network."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode

LONGEST = 254  # RFC 5321, 4.5.3.1.3, without its brackets
_is_address = EmailValidator(allowlist=[])


def clean_address(typed: str) -> str:
    """With the domain in lower case and ASCII, all else as typed. Raises ValidationError, without the address.

    The validator takes letters for ASCII that are none when their case is ignored (\u017f for s): a mail to such a name
    would come back, and end the searches of the name that it resembles. A machine's number ([10.0.0.1]) is no domain:
    the mail server would knock wherever somebody names.
    """
    text = typed.strip()
    if len(text) > LONGEST or not text.isprintable():
        raise ValidationError(EmailValidator.message)
    _is_address(text)
    name, _, domain = text.rpartition("@")
    if not name.isascii() or domain.startswith("["):
        raise ValidationError(EmailValidator.message)
    try:
        return f"{name}@{punycode(domain.lower())}"
    except UnicodeError:  # the validator lets signs pass that no domain can hold
        raise ValidationError(EmailValidator.message) from None


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]
