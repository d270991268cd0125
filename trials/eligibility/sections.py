"""Finds the sections of eligibility criteria: what stands under inclusion and what under exclusion.

Knows headings on a line of their own, in the middle of a line, with and without a colon, National Cancer Institute
style topics and Chinese headings. A text without any heading is one inclusion section. Never reads what a rule says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

INCLUSION = 1
EXCLUSION = -1

# Begins with one letter, which lets the search leap; `_begins_word` looks before it.
_CANDIDATE = re.compile(
    r"[iednp入纳排](?:"
    r"(?P<word>(?<=i)nclusi(?:ons?|ve|one|ón)\b|(?<=e)[xs]clusi(?:ons?|ve|one|ón)\b)"
    r"|(?P<cjk>(?<=[入纳])(?:选标准|入标准|组标准|选条件|入条件|组条件)|(?<=排)除(?:标准|条件))"
    r"|(?P<nci>(?<=d)isease characteristics\s*:|(?<=p)atient characteristics\s*:"
    r"|(?<=p)rior(?:/| and )?\s?concurrent therapy\s*:)"
    r"|(?P<ban>(?<=e)xcluded\b[^\n:;]{0,90}:|(?<=i)neligible\b[^\n:;]{0,90}:"
    r"|(?<=n)ot (?:be )?(?:eligible|enrolled|included|permitted|allowed)\b[^\n:;]{0,90}:)"
    r"|(?P<bare>(?<=n)ot (?:be )?eligible (?:if|when|with)[ ]*(?=\n))"
    r"|(?P<eligible>(?<=e)ligibility criteria\s*:))"
)
# The words with which the alternatives of `_CANDIDATE` begin.
_BEGINNINGS = (
    "inclusi",
    "exclusi",
    "esclusi",
    "入选",
    "纳入",
    "入组",
    "排除",
    "入入",
    "纳选",
    "纳组",
    "disease characteristics",
    "patient characteristics",
    "excluded",
    "ineligible",
    "not eligible",
    "not be ",
    "not enrolled",
    "not included",
    "not permitted",
    "not allowed",
    "eligibility criteria",
)
_PREFIX_WORD = (
    r"(?:crit[eè]res?|criterios?|criteri|de|di|d|key|main|major|general|specific|additional|other|patients?"
    r"|subjects?|participants?|study|trial"
    r"|criteria|criterion"
    r"|abbreviated|protocol|core|important|common|selected|summary|of|for|and|the|all|parts?|phases?|cohorts?|arms?"
    r"|groups?|stages?|step|donors?|recipients?|raw|text|pregnancy|treatment|dose|expansion|escalation|core|[ivx]{1,3}"
    r"|[a-h]|\d\w?)"
)
_PREFIX = re.compile(rf"[\W\d_]*(?:{_PREFIX_WORD}[\W_]+){{0,9}}$")
_TURNED = re.compile(r"\bnon[ -]*$")
# "Not eligible if they have: a; b": a ban whose list goes on in the same line.
_INLINE = re.compile(r"[a-z '-]*?\b[^\n:;.*]{0,60}:(?=[ ]*\S)")
_INLINE_WORDS = (
    "excluded", "ineligible", "not eligible", "not be eligible", "not be included", "not be enrolled", "must not have",
    "may not have", "cannot participate", "can not participate", "cannot enter", "cannot be included",
    "cannot be enrolled", "cannot take part", "non-inclusion", "non inclusion", "not allowed:", "not permitted:",
)  # fmt: skip
# "Patients will be excluded if they had a, b, or c." bans to the end of its sentence.
_INLINE_IF = re.compile(
    r"(?:excluded|ineligible|not eligible|not be eligible|not be included|not be enrolled)(?: from (?:the |this )?\w+)?"
    r" (?:if|when) (?:they|he or she|the patients?|patients?|participants?|subjects?|one|there|any)\b"
)
_DENIED = re.compile(r"\b(?:not|never)(?: be)?(?: \w+)? ?$")
_LINE_END = re.compile(r"\n")
_SENTENCE_END = re.compile(r"\.\s|\n")
_LONGEST_OPENING = 90
_OPENING = re.compile(r"[ *\d.)-]*(?:[\w'-]+ ){0,8}$")
_AFTER_BREAK = re.compile(r"(?:[.;:)\]\"]|\s[-*]|\s{2,}|\d\.)\s*$")
_SUFFIX = re.compile(r"(?:\s*(?:criteria|criterion|criterias))?(?P<more>[^\n:.;]{0,60})(?P<end>:|\n|$)")
_TITLED = re.compile(r"(?:In|Ex)clusion Criteria (?=[A-Z*-])|(?:IN|EX)CLUSION CRITERIA ")
_TITLED_COLON = re.compile(r"(?:In|Ex)clusion Criteria ?:|(?:IN|EX)CLUSION CRITERIA ?:")
_BARE_SUFFIX = re.compile(r"\s*(?:criteria|criterion|criterias)?\s*\"?\s*(?:[:\-(]|\n|$)")


@dataclass(frozen=True, slots=True)
class Section:
    """start and end of the body in the view's text; sign is INCLUSION or EXCLUSION; heading is in lower case."""

    start: int
    end: int
    sign: int
    heading: str


@dataclass(frozen=True, slots=True)
class _Heading:
    start: int
    end: int
    sign: int


def _worded_heading(low: str, plain: str, match: re.Match[str]) -> _Heading | None:
    line_start = low.rfind("\n", 0, match.start()) + 1
    prefix_start = max(line_start, match.start() - 90)
    prefix = low[prefix_start : match.start()]
    is_turned = bool(_TURNED.search(prefix))  # "non-inclusion criteria"
    prefix = _TURNED.sub("", prefix)
    on_line = prefix_start == line_start and bool(_PREFIX.match(prefix))
    if not on_line and not _AFTER_BREAK.search(prefix) and not _TITLED_COLON.match(plain, match.start()):
        return None
    titled = _TITLED.match(plain, match.start())
    suffix = _SUFFIX.match(low, match.end())
    if suffix is None:
        return _Heading(match.start(), titled.end(), _sign(match, is_turned=is_turned)) if titled else None
    bare = bool(_BARE_SUFFIX.match(low, match.end()))
    has_criteria = "criteri" in low[match.end() : suffix.end()]
    if not (bare or titled or (has_criteria and (suffix["end"] == ":" or on_line))):
        return None
    if not on_line and suffix["end"] != ":" and not has_criteria:
        return None
    end = (
        suffix.end()
        if suffix["end"] in (":", "\n") and not (titled and not bare and suffix["end"] == "\n")
        else suffix.start("more")
    )
    start = line_start if on_line else match.start()
    return _Heading(start, end, _sign(match, is_turned=is_turned))


def _sign(match: re.Match[str], *, is_turned: bool) -> int:
    return INCLUSION if match.group().startswith("inclu") and not is_turned else EXCLUSION


def _heading(low: str, plain: str, match: re.Match[str]) -> _Heading | None:
    if match["word"]:
        return _worded_heading(low, plain, match)
    if match["cjk"]:
        return _Heading(match.start(), match.end(), EXCLUSION if match.group().startswith("排除") else INCLUSION)
    line_start = low.rfind("\n", 0, match.start()) + 1
    if match["bare"]:
        is_alone = not low[line_start : match.start()].strip(" *-\"'0123456789.)")
        return _Heading(line_start, match.end(), EXCLUSION) if is_alone else None
    if match["ban"]:
        is_lead = match.end() >= len(low) or low[match.end() : match.end() + 2].strip() == ""
        rest = low[match.end() : match.end() + 3]
        if (
            not is_lead
            or "\n" not in rest
            or match.start() - line_start > 120
            or _is_double(low[line_start : match.end()])
        ):
            return None
        return _Heading(line_start, match.end(), EXCLUSION)
    if _PREFIX.match(low[max(line_start, match.start() - 90) : match.start()]):
        return _Heading(match.start(), match.end(), INCLUSION)
    return None


def _begins_word(low: str, match: re.Match[str]) -> bool:
    if match["cjk"] or match.start() == 0:
        return True
    before = low[match.start() - 1]
    return not (before.isalnum() and before.isascii()) or low[: match.start()].endswith("non")


def _is_double(line: str) -> bool:
    return bool(re.match(r"\W*(?:\d+\W+)?(?:unless|exceptions?|except)\b", line))


def _with_inline_bans(low: str, headings: list[_Heading]) -> list[_Heading]:
    """Adds the bans whose list stands in one line: to the line's end they exclude, then the section goes on."""
    found = list(headings)
    for word in _INLINE_WORDS:
        place = low.find(word)
        while place >= 0:
            ban = _inline_ban(low, place, found)
            if ban:
                found += ban
                found.sort(key=lambda heading: heading.start)
            place = low.find(word, place + 1)
    return found


def _inline_ban(low: str, place: int, headings: list[_Heading]) -> list[_Heading]:
    first = max(0, place - _LONGEST_OPENING)
    ends = [low.rfind(sign, first, place) + len(sign) for sign in ("\n", ". ", "; ") if sign in low[first:place]]
    start = max(ends) if ends else 0 if first == 0 else -1
    match = _INLINE.match(low, place, place + 100) if start >= 0 else None
    is_denied = _DENIED.search(low, first, place) is not None
    condition = _INLINE_IF.match(low, place) if start >= 0 and match is None and not is_denied else None
    match = match or condition
    if match is None or not _OPENING.match(low[start:place]) or _is_double(low[start:place]):
        return []
    closing = (_SENTENCE_END if condition else _LINE_END).search(low, match.end())
    end = closing.start() if closing else len(low)
    before = [heading for heading in headings if heading.start <= place]
    sign = before[-1].sign if before else INCLUSION
    is_free = all(heading.end <= start or heading.start >= end for heading in headings)
    if sign == EXCLUSION or not is_free:
        return []
    return [_Heading(start, match.end(), EXCLUSION), _Heading(end, end, sign)]


def _candidates(low: str) -> Iterator[re.Match[str]]:
    """What may be a heading: as `_CANDIDATE.finditer`, yet only where one of the words stands that begin each."""
    places: set[int] = set()
    for word in (*_BEGINNINGS, "prior") if "concurrent therapy" in low else _BEGINNINGS:
        place = low.find(word)
        while place >= 0:
            places.add(place)
            place = low.find(word, place + 1)
    end = 0
    for place in sorted(places):
        match = _CANDIDATE.match(low, place) if place >= end else None
        if match:
            yield match
            end = match.end()


def sections(low: str, plain: str) -> list[Section]:
    """The sections of a text (in lower case and as published), in their order.

    What stands before the first heading is inclusion.
    """
    headings: list[_Heading] = []
    for match in _candidates(low):
        if not _begins_word(low, match):
            continue
        heading = _heading(low, plain, match)
        if heading and (not headings or heading.start >= headings[-1].end - 1):
            headings.append(heading)
    headings = _with_inline_bans(low, headings)
    if not headings:
        return [Section(0, len(low), INCLUSION, "")]
    found = []
    if low[: headings[0].start].strip():
        found.append(Section(0, headings[0].start, INCLUSION, ""))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        end = following.start if following else len(low)
        found.append(Section(min(heading.end, end), end, heading.sign, low[heading.start : heading.end].strip()))
    return found
