"""How hard an English text is to read: the Flesch-Kincaid grade, with syllables estimated from the spelling.

Source of the formula: Kincaid, Fishburne, Rogers, Chissom, "Derivation of new readability formulas", 1975. Tools differ
by about a grade, because each counts syllables in its own way; a number alone says nothing about sense.
"""

import re
from collections.abc import Iterable

_SENTENCE = re.compile(r"[.!?]+(?=\s|$|[”\"')])")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_VOWELS = re.compile(r"[aeiouyà-ÿ]+")


def syllables(word: str) -> int:
    """An estimate: groups of vowels, without a silent e at the end. An abbreviation is spelled out; a number is one."""
    if word[0].isdigit():
        return 1
    if word.isupper() and len(word) > 1:
        return len(word) + 2 * word.count("W")
    lower = re.sub(r"['’]\w+$", "", word.lower())
    if len(lower) > 3:
        lower = re.sub(r"(?<=[^aeiouyl])(?:e|es|ed)$|(?<=[aeiou]l)es?$", _kept_ending, lower)
    split = re.sub(r"i(?=[aou])|(?<=[bcdhlu])i(?=et|en)|(?<!q)u(?=[ao])|e(?=a$)", r"\g<0>-", lower)  # "medi-um"
    split = re.sub(r"(?<=[stcgx])i-(?=[aeo][nlu])", "i", split)  # "na-tion"
    return max(1, len(_VOWELS.findall(split)))


def _kept_ending(match: re.Match[str]) -> str:
    """ "-ted", "-ded" and "-ces", "-ses" are spoken."""
    before = match.string[match.start() - 1]
    spoken = (match[0] == "ed" and before in "td") or (match[0] == "es" and before in "cgsxz")
    return match[0] if spoken else ""


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def grade(*texts: str) -> float:
    """The Flesch-Kincaid grade of texts read one after the other: 6 is about the age of 12."""
    sentences = sum(max(1, len([part for part in _SENTENCE.split(text) if part.strip()])) for text in texts)
    words = [word for text in texts for word in words_of(text)]
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def hardest(texts: Iterable[tuple[str, str]], number: int = 10) -> list[tuple[float, str]]:
    """The names of the hardest texts with their grades, the hardest first."""
    return sorted(((round(grade(text), 1), name) for name, text in texts), reverse=True)[:number]
