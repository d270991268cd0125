"""A record's text cut into pieces, with the sentences marked that a fact stands on. Makes no mark-up, never queries."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CRITERIA = "eligibility_criteria"
_AROUND = 300  # characters shown on either side of a sentence
_PART = re.compile(r"(\w+)\[(\d{1,6})\](?:\.(\w+))?")
_FIELD_WORDS: Mapping[str, Any] = MappingProxyType(
    {
        CRITERIA: _("Eligibility criteria"),
        "official_title": _("Official title"),
        "brief_title": _("Brief title"),
        "brief_summary": _("Brief summary"),
        "conditions": _("Condition %(number)d"),
        "keywords": _("Keyword %(number)d"),
        "interventions": _("Intervention %(number)d"),
        "arms": _("Arm %(number)d"),
    }
)
Texts = Mapping[str, str]
Evidence = Mapping[str, Any]  # {"field", "start", "end", "quote"}
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One field: its words, the text around the marked sentences, and the whole of it where the excerpt is shorter."""

    field: str
    excerpt: Sequence[Piece]
    whole: Sequence[Piece]

    @property
    def is_cut(self) -> bool:
        return len(self.excerpt) > 0 and self.excerpt != self.whole


def marked_texts(evidence: Iterable[Evidence], texts: Texts) -> list[MarkedText]:
    """The fields that the sentences stand in, then the criteria where no sentence stands in them."""
    spans: dict[str, list[Span]] = {}
    for one in evidence:
        if texts.get(one["field"], "")[one["start"] : one["end"]] == one["quote"]:
            spans.setdefault(one["field"], []).append((one["start"], one["end"]))
    found = [_marked(field, texts[field], spans[field]) for field in sorted(spans, key=list(texts).index)]
    if CRITERIA not in spans and texts.get(CRITERIA):
        found.append(MarkedText(field_words(CRITERIA), [], [Piece(texts[CRITERIA])]))
    return found


def _marked(field: str, text: str, spans: Iterable[Span]) -> MarkedText:
    whole = pieces(text, spans)
    return MarkedText(field_words(field), excerpt(whole), whole)


def field_words(field: str) -> str:
    """The name of a field as people say it: "arms[1].label" is "Arm 2 (label)"."""
    part = _PART.match(field)
    if part is None:
        return str(_FIELD_WORDS.get(field, field))
    words = str(_FIELD_WORDS.get(part[1], "%(number)d")) % {"number": int(part[2]) + 1}
    if not part[3]:
        return words
    return gettext("%(part)s (%(column)s)") % {"part": words, "column": part[3].replace("_", " ")}


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The whole text in turn unmarked and marked; sentences that touch or overlap become one."""
    found, place = [], 0
    for start, end in _merged(spans):
        found += [Piece(text[place:start]), Piece(text[start:end], is_marked=True)]
        place = end
    return [piece for piece in [*found, Piece(text[place:])] if piece.text]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def excerpt(whole: Sequence[Piece]) -> list[Piece]:
    """The same with what is far from every mark left out."""
    last = len(whole) - 1
    return [
        piece if piece.is_marked else Piece(_shortened(piece.text, is_before=place < last, is_after=place > 0))
        for place, piece in enumerate(whole)
    ]


def _shortened(text: str, *, is_before: bool, is_after: bool) -> str:
    """The parts of an unmarked text next to a mark: its end before one, its beginning after one."""
    if len(text) <= _AROUND * (is_before + is_after):
        return text
    head = text[:_AROUND].rpartition(" ")[0] + " " if is_after else ""
    tail = " " + text[-_AROUND:].partition(" ")[2] if is_before else ""
    return f"{head}…{tail}"
