"""Several words as one text, the way that the reader's language lists them (CLDR, through Babel). Pure."""

from collections.abc import Iterable
from typing import Literal

from babel.lists import format_list
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _


def any_of(words: Iterable[object]) -> str:
    """A, B or C."""
    return _listed(words, "or")


def all_of(words: Iterable[object]) -> str:
    """A, B and C."""
    return _listed(words, "standard")


def side_by_side(words: Iterable[object]) -> str:
    """A, B, C."""
    return _(", ").join(map(str, words))


def one_after_another(texts: Iterable[object]) -> str:
    """A; B; C: for texts that may have commas of their own."""
    return _("; ").join(map(str, texts))


def _listed(words: Iterable[object], style: Literal["or", "standard"]) -> str:
    language = get_language() or "en"
    locale = "en_GB" if language == "en" else to_locale(language)  # as all of our English: no comma before "or"
    text: str = format_list([str(word) for word in words], style, locale)
    return text
