"""Contacts with links to call and to write. Makes no link of a text that is not surely a number or an address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from trials.models import Contact

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
# a number, alone or before words such as "(U.S. only)" or "ext 5"
_NUMBER = re.compile(r"(\+?)([\d\s().\-–/]{5,40}?)(?=\s*(?:$|[(,;]?\s*[A-Za-z]))")
_FEWEST_DIGITS, _MOST_DIGITS = 5, 17


@dataclass(frozen=True, slots=True)
class ContactView:
    """Texts as published; call_url and write_url are "" where no safe link can be made."""

    name: str
    role: str
    phone: str
    extension: str
    email: str
    call_url: str
    write_url: str


def present_contacts(contacts: Iterable[Contact], nct_id: str) -> list[ContactView]:
    return [
        ContactView(
            contact.name,
            contact.role,
            contact.phone,
            contact.phone_ext,
            contact.email,
            call_url(contact.phone),
            write_url(contact.email, nct_id),
        )
        for contact in contacts
    ]


def call_url(phone: str) -> str:
    match = _NUMBER.match(phone.strip())
    digits = re.sub(r"[^0-9]", "", match[2]) if match else ""
    if match is None or not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return ""
    return f"tel:{match[1]}{digits}"


def write_url(email: str, nct_id: str) -> str:
    """The mail opens with the trial's number as its subject, so that whoever answers knows which trial is meant."""
    address = email.strip()
    if _ADDRESS.fullmatch(address) is None:
        return ""
    return f"mailto:{quote(address, safe='@')}?subject={quote(nct_id)}"
