"""Any text gives an answer in time that grows with its length, and evidence that stands in the text."""

import time
import timeit

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


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=300), SENTENCES), st.one_of(st.text(max_size=60), SENTENCES))
def test_any_text_gives_fifteen_facts_and_valid_spans(text: str, title: str) -> None:
    given_record = record(text, title=title, conditions=(title,), interventions=(title,), summary=text)
    reading = read(given_record)
    assert list(reading.facts) == list(FACTS)
    assert reading.reader_version == READER_VERSION
    assert faults(given_record) == []


def test_an_empty_record_states_nothing() -> None:
    assert {fact.status for fact in read(record()).facts.values()} == {FactStatus.NOT_STATED}


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=200), SENTENCES))
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    assert read(record(text)).facts == read(record(text)).facts


@settings(max_examples=100)
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
    "inline bans": "excluded: not eligible if ",
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


SHORT, LONG = 2_000, 200_000
MEASURABLE = 0.02  # seconds: what takes less is read many times, since a clock cannot tell it well


def _once(text: str, times: int = 1) -> float:
    timer = timeit.Timer(lambda: read(record(text)), timer=time.process_time)  # without the garbage collector's moments
    return timer.timeit(times) / times


def _seconds(text: str, rounds: int = 3) -> float:
    """The processor time of one reading: the best of several rounds, each long enough to be measured."""
    first = _once(text)
    if first >= 10 * MEASURABLE:
        return first
    times = max(1, round(MEASURABLE / max(first, 1e-4)))
    return min(_once(text, times) for _ in range(rounds))


def _of_length(piece: str, length: int) -> str:
    return piece * (length // len(piece))


def _takes_less(long: str, times: float, short: str) -> bool:
    """Whether the long text takes less than so many times the short one's time; a slow moment gets another chance."""
    return any(_seconds(long) < times * _seconds(short) for _ in range(3))


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_time_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    """200 kB after 2 kB: a hundred times the time, or ten thousand times."""
    short, long = (f"Inclusion Criteria: {_of_length(piece, length)}" for length in (SHORT, LONG))
    assert _takes_less(long, 3 * LONG / SHORT, short)


def test_deeply_nested_items_take_no_runaway_time() -> None:
    def nested(count: int) -> str:
        return "Inclusion Criteria: " + "\n".join(" " * (depth % 60) + "* no ascites unless:" for depth in range(count))

    assert _takes_less(nested(4_000), 55, nested(80))
