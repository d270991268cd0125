"""Reads which classes of earlier drugs a sentence names, and whether it limits their number. Never decides a fact."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from trials.matching.marks import ALL_OF, APART, LINES, ONLY_NAMED
from trials.vocabulary.lexicon import hits

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
_EARLIER = re.compile(
    r"\bprior\b|previous|\bpre-?treat|\bearlier\b|\bbefore\b|history|\breceived|receiving|treated|"
    r"exposure|exposed|naive|naïve|progress|refractory|intoleran|fail"
)
_WASHOUT = re.compile(r"\bwithin\b.{0,40}\b(?:days?|weeks?|months?)\b")
_STRICTLY_EARLIER = re.compile(r"\bprior\b(?! to)|previous")
_ALLERGY = re.compile(r"allerg|hypersensitiv|anaphyla")
_NUMBER = r"(?:\d|one|two|three|four|first|second)"
_LINE = r"(?:lines?|regimens?|therap(?:y|ies)|treatments?)"
_BOUND = (
    r"(?:no more than|not more than|at most|up to|only|exactly|exceed\w*|maximum(?: of)?|more than|fewer than|[≤<>])"
)
_MOST = re.compile(rf"{_BOUND}\s*{_NUMBER}\b.{{0,60}}\b{_LINE}|\b{_LINE}\b.{{0,40}}{_BOUND}\s*{_NUMBER}\b")
_JUST_ONE = re.compile(
    r"(?<!least )(?<!minimum of )(?<!≥ )(?<!≥)\b(?:one|1|single|first|second|1st|2nd)[- ]?"
    r"(?:prior |previous |earlier )?(?:systemic )?(?:lines?|regimen)\b(?! or more| or later| and later| or beyond)"
)
_TOGETHER = re.compile(r"combination|combined with|\bplus\b|\+|\band\b(?!/or)|together with")
_ANY_DRUG = re.compile(
    r"systemic (?:anti-?(?:cancer|tumou?r) )?(?:therap|treat|agent|drug)|systemic anti|\bany (?:prior|previous)|"
    r"anti-?(?:cancer|neoplastic|tumou?r) (?:therap|treat|drug|agent)|"
    r"(?:prior|previous) (?:therap(?:y|ies)|treatments?)\b(?! with)|treatment[- ]na|untreated|previously treated"
)


def of_own_sentences(value: object, texts: Iterable[str]) -> frozenset[str]:
    """The classes that the fact's own sentences name, and what they say of them; texts in lower case."""
    said = list(texts)
    classes = frozenset[str]().union(*map(named_classes, said))
    if value == "none":
        is_only = bool(classes) and all(named_classes(text) and not _ANY_DRUG.search(text) for text in said)
        return classes | {ONLY_NAMED} if is_only else frozenset()
    marks = {LINES} if any(map(limits_lines, said)) else set()
    if len(classes) > 1 and any(len(named_classes(text)) > 1 and _TOGETHER.search(text) for text in said):
        marks.add(ALL_OF)
    return classes | marks


def of_another_sentence(sentence: str) -> frozenset[str]:
    """What a sentence of the criteria says of earlier drugs; a washout alone turns nobody away for good."""
    if not _EARLIER.search(sentence) or _ALLERGY.search(sentence):
        return frozenset()
    marks = {LINES} if limits_lines(sentence) else set[str]()
    if _STRICTLY_EARLIER.search(sentence) or not _WASHOUT.search(sentence):
        marks |= {f"{APART}{one}" for one in named_classes(sentence)}
    return frozenset(marks)


def limits_lines(sentence: str) -> bool:
    """Whether a greatest number of lines is set: "no more than 2 lines", "one prior line", not "at least one"."""
    return bool(_MOST.search(sentence) or _JUST_ONE.search(sentence))


@lru_cache(maxsize=2**16)  # a sentence is looked at more than once, and records share many
def named_classes(text: str) -> frozenset[str]:
    found = hits(text)
    named = {_CLASS_OF_DRUG[hit.drug_class] for hit in found if hit.drug_class in _CLASS_OF_DRUG}
    inhibitors = {"tki" for hit in found if (hit.ending or hit.name).endswith("nib")}  # the stem of their names
    return frozenset(named | inhibitors | {name for name, words in _CLASS_WORDS.items() if words.search(text)})
