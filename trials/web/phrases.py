"""Sentences of ours with the registry's own texts inside, kept apart so that the page can mark them. Pure, no HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trials.registry.values import unescape

OURS, PUBLISHED, DATE = "ours", "published", "date"
_OPEN, _CLOSE = "\ue000", "\ue001"  # private-use signs: they hold the places while a translation is filled in
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Part:
    """kind: ours, published (the registry's text, unescaped) or date (as published: the template words it)."""

    text: str
    kind: str = OURS


Phrase = tuple[Part, ...]


def published(text: str) -> Phrase:
    return (Part(unescape(text), PUBLISHED),)


def dated(text: str) -> Phrase:
    return (Part(text, DATE),)


def phrase(words: str, **values: str | Phrase) -> Phrase:
    """Our translated words with their %(names)s filled in: texts are ours, phrases keep what they are.

    After "Example Co., Ltd." no second full stop follows.
    """
    held = [(Part(value),) if isinstance(value, str) else value for value in values.values()]
    places = {name: f"{_OPEN}{number}{_CLOSE}" for number, name in enumerate(values)}
    return tuple(_parts(words % places, held))


def _parts(marked: str, held: list[Phrase]) -> Iterator[Part]:
    has_stop = False
    for number, text in enumerate(_PLACE.split(marked)):
        if number % 2:
            yield from held[int(text)]
            has_stop = plain_words(held[int(text)]).endswith(".")
        elif ours := text.removeprefix(".") if has_stop else text:
            yield Part(ours)


def plain_words(said: Phrase) -> str:
    return "".join(part.text for part in said)
