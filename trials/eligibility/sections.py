"""Finds the sections of eligibility criteria: what stands under inclusion and what under exclusion.

Knows headings on a line of their own, in the middle of a line, with and without a colon, National Cancer Institute
style topics and Chinese headings. A text without any heading is one inclusion section. Never reads what a rule says.
"""

import re
from dataclasses import dataclass

INCLUSION = 1
EXCLUSION = -1

# Begins with one letter, which lets the search leap; `_begins_word` looks before it.
_CANDIDATE = re.compile(
    r"[iednp入纳排](?:"
    r"(?P<word>(?<=i)nclusi(?:ons?|ve)\b|(?<=e)xclusi(?:ons?|ve)\b)"
    r"|(?P<cjk>(?<=[入纳])(?:选标准|入标准|组标准|选条件|入条件|组条件)|(?<=排)除(?:标准|条件))"
    r"|(?P<nci>(?<=d)isease characteristics\s*:|(?<=p)atient characteristics\s*:"
    r"|(?<=p)rior(?:/| and )?\s?concurrent therapy\s*:)"
    r"|(?P<ban>(?<=e)xcluded\b[^\n:;]{0,90}:|(?<=i)neligible\b[^\n:;]{0,90}:"
    r"|(?<=n)ot (?:be )?(?:eligible|enrolled|included|permitted|allowed)\b[^\n:;]{0,90}:)"
    r"|(?P<eligible>(?<=e)ligibility criteria\s*:))"
)
_PREFIX_WORD = (
    r"(?:key|main|major|general|specific|additional|other|patients?|subjects?|participants?|study|trial"
    r"|criteria|criterion"
    r"|abbreviated|protocol|core|important|common|selected|summary|of|for|and|the|all|parts?|phases?|cohorts?|arms?"
    r"|groups?|stages?|step|donors?|recipients?|raw|text|pregnancy|treatment|dose|expansion|escalation|core|[ivx]{1,3}"
    r"|[a-h]|\d\w?)"
)
_PREFIX = re.compile(rf"[\W\d_]*(?:{_PREFIX_WORD}[\W_]+){{0,9}}$")
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
    on_line = prefix_start == line_start and bool(_PREFIX.match(prefix))
    if not on_line and not _AFTER_BREAK.search(prefix) and not _TITLED_COLON.match(plain, match.start()):
        return None
    titled = _TITLED.match(plain, match.start())
    suffix = _SUFFIX.match(low, match.end())
    if suffix is None:
        sign = INCLUSION if match.group().startswith("inclu") else EXCLUSION
        return _Heading(match.start(), titled.end(), sign) if titled else None
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
    sign = INCLUSION if match.group().startswith("inclu") else EXCLUSION
    return _Heading(start, end, sign)


def _heading(low: str, plain: str, match: re.Match[str]) -> _Heading | None:
    if match["word"]:
        return _worded_heading(low, plain, match)
    if match["cjk"]:
        return _Heading(match.start(), match.end(), EXCLUSION if match.group().startswith("排除") else INCLUSION)
    line_start = low.rfind("\n", 0, match.start()) + 1
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


def sections(low: str, plain: str) -> list[Section]:
    """The sections of a text (in lower case and as published), in their order.

    What stands before the first heading is inclusion.
    """
    headings: list[_Heading] = []
    for match in _CANDIDATE.finditer(low):
        if not _begins_word(low, match):
            continue
        heading = _heading(low, plain, match)
        if heading and (not headings or heading.start >= headings[-1].end - 1):
            headings.append(heading)
    if not headings:
        return [Section(0, len(low), INCLUSION, "")]
    found = []
    if low[: headings[0].start].strip():
        found.append(Section(0, headings[0].start, INCLUSION, ""))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        end = following.start if following else len(low)
        found.append(Section(min(heading.end, end), end, heading.sign, low[heading.start : heading.end].strip()))
    return found
