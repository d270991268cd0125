"""How one term is written: folded for comparing, in pieces, and with its other writings (codes, hyphens, spelling).

Pure text work: never says what a term means, that is `trials.vocabulary.synonyms`.
"""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

# One character of Chinese, Japanese or Korean is a piece of its own: these are written without blanks
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_PIECE = re.compile(rf"[{_CJK}]|\d+|(?:(?![{_CJK}])[^\W\d_][\u0300-\u036f]*)+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_CODE = re.compile(r"([a-z]+)[- ]?(\d[\da-z]*(?:-\d+)?)|(\d+)[- ]?([a-z]+)", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_ENDINGS = (("isation", "ization"), ("isations", "izations"))
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD_LENGTH = 30  # a text so short comes again and again and is remembered


class Piece(NamedTuple):
    """A run of letters, a run of digits, or one CJK character: folded, and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_cjk(self) -> bool:
        return is_cjk(self.text[0])


def is_cjk(character: str) -> bool:
    return re.match(f"[{_CJK}]", character) is not None


def folded(text: str) -> str:
    """A text as it is compared: lower case, without accents."""
    return _folded_word(text) if len(text) <= _WORD_LENGTH else _folded(text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return unicodedata.normalize("NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u036f"))


_folded_word = lru_cache(maxsize=4096)(_folded)


def pieces(text: str) -> list[Piece]:
    return [Piece(folded(match.group()), match.start(), match.end()) for match in _PIECE.finditer(text)]


@cache
def stop_words() -> frozenset[str]:
    """What the store's text search leaves out."""
    text = resources.files("trials.vocabulary").joinpath("data", "stop_words.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)["words"]).split())


def words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def is_searchable(text: str) -> bool:
    """Whether the store keeps any word of it."""
    return any(word not in stop_words() for word in words(text))


def says_enough(text: str) -> bool:
    """Whether the store keeps all that carries the meaning.

    "S-1" is kept as "-1", "after surgery" as "surgery", "not resectable" as "resectable": each finds something else.
    """
    parts = words(text)
    if not parts or {"no", "not", "nor"} & set(parts):
        return False
    if _HYPHEN.search(text) and " " not in text:
        return True  # kept in one, beside its parts
    if parts[0] in stop_words() or parts[-1] in stop_words():
        return False
    return not all(part.isdigit() for part in parts if part not in stop_words())


@cache
def _spelling_pairs() -> dict[str, str]:
    text = resources.files("trials.vocabulary").joinpath("data", "synonyms.toml").read_text(encoding="utf-8")
    pairs: dict[str, str] = {}
    for row in tomllib.loads(text)["spelling"]:
        for british, american in zip(row["british"], row["american"], strict=True):
            pairs |= {british: american, american: british}
    return pairs


def _other_spelling(word: str) -> str:
    """The British spelling of an American word and the other way round, "" if there is none."""
    low = word.lower()
    if other := _spelling_pairs().get(low):
        return other
    for british, american in _ENDINGS:
        if len(low) > len(british) + 2 and low.endswith(british):
            return low.removesuffix(british) + american
        if len(low) > len(american) + 2 and low.endswith(american):
            return low.removesuffix(american) + british
    return ""


def _unhyphenated(text: str) -> str:
    """Blanks for hyphens between words: finds both, where a hyphen would find the hyphen alone."""

    def blank(match: re.Match[str]) -> str:
        before, after = text[: match.start()].split(), text[match.end() :].split()
        left, right = before[-1].rsplit("-", 1)[-1], after[0].split("-", 1)[0]
        sides = {left.lower(), right.lower()}
        return "-" if sides & stop_words() or min(len(left), len(right)) < 2 else " "

    return _HYPHEN.sub(blank, text)


@lru_cache(maxsize=4096)
def writings(text: str) -> tuple[str, ...]:
    """The text first (hyphens between words as blanks), then its other writings: codes, slashes, spelling."""
    found = [_unhyphenated(text)]
    if found[0] != text and " " in text:
        found.append(text)  # within a phrase, a hyphen has a place of its own in the store: "Sun Yat-sen"
    if code := _CODE.fullmatch(text):
        parts = [part for part in code.groups() if part]
        found += ["-".join(parts), " ".join(parts), "".join(parts)]
    if "/" in text:
        found.append(" ".join(text.replace("/", " ").split()))
    for written in tuple(found):
        other = _LETTERS.sub(lambda match: _other_spelling(match.group()) or match.group(), written)
        found.append(other)
    return tuple(
        {one.casefold(): one for one in reversed(found)}[key] for key in dict.fromkeys(map(str.casefold, found))
    )
