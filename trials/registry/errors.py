"""What can be wrong with a record, and with the registry itself. Messages are for staff; none holds a secret."""


class RecordError(ValueError):
    """A record that cannot be parsed: says where and why, in words for staff."""


class RegistryError(Exception):
    """The registry did not give what was asked for. Nothing that it gave before may count as complete."""


class RegistryBlocked(RegistryError):
    """403: the registry blocks this program. Asking again, or in disguise, makes it worse."""


class RegistryRefused(RegistryError):
    """Another 4xx: the question is wrong. status is 0 where it was not even asked."""

    def __init__(self, message: str, *, status: int = 0, is_web_page: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.is_web_page = is_web_page  # not the registry's own words: a proxy or another server answered


class RegistryUnavailable(RegistryError):
    """No answer after all attempts, or no time left for more."""


class RegistryGarbage(RegistryError):
    """An answer that is not what the registry promises: a web page, broken JSON, another shape, too large."""


class RegistryRedirected(RegistryGarbage):
    """A redirect that is not followed: to another host or scheme, without an end, or without an address."""


class RegistryLoop(RegistryError):
    """Pages without an end: the same page token twice, or many more pages than the total can fill."""


class RegistryChanged(RegistryError):
    """The registry's data changed while they were read, and again after the one new start."""
