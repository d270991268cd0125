"""What a mail server's answer means for a mail: tried again, given up for good, or nothing of the mail's. Pure."""

import re
from enum import Enum, auto
from smtplib import SMTPDataError, SMTPRecipientsRefused

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")  # RFC 3463
_NO_SUCH_MAILBOX = (550, 551, 553)
_BAD_ADDRESS, _BAD_MAILBOX = "1", "2"  # subjects of RFC 3463; others blame mail systems, content or policy
_DISABLED = "1"


class Refusal(Enum):
    UNREACHABLE = auto()  # the server is away or broke off: says nothing about this mail
    FOR_NOW = auto()
    FOR_GOOD = auto()  # there is no such mailbox


def refusal(error: Exception) -> Refusal:
    if isinstance(error, SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return _meaning(code, text)
    if isinstance(error, SMTPDataError):
        return _meaning(error.smtp_code, error.smtp_error)
    return Refusal.UNREACHABLE  # also where our own account or sender is refused: the operator's to mend


def _meaning(code: int, text: bytes | str) -> Refusal:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    if code == 421:  # RFC 5321, 3.8: the server closes the connection
        return Refusal.UNREACHABLE
    if code < 500:
        return Refusal.FOR_NOW
    if match := _ENHANCED.search(said):
        return Refusal.FOR_GOOD if is_for_good(match[0]) else Refusal.FOR_NOW
    return Refusal.FOR_GOOD if code in _NO_SUCH_MAILBOX else Refusal.FOR_NOW


def is_for_good(status: str) -> bool:
    """Whether an enhanced status code says that the mailbox does not exist, or not any more (5.1.x, 5.2.1).

    A full mailbox (5.2.2) may be emptied, and a server that refuses us by its policy (5.7.x) speaks of us.
    """
    match = _ENHANCED.fullmatch(status.strip())
    if match is None or match[1] != "5":
        return False
    return match[2] == _BAD_ADDRESS or (match[2] == _BAD_MAILBOX and match[3] == _DISABLED)
