"""What a record says about a fact beyond its value: drug classes, how far into a vessel, "active", "significant".

FACTS.md folds these into the value; a patient for whom they make the difference must neither be turned away by it nor
be told that they fit. Reads words only; never decides a fact.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from trials.vocabulary.lexicon import hits

ACTIVE, SIGNIFICANT = "active", "significant"
ANY_VESSEL = "any_vessel"  # the fact's own sentences speak of large vessels, not of the portal vein alone
APART = "apart:"  # before a drug class that another sentence names than those that the fact stands on
# Extents as profiles name them, when a sentence about vessels names them
VP1_2, VP3, VP4, HEPATIC_VEIN, VENA_CAVA = "vp1_2", "vp3", "vp4", "hepatic_vein", "vena_cava"

_CLASS_OF_DRUG = MappingProxyType(
    {
        "PD-1 antibody": "checkpoint_inhibitor",
        "PD-L1 antibody": "checkpoint_inhibitor",
        "CTLA-4 antibody": "checkpoint_inhibitor",
        "bispecific antibody on immune cells": "checkpoint_inhibitor",
        "VEGF receptor kinase inhibitor": "tki",
        "anti-VEGF antibody": "anti_vegf",
        "cytotoxic drug": "chemotherapy",
        "cytotoxic drug in a new form": "chemotherapy",
    }
)
_CLASS_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "checkpoint_inhibitor": re.compile(
            r"checkpoint|\bpd-?\s?\(?l?\)?-?\s?1\b|\bpd-?l1\b|ctla|immunotherap|immuno-oncology|\bicis?\b"
        ),
        "tki": re.compile(r"tyrosine|kinase|\btkis?\b|targeted|molecular(?:ly)? target"),
        "anti_vegf": re.compile(r"anti-?\s?vegf|antiangiogenic|anti-angiogenic"),
        "chemotherapy": re.compile(r"chemotherap|cytotoxic"),
    }
)
_ACTIVE = re.compile(r"\bactive\b|uncontrolled|\bacute\b|untreated")
_ANY_INFECTION = re.compile(r"hbsag|surface antigen|(?<!active )chronic|history|positive|carrier|antibod")
_SIGNIFICANT = re.compile(
    r"clinical|significant|symptomatic|relevant|overt|evident|manifest|trace|minimal|accept|allow"
)
_LIMITED = ("required", "allowed")
_SENTENCE = re.compile(r"[^\s;](?:[^\n;.]|\.(?!\s))*\.?")
_EARLIER = re.compile(
    r"\bprior\b|previous|\bpre-?treat|\bearlier\b|\bbefore\b|history|\breceived|receiving|treated|"
    r"exposure|exposed|naive|naïve|progress|refractory|intoleran|fail"
)
_WASHOUT = re.compile(r"\bwithin\b.{0,40}\b(?:days?|weeks?|months?)\b")
_STRICTLY_EARLIER = re.compile(r"\bprior\b(?! to)|previous")
_VESSELS = re.compile(
    r"\bvp\s?-?[1-4]|\bportal|\bpv(?:tt|t|i)\b|vena cava|\bivc\b|hepatic vein|vascular|venous|mesenteric"
)
_VP_GRADES = re.compile(r"\bvp\s?-?([0-4])(?:\s?(-|–|to|or|and|/|,)\s?(?:vp\s?-?)?([0-4])\b)?")
_UP_TO = frozenset({"-", "–", "to"})
_EXTENT_OF_GRADE = MappingProxyType({1: VP1_2, 2: VP1_2, 3: VP3, 4: VP4})
_EXTENT_WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        VP1_2: re.compile(r"second[- ](?:order|branch)|segmental|\btype i\b|\bbranch(?:es)?\b|distal"),
        VP3: re.compile(r"first[- ](?:order|branch)|primary branch|left|right|unilateral|lobar|\btype ii\b"),
        VP4: re.compile(
            r"\bmain\b|trunk|bilateral|contralateral|both (?:lobes|branches)|complete|\btype (?:iii|iv)\b|mesenteric"
        ),
        HEPATIC_VEIN: re.compile(r"hepatic vein"),
        VENA_CAVA: re.compile(r"vena cava|\bivc\b|atri(?:um|al)"),
    }
)
_ANY_VESSEL = re.compile(r"macro-?\s?vascular|(?:major|large|gross) (?:blood )?vessel|major vascular|vascular invasion")


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence of the criteria beside those that a fact stands on: [start:end) as published, and what it names."""

    start: int
    end: int
    names: frozenset[str]


def what_they_say(name: str, value: object, quotes: Iterable[str], criteria: str = "") -> frozenset[str]:
    """For one fact, from the sentences that it stands on (quotes) and, where others can matter, from all criteria.

    prior_systemic_therapy: the classes that its sentences name, and with `APART` those that others name.
    portal_vein_invasion: the extents that any sentence about vessels names, and `ANY_VESSEL`. hbv, hcv, ascites:
    `ACTIVE` or `SIGNIFICANT` where every sentence is limited so.
    """
    said = list(quotes)
    texts = [quote.lower() for quote in said]
    others = frozenset[str]().union(*(one.names for one in sentences_beside(name, value, said, criteria)))
    if name == "prior_systemic_therapy" and value in _LIMITED:
        own = frozenset[str]().union(*map(_classes, texts))
        return own | {f"{APART}{one}" for one in others - own}
    if name == "portal_vein_invasion" and value in _LIMITED:
        own = frozenset[str]().union(*map(_extents, texts))
        return own | others | ({ANY_VESSEL} if any(map(_ANY_VESSEL.search, texts)) else frozenset())
    if name in ("hbv", "hcv") and value == "excluded":
        limited = [text for text in texts if _ACTIVE.search(text) and not _ANY_INFECTION.search(text)]
        return frozenset({ACTIVE}) if texts and len(limited) == len(texts) else frozenset()
    if name == "ascites" and value == "excluded":
        return frozenset({SIGNIFICANT}) if texts and all(map(_SIGNIFICANT.search, texts)) else frozenset()
    return frozenset()


def sentences_beside(name: str, value: object, quotes: Iterable[str], criteria: str) -> list[Beside]:
    """The other sentences that can limit what a fact allows or requires; none for facts that no other can limit."""
    if value not in _LIMITED or name not in ("prior_systemic_therapy", "portal_vein_invasion"):
        return []
    read, own = (_banned_classes if name == "prior_systemic_therapy" else _extents), tuple(quotes)
    found = []
    for match in _SENTENCE.finditer(criteria):
        sentence = match.group()
        if not any(sentence in quote for quote in own) and (names := read(sentence.lower())):
            found.append(Beside(match.start(), match.end(), names))
    return found


@lru_cache(maxsize=2**16)  # the same sentences are read again after every change of the store
def _classes(text: str) -> frozenset[str]:
    named = {_CLASS_OF_DRUG[hit.drug_class] for hit in hits(text) if hit.drug_class in _CLASS_OF_DRUG}
    inhibitors = {"tki" for hit in hits(text) if (hit.ending or hit.name).endswith("nib")}  # the stem of their names
    return frozenset(named | inhibitors | {name for name, words in _CLASS_WORDS.items() if words.search(text)})


def _banned_classes(sentence: str) -> frozenset[str]:
    """Classes in a sentence that speaks of earlier treatment; a washout alone turns nobody away for good."""
    is_earlier = _EARLIER.search(sentence) and (_STRICTLY_EARLIER.search(sentence) or not _WASHOUT.search(sentence))
    return _classes(sentence) if is_earlier else frozenset()


def _extents(sentence: str) -> frozenset[str]:
    """How far into which vessel a sentence names, "Vp1-3" as all that lies between."""
    if not _VESSELS.search(sentence):
        return frozenset()
    found = {extent for extent, words in _EXTENT_WORDS.items() if words.search(sentence)}
    for first, between, last in _VP_GRADES.findall(sentence):
        ends = {int(first), int(last or first)}
        grades = range(min(ends), max(ends) + 1) if between in _UP_TO else ends
        found |= {_EXTENT_OF_GRADE[grade] for grade in grades if grade}
    return frozenset(found)
