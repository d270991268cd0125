"""What mail servers and mailbox providers report: mails that did not arrive (RFC 3464) or were unwanted (RFC 5965).

A report counts only if it names a mail of ours by its signed name, in the address that it was returned to or in the
headers of the mail that it holds: a forged one ends nothing. Never keeps or logs an address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from enum import StrEnum

from trials.alerts.bouncing import bounced, complained
from trials.alerts.refusals import is_for_good
from trials.alerts.secret_links import named_mail

_NAME = re.compile(r"\b(\d{1,18}-[0-9a-f]{20})\b", re.IGNORECASE)
_RETURNED_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_MOST_PARTS = 50
_NOT_UNWANTED = "not-spam"


class ReportKind(StrEnum):
    GONE = "gone"  # the mailbox does not exist
    FAILED = "failed"  # did not arrive, for a reason that may pass
    UNWANTED = "unwanted"


@dataclass(frozen=True, slots=True)
class Report:
    mail_id: int
    kind: ReportKind


def read_report(message: Message) -> Report | None:
    """None for what is no such report (an answer of a robot, a delay, a delivery), or is of no mail of ours."""
    parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False)]
    kind = _delivery(parts) or _complaint(parts)
    mail_id = next(filter(None, map(named_mail, _names(message, parts))), None) if kind else None
    return Report(mail_id, kind) if kind and mail_id is not None else None


def act_on(report: Report, now: datetime) -> bool:
    """Whether it was news."""
    if report.kind == ReportKind.UNWANTED:
        return complained(report.mail_id, now)
    return bounced(report.mail_id, for_good=report.kind == ReportKind.GONE, now=now)


def _delivery(parts: list[Message]) -> ReportKind | None:
    for part in parts:
        for fields in _blocks(part, "message/delivery-status"):
            if _field(fields, "Action") == "failed":
                return ReportKind.GONE if is_for_good(_field(fields, "Status").split(" ")[0]) else ReportKind.FAILED
    return None


def _complaint(parts: list[Message]) -> ReportKind | None:
    for part in parts:
        for fields in _blocks(part, "message/feedback-report"):
            kind = _field(fields, "Feedback-Type")
            return ReportKind.UNWANTED if kind and kind != _NOT_UNWANTED else None
    return None


def _blocks(part: Message, kind: str) -> Iterator[Message]:
    """The groups of fields of a part, which Python reads as messages in the part."""
    held = part.get_payload()
    if part.get_content_type() == kind and isinstance(held, list):
        yield from (one for one in held if isinstance(one, Message))


def _field(fields: Message, name: str) -> str:
    return str(fields.get(name, "")).strip().lower()


def _names(message: Message, parts: list[Message]) -> Iterator[str]:
    """Where a mail's name may stand: the address of return first."""
    for header in _RETURNED_TO:
        for value in message.get_all(header, []):
            yield from _NAME.findall(str(value))
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            yield from _NAME.findall(str(part.get_payload()))
        elif part is not message:
            yield from _NAME.findall(str(part.get("Message-ID", "")))
