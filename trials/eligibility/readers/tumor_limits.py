"""Reads limits of size and number of the tumours, and what they mean for the burden: "up to 3 nodules, each <= 3 cm".

A limit under a ban is turned round. Never takes the size that makes a lesion measurable, nor nodes, margins and organs
other than the liver, for a limit; never weighs limits against a stage.
"""

import re
from dataclasses import dataclass
from itertools import islice

from trials.eligibility.polarity import Stance, stance
from trials.eligibility.quantities import COMPARATOR
from trials.eligibility.reading import Evidence
from trials.eligibility.statements import Statement
from trials.vocabulary.facts import FactItem

EARLY, INTERMEDIATE = "early", "intermediate"
WORDS = (
    " cm", "cm ", "cm)", "mm", "centimet", "lesions", "nodules", "tumors", "tumours", "foci", "hccs", "nodular",
    "multifocal", "solitary", "single",
)  # fmt: skip
_NOUN = r"(?:tumou?rs?|lesions?|nodules?|hccs?|foci|focus|mass(?:es)?|hepatocellular carcinomas?)"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_SIZE = re.compile(
    r"(?:(?P<from>\d{1,3}(?:\.\d{1,2})?) ?(?:cm|mm|centimet\w+)? ?(?:-|to|~|and) ?)?"
    r"(?P<to>\d{1,3}(?:\.\d{1,2})?) ?-?(?P<unit>cm|mm|centimet(?:er|re)s?|millimet(?:er|re)s?)\b"
    r"(?P<after> (?:or|and) (?:less|smaller|below|under|fewer)| (?:or|and) (?:more|larger|greater|above|bigger))?"
)
_COUNT = re.compile(
    rf"(?P<range>\b(?:1|2|one|two|single) ?(?:-|to|~|or) ?(?P<upto>{_NUMBER})) (?:[a-z]+ ){{0,2}}?{_NOUN}\b"
    rf"|\b(?P<fewer>{_NUMBER}) or (?:fewer|less) (?:[a-z]+ ){{0,3}}?{_NOUN}\b"
    rf"|\bnumber of (?:[a-z]+ ){{0,2}}?{_NOUN}[a-z ,]{{0,14}}(?P<sign>≤|<|>|≥|=|less|up|no|not|more|at)[a-z =]{{0,14}}"
    rf"(?P<counted>{_NUMBER})\b(?! ?[cm]m)"
    rf"|\b(?P<n>{_NUMBER})(?: \(\d\))? (?:[a-z]+ ){{0,3}}?{_NOUN}\b(?! (?:is|are) measur)"
    rf"|\b(?P<one>(?:solitary|single|one|unifocal|1)\b[ ,]{{1,2}}(?:[a-z\-]+[ ,]{{1,2}}){{0,3}}?{_NOUN}|solitary hcc)\b"
    r"|\b(?P<many>multi-?nodular|multi-?focal|multiple (?:[a-z]+ ){0,2}?(?:tumou?rs|lesions|nodules))\b"
)
_NOISE = re.compile(
    r"measur|recist|target lesion|lymph|nod(?:e|al)\b|short axis|margin|varices|extra-?hepatic|pulmon|lung"
    r"|metasta|brain"
    r"|remnant|distance|within \d+ ?[cm]m|from the|adenopath|biops|catheter|spleen|thrombus|inject"
    r"|viable portion|per organ|in any one organ|\bspt\b|wheal|skin|papul|inflammatory|zone|ulcer|polyp|cavit"
    r"|needle|gap|slice|thick|away|height|waist|incision|skin"
)
_OF_TUMOR = re.compile(rf"\b{_NOUN}\b|solitary|hepatocell|\bhcc|liver cancer|hepatoma")
_MEASURE = re.compile(rf"\b{_NOUN}\b|diameter|\bsizes?\b|largest|solitary|single|dimension|\bhcc|large")
_BETWEEN = frozenset(
    ("", "a", "of", "than", "to", "or equal to", "a maximum of", "a total of", "total of", "in diameter", "diameter of")
)
# What stands between the two sizes of "more than 5 cm and less than 8 cm".
_UP_TO = re.compile(
    r"(?: in (?:greatest |maximum |largest )?(?:diameter|size))?,? ?(?:and|but|to)?[a-z ]{0,24}[<≤]?=? ?"
)
_LESS, _MORE = ("le", "lt"), ("ge", "gt")


@dataclass(frozen=True, slots=True)
class Limit:
    """The burdens that a limit leaves; is_ban tells that it stands among what is excluded."""

    burdens: frozenset[FactItem]
    evidence: Evidence
    is_ban: bool
    place: int = 0


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of tumours; is_limit tells a limit that stands without a size from a mere "2 lesions"."""

    start: int
    most: int | None
    least: int = 1
    is_limit: bool = True


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _sign_before(low: str, place: int) -> str:
    """The comparison that stands before a number: "le", "lt", "ge", "gt" or ""."""
    window = low[max(0, place - 34) : place]
    found = ""
    for match in COMPARATOR.finditer(window):
        rest = window[match.end() :].strip(" (")
        if rest in _BETWEEN:
            found = match.lastgroup or ""
    return found if found in (*_LESS, *_MORE) else ""


def _counts(low: str, *, banned: bool) -> list[_Count]:
    found = []
    for match in islice(_COUNT.finditer(low), 8):
        start = match.start()
        if match["range"]:
            found.append(_Count(start, _number(match["upto"])))
        elif match["fewer"]:
            found.append(_Count(start, _number(match["fewer"])))
        elif match["one"]:
            if _sign_before(low, start) not in _MORE:
                found.append(_Count(start, 1, is_limit=match["one"].startswith(("single", "solitary", "unifocal"))))
        elif match["many"]:
            found.append(_Count(start, None, 2))
        else:
            number = _number(match["counted"] or match["n"])
            sign = _sign_before(low, match.start("counted") if match["counted"] else start)
            count = _bounded(number, sign, banned=banned)
            if count and count != (None, 1):
                found.append(_Count(start, *count, is_limit=bool(sign)))
    return found


def _bounded(number: int, sign: str, *, banned: bool) -> tuple[int | None, int] | None:
    """(most, least) that remain of "<= 3"; a ban of "> 3" leaves up to 3."""
    if sign in _LESS:
        most = number - (sign == "lt")
        return (None, most + 1) if banned else (most, 1)
    if sign in _MORE:
        least = number + (sign == "gt")
        return (least - 1, 1) if banned else (None, least)
    return None if banned or number > 5 else (number, 1)


def _size_span(low: str, match: re.Match[str], *, banned: bool) -> tuple[float, float] | None:
    """(over, up to) in centimetres that a size leaves; None where it has no direction."""
    scale = 0.1 if match["unit"].startswith("m") else 1.0
    size = float(match["to"]) * scale
    if match["from"] and not banned:
        return float(match["from"]) * scale, size
    sign = _sign_before(low, match.start())
    after = match["after"] or ""
    if not sign and after:
        sign = "le" if after.split()[-1] in ("less", "smaller", "below", "under", "fewer") else "ge"
    if not sign:
        return None
    is_cap = (sign in _LESS) != banned
    return (0.0, size) if is_cap else (size, 99.0)


def _burdens(count: _Count | None, span: tuple[float, float] | None) -> frozenset[FactItem]:
    """Within Milan (one up to 5 cm, up to three of up to 3 cm) is early; what goes beyond is intermediate too."""
    over, size = span or (0.0, 0.0)
    is_several = bool(count and (count.most is None or count.most > 1))
    if span and (over >= 5 or (over >= 3 and is_several)):
        return frozenset((INTERMEDIATE,))
    if count and count.least > 3:
        return frozenset((INTERMEDIATE,))
    if count and count.most is None and count.least >= 2:
        return frozenset((EARLY, INTERMEDIATE)) if span and size < 99 else frozenset((INTERMEDIATE,))
    if span and size >= 99:
        return frozenset()
    if span is None:
        if count is None:
            return frozenset()
        return frozenset((EARLY,)) if count.most == 1 else frozenset((EARLY, INTERMEDIATE))
    most = count.most if count and count.most else 1
    is_milan = size <= 5 if most == 1 else most <= 3 and size <= 3
    return frozenset((EARLY,)) if is_milan else frozenset((EARLY, INTERMEDIATE))


def limits(statement: Statement) -> list[Limit]:
    """The limits of size and number that the statement sets."""
    low = statement.low
    if not any(word in low for word in WORDS):
        return []
    if not any(_OF_TUMOR.search(text) for text in (low, *(lead.low for lead in statement.lineage()))):
        return []
    found: list[Limit] = []
    used: set[int] = set()
    banned_section = statement.sign < 0
    counts = _counts(low, banned=banned_section)
    from_before: tuple[int, float] | None = None  # where "more than 5 cm" ends, and the size
    for match in islice(_SIZE.finditer(low), 8):
        around = low[max(0, match.start() - 70) : match.end() + 35]
        if _NOISE.search(around) or not _MEASURE.search(around):
            continue
        banned = stance(statement, match.start(), match.end()) is Stance.BANNED
        span = _size_span(low, match, banned=banned)
        if span is None:
            continue
        if from_before and not banned and not span[0] and _UP_TO.fullmatch(low, from_before[0], match.start()):
            span = (from_before[1], span[1])
        from_before = (match.end(), span[0]) if span[0] and span[1] >= 99 else None
        before = [count for count in counts if count.start < match.start()]
        count = before[-1] if before else counts[0] if counts else None
        if count:
            used.add(count.start)
        burdens = _burdens(count, span)
        if burdens:
            found.append(Limit(burdens, statement.evidence(match.start(), match.end()), banned_section, match.start()))
    for count in counts:
        if (
            not count.is_limit
            or count.start in used
            or found
            or _NOISE.search(low[max(0, count.start - 40) : count.start + 60])
        ):
            continue
        if banned_section and count.most is None:
            continue
        if not banned_section and stance(statement, count.start, count.start + 1) is Stance.BANNED:
            continue
        burdens = _burdens(count, None)
        found.append(Limit(burdens, statement.evidence(count.start, count.start + 1), banned_section, count.start))
    return [limit for limit in found if limit.burdens]
