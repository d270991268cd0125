"""How a stored trial stands to the registry that it came from. Values of our own; never published by the registry."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from trials.vocabulary.messages import gettext_noop as _


class RegistryState(StrEnum):
    """LISTED: the refresh receives it. NOT_RETURNED: alive under its number, but our query does not return it any more.

    RENAMED: its number leads to another record. GONE: the registry knows no such number.
    """

    LISTED = "listed"
    NOT_RETURNED = "not_returned"
    RENAMED = "renamed"
    GONE = "gone"


STILL_THERE = (RegistryState.LISTED, RegistryState.NOT_RETURNED)

STATE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        RegistryState.LISTED: _("Returned by our search of the registry"),
        RegistryState.NOT_RETURNED: _("No longer returned by our search, followed by its number"),
        RegistryState.RENAMED: _("Kept by the registry under another number now"),
        RegistryState.GONE: _("No longer in the registry"),
    }
)
