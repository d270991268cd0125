"""Marks a text for translation without importing Django, so that the pure rooms stay pure.

`makemessages` finds the texts by this function's name; whoever shows one passes it through Django's gettext.
"""


def gettext_noop(message: str) -> str:
    """Returns the message unchanged."""
    return message
