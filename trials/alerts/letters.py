"""A mail as it goes over the wire: words that were handed in, and the headers that mail programs look at.

The same mail always has the same Message-ID and date, so that one handed over twice can be seen to be one (RFC 5322,
3.6.4). No text of a record reaches a header but through the subject, on one line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from trials.alerts.addresses import domain_of
from trials.alerts.secret_links import mail_name
from trials.models import AlertMail

_NAME = "HCC Trials"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, in its reader's language. stop_url ends it by one POST."""

    subject: str
    text: str
    html: str
    stop_url: str
    language: str


Compose = Callable[[AlertMail], Letter]


def email_message(mail: AlertMail, letter: Letter) -> EmailMultiAlternatives:
    """mail.search is read."""
    sender: str = settings.HCCTRIALS_MAIL_FROM
    message = EmailMultiAlternatives(
        subject=one_line(letter.subject),
        body=letter.text,
        from_email=return_address(mail.pk),
        to=[mail.search.address],
        headers={
            "From": formataddr((_NAME, sender)),
            "Message-ID": message_id(mail.pk),
            "Date": format_datetime(mail.made_at),
            "List-Id": f"{_NAME} <followed-searches.{domain_of(sender)}>",
            "List-Unsubscribe": f"<{letter.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",  # RFC 3834: no robot answers
            "Precedence": "bulk",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": letter.language,
        },
    )
    message.attach_alternative(letter.html, "text/html")
    return message


def message_id(mail_id: int) -> str:
    return f"<{mail_name(mail_id)}@{domain_of(settings.HCCTRIALS_MAIL_FROM)}>"


def return_address(mail_id: int) -> str:
    """Where a mail server returns the mail to: with its name in it, where the operator has a mailbox for that."""
    bounces: str = settings.HCCTRIALS_MAIL_BOUNCES
    if not bounces:
        return str(settings.HCCTRIALS_MAIL_FROM)
    box, _, domain = bounces.rpartition("@")
    return f"{box}+{mail_name(mail_id)}@{domain}"


def one_line(text: str) -> str:
    """Without line breaks, and without signs that do not show or turn the text around."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())
