"""Published text as readable structure: headings, paragraphs and lists, with the places that facts were read from.

The order, the markers and the words stay as published; only Markdown's escapes go. Never builds HTML, never splits a
run-on text, never renumbers. Source of the layouts: the registry's v2 Markdown and its older indented text form.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from trials.registry.values import unescape
from trials.web.word_lists import side_by_side

_ESCAPED = re.compile(r"\\?&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|\\[!-/:-@\[-`{-~]")
_MARKER = re.compile(
    r"""\\?[*+•●○◦▪■‣·–—-](?=\s)              # bullets
    | \(?\d{1,3}(?:\.\d{1,2}){0,3}\\?[.)、）](?=\s|[^\s\d])  # 1. 2) (3) 1.2.
    | \(?(?:[A-Za-z]|[ivx]{2,5}|[IVX]{2,5})\\?[.)](?=\s)     # a. (b) iv.
    """,
    re.VERBOSE,
)
_HEADING = re.compile(
    r"[#*_\s]{0,6}(?:(?:[\w/&,()-]+\s+){0,5}?(?:non-?)?(?:in|ex)clusion\b[^.;]{0,60}|eligibility criteria[^.;]{0,40})",
    re.IGNORECASE,
)
_HEADING_WORD = re.compile("clusion|criteri", re.IGNORECASE)
_LONGEST_HEADING = 90
_LONGEST_LEAD = 60
_WRAPPED_AT = range(60, 101)  # a line of this length was wrapped by the sender: its end is no end of a thought
_NESTED_BY = 2  # spaces
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the published text, escapes counted, and what was read from it."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to highlight: overlapping spans made one."""

    id: str
    start: int
    end: int
    labels: tuple[str, ...]

    @property
    def words(self) -> str:
        return side_by_side(self.labels)


@dataclass(frozen=True, slots=True)
class Piece:
    """Unescaped text; has_id is true of the first piece of its mark alone."""

    text: str
    mark: Mark | None = None
    has_id: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    pieces: tuple[Piece, ...]
    break_before: bool


@dataclass(slots=True)
class Item:
    """marker is as published, but for Markdown's star, which is drawn as the bullet that it stands for."""

    marker: str
    lines: list[Line]
    blocks: "list[Block]" = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """kind is heading (of the criteria), lead (a short line before a list), paragraph or list."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


def merge_spans(text: str, spans: Iterable[Span], prefix: str) -> tuple[Mark, ...]:
    """Marks in the order of the text, none overlapping; spans outside the text are left out."""
    whole = sorted(
        (_whole_escapes(text, span) for span in spans if 0 <= span.start < span.end <= len(text)),
        key=lambda span: (span.start, span.end),
    )
    merged: list[tuple[int, int, list[str]]] = []
    for span in whole:
        if merged and span.start < merged[-1][1]:
            start, end, labels = merged[-1]
            merged[-1] = (start, max(end, span.end), labels)
            labels.append(span.label)
        else:
            merged.append((span.start, span.end, [span.label]))
    return tuple(
        Mark(f"{prefix}{number}", start, end, tuple(dict.fromkeys(labels)))
        for number, (start, end, labels) in enumerate(merged, start=1)
    )


def mark_at(marks: Sequence[Mark], position: int) -> Mark | None:
    """The mark that covers a position of the published text."""
    index = bisect_right([mark.start for mark in marks], position) - 1
    return marks[index] if index >= 0 and position < marks[index].end else None


def _whole_escapes(text: str, span: Span) -> Span:
    r"""A span that begins or ends inside an escape (between "\" and ">") takes in the whole of it."""
    start, end = span.start, span.end
    around = 40  # longer than any escape
    for match in _ESCAPED.finditer(text, max(0, start - around), min(len(text), start + around)):
        if match.start() < start < match.end():
            start = match.start()
    for match in _ESCAPED.finditer(text, max(0, end - around), min(len(text), end + around)):
        if match.start() < end < match.end():
            end = match.end()
    return Span(start, end, span.label)


def text_blocks(text: str, marks: Sequence[Mark] = ()) -> list[Block]:
    """The text's blocks in published order. Every character but white space and escapes is in exactly one piece."""
    reader = _Reader(_Pieces(text, marks))
    for published in _lines(text):
        reader.read(published)
    return reader.blocks


def published_items(text: str) -> Iterator[tuple[str, str, bool]]:
    """Each line that is not blank as marker, unescaped text, and whether it is a heading of the criteria."""
    for published in _lines(text):
        if published.text:
            said = text[published.start : published.end]
            is_heading = not published.marker and _is_heading(said)
            yield "•" if published.marker == "*" else unescape(published.marker), unescape(said), is_heading


@dataclass(frozen=True, slots=True)
class _Published:
    """One line: where its content (after the marker) stands in the text, and how it was laid out."""

    text: str
    start: int
    end: int
    indent: int
    marker: str
    length: int


def _lines(text: str) -> Iterator[_Published]:
    start = 0
    for raw in text.split("\n"):
        content = raw.rstrip()
        body = content.lstrip()
        indent = len(content[: len(content) - len(body)].expandtabs(4))
        match = _MARKER.match(body)
        # a marker with nothing behind it is text
        marker = match[0] if match and body[match.end() :].strip() else ""
        said = body[len(marker) :].lstrip() if marker else body
        end = start + len(content)
        yield _Published(said, end - len(said), end, indent, marker, len(content) - indent)
        start += len(raw) + 1


class _Pieces:
    """Cuts a stretch of the text at the marks; asked for stretches in the order of the text."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._text = text
        self._marks = marks
        self._next = 0
        self._given: set[str] = set()

    def between(self, start: int, end: int) -> tuple[Piece, ...]:
        if not self._marks:
            return (Piece(unescape(self._text[start:end])),)
        return tuple(piece for piece in self._cut(start, end) if piece.text)

    def _cut(self, start: int, end: int) -> Iterator[Piece]:
        while self._next < len(self._marks) and self._marks[self._next].end <= start:
            self._next += 1
        for mark in self._marks[self._next :]:
            if mark.start >= end:
                break
            first, last = max(mark.start, start), min(mark.end, end)
            yield Piece(unescape(self._text[start:first]))
            yield Piece(unescape(self._text[first:last]), mark, mark.id not in self._given)
            self._given.add(mark.id)
            start = last
        yield Piece(unescape(self._text[start:end]))


@dataclass(slots=True)
class _Open:
    """A list that can still grow, and its last item."""

    indent: int
    block: Block
    item: Item


class _Reader:
    """Puts lines into blocks. open_lists holds the lists that the next line may belong to, the deepest last."""

    def __init__(self, pieces: _Pieces) -> None:
        self.blocks: list[Block] = []
        self._pieces = pieces
        self._open_lists: list[_Open] = []
        self._growing: list[Line] | None = None  # what a line without a marker goes on with
        self._wrapped = False
        self._after_blank = True

    def read(self, published: _Published) -> None:
        if not published.text:
            self._after_blank = True
            self._growing = None if not self._open_lists else self._growing
            return
        if published.marker:
            self._item(published)
        elif not self._continues(published):
            self._open_block(published)
        self._wrapped = published.length in _WRAPPED_AT
        self._after_blank = False

    def _line(self, published: _Published, *, is_first: bool) -> Line:
        pieces = self._pieces.between(published.start, published.end)
        return Line(pieces, break_before=not is_first and not self._wrapped)

    def _item(self, published: _Published) -> None:
        lists = self._open_lists
        while lists and lists[-1].indent >= published.indent + _NESTED_BY:
            lists.pop()
        marker = "•" if published.marker == "*" else unescape(published.marker)
        item = Item(marker, [self._line(published, is_first=True)])
        deeper = bool(lists) and published.indent >= lists[-1].indent + _NESTED_BY and len(lists) < _DEEPEST
        if lists and not deeper:
            lists[-1].block.items.append(item)
            lists[-1].item = item
        else:
            block = Block("list", items=[item])
            (lists[-1].item.blocks if lists else self.blocks).append(block)
            lists.append(_Open(published.indent, block, item))
        self._growing = item.lines

    def _continues(self, published: _Published) -> bool:
        """Adds the line to the paragraph or item before it, if it goes on there."""
        if self._growing is None or self._after_blank or _is_heading(published.text):
            return False
        if self._open_lists and published.indent <= self._open_lists[-1].indent and not self._wrapped:
            return False
        self._growing.append(self._line(published, is_first=False))
        return True

    def _open_block(self, published: _Published) -> None:
        kind = _kind(published)
        lists = self._open_lists
        while lists and (published.indent < lists[-1].indent + _NESTED_BY or kind == "heading"):
            lists.pop()
        block = Block(kind, [self._line(published, is_first=True)])
        (lists[-1].item.blocks if lists else self.blocks).append(block)
        self._growing = block.lines if kind == "paragraph" else None


def _is_heading(line: str) -> bool:
    if _HEADING_WORD.search(line) is None:  # most lines, at a fraction of the cost
        return False
    text = unescape(line).strip()
    if len(text) > _LONGEST_HEADING or _HEADING.fullmatch(text) is None:
        return False
    return text.rstrip("*_ ").endswith((":", "：")) or "criteri" in text.casefold()


def _kind(published: _Published) -> str:
    if _is_heading(published.text):
        return "heading"
    is_lead = published.text.endswith((":", "：")) and len(published.text) <= _LONGEST_LEAD
    return "lead" if is_lead else "paragraph"
