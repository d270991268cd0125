"""Any text gives an answer in time that grows with its length, and evidence that stands in the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.eligibility import READER_VERSION, read
from trials.tests.eligibility.builders import criteria, record
from trials.tests.eligibility.test_spans import faults
from trials.vocabulary.facts import FACTS, FactStatus

WORDS = st.sampled_from(
    (
        "Child-Pugh A B C score class ≤ 7 <= = or and not no except unless ECOG 0-1 > BCLC stage portal vein "
        "thrombosis metastasis prior systemic therapy within 4 weeks TACE transplant ascites encephalopathy HBV HCV "
        "positive \\> \\[ ( ) Inclusion Criteria: Exclusion \n * - 1. 2) : ; . , &gt; &amp; 肝功能 评分 分 ： （ ） "
        "😀 \x00 \u202e ﬁ İ tumor 5 cm"
    ).split(" ")
)
SENTENCES = st.lists(WORDS, max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), SENTENCES), st.one_of(st.text(max_size=60), SENTENCES))
def test_any_text_gives_fifteen_facts_and_valid_spans(text: str, title: str) -> None:
    given_record = record(text, title=title, conditions=(title,), interventions=(title,), summary=text)
    reading = read(given_record)
    assert list(reading.facts) == list(FACTS)
    assert reading.reader_version == READER_VERSION
    assert faults(given_record) == []


def test_an_empty_record_states_nothing() -> None:
    assert {fact.status for fact in read(record()).facts.values()} == {FactStatus.NOT_STATED}


def test_the_same_text_gives_the_same_answer() -> None:
    text = criteria(inclusion=("Child-Pugh A", "ECOG 0-1"), exclusion=("Portal vein invasion",))
    assert read(record(text)).facts == read(record(text)).facts


@pytest.mark.parametrize(
    "piece",
    [
        "Child-Pugh score of A or B and no prior systemic therapy, ",
        "no no no not without except unless ",
        "portal vein hepatic vein vena cava ",
        "(((((((([[[[ child-pugh ",
        "* Child-Pugh A\n",
        "a, b, c or 5-6 ~ 7; ",
        "advanced metastatic unresectable ",
        "肝功能 Child-Pugh 评分≤7分。",
        "\\> \\[ &gt; ",
        "A" * 50,
        " ",
        "1. ",
    ],
)
def test_long_criteria_take_no_runaway_time(piece: str) -> None:
    start = time.process_time()
    read(record("Inclusion Criteria: " + piece * (200_000 // len(piece))))
    assert time.process_time() - start < 4
