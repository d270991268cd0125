"""A readable view of a published text that still knows where each sign stood.

The view undoes Markdown escapes and HTML entities, and folds full-width forms, dashes, quotes, spaces and comparison
signs. It never loses the way back: `published_span` gives the place in the text as published. Knows no medicine.
"""

import html
import re
from array import array
from dataclasses import dataclass

from trials.eligibility.reading import Evidence

# One sign for one sign; the view keeps its length.
_FOLDS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDS.update(
    {
        ord(sign): ord(folded)
        for signs, folded in (
            (
                "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c\x00\r",
                " ",
            ),
            ("\u2028\u2029\u0085", "\n"),
            ("‐‑‒–—―−﹣－", "-"),
            ("～∼〜˜", "~"),
            ("‘’‛′`´", "'"),
            ("“”„″«»", '"'),
            ("、，﹐", ","),
            ("。．", "."),
            ("；", ";"),
            ("：﹕", ":"),
            ("（", "("),
            ("）", ")"),
            ("【［", "["),
            ("】］", "]"),
            ("≦⩽≤⪯", "≤"),
            ("≧⩾≥⪰", "≥"),
            ("＜﹤", "<"),
            ("＞﹥", ">"),
            ("•●▪■◦○·‣⁃➢✓►", "*"),
            ("µ", "μ"),
        )
        for sign in signs
    }
)
_EXPANDED = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV"}
_EXPANDED |= {"Ⅴ": "V", "ⅰ": "i", "ⅱ": "ii", "ⅲ": "iii", "ⅳ": "iv", "…": "..."}
_SPECIAL = re.compile(
    r"\\{1,4}(?P<sign>[!-/:-@\[-`{-~])|(?P<entity>&[ ]?(?:\#\d{1,6}|\#x[0-9a-f]{1,5}|[a-z]{2,8});)"
    r"|(?P<gone>[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad])|(?P<expand>[ﬁﬂﬀﬃﬄⅠⅡⅢⅣⅤⅰⅱⅲⅳ…])"
    r"|(?P<line>\\{1,2}[rn])",
    re.IGNORECASE,
)
_NEEDS_CARE = re.compile(r"[\\&\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00adﬁﬂﬀﬃﬄⅠⅡⅢⅣⅤⅰⅱⅲⅳ…]")
_QUOTED_JSON = re.compile(r"\s*[{\[]")


def _lower(text: str) -> str:
    """Lower case of the same length (a few letters grow when they are lowered)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def _replacement(match: re.Match[str], *, is_json: bool) -> str | None:
    if match["sign"]:
        return match["sign"]
    if match["gone"]:
        return ""
    if match["expand"]:
        return _EXPANDED[match["expand"]]
    if match["line"]:
        return "\n" if is_json else None
    entity = match["entity"].replace(" ", "").lower()
    decoded = html.unescape(entity)
    return None if decoded == entity else decoded


@dataclass(frozen=True, slots=True)
class TextView:
    """A field's text as published, its readable form (plain) and the same in lower case (low).

    starts[i] is the place of plain[i] in published; None where both have the same places.
    """

    field: str
    published: str
    plain: str
    low: str
    starts: "array[int] | None"

    def published_span(self, start: int, end: int) -> tuple[int, int]:
        """Where plain[start:end] stands in the text as published; never empty if start < end."""
        if self.starts is None:
            return start, end
        first = self.starts[start]
        while end < len(self.plain) and self.starts[end] <= self.starts[end - 1]:
            end += 1
        return first, self.starts[end]

    def evidence(self, start: int, end: int) -> Evidence:
        """The evidence for plain[start:end], without the blanks around it."""
        while start < end and self.plain[start] in " \n":
            start += 1
        while end > start and self.plain[end - 1] in " \n":
            end -= 1
        first, last = self.published_span(start, end)
        return Evidence(self.field, first, last, self.published[first:last])


_ASCII_FOLDS = bytes(_FOLDS.get(code, code) for code in range(128)) + bytes(range(128, 256))


_FOLDED = frozenset(map(chr, _FOLDS))


def _fold(text: str) -> str:
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    if text.isascii() and text.isprintable() and "`" not in text:
        return text
    if text.isascii():  # much the quicker way, for most texts
        return text.encode("ascii").translate(_ASCII_FOLDS).decode("ascii")
    for sign in _FOLDED.intersection(text):  # a few signs, each far quicker replaced than the whole text translated
        text = text.replace(sign, chr(_FOLDS[ord(sign)]))
    return text


def view(field: str, published: str) -> TextView:
    """The readable view of one field's text."""
    if (published.isascii() and "\\" not in published and "&" not in published) or not _NEEDS_CARE.search(published):
        plain = _fold(published)
        return TextView(field, published, plain, _lower(plain), None)
    is_json = bool(_QUOTED_JSON.match(published))
    pieces: list[str] = []
    starts = array("I")
    place = 0
    for match in _SPECIAL.finditer(published):
        replacement = _replacement(match, is_json=is_json)
        if replacement is None:
            continue
        pieces.append(published[place : match.start()])
        starts.extend(range(place, match.start()))
        pieces.append(replacement)
        starts.extend([match.start()] * len(replacement))
        place = match.end()
    pieces.append(published[place:])
    starts.extend(range(place, len(published) + 1))
    plain = _fold("".join(pieces))
    return TextView(field, published, plain, _lower(plain), starts)
