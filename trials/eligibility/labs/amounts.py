"""Reads amounts with their comparison: ">= 75 x 10^9/L", "less than or equal to 1.5 times ULN", "100,000/mm3 or more".

Knows lost exponents (109/L), thousands, decimal commas, and units written in many ways. Never knows what is measured.
"""

import re
from dataclasses import dataclass

from trials.eligibility.quantities import COMPARATOR

_UNITS: tuple[tuple[str, str], ...] = (
    (
        "uln",
        (
            r"(?:x|×|\*|·|⋅|\?|'|ã—|times?|fold|-fold|\(?sqrroot\)?)?[\s(]*(?:of |above |over )?(?:the |their "
            r"|its )?(?:(?:patient's"
            r"|institution(?:al|'s|s)?|laborator(?:y|y's)|local|lab|site|central|reference|age|respective|corresponding"
            r"|standard|current|normal|range|normal range)[\s']+)*(?:i?uln\b|\bunl\b|\buln?n\b|\bln\b"
            r"|upper[\s-]+(?:limit|normal|range"
            r"|reference|value|level|bound|boundary|institutional)\w*(?:s)?(?:[\s(]+(?:of|the|for|institutional|normal"
            r"|reference|range"
            r"|laboratory|limits?|age|value|adjusted)\b)*|limits? of (?:the )?normal)"
        ),
    ),
    (
        "normal",
        r"n\b|(?:x|×|times?)\s*(?:of )?(?:the )?(?:institutional )?normal(?:\s(?:value|limit|range|level)s?)?\b",
    ),
    (
        "mg/dL",
        r"mg\s*(?:/|per|%|\.)?\s*(?:100 ?ml|d ?l\b|deciliter|dl)|mg ?%|milligrams?(?:/| per )decilit\w+|mg/deci\w+",
    ),
    (
        "g/dL",
        (
            r"g(?:m|r|rams?|ms)?\.?\s*(?:/|per|\\)\s*(?:100 ?ml|d ?l\b|decilit\w+|dl)|g(?:m|r)?\s?%|g(?:m|r)?\.? ?dl\b"
            r"|g/100\s*ml"
        ),
    ),
    ("µmol/L", r"(?:[μu]|micro|mc)\s?mols?(?:e?s)?\s*(?:/|per)?\s*l(?:it\w+)?\b|micromolar"),
    ("mol/L", r"mols?\s*/\s*l\b"),  # whose prefix was lost
    ("mmol/L", r"m\s?mols?(?:es)?\s*(?:/|per)\s*l(?:it\w+)?\b"),
    ("ng/mL", r"(?:ng|nanograms?)\s*(?:/|per)\s*m(?:l|illi\w+)\b|(?:[μu]|mc)g\s*(?:/|per)\s*l\b|microg\w*/l\b"),
    ("IU/mL", r"k?i?u\s*/\s*ml\b"),
    (
        "mL/min",
        (
            r"(?:ml?|cc|millilit\w+)\s*(?:/|per)\s*(?:min\w*|mn)(?: ?(?:/|per) ?1[.,]73 ?m[\^(]?[2²]?\)?)?"
            r"|ml\s?[.·-]?\s?(?:/\s?\()?\s?min"
        ),
    ),
    ("mL/s", r"ml\s*/\s*s(?:ec)?\b"),
    ("mg/mL", r"mg\s*/\s*ml\b"),
    ("mg/L", r"mg\s*/\s*l\b"),
    ("10^9/L", r"(?:giga|gpt)\s*/\s*l\b"),
    ("g/L", r"g(?:m|rams?)?\s*(?:/|per)\s*l(?:it\w+)?\b"),
    (
        "/µL",
        (
            r"(?:(?:cells?|plts?|platelets?|neutrophils?|leu[kc]ocytes|granulocytes|units?)\s*)?(?:/|per|\\"
            r"|:)\s*(?:cubic (?:milli\w+|mm)"
            r"|cu\.? ?mm|c?mm\s?\^?\s?\(?[3³]?\)?|cumm|[μu] ?l\b|[mμ]?cl\b|micro-?\s?lit\w+|microl\b)|mm ?\^?\(?[3³]\)?"
            r"|mm\^?3"
            r"|(?:cells? )?[μu]l\b|cells?\s*mm3?"
        ),
    ),
    ("/mL", r"(?:cells?\s*)?/\s*ml\b"),
    ("/L", r"(?:(?:cells?|plts?|platelets?)\s*)?(?:/|per)\s*l(?:it\w+)?\b"),
    ("U/L", r"i?u(?:nits?)?\s*(?:/|per)\s*l(?:it\w+)?\b"),
    ("s", r"s(?:ec(?:ond)?s?)?\b\.?"),
    ("%", r"%|percent|g\d?%"),
    ("score", r"points?\b|score"),
    ("time", r"(?:y/?o\b|days?|weeks?|months?|years?|hours?|d|w|h|hrs?|y)\b"),
    ("length", r"(?:cm|mm|kg|m2)\b(?![23³^(])"),
)
_UNIT = re.compile("|".join(f"(?P<u{place}>{pattern})" for place, (_, pattern) in enumerate(_UNITS)))
_NUMBER = re.compile(
    r"(?<![\w.^])(?<!\d,)(?P<n>\d{1,3}(?:[,']\s?\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?![\d.]| ?/ ?l)|\d+(?:[.,]\d+)?"
    r"|\.\d+)"
    r"(?:\s*(?:±\s*\d+)?\s*(?:[x×*·⋅?']|ã—|(?<=\d )(?=10\^?9 ?/ ?l))\s*10\s?(?:\^|\*{1,2}|e|exp)?[\s(]*(?P<p>[⁹³⁴⁶]"
    r"|\d{1,2})\)?(?![\d.])|\s*[x×]\s*10[*^](?P<lost>\s?/\s?l\b)|\s*10(?:e|\^)\s?(?P<p2>\d{1,2})"
    r"|e\+?(?P<p3>[349])(?=\s*/)|\s*(?P<k>k(?![a-z])|thousand|千)|\s*(?P<wan>万))?"
)
_NORMAL = re.compile(
    r"(?:the |institutional |local |laboratory |their |age-adjusted )*(?P<uln>i?uln\b"
    r"|upper limits? of (?:the )?(?:institutional )?normal"
    r"|upper limit normal|upper normal limits?)"
)
_WITHIN_NORMAL = re.compile(
    r"(?:with)?in (?:the |institutional |institution's |local |laboratory |normal institutional "
    r"|their )*normal (?:institutional |laboratory"
    r" )*(?:limit|range|value)s?\b(?! or)|within normal\b(?! or)"
    r"|within (?:the )?institution's laboratory upper limit of normal"
)
_BRIDGE = re.compile(
    r"[\s(]*(?:(?:or )?equal(?:s)?(?: to)?|than|to|of|a|an|the|level|value|approximately|about|or|is|are|=|:)?[\s(]*"
)
_AFTER = re.compile(
    r"\s*,?\s*(?:or|and)\s+(?:(?P<le>less|lower|below|under|fewer)|(?P<ge>more|greater|higher|above|over))\b(?! than)"
)
_RANGE_AFTER = re.compile(r"\s*(?:-|~|to|and|–)\s*\d")
_RANGE_BEFORE = re.compile(r"(?:\d\s*[-~]|\bbetween|\bto|\bfrom)\s*$")
# "five times", "twice the ULN": in digits of the same length, so that every place stays where it is.
_IN_WORDS = re.compile(
    r"\b(?P<n>two|three|four|five|six|eight|ten)(?=[ -](?:times|fold)\b)"
    r"|\btwice(?= (?:[a-z]+ ){0,2}(?:i?uln|upper|normal)\b)"
)
_WORDS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8", "ten": "10", None: "2x"}
_POWERS = {"⁹": 9, "³": 3, "⁴": 4, "⁶": 6}
NEVER_LABORATORY = frozenset({"time", "length", "%", "score"})
MOST = 60  # amounts in a statement: far beyond what a record says in one


@dataclass(frozen=True, slots=True)
class Amount:
    """compared is "le", "lt", "ge", "gt", "eq" or "" (nothing); start is where the comparison begins.

    unit is as `laboratory.fold` takes it, "" where none is written, "ULN" for multiples of the upper limit of normal.
    """

    start: int
    end: int
    compared: str
    value: float
    unit: str
    is_range: bool = False


def _value(text: str) -> float:
    joined = text.replace(" ", "").replace("'", ",")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", joined) and not joined.startswith("0"):
        return float(joined.replace(",", ""))
    return float(joined.replace(",", "."))


def _unit_at(low: str, place: int) -> tuple[str, int]:
    at = place
    while at < len(low) and low[at] in " (*[" and at < place + 3:
        at += 1
    match = _UNIT.match(low, at)
    if match is None:
        return "", place
    name = _UNITS[int((match.lastgroup or "u0")[1:])][0]
    return ("ULN" if name in ("uln", "normal") else name), match.end()


def _powered(match: re.Match[str], value: float, unit: str, end: int) -> tuple[float, str, int]:
    """Folds a power of ten into cells: "75 x 109/L" is 75 x 10^9/L, "7.5 x 10^4/mm3" is 75,000/mm3."""
    power = match["p"] or match["p2"] or match["p3"]
    if power:
        exponent = _POWERS.get(power) or int(power)
        if exponent == 9 and unit in ("", "/L"):
            return value, "10^9/L", end
        return value * 10.0**exponent, unit or ("/µL" if exponent in (3, 4) else "/L"), end
    if match["k"]:
        return value * 1000, unit or "/µL", end
    if match["wan"]:
        return value * 10_000, unit or "/µL", end
    return value, unit, end


def _compared(low: str, place: int, floor: int) -> tuple[str, int]:
    """The comparison that ends right before place, and where it begins; "" where there is none."""
    first = max(floor, place - 48)
    for match in COMPARATOR.finditer(low, first, place):
        if _BRIDGE.fullmatch(low, match.end(), place):
            name, text = match.lastgroup or "", match.group()
            if text[0].isalpha() and match.start() and low[match.start() - 1].isalpha():
                continue
            if text == "within":
                continue
            return ("eq" if name == "is" else name), match.start()
    return "", place


def _amount(low: str, match: re.Match[str], floor: int) -> Amount:
    unit, end = _unit_at(low, match.end())
    value, unit, end = _powered(match, _value(match["n"]), unit, end)
    if unit in NEVER_LABORATORY:
        return Amount(match.start(), end, "", value, unit)
    if match["lost"]:
        unit, end = "", match.end()  # "60 x 10*/L": which power it was must be guessed
    compared, start = _compared(low, match.start(), floor)
    after = _AFTER.match(low, end)
    if after and compared in ("", "eq"):
        compared, end = ("le" if after["le"] else "ge"), after.end()
    is_range = bool(_RANGE_AFTER.match(low, end)) and not compared
    if not compared and _RANGE_BEFORE.search(low, max(0, match.start() - 12), match.start()):
        is_range = True
    return Amount(start, end, compared, value, unit, is_range)


def _normals(low: str) -> list[Amount]:
    """Limits that are the upper limit of normal itself: "<= ULN", "within normal limits"."""
    if "normal" not in low and "uln" not in low:
        return []
    found = [Amount(match.start(), match.end(), "le", 1.0, "ULN") for match in _WITHIN_NORMAL.finditer(low)]
    for match in _NORMAL.finditer(low):
        compared, start = _compared(low, match.start(), 0)
        if compared in ("le", "lt", "gt", "ge"):
            found.append(Amount(start, match.end(), compared, 1.0, "ULN"))
    return found


def amounts(low: str) -> list[Amount]:
    """The amounts in a text in lower case, in their order."""
    found: list[Amount] = []
    floor = 0
    low = _IN_WORDS.sub(lambda match: _WORDS[match["n"]].rjust(len(match[0])), low)
    for match in _NUMBER.finditer(low):
        if match.start() < floor:
            continue
        found.append(_amount(low, match, floor))
        floor = found[-1].end
        if len(found) == MOST:
            break
    normal = [one for one in _normals(low) if not any(a.start < one.end and one.start < a.end for a in found)]
    return sorted([*found, *normal], key=lambda amount: amount.start)
