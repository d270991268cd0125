"""Any text gives valid limits whose evidence stands in it, in time that grows with its length."""

import time
import timeit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trials.eligibility import LabLimit, read, read_all, read_lab_limits
from trials.registry.record import TrialRecord
from trials.tests.eligibility import shared
from trials.tests.eligibility.builders import record
from trials.tests.eligibility.test_spans import published
from trials.vocabulary.laboratory import ANALYTES, MAX, MIN

WORDS = st.sampled_from(
    (
        "bilirubin albumin platelets INR PT creatinine clearance AFP haemoglobin AST ALT (SGOT) ANC WBC eGFR ≤ < >= = "
        "less than at least up to 1.5 x ULN 2 mg/dL 50,000/mm3 75 10^9/L 109/L g/L mL/min seconds above control or and "
        "(not if Gilbert's) HCC: with metastases no excluded unless Cohort A 3,0 0 .5 999999999999 10 ^ 99 e9 k % "
        "Inclusion Criteria: Exclusion \n * - 1. ; . , &gt; \\> ： ≦ μmol/L \x00 \u202e ﬁ İ"
    ).split(" ")
)
SENTENCES = st.lists(WORDS, max_size=60).map(" ".join)


def faults(given_record: TrialRecord) -> list[str]:
    found = []
    limits = read_lab_limits(given_record)
    for limit in limits:
        number = limit.times_uln if limit.value is None else limit.value
        is_sound = (limit.value is None) != (limit.times_uln is None) and number is not None and number > 0
        if not is_sound or limit.bound not in (MIN, MAX) or not limit.evidence or limit.analyte not in ANALYTES:
            found.append(str(limit))
        for piece in limit.evidence:
            if not piece.quote or published(given_record, piece)[piece.start : piece.end] != piece.quote:
                found.append(str(piece))
    keys = [(limit.analyte, limit.bound, limit.value is None) for limit in limits]
    return found + ([] if len(set(keys)) == len(keys) else [f"twice: {keys}"])


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=300), SENTENCES))
def test_any_text_gives_valid_limits(text: str) -> None:
    assert faults(record(text)) == []


@pytest.mark.parametrize("name", ["hcc", "other"])
def test_real_records_give_valid_limits(name: str) -> None:
    assert [fault for one in shared.corpus(name).values() for fault in faults(one)] == []


def test_limits_leave_the_facts_as_they_are() -> None:
    found = list[LabLimit]()
    for one in list(shared.corpus("hcc").values())[:40]:
        reading, limits = read_all(one)
        assert reading == read(one)
        assert limits == read_lab_limits(one)
        found += limits
    assert found


# Shapes that make careless patterns run away: each is repeated to 2 KB and to 100 KB.
HOSTILE = (
    "bilirubin ≤ ",
    "platelets ≥ 75 x 10^9/L, ",
    "AST (SGOT) and ALT ( ",
    "creatinine by per using measured ",
    "creatinine (((( [[[[ ",
    "ALT < 3 x ULN or < 5 x ULN if liver metastases ",
    "hb, hb; hb / hb & hb and ",
    "upper limit of the institutional normal range ",
    "1,000,",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_50_times_the_text_takes_under_150_times_the_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = f"Inclusion Criteria: {piece * (length // len(piece))}"
        timer = timeit.Timer(lambda: read_lab_limits(record(text)), timer=time.process_time)  # others may be busy
        return min(timer.repeat(number=1, repeat=3))

    assert any(seconds(100_000) < 150 * max(seconds(2_000), 0.0005) for _ in range(3))
