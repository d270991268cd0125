"""Texts of the pure rooms in the reader's language, with the numbers and words that belong into them.

Pure; never keeps a value, which may be a patient's.
"""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.vocabulary.worded import Worded


def say(worded: Worded) -> str:
    """Values that are words or numbers themselves are put into the reader's language too."""
    return gettext(worded.text) % {name: _value(value) for name, value in worded.values.items()}


def number_words(number: float | Decimal) -> str:
    """Without an exponent: of a float the digits that say something, a Decimal with the digits that it has."""
    exact = number if isinstance(number, Decimal) else Decimal(f"{number:.6g}")
    return str(number_format(f"{exact:f}", use_l10n=True)).replace("-", "−")


def _value(value: object) -> object:
    if isinstance(value, str):
        return gettext(value) if value else value
    if isinstance(value, tuple):
        return _(", ").join(map(str, value))
    return number_words(value) if isinstance(value, float | Decimal) else value
