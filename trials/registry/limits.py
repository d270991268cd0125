"""How long, how much and how often the registry is asked. Numbers only; transport and client keep to them."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """All times in seconds. Name lookup and TLS handshake obey connect_seconds at each step, the rest the totals."""

    connect_seconds: float = 10.0
    read_seconds: float = 30.0  # of silence
    request_seconds: float = 120.0  # one request until the last byte of its answer
    call_seconds: float = 300.0  # one request with its repetitions and the waits between them
    budget_seconds: float = 3600.0  # all that one client does; what its caller does between pages is not counted
    largest_bytes: int = 50_000_000  # of one answer, unpacked
    attempts: int = 4
    first_wait_seconds: float = 1.0  # doubled at each attempt, and up to as much again by chance
    longest_wait_seconds: float = 60.0  # whatever Retry-After says

    def __post_init__(self) -> None:
        wrong = [field.name for field in fields(self) if not getattr(self, field.name) > 0]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: must be more than 0")


STANDARD = Limits()
