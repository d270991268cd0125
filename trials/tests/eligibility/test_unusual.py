"""The doubt "unusual": the texts speak of a fact in a way that the rules hardly know."""

import pytest

from trials.eligibility import Fact
from trials.tests.eligibility.builders import fact_of
from trials.vocabulary.facts import FACTS
from trials.vocabulary.topics import topics


def is_unusual(fact: Fact) -> bool:
    return "unusual" in fact.doubts


@pytest.mark.parametrize(
    ("name", "inclusion", "exclusion", "expected"),
    [
        ("ascites", (), "Ascites", False),
        ("ascites", (), (), False),
        ("ascites", "The volume of ascites is recorded", (), True),  # named, not read
        ("hbv", (), "Hepatitis B, unless it is treated", True),  # one sentence that limits itself
        ("ecog", "ECOG 0-1", (), False),
        (
            "hbv",
            ("The hepatitis B vaccine is recorded", "Documented hepatitis B serology"),
            "Hepatitis B",
            True,
        ),  # most sentences unused
    ],
)
def test_marks_what_the_rules_hardly_know(
    name: str, inclusion: str | tuple[str, ...], exclusion: str | tuple[str, ...], expected: bool
) -> None:
    assert is_unusual(fact_of(name, inclusion, exclusion)) is expected


def test_an_answer_out_of_its_place_is_unusual() -> None:
    assert is_unusual(fact_of("modalities", title="Sorafenib for hepatocellular carcinoma"))


def test_every_fact_has_a_topic() -> None:
    assert set(topics()) == set(FACTS)
