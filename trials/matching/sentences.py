"""What a record says about a fact beyond its value, as marks (`trials.matching.marks`).

FACTS.md folds degrees, kinds and numbers into the value; a patient for whom they make the difference must neither be
turned away by it nor be told that they fit. Reads words only; never decides a fact.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trials.eligibility.sections import INCLUSION, sections
from trials.matching import drug_words, vessel_words
from trials.matching.judgement import Evidence
from trials.matching.marks import ACTIVE, APART, GENERAL, LIMITED, SIGNIFICANT

_ALLOWING = ("required", "allowed")
_ACTIVE = re.compile(r"\bactive\b|uncontrolled|\bacute\b|untreated|\bsevere\b")
_ANY_INFECTION = re.compile(r"hbsag|surface antigen|(?<!active )chronic|history|positive|carrier|antibod")
_SIGNIFICANT = re.compile(
    r"clinical|significant|symptomatic|relevant|overt|evident|manifest|trace|minimal|accept|allow"
)
_SPREAD_LIMITS = re.compile(
    r"oligo|limited to|(?:no|not) more than|\bup to \d|dominant|predominant|cannot be|except|unless|distant metasta|"
    r"nodes?\b.{0,40}(?:allow|accept|eligib|permit)|[<>≤≥]\s?\d+(?:\.\d+)?\s?(?:cm|mm)|\bat most\b|fewer than|less than"
)
_SPREAD_BAN_LIMITS = re.compile(
    r"nodes?\b.{0,40}(?:allow|accept|eligib|permit)|[>≥]\s?\d+(?:\.\d+)?\s?(?:cm|mm)|more than \d|except|unless"
)
_ANY_TREATMENT = re.compile(
    r"(?:prior|previous|earlier|any|no) (?:anti-?(?:cancer|tumou?r|neoplastic) |other |specific )?(?:treatments?|"
    r"therap(?:y|ies))\b(?! with)(?! of the following)|untreated|treatment[- ]na[iï]ve|surg|resect|hepatectom"
)
_BREAK = re.compile(r"\\n|[\n;]|(?<=\.)\s|\Z")  # some records have lost their line ends to a backslash and an "n"
_LONGEST = 600  # what is longer has lost its line ends and is no sentence
_BULLET = "*-•·;.:, \t\\"


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence of the criteria beside those that a fact stands on: [start:end) as published, and its marks."""

    start: int
    end: int
    marks: frozenset[str]


def what_they_say(name: str, value: object, evidence: Iterable[Evidence], criteria: str = "") -> frozenset[str]:
    """The marks of one fact, from the sentences that it stands on and, where others can matter, from all criteria."""
    stands_on = list(evidence)
    quotes = [str(one["quote"]) for one in stands_on]
    texts = [quote.lower() for quote in quotes]
    others = frozenset[str]().union(*(one.marks for one in sentences_beside(name, value, quotes, criteria)))
    if name == "prior_systemic_therapy":
        own = drug_words.of_own_sentences(value, texts)
        return own | {one for one in others if one.removeprefix(APART) not in own}
    if name == "portal_vein_invasion":
        is_banned = value in _ALLOWING and any(_is_ban(one, criteria) for one in stands_on)
        return others | vessel_words.of_own_sentences(texts, is_banned_somehow=is_banned)
    if name == "extrahepatic_spread":
        limits = _SPREAD_BAN_LIMITS if value == "excluded" else _SPREAD_LIMITS
        banned = value in _ALLOWING and any(_is_ban(one, criteria) for one in stands_on)
        return frozenset({LIMITED}) if banned or any(map(limits.search, texts)) else frozenset()
    if name == "prior_locoregional_therapy":
        return frozenset({GENERAL}) if any(map(_ANY_TREATMENT.search, texts)) else frozenset()
    return _of_every_sentence(name, value, texts)


def _of_every_sentence(name: str, value: object, texts: Sequence[str]) -> frozenset[str]:
    """Marks that hold only where each sentence has them."""
    if value != "excluded" or not texts:
        return frozenset()
    if name in ("hbv", "hcv"):
        is_active = all(_ACTIVE.search(text) and not _ANY_INFECTION.search(text) for text in texts)
        return frozenset({ACTIVE}) if is_active else frozenset()
    if name == "ascites":
        return frozenset({SIGNIFICANT}) if all(map(_SIGNIFICANT.search, texts)) else frozenset()
    return frozenset()


def _is_ban(evidence: Evidence, criteria: str) -> bool:
    """Whether a sentence of the criteria stands under exclusion."""
    start = evidence.get("start")
    if evidence.get("field") != "eligibility_criteria" or not isinstance(start, int):
        return False
    low = criteria.lower()
    if len(low) != len(criteria):  # a sign that is longer in lower case: its place is not sure
        return True
    return any(part.start <= start < part.end and part.sign != INCLUSION for part in sections(low, criteria))


def sentences_beside(name: str, value: object, quotes: Iterable[str], criteria: str) -> list[Beside]:
    """The other sentences that can limit what a fact allows or requires; none for facts that no other can limit."""
    if value not in _ALLOWING or name not in ("prior_systemic_therapy", "portal_vein_invasion"):
        return []
    read = drug_words.of_another_sentence if name == "prior_systemic_therapy" else vessel_words.extents
    own = [quote.strip(_BULLET) for quote in quotes]
    found, start = [], 0
    for match in _BREAK.finditer(criteria):
        start, begun = match.end(), start
        sentence = criteria[begun : match.start()].strip()
        if not sentence or len(sentence) > _LONGEST or any(sentence.strip(_BULLET) in quote for quote in own):
            continue
        if marks := read(sentence.lower()):
            begun = criteria.index(sentence, begun)
            found.append(Beside(begun, begun + len(sentence), marks))
    return found
