"""Real questions against real records: what must be found is found, and what must come first comes first.

The questions are in questions.toml, written from the records and not from our answers to them. The figures are printed
at every run. The floors are what was reached: they may be raised, never lowered.
"""

import pytest

from trials.ingest.sources import RawDocument
from trials.models import Trial
from trials.tests.search.relevance.measure import Figures, Question, Result, neighbours, questions, report

pytestmark = pytest.mark.django_db  # so that it runs before the tests that empty every table, towns too

LEAST_QUESTIONS = 60
LEAST_RECALL, LEAST_RECIPROCAL_RANK, LEAST_PRECISION = 0.95, 0.94, 0.97
ASKED = questions()


def _question(**changes: object) -> Question:
    values: dict[str, object] = {"name": "a", "kind": "lay", "words": "x", "why": "So."}
    return Question(**(values | changes))  # type: ignore[arg-type]


def test_the_figures(results: tuple[Result, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{report(results)}")
    figures = Figures.of(results)
    assert figures.questions >= LEAST_QUESTIONS
    assert figures.recall >= LEAST_RECALL
    assert figures.reciprocal_rank >= LEAST_RECIPROCAL_RANK
    assert figures.precision >= LEAST_PRECISION


def test_what_was_answered_well_stays_so(results: tuple[Result, ...]) -> None:
    assert {result.question.name: result.faults for result in results if result.question.solid and result.faults} == {}


def test_every_question_names_trials_of_the_store(corpus_records: dict[str, RawDocument]) -> None:
    stored = corpus_records.keys()
    assert len(stored) <= 400
    assert set(neighbours()) <= stored
    for question in ASKED:
        assert (question.asked_for | question.must_not_find) <= stored, question.name


def test_the_store_holds_what_was_loaded(corpus_records: dict[str, RawDocument], corpus_store: None) -> None:
    assert set(Trial.objects.values_list("nct_id", flat=True)) == corpus_records.keys()


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.name)
def test_a_question_is_well_formed(question: Question) -> None:
    assert [other.name for other in ASKED].count(question.name) == 1
    assert question.why.endswith(".")
    assert question.words or question.choices
    assert question.asked_for
    assert not question.must_find & question.must_come_first
    assert not question.asked_for & question.must_not_find
    assert bool(question.within) == bool(question.must_come_first)
    assert question.within >= len(question.must_come_first)
    assert not (question.solid and question.doubtful)


def test_a_perfect_answer() -> None:
    question = _question(must_come_first=frozenset("A"), within=1, must_find=frozenset("B"), complete=True)
    result = Result(question, "ABC")
    assert (result.recall, result.reciprocal_rank, result.precision, result.faults) == (1, 1, 1, ())


def test_an_answer_that_is_half_right() -> None:
    question = _question(must_come_first=frozenset("A"), within=1, must_find=frozenset("BZ"), complete=True)
    result = Result(question, "XABY")
    assert result.recall == 2 / 3
    assert result.reciprocal_rank == 1 / 2
    assert result.precision == 2 / 3
    assert result.faults == ("not found: Z", "not within 1: A at 2")


def test_an_answer_with_nothing_right() -> None:
    result = Result(_question(must_find=frozenset("A"), must_not_find=frozenset("X")), "XY")
    assert (result.recall, result.reciprocal_rank, result.precision) == (0, None, None)
    assert result.faults == ("not found: A", "found wrongly: X")


def test_a_refused_question_is_an_answer_with_nothing() -> None:
    result = Result(_question(must_find=frozenset("A")), "", "near: no")
    assert result.recall == 0
    assert result.faults == ("refused: near: no",)


def test_the_report_names_failures_and_what_is_ready() -> None:
    good = Result(_question(name="good", kind="lay", must_find=frozenset("A")), "A")
    bad = Result(_question(name="bad", kind="brand", must_find=frozenset("A"), solid=True), "B")
    said = report((good, bad))
    assert "SOLID bad (1 found): not found: A" in said
    assert said.endswith("answered well, but not marked solid: good")
    assert [line.split()[:3] for line in said.splitlines()[1:4]] == [
        ["brand", "1", "1"], ["lay", "1", "0"], ["all", "2", "1"],
    ]  # fmt: skip
