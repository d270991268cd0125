"""An address as it was typed, checked and in one spelling. Never asks the network."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode

LONGEST = 254  # RFC 5321, 4.5.3.1.3, without its brackets
_is_address = EmailValidator(allowlist=[])


def clean_address(typed: str) -> str:
    """With the domain in lower case and ASCII, all else as typed. Raises ValidationError, without the address."""
    text = typed.strip()
    if len(text) > LONGEST or not text.isprintable():
        raise ValidationError(EmailValidator.message)
    _is_address(text)
    name, _, domain = text.rpartition("@")
    try:
        return f"{name}@{punycode(domain.lower())}"
    except UnicodeError:  # the validator lets signs pass that no domain can hold
        raise ValidationError(EmailValidator.message) from None


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]
