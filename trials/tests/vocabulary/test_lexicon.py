"""The lexicons: each entry once, with its source and a modality that the fact knows."""

from collections import Counter

import pytest

from trials.vocabulary.facts import FACTS
from trials.vocabulary.lexicon import Entry, drugs, hits, procedures, stems, tokens


def spellings(entries: tuple[Entry, ...]) -> list[tuple[str, ...]]:
    return [tokens(spelling) for entry in entries for spelling in entry.spellings()]


def test_entries_have_a_source_and_a_known_modality() -> None:
    sources = [entry.source for entry in (*drugs(), *procedures())] + [stem.source for stem in stems()]
    modalities = {entry.modality for entry in (*drugs(), *procedures())} | {stem.modality for stem in stems()}
    assert all(sources)
    assert modalities <= set(FACTS["modalities"].values)


def test_no_spelling_stands_twice() -> None:
    counted = Counter((*spellings(drugs()), *spellings(procedures())))
    assert {words for words, count in counted.items() if count > 1} == set()


def test_every_spelling_has_words() -> None:
    assert all(spellings(drugs()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shr-1210 and apatinib", [("camrelizumab", "immunotherapy"), ("apatinib", "targeted")]),
        ("atirizumab", [("atezolizumab", "immunotherapy")]),
        ("iodine-131 lipiodol", [("radioembolization", "radioembolization")]),
        ("novotinib", [("novotinib", "targeted")]),
        ("nothing of note", []),
    ],
)
def test_finds_names_by_spelling_and_ending(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(hit.name, hit.modality) for hit in hits(text)] == expected
