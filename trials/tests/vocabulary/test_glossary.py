"""The glossary file: sourced, linked, plain enough to read, and each of its texts on its way to the translators."""

from datetime import date
from importlib import resources
from io import BytesIO
from statistics import mean
from typing import Any

import pytest
from babel.messages.extract import extract

from trials.tests.reading_level import grade, hardest, syllables
from trials.vocabulary import glossary as glossary_file
from trials.vocabulary.facts import FACTS
from trials.vocabulary.glossary import TRANSLATED, glossary, terms_by_fact
from trials.vocabulary.writings import folded

TERMS = glossary()
WIDEST_GRADE, MEAN_GRADE = 10, 8


def test_there_are_enough_and_each_names_who_defines_it_and_when() -> None:
    assert len(TERMS) >= 70
    for term in TERMS.values():
        assert term.key.replace("-", "").isalnum(), term.key
        assert term.key == term.key.lower()
        assert any(character.isdigit() for character in term.source), term.key  # a year
        assert len(term.source) > 10
        assert date(2026, 1, 1) <= term.reviewed <= date(2030, 1, 1)
        assert term.plain.endswith("."), term.key
        assert term.clinical.endswith("."), term.key


def test_links_lead_somewhere_else() -> None:
    for term in TERMS.values():
        assert set(term.see) <= set(TERMS) - {term.key}, term.key
        assert len(set(term.see)) == len(term.see) <= 6
        assert term.see, term.key


def test_a_name_stands_for_one_word() -> None:
    owners: dict[str, str] = {}
    for term in TERMS.values():
        for name in {folded(name) for name in (term.name, *term.also)}:
            assert owners.setdefault(name, term.key) == term.key, name


def test_every_fact_is_explained_once() -> None:
    assert set(terms_by_fact()) == set(FACTS)
    assert len([term for term in TERMS.values() if term.fact]) == len(FACTS)


def test_no_one_is_promised_anything() -> None:
    said = " ".join(f"{term.plain} {term.clinical}" for term in TERMS.values()).lower()
    assert not [word for word in ("suitable", "miracle", "you should", "guarantee") if word in said]


def test_plain_words_are_plain(capsys: pytest.CaptureFixture[str]) -> None:
    """Reading age of about 12. `pytest -k plain_words -s` prints the grades."""
    texts = [(term.key, term.plain) for term in TERMS.values()]
    grades = [grade(text) for _key, text in texts]
    worst = hardest(texts)
    with capsys.disabled():
        print(f"\nglossary: mean grade {mean(grades):.1f}, hardest {worst}")
    assert mean(grades) <= MEAN_GRADE
    assert worst[0][0] <= WIDEST_GRADE
    clinical = mean(grade(term.clinical) for term in TERMS.values())
    assert clinical > mean(grades) + 2  # else the measure measures nothing


@pytest.mark.parametrize(
    ("word", "number"),
    [("liver", 2), ("cirrhosis", 3), ("treatment", 2), ("tired", 1), ("needed", 2), ("makes", 1), ("doses", 2),
     ("little", 2), ("medium", 3), ("nation", 2), ("idea", 3), ("HCC", 3), ("400", 1), ("the", 1), ("people", 2),
     ("trial", 2), ("quiet", 2), ("encephalopathy", 6), ("body's", 2)],
)  # fmt: skip
def test_syllables(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_grade_is_that_of_the_formula() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert grade("The cat sat.", "It ran.") == pytest.approx(0.39 * 2.5 + 11.8 * 1 - 15.59)


def test_every_shown_text_reaches_the_catalogue() -> None:
    """Read with Babel, as `pybabel extract` does with this module named as an extraction method."""
    method: Any = glossary_file.extract
    data = resources.files("trials.vocabulary").joinpath("data", "glossary.toml").read_bytes()
    found = list(extract(method, BytesIO(data)))
    lines = data.decode().splitlines()
    shown = {getattr(term, name) for term in TERMS.values() for name in TRANSLATED}
    assert {message for _line, message, *_rest in found} == shown
    assert {lines[line - 1].strip("[]") for line, *_rest in found} == set(TERMS)
