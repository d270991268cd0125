"""Reads how far into which vessel a sentence speaks of: Vp grades, their words, other veins. Never decides a fact."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from trials.matching.marks import ANY_VESSEL, HEPATIC_VEIN, LIMITED, MAJOR, VENA_CAVA, VP1_2, VP3, VP4

_VESSELS = re.compile(
    r"\bvp\s?-?[1-4]|\bporta(?:l|\b)|\bpv(?:tt|t|i)\b|vena cava|\bivc\b|hepatic vein|mesenteric|"
    r"(?<!cardio)(?<!cerebro)(?<!micro)vascular (?:invasion|thromb|involve|infiltr|encas)|(?<!intra)venous (?:invasion|"
    r"thromb|involve|tumou?r)|(?:blood )?vessel"
)
# Grades of Japan, of the portal vein (Vp) and the hepatic veins (Vv), alone or as "Vp1-3", "Vp1 to Vp4" or "Vp1/2"
_GRADES = re.compile(
    r"\bv([pv])\s?-?([0-4])(?!\d)(?:\s?(-|–|~|to|through|or|and|/|,(?!\s\d))\s?(v[pv]\s?-?)?([0-4])(?!\.?\d))?",
    re.IGNORECASE,
)
_UP_TO = frozenset({"-", "–", "~", "to", "through"})
_EXTENT_OF_GRADE = MappingProxyType({1: VP1_2, 2: VP1_2, 3: VP3, 4: VP4})
_EXTENT_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        VP1_2: re.compile(
            r"second[- ]?(?:order|branch|degree)|\b2nd[- ]|segmental|peripheral|distal|small(?:er)? branch|"
            r"\btype (?:i|1)\b(?=.{0,30}(?:pvtt|portal|thromb))"
        ),
        VP3: re.compile(
            r"first[- ]?(?:order|branch|degree)|\b1st[- ]|primary branch|unilateral|lobar|"
            r"\b(?:left|right)\b[^.;]{0,30}\b(?:portal|branch|vein|porta)|\bporta[^.;]{0,40}\b(?:left|right)\b|"
            r"\btype (?:ii|2)\b(?=.{0,30}(?:pvtt|portal|thromb))|"
            r"(?<!main portal )(?<!main )(?<!major )(?<!second )(?<!order )(?<!segmental )(?<!small )(?<!smaller )"
            r"\bbranch"
        ),
        VP4: re.compile(
            r"\bmain\b|\bmajor (?:portal|branch)|trunk|bilateral|contralateral|both (?:lobes|branches)|complete|"
            r"\bporta\b|\btype (?:iii|iv|3|4)\b(?=.{0,30}(?:pvtt|portal|thromb))|mesenteric"
        ),
        HEPATIC_VEIN: re.compile(r"hepatic vein"),
        VENA_CAVA: re.compile(r"vena cava|\bivc\b|(?:right|left) atri(?:um|al)"),
    }
)
_ANY_VESSEL = re.compile(r"macro-?\s?vascular|(?:major|large|gross) (?:blood )?vessel|major vascular|vascular invasion")
_MAJOR = re.compile(r"\bmajor\b|\bmain\b|\blarge\b")
_TNM = re.compile(r"\bt[1-4][ab]?\b")


def extents(sentence: str) -> frozenset[str]:
    """The extents that a sentence in lower case names, "Vp1-3" as all that lies between; none where it is about other
    things than vessels.
    """
    if not _VESSELS.search(sentence):
        return frozenset()
    found = {extent for extent, words in _EXTENT_WORDS.items() if words.search(sentence)}
    found |= {_EXTENT_OF_GRADE[grade] for vein, grade in grades(sentence) if vein == "p" and grade}
    return frozenset(found)


def grades(sentence: str) -> set[tuple[str, int]]:
    """The grades that a sentence names: ("p", 3) is Vp3; "Vp1-3" is all that lies between, "Vp1/3" the two."""
    found = set()
    for vein, first, between, again, last in _GRADES.findall(sentence):
        ends = {int(first), int(last or first)}
        if last < first and between and not again:
            ends = {int(first)}  # "Vp4 - 3 lesions at most"
        named = range(min(ends), max(ends) + 1) if between.lower() in _UP_TO else ends
        found |= {(vein.lower(), grade) for grade in named}
    return found


def of_own_sentences(texts: Iterable[str], *, is_banned_somehow: bool) -> frozenset[str]:
    """What a fact's own sentences say. is_banned_somehow: one of them stands under exclusion although the fact allows;
    then, as with a TNM stage, an extent that nobody names is not sure to be meant.
    """
    said = list(texts)
    marks = {ANY_VESSEL} if any(_ANY_VESSEL.search(text) and not _TNM.search(text) for text in said) else set[str]()
    if is_banned_somehow or any(map(_TNM.search, said)):
        marks.add(LIMITED)
    if said and all(map(_MAJOR.search, said)):
        marks.add(MAJOR)
    return frozenset(marks).union(*map(extents, said))
