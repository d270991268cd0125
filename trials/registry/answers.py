"""What an answer of the registry means: its JSON, a fault that may pass, or one that will not. Never asks again."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn

from trials.registry.errors import RegistryBlocked, RegistryError, RegistryGarbage, RegistryRefused, RegistryUnavailable

_LONGEST_QUOTE = 300


class PassingFault(Exception):
    """A fault that another attempt may mend: error is what to raise when attempts are used up."""

    def __init__(self, error: RegistryError, retry_after: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Answer:
    """headers without regard to case; body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def is_web_page(self) -> bool:
        return "html" in self.content_type or self.body[:200].lstrip().lower().startswith((b"<!doctype", b"<html"))


def content(answer: Answer, where: str) -> object:
    """The decoded JSON. Raises a RegistryError, or PassingFault where another attempt makes sense."""
    if answer.status == 403:
        raise RegistryBlocked(
            f"{where}: the registry has blocked this program (403). Not tried again. Its operators can be asked why; "
            "TLS 1.2 instead of 1.3 has helped others."
        )
    if answer.status == 429 or answer.status >= 500:
        said = "too many requests" if answer.status == 429 else "an error of the registry's own"
        wait = retry_after_seconds(answer.headers.get("Retry-After", ""), datetime.now(UTC))
        raise PassingFault(RegistryUnavailable(f"{where}: {said} ({answer.status})"), wait)
    if 400 <= answer.status < 500:
        message = f"{where}: the registry refused the question ({answer.status}): {_quote(answer)}"
        raise RegistryRefused(message, status=answer.status, is_web_page=answer.is_web_page)
    if answer.status != 200:
        raise PassingFault(RegistryGarbage(f"{where}: an answer with the unexpected status {answer.status}"))
    if answer.is_web_page:
        raise PassingFault(RegistryGarbage(f"{where}: a web page instead of data (a block or maintenance?)"))
    if not answer.content_type.endswith("json"):
        kind = answer.content_type[:80] or "no type"
        raise PassingFault(RegistryGarbage(f"{where}: {kind} instead of JSON"))
    try:
        return _decoded(answer.body)
    except ValueError as error:
        raise PassingFault(RegistryGarbage(f"{where}: broken JSON ({error})")) from None


def _decoded(body: bytes) -> object:
    try:
        data: object = json.loads(body, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return data


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON number")


def _finite(number: str) -> float:
    if not math.isfinite(value := float(number)):
        raise ValueError("a number that cannot be kept")
    return value


def _quote(answer: Answer) -> str:
    if answer.is_web_page:
        return "a web page"
    text = " ".join(re.sub(r"[^\w\s!-~]", " ", answer.body.decode("utf-8", "replace")).split())
    return text[:_LONGEST_QUOTE] + ("..." if len(text) > _LONGEST_QUOTE else "") or "no words"


def retry_after_seconds(text: str, now: datetime) -> float | None:
    """Retry-After as seconds, from a number or a date (RFC 9110, 10.2.3); None where it is absent or neither."""
    text = text.strip()
    if re.fullmatch(r"\d+", text, re.ASCII):
        return float(text) if len(text) < 10 else math.inf
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
