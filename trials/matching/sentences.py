"""What the sentences of a fact speak of beyond its value: drug classes, "active" infection, "clinically significant".

FACTS.md folds these into the value; a patient for whom they make the difference must not be turned away by it. Reads
words only; never decides a fact.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from trials.vocabulary.lexicon import hits

ACTIVE, SIGNIFICANT = "active", "significant"
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


def what_they_say(name: str, value: object, quotes: Iterable[str]) -> frozenset[str]:
    """For one fact: the classes that are named, or "active" or "significant" where every sentence is limited so."""
    texts = [quote.lower() for quote in quotes]
    if name == "prior_systemic_therapy" and value in ("required", "allowed"):
        return frozenset[str]().union(*map(_classes, texts))
    if name in ("hbv", "hcv") and value == "excluded":
        limited = [text for text in texts if _ACTIVE.search(text) and not _ANY_INFECTION.search(text)]
        return frozenset({ACTIVE}) if texts and len(limited) == len(texts) else frozenset()
    if name == "ascites" and value == "excluded":
        return frozenset({SIGNIFICANT}) if texts and all(map(_SIGNIFICANT.search, texts)) else frozenset()
    return frozenset()


def _classes(text: str) -> set[str]:
    named = {_CLASS_OF_DRUG[hit.drug_class] for hit in hits(text) if hit.drug_class in _CLASS_OF_DRUG}
    stems = {"tki" for hit in hits(text) if hit.is_stem and hit.ending.endswith("tinib")}
    return named | stems | {name for name, words in _CLASS_WORDS.items() if words.search(text)}
