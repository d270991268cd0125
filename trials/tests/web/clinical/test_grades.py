"""Child-Pugh scores and grades in short: nothing is lost or added on the way into words."""

import re
from itertools import chain, combinations

import pytest

from trials.models import FactInForce
from trials.vocabulary.facts import child_pugh_class
from trials.web.clinical.grades import accepted_words, grades_in, score_words
from trials.web.fact_words import fact_words

SCORES = range(5, 16)


def _read(words: str) -> list[int]:
    """The scores that words name, read as a person reads them."""
    named: list[int] = []
    for part in words.split(", "):
        first, _, last = part.partition("–")
        for end in filter(None, (first, last)):
            assert end[0] == child_pugh_class(int(end[1:])), words
        assert not last or first[0] == last[0], f"a range of two classes: {words}"
        named += range(int(first[1:]), int((last or first)[1:]) + 1)
    return named


def test_words_name_just_the_scores_that_are_accepted() -> None:
    sets = chain.from_iterable(combinations(SCORES, size) for size in range(1, len(SCORES) + 1))
    for scores in sets:
        assert _read(score_words(scores)) == list(scores)


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([5, 6], "A5–A6"),
        ([7, 6, 5], "A5–A6, B7"),
        ([5, 7, 9], "A5, B7, B9"),
        ([5, 6, 7, 8, 9, 10], "A5–A6, B7–B9, C10"),
        ([7], "B7"),
        ([], "Only people without cirrhosis"),
    ],
)
def test_scores_in_words(scores: list[int], words: str) -> None:
    assert score_words(scores) == words
    fact = FactInForce(name="child_pugh", status="stated", value=scores)
    assert accepted_words(fact, fact_words(fact)) == words


def test_other_facts_are_said_as_elsewhere() -> None:
    fact = FactInForce(name="ecog", status="stated", value=[0, 1])
    assert accepted_words(fact, fact_words(fact)) == fact_words(fact).answer == "0 or 1"


@pytest.mark.parametrize(
    ("sentence", "grades"),
    [
        ("VP4, Vp-3", ["Vp3", "Vp4"]),
        ("Vp1 to Vp4 portal vein thrombosis", ["Vp1", "Vp2", "Vp3", "Vp4"]),
        ("invasion (Vp1-3)", ["Vp1", "Vp2", "Vp3"]),
        ("invasion (Vp1/2) or Vp4", ["Vp1", "Vp2", "Vp4"]),
        ("Vp4 – 3 lesions at most", ["Vp4"]),
        ("Vp4 (3.5 cm)", ["Vp4"]),
        ("PVTT type II or pvtt) types III", ["PVTT type II", "PVTT type III"]),
        ("Vp12, avp4, vp of sales", []),
        ("vv2 (hepatic vein)", ["Vv2"]),
    ],
)
def test_grades_in_one_writing(sentence: str, grades: list[str]) -> None:
    assert grades_in([sentence]) == grades
    assert not re.search(r"V[pv][5-9]", " ".join(grades))
