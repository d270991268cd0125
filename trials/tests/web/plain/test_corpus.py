"""The plain words of every real HCC record: how hard they are to read, and what holds for all of them."""

import gzip
import json
import re
from pathlib import Path
from statistics import mean

import pytest

from trials.models import Trial
from trials.tests.reading_level import grade
from trials.tests.web.plain.records import lines_of, texts_of, unsaved_trial
from trials.vocabulary.facts import FACTS, FactStatus
from trials.web.plain.sentence import Topic
from trials.web.plain.summary import MOST_LINES

HARDEST = 8.0  # the grade of the mean; 6 to 7 is the age of about 12


@pytest.fixture(scope="module")
def trials(shared: Path) -> list[Trial]:
    with gzip.open(shared / "corpus" / "hcc.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [unsaved_trial(json.loads(line)) for line in lines]


def _own_words(trial: Trial) -> list[str]:
    """Sentences and items, with one short word for each of the registry's own texts."""
    return [text for line in lines_of(trial) for text in texts_of(line, published="it")]


def test_an_average_reader_of_twelve_can_read_them(trials: list[Trial]) -> None:
    grades = sorted((round(grade(*_own_words(trial)), 1), trial.nct_id) for trial in trials)
    average, worst = mean(one for one, _ in grades), grades[-1]
    print(f"\nplain words of {len(trials)} trials: grade {average:.1f} on average, worst {worst[0]} ({worst[1]})")
    assert average <= HARDEST
    assert worst[0] <= HARDEST + 2


def test_no_sentence_is_long(trials: list[Trial]) -> None:
    texts = {text for trial in trials for text in _own_words(trial)}
    assert max(len(text.split()) for text in texts) <= 26


def test_what_holds_for_every_record(trials: list[Trial]) -> None:
    for trial in trials:
        lines = lines_of(trial)
        assert 1 <= len(lines) <= MOST_LINES
        for line in lines:
            assert line.said, trial.nct_id
            assert line.sources, (trial.nct_id, texts_of(line))
            for text in texts_of(line):
                assert not re.search(r"[\ue000\ue001]|%\(|\bsuitable\b|\beligible\b", text), (trial.nct_id, text)


def test_only_stated_facts_are_answers(trials: list[Trial]) -> None:
    """The naive oracle: a line outside "what to ask" that names a fact as its source names a stated one."""
    plain = {definition.plain: name for name, definition in FACTS.items()}
    for trial in trials:
        status = {fact.name: fact.status for fact in trial.facts.all()}
        for line in lines_of(trial):
            names = [plain[source.label] for source in line.sources if source.label in plain]
            if line.topic is not Topic.ASK:
                assert all(status[name] == FactStatus.STATED for name in names), trial.nct_id
