"""Any text gives an answer in time that grows with its length, and evidence that stands in the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.eligibility import READER_VERSION, read
from trials.tests.eligibility.builders import record
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


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), SENTENCES))
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    assert read(record(text)).facts == read(record(text)).facts


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=30).map(lambda raw: raw.decode("latin-1")), WORDS), max_size=30))
def test_broken_text_gives_valid_spans(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert faults(record(text, title=text, keywords=(text,), arms=(text,))) == []


# Shapes that make careless patterns run away: each is repeated to 2 KB and to 200 KB.
HOSTILE = {
    "one giant line": "Child-Pugh score of A or B and no prior systemic therapy, ",
    "negations": "no no no not without except unless ",
    "negated topics": "no hepatitis b, not without hcv, never ascites unless encephalopathy ",
    "vessels": "portal vein hepatic vein vena cava ",
    "brackets": "(((((((([[[[ child-pugh ",
    "closed brackets": "(hbv (hcv) [hiv]) ",
    "items": "* Child-Pugh A\n",
    "or list": "hepatitis b or hepatitis c or hiv or tuberculosis or ",
    "qualified list": "untreated hbv or hcv, positive or ",
    "transplants": "candidate for resection or liver transplant or ",
    "letters and ranges": "a, b, c or 5-6 ~ 7; ",
    "digits": "1234567890",
    "spaced digits": "7 8 9 ≤ ",
    "stages": "advanced metastatic unresectable ",
    "cohorts": "cohort 1, 2 and 3 or part a ",
    "chinese": "肝功能 Child-Pugh 评分≤7分。",
    "entities": "\\> \\[ &gt; ",
    "one word": "A" * 50,
    "blanks": " ",
    "line ends": "\n",
    "numbers of items": "1. ",
    "commas": ", ",
    "full stops": ". A",
}


def _seconds(text: str) -> float:
    start = time.process_time()
    read(record("Inclusion Criteria: " + text))
    return time.process_time() - start


def _of_length(piece: str, length: int) -> str:
    return piece * (length // len(piece))


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_long_criteria_take_no_runaway_time(piece: str) -> None:
    """200 KB under 100 times the time of 2 KB would flatter texts that have a fixed cost: 4 ms are taken for them."""
    short = min(_seconds(_of_length(piece, 2_000)) for _ in range(3))
    assert _seconds(_of_length(piece, 200_000)) < 100 * max(short, 0.004) * 1.25


def test_deeply_nested_items_take_no_runaway_time() -> None:
    def nested(count: int) -> str:
        return "\n".join(" " * (depth % 60) + "* no ascites unless:" for depth in range(count))

    short = min(_seconds(nested(80)) for _ in range(3))
    assert _seconds(nested(4_000)) < 50 * max(short, 0.004) * 1.25
