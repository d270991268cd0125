"""A mail server on this machine, over a real socket (aiosmtpd), that fails on order. Never asserts anything.

A fault is named for what the server does with a mail: "busy" and "full" answer 4xx to the recipient, "nobody" and
"policy" 5xx, "content" refuses the mail after it was sent, "cut" takes the mail and breaks off before it says so,
"torn" breaks off before it has taken it, "slow" says nothing until the client goes, "closing" answers 421.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

FAULTS = ("", "busy", "nobody", "policy", "content", "cut", "torn", "slow", "closing")
_AT_RECIPIENT = {
    "busy": "450 4.2.1 try again later",
    "full": "452 4.2.2 mailbox full",
    "nobody": "550 5.1.1 no such user",
    "policy": "554 5.7.1 relaying denied",
    "closing": "421 4.3.2 closing",
}
Faults = Callable[[str], str]  # of a recipient


def no_faults(_recipient: str) -> str:
    return ""


@dataclass
class Taken:
    """A mail that the server took over, with what came around it."""

    recipient: str
    sender: str
    message: EmailMessage

    @property
    def id(self) -> str:
        return str(self.message["Message-ID"])

    def text(self, kind: str = "plain") -> str:
        body = self.message.get_body((kind,))
        assert body is not None
        return str(body.get_content())


@dataclass
class MailServer:
    """faults decides at every try; taken is what it has taken over, also where it broke off before it said so."""

    port: int
    faults: Faults = no_faults
    taken: list[Taken] = field(default_factory=list)
    tries: int = 0
    clients: set[Any] = field(default_factory=set)  # address and port of each connection
    _fault: str = ""

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's names
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        self.tries += 1
        self.clients.add(session.peer)
        self._fault = self.faults(address)
        if self._fault in _AT_RECIPIENT:
            return _AT_RECIPIENT[self._fault]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        fault = self._fault
        if fault == "content":
            return "554 5.6.0 not such a mail"
        if fault == "slow":
            await asyncio.Event().wait()
        if fault != "torn":
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken += [Taken(to, str(envelope.mail_from), message) for to in envelope.rcpt_tos]
        if fault in ("cut", "torn") and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "250 OK"

    def __enter__(self) -> "MailServer":
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # else a dozen lines for each mail
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=10)
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()
