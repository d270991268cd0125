"""Texts of the calculators in the reader's language, with the values that belong into them."""

from django.utils.translation import gettext

from trials.vocabulary.worded import Worded


def say(worded: Worded) -> str:
    """Values that are words themselves are translated too; a value without a unit leaves no gap."""
    values = dict(worded.values)
    values |= {name: gettext(value) for name, value in values.items() if value and isinstance(value, str)}
    said = gettext(worded.text) % values
    return said.replace("  ", " ").replace(" :", ":") if values.get("unit") == "" else said
