"""Cuts a text into items and statements (a sentence or a list item each), and keeps who stands under whom.

Knows bullets, numbers and letters at the start of a line and in the middle of one, lines broken by width, and sentences
that end within parentheses. Never judges what a statement says.
"""

import re
from dataclasses import dataclass

from trials.eligibility.reading import Evidence
from trials.eligibility.sections import INCLUSION, Section, sections
from trials.eligibility.text import TextView
from trials.eligibility.words import BOOK

_MARKER = re.compile(
    r"(?P<indent>[ ]*)(?P<mark>(?:[*+\-#>]+[ ]+|[*+]+(?=\S)|-(?=[a-z]))*"
    r"(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.):](?!\d)[ ]*|\(?[a-z][.)][ ]+|\((?:[a-z]|[ivx]{1,4})\)[ ]*|[ivx]{1,4}[.)][ ]+"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}[ ]+)?)"
)
_KIND = re.compile(r"[*+\-]|\d|[a-z]")
# Begins with one sign, which lets the search leap; what may precede it is asked behind.
_CUT = re.compile(
    r"[.;:,)?! ](?:"
    r"(?P<number>(?<=[.;:,)])(?<!\d.)[ ]?\(?\d{1,2}[.)][ ]?(?=[A-Z][a-z]))"
    r"|(?P<stop>(?<=[.;?!])[ ]+(?=[A-Z0-9\"(\[*≥≤<>\-]))"  # a sentence ends
    r"|(?P<semi>(?<=;))"
    r"|(?P<cjk>(?<=[\u3040-\u9fff0-9)a-zA-Z].)(?<=\.)(?=[\u3040-\u9fff]))"
    r"|(?<= )(?:(?P<star>[ ]*\*+[ ]+(?=\S))|(?P<dash>[ ]+-+[ ]+(?=\S))|(?P<spaces>(?<=[^\n ] )[ ]{3,}(?=\S))))"
)
# Old records of the National Cancer Institute run their items on: "Hepatic: Bilirubin normal No ascites".
_RUN_ON = re.compile(
    r"[a-z0-9)%] (?=(?:No |At least \d|More than \d+ (?:days|weeks|months|years) since|Recovered |(?:Age"
    r"|Performance status"
    r"|Life expectancy|Hematopoietic|Hepatic|Renal|Cardiovascular|Pulmonary|Immunologic|Other|Biologic therapy"
    r"|Chemotherapy"
    r"|Endocrine therapy|Radiotherapy|Surgery): ))"
)
_OF_NCI = ("disease characteristics:", "patient characteristics:", "concurrent therapy:")
_MAY_CUT = re.compile(r"[;?!:,).][ ]?[A-Z0-9\"(\[*≥≤<>\-\u3040-\u9fff]|;|[*\-][ ]|    ")
_ABBREVIATION = re.compile(r"\b(?:e\.?g|i\.?e|vs|approx|incl|ca|cf|no|dr|fig|resp|st|exc|max|min|[a-z])\.$")
_SENTENCE_END = ".;:!?"
# Bounds far beyond what a record says in one sentence or line: they keep the work in proportion to the length.
LONGEST_STATEMENT = 1500
LONGEST_REST = 1000  # of the further pieces of a sentence without end
MOST_CUTS = 1000  # statements in one item


@dataclass(slots=True)
class Statement:
    """A sentence or list item: view.plain[start:end], low is the same in lower case with line ends as blanks.

    sign is INCLUSION or EXCLUSION; lead is the statement that introduces the list in which this one stands; previous
    the one before it in the same item.
    """

    view: TextView
    start: int
    end: int
    low: str
    sign: int
    item: int
    heading: str = ""
    lead: "Statement | None" = None
    previous: "Statement | None" = None
    misfiled: bool = False
    is_for_other: bool | None = None  # kept by `cohorts.is_for_other_tumor`
    names_other: bool | None = None  # kept by `cohorts`: another tumour than HCC
    held: frozenset[str] | None = None  # kept by `words`
    cohort: str | None = None  # kept by `cohorts.cohort_of`
    cohorts: frozenset[str] = frozenset()  # all cohorts that the criteria name by number or letter

    @property
    def plain(self) -> str:
        return self.view.plain[self.start : self.end]

    def evidence(self, start: int | None = None, end: int | None = None) -> Evidence:
        """The statement, or where it is very long the part around low[start:end]."""
        if self.end - self.start <= 600 or start is None or end is None:
            return self.view.evidence(self.start, min(self.end, self.start + 1500))
        first = max(self.low.rfind(sign, 0, max(0, start - 60)) for sign in (". ", "; ", ", ", ": "))
        first = max(first + 1, start - 300, 0)
        last = min((place for sign in (". ", "; ", ", ") if (place := self.low.find(sign, end + 60)) >= 0), default=-1)
        last = min(last if last >= 0 else len(self.low), end + 300, len(self.low))
        return self.view.evidence(self.start + first, self.start + last)

    @property
    def words(self) -> frozenset[str]:
        """The words of `words.BOOK` that stand in it."""
        if self.held is None:
            self.held = BOOK.of(self.low)
        return self.held

    def lineage(self) -> "list[Statement]":
        """The statements that introduce this one, nearest first."""
        found: list[Statement] = []
        lead = self.lead
        while lead is not None and len(found) < 6:
            found.append(lead)
            lead = lead.lead
        return found


@dataclass(slots=True)
class _Item:
    start: int
    end: int
    indent: int
    kind: str
    after_blank: bool = False


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start or not spans or spans[-1][1] > spans[-1][0]:  # of empty lines in a row one is enough
            spans.append((start, stop))
        start = stop + 1
    return spans


def _items(view: TextView, section: Section) -> list[_Item]:
    items: list[_Item] = []
    after_blank = True
    lines = _lines(view.low, section.start, section.end)
    broken = _is_broken_by_width(lines)
    for start, stop in lines:
        if start == stop or not view.low[start:stop].strip():
            after_blank = True
            continue
        marker = _MARKER.match(view.low, start, stop)
        mark = marker["mark"] if marker else ""
        content = marker.end() if marker else start
        last = items[-1] if items else None
        if broken and not mark and last and not after_blank and _continues(view, last, content, stop):
            last.end = stop
        elif content < stop:
            kind = _KIND.search(mark)
            label = "" if not kind else "1" if kind.group().isdigit() else "a" if kind.group().isalpha() else "*"
            items.append(_Item(content, stop, len(marker["indent"]) if marker else 0, label, after_blank))
        after_blank = False
    return items


def _is_broken_by_width(lines: list[tuple[int, int]]) -> bool:
    """Whether lines end where the page ended: many near the same width, none far beyond it."""
    widths = [stop - start for start, stop in lines]
    widest = max(widths, default=0)
    return 60 < widest <= 120 and sum(width > widest - 25 for width in widths) >= 2


def _continues(view: TextView, last: _Item, content: int, stop: int) -> bool:
    """Whether an unmarked line goes on with the item above: a line broken by width."""
    if view.plain[content:stop].lstrip()[:1].islower():
        return True
    ending = view.plain[last.start : last.end].rstrip()[-1:]
    return last.end - last.start > 60 and ending not in _SENTENCE_END


def _cuts(view: TextView, start: int, end: int) -> list[tuple[int, int, bool]]:
    """The statements of an item as spans; the flag tells one that opens an item of a list within the line."""
    plain = view.plain
    if not _MAY_CUT.search(plain, start, end):
        if end - start <= LONGEST_STATEMENT:
            return [(start, end, False)] if plain[start:end].strip(" \n.;:-*") else []
        short = _shortened(plain, start, end, opens=False)
        return [span for span in short if plain[span[0] : span[1]].strip(" \n.;:-*")]
    spans: list[tuple[int, int, bool]] = []
    first, opens = start, False
    for match in _CUT.finditer(plain, start, end):
        sign = plain[match.start()]
        if (
            match["stop"]
            and sign == "."
            and _ABBREVIATION.search(plain, max(first, match.start() - 8), match.start() + 1)
        ):
            continue
        if sign == ";" and _inside_parenthesis(plain, first, match.start()):
            continue
        stop = match.start() if sign == " " else match.start() + 1
        if stop > first:
            spans.append((first, stop, opens))
            first, opens = match.end(), bool(match["star"] or match["dash"] or match["number"])
            if len(spans) == MOST_CUTS:
                break
    if first < end:
        spans.append((first, end, opens))
    short = [piece for span in spans for piece in _shortened(plain, span[0], span[1], opens=span[2])]
    return [span for span in short if plain[span[0] : span[1]].strip(" \n.;:-*")]


def _run_on(plain: str, spans: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Cuts where the next item begins without a stop before it."""
    found: list[tuple[int, int, bool]] = []
    for first, end, opens in spans:
        for match in _RUN_ON.finditer(plain, first, end):
            if match.end() - first > 3:
                found.append((first, match.end() - 1, opens))
                first, opens = match.end(), True
        found.append((first, end, opens))
    return found


def _shortened(plain: str, start: int, end: int, *, opens: bool) -> list[tuple[int, int, bool]]:
    """A sentence without end in pieces, so that work within a statement stays bounded."""
    pieces = []
    longest = LONGEST_STATEMENT
    while end - start > longest:
        middle = start + longest
        longest = LONGEST_REST
        cut = max(plain.rfind(", ", start + 1, middle), plain.rfind("\n", start + 1, middle)) + 1
        cut = cut or plain.rfind(" ", start + 1, middle) + 1 or middle
        pieces.append((start, cut, opens))
        start, opens = cut, False
    return [*pieces, (start, end, opens)]


def _inside_parenthesis(plain: str, start: int, end: int) -> bool:
    start = max(start, end - 400)
    return plain.count("(", start, end) > plain.count(")", start, end)


def _leads(view: TextView, items: list[_Item]) -> list[int | None]:
    """For each item the index of the item that introduces it."""
    leads: list[int | None] = []
    stack: list[int] = []
    for index in range(len(items)):
        while stack and not _is_under(view, items, stack[-1], index):
            stack.pop()
        leads.append(stack[-1] if stack else None)
        stack.append(index)
    return leads


def _is_under(view: TextView, items: list[_Item], above: int, index: int) -> bool:
    lead, item = items[above], items[index]
    if item.indent > lead.indent:
        return True
    if item.indent < lead.indent or not view.plain[lead.start : lead.end].rstrip().endswith(":"):
        return False
    if lead.kind != item.kind:
        return True
    block = items[above + 2 : index + 1] if index - above < 12 else [_Item(0, 0, 0, "", after_blank=True)]
    return not item.kind and not any(one.after_blank for one in block)


def statements(view: TextView) -> list[Statement]:
    """The statements of a whole field in their order."""
    found: list[Statement] = []
    count = 0
    runs_on = any(word in view.low for word in _OF_NCI)
    for section in sections(view.low, view.plain):
        items = _items(view, section)
        leads = _leads(view, items)
        last_of: list[Statement | None] = []
        for item, lead in zip(items, leads, strict=True):
            previous: Statement | None = None
            spans = _cuts(view, item.start, item.end)
            for start, end, opens in _run_on(view.plain, spans) if runs_on else spans:
                if opens:
                    previous, count = None, count + 1
                low = view.low[start:end].replace("\n", " ")
                above = last_of[lead] if lead is not None else None
                previous = Statement(view, start, end, low, section.sign, count, section.heading, above, previous)
                found.append(previous)
            last_of.append(previous)
            count += 1
    return found


def whole_statement(view: TextView) -> list[Statement]:
    """The statements of a field that is no list of criteria (a title, a summary): all under inclusion."""
    spans = _cuts(view, 0, len(view.plain))
    return [Statement(view, a, b, view.low[a:b].replace("\n", " "), INCLUSION, 0) for a, b, _ in spans]
